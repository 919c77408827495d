# Made by `manyhands report`.  Draw it again, here: gnuplot 09_shared_array-sweep-stride.gp
out = '09_shared_array-sweep-stride'
subtitle = 'serial takes 2.48 ms [2.46, 2.50] · AMD EPYC, 2 cores (virtual) · n = 9 000 000 updates, stride=64'
title = 'Shared array: speedup of openmp: 0.421 at stride = 8, 1.999 at 256'
ticks = 6
array at[6]
array tick[6]
at[6] = 1
tick[6] = '256'
at[5] = 0.8
tick[5] = '128'
at[4] = 0.6
tick[4] = '64'
at[3] = 0.4
tick[3] = '32'
at[2] = 0.2
tick[2] = '16'
at[1] = 0
tick[1] = '8'
parameter = 'stride, byte: from one worker''s element to the next (in whole elements)'
each = 'update'

$times << EOD
NaN NaN NaN NaN
0 0.273886595 0.271716973 0.278575784
0.2 0.271558778 0.271303889 0.275528
0.4 0.273126667 0.271443 0.275582444
0.6 0.275067333 0.273448222 0.277673444
0.8 0.274780222 0.273952222 0.279783111
1 0.275755351 0.273566162 0.278205514


NaN NaN NaN NaN
0 0.648513081 0.572787892 0.759575351
0.2 0.794412889 0.629559111 0.836633333
0.4 0.725695111 0.601677778 0.756241556
0.6 0.147339889 0.144141222 0.260681722
0.8 0.148363333 0.144915722 0.154416778
1 0.147074027 0.144923297 0.147965568


NaN NaN NaN NaN
0 0.707804324 0.580570054 0.79855427
0.2 0.77078 0.623692667 0.90108
0.4 0.786899333 0.652368444 0.817838889
0.6 0.180302222 0.174982 0.188915
0.8 0.1793585 0.174143 0.187382667
1 0.176777081 0.173244216 0.183472432


NaN NaN NaN NaN
0 0.651609514 0.569095568 0.753390919
0.2 0.770283556 0.594070889 0.871064444
0.4 0.709188444 0.600539444 0.729967
0.6 0.142681278 0.141015444 0.158287222
0.8 0.141733194 0.140733389 0.143351667
1 0.142317189 0.141639459 0.146368757


NaN NaN NaN NaN
0 0.626448973 0.566601297 0.749259351
0.2 0.789705778 0.602007111 0.847571778
0.4 0.666137778 0.594035333 0.735645556
0.6 0.138803889 0.13622 0.222264944
0.8 0.13847 0.137591444 0.139418056
1 0.137493297 0.136229297 0.14005227
EOD

$speedups << EOD
NaN NaN NaN NaN


NaN NaN NaN NaN
0 0.405265941 0.350785062 0.456915437
0.2 0.354449542 0.326569412 0.399881337
0.4 0.401564339 0.366094936 0.447517249
0.6 1.86721845 1.38354688 1.89077916
0.8 1.86887234 1.45493002 1.95334744
1 1.8742985 1.8568012 1.89233388


NaN NaN NaN NaN
0 0.393577397 0.342724629 0.453001075
0.2 0.360064929 0.304851486 0.427481668
0.4 0.365541947 0.338268863 0.386953521
0.6 1.51336398 1.17696204 1.55718762
0.8 1.53384051 1.28077364 1.61332464
1 1.56610523 1.42826692 1.60945916


NaN NaN NaN NaN
0 0.417781121 0.338222087 0.458379611
0.2 0.362457092 0.319923957 0.413923135
0.4 0.410777645 0.376294137 0.430203334
0.6 1.9227997 1.39411293 1.94861255
0.8 1.93895473 1.92695297 1.95258246
1 1.93071307 1.89788784 1.94524993


NaN NaN NaN NaN
0 0.420515768 0.347512779 0.472042827
0.2 0.364175675 0.325974501 0.409828331
0.4 0.413324579 0.376132671 0.453244048
0.6 1.98109533 1.46348775 2.00198866
0.8 1.98907793 1.97740337 2.08681652
1 1.99860364 1.9699666 2.01061539
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
slot[3] = 3
name[3] = 'fork'
slot[4] = 1
name[4] = 'fork_pool'
slot[5] = 2
name[5] = 'openmp'
caption = 'Left medians, right paired Hodges-Lehmann estimates, from 12 to 13 blocks, with 95 % intervals'
missing = ''
array low[2] = [0, 0]
array top[2] = [0.9731664, 2.25376184]
array steep[2] = [0, 0]
unit = 'ns'
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
