# Made by `manyhands report`.  Draw it again, here: gnuplot 11_joinable_queue-sweep-batch.gp
out = '11_joinable_queue-sweep-batch'
subtitle = 'serial takes 61.6 µs [60.9, 62.9] · AMD EPYC, 2 cores (virtual) · n = 937 items, capacity=10 batch=20 work_us=0'
title = 'Joinable queue: speedup of openmp: 0.003 at batch = 1, 0.020 at 1 000'
ticks = 5
array at[5]
array tick[5]
at[5] = 1
tick[5] = '1 000'
at[4] = 0.666667
tick[4] = '100'
at[3] = 0.433677
tick[3] = '20'
at[2] = 0.23299
tick[2] = '5'
at[1] = 0
tick[1] = '1'
parameter = 'batch, item: items put before each join()'
each = 'item'

$times << EOD
NaN NaN NaN NaN
0 0.103022436 0.101304487 0.104979167
0.23299 0.0724530892 0.071479405 0.0741384439
0.433677 0.0657700107 0.0649898613 0.0671056564
0.666667 0.0664455128 0.0661132479 0.111191239
1 0.0672259615 0.065909188 0.0680598291


NaN NaN NaN NaN
0 33.0444776 32.364734 36.6648526
0.23299 6.75529176 6.69315217 7.13107323
0.433677 3.35994851 3.30848773 3.43332017
0.666667 3.44943803 3.4014188 3.51106838
1 3.41815705 3.40188782 3.44583654


NaN NaN NaN NaN
0 34.404125 33.1858397 35.5492212
0.23299 6.87847368 6.75787643 7.39103089
0.433677 3.41735219 3.38055816 3.43953575
0.666667 3.45063462 3.39665705 3.82024466
1 3.48372009 3.4180235 3.55842308


NaN NaN NaN NaN
0 35.9495128 34.6544968 40.6338846
0.23299 7.94601373 7.8614714 8.07055835
0.433677 3.95139968 3.86063554 4.22062113
0.666667 4.47354487 4.41065171 4.59006197
1 4.46608013 4.44456838 4.55920513


NaN NaN NaN NaN
0 34.2050801 32.443234 38.8644647
0.23299 6.71023684 6.62550114 8.32840732
0.433677 3.37357844 3.3154984 3.4591174
0.666667 3.38614957 3.19283868 3.50733333
1 3.38192308 3.26107051 3.46899573
EOD

$speedups << EOD
NaN NaN NaN NaN


NaN NaN NaN NaN
0 0.0030582934 0.00284992182 0.00318045827
0.23299 0.0106708992 0.0100634059 0.0109985477
0.433677 0.0196241867 0.019304923 0.019841574
0.666667 0.0195501975 0.0191663822 0.0252502869
1 0.0196449437 0.019280752 0.0199689996


NaN NaN NaN NaN
0 0.00300615056 0.00290802823 0.00309254184
0.23299 0.0103940431 0.00967116577 0.0106680929
0.433677 0.0193023868 0.0189427888 0.0195842656
0.666667 0.0199157633 0.0191282079 0.0241803488
1 0.0192003947 0.0188327229 0.0195717562


NaN NaN NaN NaN
0 0.00280073946 0.00265456611 0.00296972244
0.23299 0.00912937153 0.00897688887 0.00926000487
0.433677 0.0164851264 0.0159365648 0.0170669657
0.666667 0.0151035666 0.0147091903 0.0194427275
1 0.0149445722 0.0146707426 0.015186286


NaN NaN NaN NaN
0 0.00299720798 0.00254304205 0.00316166968
0.23299 0.0106554315 0.00956891942 0.0109026805
0.433677 0.01942262 0.0189278324 0.0198398578
0.666667 0.0208107955 0.0197511675 0.0253329326
1 0.0199356237 0.0194552851 0.0205189126
EOD

