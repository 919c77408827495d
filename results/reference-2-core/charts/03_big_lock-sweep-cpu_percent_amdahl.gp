# Made by `manyhands report`.  Draw it again, here: gnuplot 03_big_lock-sweep-cpu_percent_amdahl.gp
out = '03_big_lock-sweep-cpu_percent_amdahl'
subtitle = 'serial takes 1.97 ms [1.97, 1.97] · AMD EPYC, 2 cores (virtual) · n = 4 steps, cpu_percent=100 step_us=500 switch_us=5000 spin=90'
title = 'The big lock: speedup of pthreads: 1.389 at cpu_percent = 0, 0.953 at 100'
ticks = 5
array at[5]
array tick[5]
at[5] = 1
tick[5] = '100'
at[4] = 0.75
tick[4] = '75'
at[3] = 0.5
tick[3] = '50'
at[2] = 0.25
tick[2] = '25'
at[1] = 0
tick[1] = '0'
parameter = 'cpu_percent, %: share of a step that computes; the rest of it waits'
each = 'step'

$times << EOD
NaN NaN NaN NaN
0 569.27025 569.023167 571.415
0.25 567.43075 566.444333 569.4855
0.5 566.170667 563.424833 567.963333
0.75 565.139917 561.6405 566.886833
1 492.412313 492.01425 493.378875


NaN NaN NaN NaN
0 410.696333 407.273 413.136833
0.25 412.313917 410.496 422.667667
0.5 409.4195 408.927167 412.7045
0.75 479.301583 477.281833 482.381333
1 516.632687 515.25 519.257125


NaN NaN NaN NaN
0 410.902583 406.508667 412.816333
0.25 409.715833 407.8805 412.302
0.5 407.485917 405.567167 410.224167
0.75 406.884833 404.977833 408.025833
1 263.903375 263.1795 266.28525


NaN NaN NaN NaN
0 390.927083 383.89 393.0035
0.25 389.26875 388.668667 393.914833
0.5 387.99525 383.310833 391.8485
0.75 385.41625 384.9065 391.345833
1 257.21 255.1325 261.29425


NaN NaN NaN NaN
0 380.246083 379.627 380.827
0.25 378.02875 377.608833 378.695667
0.5 376.2495 375.550833 376.484
0.75 374.645417 373.8785 379.576833
1 247.786 245.38425 249.827125
EOD

$speedups << EOD
NaN NaN NaN NaN


NaN NaN NaN NaN
0 1.38937279 1.38119628 1.40447383
0.25 1.37448561 1.32170054 1.38304934
0.5 1.3791827 1.36201641 1.38416581
0.75 1.1789811 1.16880549 1.18628831
1 0.953003232 0.949197824 0.95548877


NaN NaN NaN NaN
0 1.38618866 1.37984393 1.40011406
0.25 1.38482503 1.37638079 1.39165783
0.5 1.39003034 1.37946593 1.40047419
0.75 1.39059548 1.3811509 1.4102399
1 1.86388926 1.85053558 1.880814


NaN NaN NaN NaN
0 1.46716939 1.45370749 1.48002545
0.25 1.45320569 1.44642844 1.46569889
0.5 1.45884927 1.44559037 1.47043331
0.75 1.4574516 1.44658178 1.47505575
1 1.91180742 1.88546601 1.92458639


NaN NaN NaN NaN
0 1.4987046 1.49653649 1.50056189
0.25 1.50089278 1.49640239 1.50641418
0.5 1.50353302 1.49676609 1.50886304
0.75 1.50162752 1.49572758 1.50830046
1 1.98910381 1.9770339 2.00172707
EOD

