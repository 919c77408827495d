# Made by `manyhands report`.  Draw it again, here: gnuplot 15_memo_cache-sweep-calls_per_key.gp
out = '15_memo_cache-sweep-calls_per_key'
subtitle = 'serial takes 2.17 ms [2.17, 2.20] · AMD EPYC, 2 cores (virtual) · n = 39 calls, calls_per_key=2 hit_percent=0 spin=20000'
title = 'Memo cache: speedup of openmp: 1.812 at calls_per_key = 1, 1.122 at 16'
ticks = 3
array at[3]
array tick[3]
at[3] = 1
tick[3] = '16'
at[2] = 0.25
tick[2] = '2'
at[1] = 0
tick[1] = '1'
parameter = 'calls_per_key, call: calls with the same argument, at nearly the same time'
each = 'call'

$times << EOD
NaN NaN NaN NaN
0 105.11355 104.055225 106.28305
0.25 55.6989744 55.5384872 56.295641
1 10.154367 10.0712339 10.2253899


NaN NaN NaN NaN
0 63.094675 62.58995 65.1522
0.25 60.4900769 59.9505385 62.6422308
1 9.58526376 9.42704817 9.70247936


NaN NaN NaN NaN
0 60.072675 58.94375 61.3521
0.25 58.6097756 57.9791538 59.2765385
1 9.1945711 9.07627523 9.26701376


NaN NaN NaN NaN
0 58.0274125 57.52365 58.8346
0.25 57.685 57.0362308 58.6637692
1 9.04200344 8.9743555 9.11538991
EOD

$speedups << EOD
NaN NaN NaN NaN


NaN NaN NaN NaN
0 1.66412766 1.60461626 1.68679097
0.25 0.914959246 0.888834857 0.932322129
1 1.0571389 1.00761036 1.07332218


NaN NaN NaN NaN
0 1.75039081 1.71568301 1.76819502
0.25 0.956660891 0.946189537 0.965632557
1 1.1067077 1.0955478 1.11846004


NaN NaN NaN NaN
0 1.81209717 1.78460415 1.84145662
0.25 0.968940379 0.95693162 0.978107952
1 1.12172502 1.11168281 1.13053198
EOD

$law << EOD
NaN NaN NaN
EOD
law = 0
lines = 4
array slot[4]
array name[4]
slot[1] = 8
name[1] = 'serial'
slot[2] = 0
name[2] = 'pthreads'
slot[3] = 1
name[3] = 'fork_pool'
slot[4] = 2
name[4] = 'openmp'
caption = 'Left medians, right paired Hodges-Lehmann estimates, from 12 to 13 blocks, with 95 % intervals'
missing = ''
array low[2] = [6.90335039, 0]
array top[2] = [138.167965, 1.98877315]
array steep[2] = [1, 0]
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