$law << EOD
NaN NaN NaN
EOD
law = 0
lines = 5
array slot[5]
array name[5]
slot[1] = 8
name[1] = 'serial'
slot[2] = 0
name[2] = 'pthreads'
slot[3] = 1
name[3] = 'fork_pool'
slot[4] = 4
name[4] = 'robust'
slot[5] = 2
name[5] = 'openmp'
caption = 'Left medians, right paired Hodges-Lehmann estimates, from 12 to 13 blocks, with 95 % intervals'
missing = ''
array low[2] = [0.049992201, 0.00195618619]
array top[2] = [52.82405, 1.3]
array steep[2] = [1, 1]
unit = 'µs'
classes = 0
workers = 2
apart = 0.02
height = 540

# style.gp -- what all charts share: size, fonts, colours, frame.
# Needs: out, title, subtitle, caption, missing, height.
# formats: which pictures to make, of svg, png, pdf and sixel (a terminal's).  file: where to, if not beside this file.
# Colours are those of Okabe and Ito, told apart by colour-blind readers; symbols and dashes tell them apart in grey.

set encoding utf8
width = 960
black = 0x222222
grey = 0x777777
array colour[9] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x222222, 0x8C6D1F, 0x555555]
array symbol[16] = [7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14, 1, 2, 3, 7]
array dash[8] = [1, 2, 4, 5, 1, 2, 4, 5]

# Variants are numbered from 0; 8 is the serial base.
rgb(i) = colour[int(i) == 8 ? 9 : int(i) % 8 + 1]
mark(i) = symbol[int(i) % 16 + 1]
dashes(i) = dash[int(i) % 8 + 1]
part(c, shift, share) = int(255 - (255 - ((int(c) >> shift) & 255)) * share) << shift
tint(c, share) = part(c, 16, share) + part(c, 8, share) + part(c, 0, share)

if (!exists("formats")) { formats = "svg png pdf" }

# The commands that open a picture: the PNG is the SVG on a slide, 1600 pixels wide; the PDF has 96 pixels to an inch.
svg = "set terminal svg size %d,%d noenhanced font 'sans-serif,14' background rgb 'white'; set output '%s'"
png = "set terminal pngcairo size %d,%d noenhanced font 'sans-serif,14' fontscale 1.25 linewidth 1.67 pointscale 1.67" \
	."; set output '%s'"
pdf = "set terminal pdfcairo size %fin,%fin noenhanced font 'sans-serif,10.5'; set output '%s'"
sixel = "set terminal sixelgd size %d,%d truecolor noenhanced font 'sans,14' fontscale 0.75; set output '%s'"
to(kind) = exists("file") ? file : out.".".kind
picture(kind) = kind eq "svg" ? sprintf(svg, width, height, to(kind)) \
	: kind eq "png" ? sprintf(png, 5 * width / 3, 5 * height / 3, to(kind)) \
	: kind eq "sixel" ? sprintf(sixel, width, height, to(kind)) \
	: sprintf(pdf, width / 96.0, height / 96.0, to(kind))

# The command that puts steps of 1, 2, 5 on a logarithmic axis; of 1 alone, where it goes over more than so many
# decades.
step(v) = sprintf("'%s' %g", v < 9999 ? sprintf("%g", v) : gprintf("%.0s %c", v), v)
decade(e, far) = step(10.0**e).", ".(far ? "" : step(2*10.0**e).", ".step(5*10.0**e).", ")
decades(e, last, far) = e > last ? step(10.0**e) : decade(e, far).decades(e + 1, last, far)
steps(axis, low, top, few) = sprintf("set %stics (%s)", axis, \
	decades(floor(log10(low)), floor(log10(top)), log10(top / low) > few))

above(pixels) = 1 - pixels / real(height)
set label 1 title at screen 0.02, above(26) left font ",19" textcolor rgb black
set label 2 subtitle at screen 0.02, above(52) left font ",13" textcolor rgb grey
set label 3 caption at screen 0.02, above(height - 30) left font ",11" textcolor rgb grey
set label 4 missing at screen 0.02, above(height - 14) left font ",11" textcolor rgb grey
set border 3 linecolor rgb grey
set tics nomirror textcolor rgb black
set grid linetype 1 linecolor rgb 0xE4E4E4 linewidth 1
set bars small