$law << EOD
NaN NaN NaN
0 2 2
0.01 1.98019802 2
0.02 1.96078431 2
0.03 1.94174757 2
0.04 1.92307692 2
0.05 1.9047619 2
0.06 1.88679245 2
0.07 1.86915888 2
0.08 1.85185185 2
0.09 1.83486239 2
0.1 1.81818182 2
0.11 1.8018018 2
0.12 1.78571429 2
0.13 1.7699115 2
0.14 1.75438596 2
0.15 1.73913043 2
0.16 1.72413793 2
0.17 1.70940171 2
0.18 1.69491525 2
0.19 1.68067227 2
0.2 1.66666667 2
0.21 1.65289256 2
0.22 1.63934426 2
0.23 1.62601626 2
0.24 1.61290323 2
0.25 1.6 2
0.26 1.58730159 2
0.27 1.57480315 2
0.28 1.5625 2
0.29 1.5503876 2
0.3 1.53846154 2
0.31 1.52671756 2
0.32 1.51515152 2
0.33 1.5037594 2
0.34 1.49253731 2
0.35 1.48148148 2
0.36 1.47058824 2
0.37 1.45985401 2
0.38 1.44927536 2
0.39 1.43884892 2
0.4 1.42857143 2
0.41 1.41843972 2
0.42 1.4084507 2
0.43 1.3986014 2
0.44 1.38888889 2
0.45 1.37931034 2
0.46 1.36986301 2
0.47 1.36054422 2
0.48 1.35135135 2
0.49 1.34228188 2
0.5 1.33333333 2
0.51 1.32450331 1.96078431
0.52 1.31578947 1.92307692
0.53 1.30718954 1.88679245
0.54 1.2987013 1.85185185
0.55 1.29032258 1.81818182
0.56 1.28205128 1.78571429
0.57 1.27388535 1.75438596
0.58 1.26582278 1.72413793
0.59 1.25786164 1.69491525
0.6 1.25 1.66666667
0.61 1.24223602 1.63934426
0.62 1.2345679 1.61290323
0.63 1.22699387 1.58730159
0.64 1.2195122 1.5625
0.65 1.21212121 1.53846154
0.66 1.20481928 1.51515152
0.67 1.19760479 1.49253731
0.68 1.19047619 1.47058824
0.69 1.18343195 1.44927536
0.7 1.17647059 1.42857143
0.71 1.16959064 1.4084507
0.72 1.1627907 1.38888889
0.73 1.15606936 1.36986301
0.74 1.14942529 1.35135135
0.75 1.14285714 1.33333333
0.76 1.13636364 1.31578947
0.77 1.1299435 1.2987013
0.78 1.12359551 1.28205128
0.79 1.11731844 1.26582278
0.8 1.11111111 1.25
0.81 1.10497238 1.2345679
0.82 1.0989011 1.2195122
0.83 1.09289617 1.20481928
0.84 1.08695652 1.19047619
0.85 1.08108108 1.17647059
0.86 1.07526882 1.1627907
0.87 1.06951872 1.14942529
0.88 1.06382979 1.13636364
0.89 1.05820106 1.12359551
0.9 1.05263158 1.11111111
0.91 1.04712042 1.0989011
0.92 1.04166667 1.08695652
0.93 1.03626943 1.07526882
0.94 1.03092784 1.06382979
0.95 1.02564103 1.05263158
0.96 1.02040816 1.04166667
0.97 1.01522843 1.03092784
0.98 1.01010101 1.02040816
0.99 1.00502513 1.01010101
1 1 1
EOD
law = 1
lines = 5
array slot[5]
array name[5]
slot[1] = 8
name[1] = 'serial'
slot[2] = 0
name[2] = 'pthreads'
slot[3] = 4
name[3] = 'free_threads'
slot[4] = 1
name[4] = 'fork_pool'
slot[5] = 2
name[5] = 'openmp'
caption = 'Left medians, right paired Hodges-Lehmann estimates, from 12 to 13 blocks, with 95 % intervals'
missing = ''
array low[2] = [0, 0]
array top[2] = [617.1282, 2.16186524]
array steep[2] = [0, 0]
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
