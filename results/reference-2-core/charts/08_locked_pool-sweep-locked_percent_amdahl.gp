# Made by `manyhands report`.  Draw it again, here: gnuplot 08_locked_pool-sweep-locked_percent_amdahl.gp
out = '08_locked_pool-sweep-locked_percent_amdahl'
subtitle = 'serial takes 12.9 ms [12.9, 13.1] · AMD EPYC, 2 cores (virtual) · n = 24 tasks, task_us=500 locked_percent=25'
title = 'Locked pool: speedup of openmp: 10.75 at locked_percent = 0, 0.963 at 100'
ticks = 4
array at[4]
array tick[4]
at[4] = 1
tick[4] = '100'
at[3] = 0.5
tick[3] = '50'
at[2] = 0.25
tick[2] = '25'
at[1] = 0
tick[1] = '0'
parameter = 'locked_percent, %: share of it with the lock in its hands'
each = 'task'

$times << EOD
NaN NaN NaN NaN
0 519.406583 518.729333 523.403333
0.25 539.21975 535.42975 545.938042
0.5 538.922625 536.181083 543.766917
1 520.76275 519.035625 523.685458


NaN NaN NaN NaN
0 63.3718125 61.1675 63.7862917
0.25 178.777625 176.778083 182.353667
0.5 297.818396 295.602 305.541979
1 536.445625 533.37275 542.903125


NaN NaN NaN NaN
0 48.2862708 48.0765833 48.8018333
0.25 175.026958 171.043083 180.767583
0.5 294.778188 291.393667 297.675292
1 539.804792 534.84575 542.951125


NaN NaN NaN NaN
0 71.9802083 70.8064792 75.3324792
0.25 201.993542 197.418917 207.32325
0.5 314.238625 312.261521 317.781167
1 545.215917 543.688458 550.158917


NaN NaN NaN NaN
0 48.3127708 48.0219375 49.3426458
0.25 181.048604 177.851125 183.09225
0.5 297.685104 295.246042 301.472812
1 540.166979 535.763375 548.454083
EOD

$speedups << EOD
NaN NaN NaN NaN


NaN NaN NaN NaN
0 8.2462156 8.1427709 8.49445135
0.25 3.01328384 2.92673451 3.05090109
0.5 1.80075329 1.7364388 1.82631865
1 0.96970801 0.959999528 0.977583022


NaN NaN NaN NaN
0 10.7689975 10.6936502 10.8397983
0.25 3.07647197 3.00857288 3.15071057
0.5 1.82894001 1.81078399 1.8541311
1 0.966519891 0.920509161 0.974954719


NaN NaN NaN NaN
0 7.24637483 7.02496603 7.34962791
0.25 2.66818478 2.62145986 2.71899756
0.5 1.71326808 1.69924353 1.72691677
1 0.954556391 0.945579531 0.961530407


NaN NaN NaN NaN
0 10.7502915 10.6517892 10.8473315
0.25 3.00464582 2.94797805 3.01651038
0.5 1.8120002 1.79328538 1.82811693
1 0.963461805 0.950373465 0.973213678
EOD

$law << EOD
NaN NaN NaN
0 16 16
0.01 13.9130435 16
0.02 12.3076923 16
0.03 11.0344828 16
0.04 10 16
0.05 9.14285714 16
0.06 8.42105263 16
0.07 7.80487805 14.2857143
0.08 7.27272727 12.5
0.09 6.80851064 11.1111111
0.1 6.4 10
0.11 6.03773585 9.09090909
0.12 5.71428571 8.33333333
0.13 5.42372881 7.69230769
0.14 5.16129032 7.14285714
0.15 4.92307692 6.66666667
0.16 4.70588235 6.25
0.17 4.50704225 5.88235294
0.18 4.32432432 5.55555556
0.19 4.15584416 5.26315789
0.2 4 5
0.21 3.85542169 4.76190476
0.22 3.72093023 4.54545455
0.23 3.59550562 4.34782609
0.24 3.47826087 4.16666667
0.25 3.36842105 4
0.26 3.26530612 3.84615385
0.27 3.16831683 3.7037037
0.28 3.07692308 3.57142857
0.29 2.99065421 3.44827586
0.3 2.90909091 3.33333333
0.31 2.83185841 3.22580645
0.32 2.75862069 3.125
0.33 2.68907563 3.03030303
0.34 2.62295082 2.94117647
0.35 2.56 2.85714286
0.36 2.5 2.77777778
0.37 2.44274809 2.7027027
0.38 2.3880597 2.63157895
0.39 2.33576642 2.56410256
0.4 2.28571429 2.5
0.41 2.23776224 2.43902439
0.42 2.19178082 2.38095238
0.43 2.14765101 2.3255814
0.44 2.10526316 2.27272727
0.45 2.06451613 2.22222222
0.46 2.02531646 2.17391304
0.47 1.98757764 2.12765957
0.48 1.95121951 2.08333333
0.49 1.91616766 2.04081633
0.5 1.88235294 2
0.51 1.84971098 1.96078431
0.52 1.81818182 1.92307692
0.53 1.7877095 1.88679245
0.54 1.75824176 1.85185185
0.55 1.72972973 1.81818182
0.56 1.70212766 1.78571429
0.57 1.67539267 1.75438596
0.58 1.64948454 1.72413793
0.59 1.62436548 1.69491525
0.6 1.6 1.66666667
0.61 1.57635468 1.63934426
0.62 1.55339806 1.61290323
0.63 1.53110048 1.58730159
0.64 1.50943396 1.5625
0.65 1.48837209 1.53846154
0.66 1.46788991 1.51515152
0.67 1.4479638 1.49253731
0.68 1.42857143 1.47058824
0.69 1.40969163 1.44927536
0.7 1.39130435 1.42857143
0.71 1.37339056 1.4084507
0.72 1.3559322 1.38888889
0.73 1.33891213 1.36986301
0.74 1.32231405 1.35135135
0.75 1.30612245 1.33333333
0.76 1.29032258 1.31578947
0.77 1.2749004 1.2987013
0.78 1.25984252 1.28205128
0.79 1.24513619 1.26582278
0.8 1.23076923 1.25
0.81 1.21673004 1.2345679
0.82 1.20300752 1.2195122
0.83 1.18959108 1.20481928
0.84 1.17647059 1.19047619
0.85 1.16363636 1.17647059
0.86 1.15107914 1.1627907
0.87 1.13879004 1.14942529
0.88 1.12676056 1.13636364
0.89 1.11498258 1.12359551
0.9 1.10344828 1.11111111
0.91 1.09215017 1.0989011
0.92 1.08108108 1.08695652
0.93 1.07023411 1.07526882
0.94 1.05960265 1.06382979
0.95 1.04918033 1.05263158
0.96 1.03896104 1.04166667
0.97 1.02893891 1.03092784
0.98 1.01910828 1.02040816
0.99 1.00946372 1.01010101
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
slot[3] = 1
name[3] = 'fork_pool'
slot[4] = 4
name[4] = 'rounds'
slot[5] = 2
name[5] = 'openmp'
caption = 'Left medians, right paired Hodges-Lehmann estimates, from 12 to 13 blocks, with 95 % intervals'
missing = ''
array low[2] = [36.9399519, 0.70808397]
array top[2] = [715.206592, 20.8]
array steep[2] = [1, 1]
unit = 'µs'
classes = 0
workers = 16
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