# sweep.gp -- what a parameter does: time for a unit of n on the left, speedup on the right.
# Needs: $times and $speedups (an index per variant: place, value, low, high), $law (place, Amdahl's law, bound of a
# lock), law (whether to draw it), lines, slot[], name[], at[] and tick[] (place from 0 to 1 and label of each value),
# ticks, parameter, each (the unit of n), unit (of time), low[], top[] and steep[] (of each panel; steep: its values are
# logarithmic), classes (the parameter's values are names: nothing joins them), workers, apart (between variants).

longest = 0
do for [i=1:lines] { longest = strlen(name[i]) > longest ? strlen(name[i]) : longest }
columns = longest > 20 ? 3 : 4
rows = (lines + 2 * law + columns - 1) / columns
head = 84 + 22 * rows
unset key
set format y "%g"
set label 5 parameter at screen 0.5, above(height - 62) center font ",14" textcolor rgb black
array heading[2] = ["time for one ".each.", ".unit, "speedup (serial time / time), p = ".workers]
x(place, i) = place + (i - (lines - 1) / 2.0) * apart
steps = "(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)"

# The legend, drawn by hand over the whole width: a key would have to fit into a panel.
legend_x(i) = 0.02 + 0.96 * (int(i) % columns) / columns
legend_y(i) = above(72 + 22 * (int(i) / columns))
said(i) = i < lines ? name[i+1] : i == lines ? sprintf("Amdahl's law, p = %d", workers) : "bound of a lock"
sample = " using (legend_x(i)):(legend_y(i)):(0.035):(0) with vectors nohead "
legend = "set lmargin at screen 0; set rmargin at screen 1; set tmargin at screen 1; set bmargin at screen 0; " \
	."set xrange [0:1]; set yrange [0:1]; set border 0; unset xtics; unset ytics; " \
	."do for [i=0:lines+2*law-1] { " \
	."set label 20+i said(i) at screen legend_x(i)+0.045, legend_y(i) left font ',13' }; " \
	."plot for [i=0:lines-1] $times index i every ::::0".sample."linecolor rgb rgb(slot[i+1]) " \
	."dashtype dashes(slot[i+1]) linewidth 1.5 notitle, " \
	."for [i=0:lines-1] $times index i every ::::0 using (legend_x(i)+0.0175):(legend_y(i)) with points " \
	."linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, " \
	."for [i=lines:lines+law-1] $law every ::::0".sample."linecolor rgb black dashtype 3 linewidth 1.5 notitle, " \
	."for [i=lines+1:lines+law] $law every ::::0".sample."linecolor rgb grey linewidth 1 notitle; " \
	."do for [i=0:lines+1] { unset label 20+i }; " \
	."set border 3; set xtics nomirror (); do for [i=1:ticks] { set xtics add (tick[i] at[i]) }"
panel(data) = "plot (frame == 2 ? 1 : NaN) with lines linecolor rgb rgb(8) linewidth 1 notitle, " \
	."$law using 1:(frame == 2 ? $3 : NaN) with lines linecolor rgb grey linewidth 1 notitle, " \
	."$law using 1:(frame == 2 ? $2 : NaN) with lines linecolor rgb black dashtype 3 linewidth 1.5 notitle, " \
	."for [i=0:lines-1] ".data." index i using (x($1,i)):(classes ? NaN : $2) with lines " \
	."linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, " \
	."for [i=0:lines-1] ".data." index i using (x($1,i)):2:3:4 with yerrorbars " \
	."linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle"

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	unset logscale y
	unset label 6
	eval legend
	set xrange [-0.08:1.08]
	set tmargin at screen above(head)
	set bmargin at screen above(height - 106)
	do for [frame=1:2] {
		set lmargin at screen frame == 1 ? 0.085 : 0.585
		set rmargin at screen frame == 1 ? 0.485 : 0.985
		unset logscale y
		set ytics nomirror autofreq
		if (steep[frame]) { set logscale y 10 }
		if (steep[frame] && frame == 2) { eval "set ytics ".steps }
		set yrange [low[frame]:top[frame]]
		set label 6 heading[frame].(steep[frame] ? ", logarithmic" : "") \
			at graph 0, screen above(head - 13) left font ",13" textcolor rgb black
		eval panel(frame == 1 ? "$times" : "$speedups")
	}
	unset multiplot
	unset output
}
