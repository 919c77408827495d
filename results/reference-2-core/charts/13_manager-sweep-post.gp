# Made by `manyhands report`.  Draw it again, here: gnuplot 13_manager-sweep-post.gp
out = '13_manager-sweep-post'
subtitle = 'serial takes 1.09 ms [1.08, 1.12] · AMD EPYC, 2 cores (virtual) · n = 84 steps, kind=0 start=0 hold_us=0 post=1'
title = 'Manager: speedup of shared: 10.86 at post = 0, 8.923 at 1'
ticks = 2
array at[2]
array tick[2]
at[2] = 1
tick[2] = '1'
at[1] = 0
tick[1] = '0'
parameter = 'post: 1: calls that have nothing to say back are not waited for; 0: all are, as in Python'
each = 'step'

$times << EOD
NaN NaN NaN NaN
0 21.5195323 20.7165645 23.6333065
1 13.0108631 12.8057381 13.3452321


NaN NaN NaN NaN
0 2.04392742 1.77498387 2.21401613
1 1.52827976 1.27278571 1.60547024


NaN NaN NaN NaN
0 58.5212016 56.9532661 62.5792903
1 40.4052381 39.403381 43.5642024


NaN NaN NaN NaN
0 45.5040161 40.5912419 48.1800806
1 31.972119 30.5866071 33.4423929


NaN NaN NaN NaN
0 49.6590484 48.5579032 56.8377742
1 33.8844107 33.1759226 37.9310833
EOD

$speedups << EOD
NaN NaN NaN NaN


NaN NaN NaN NaN
0 10.8624525 10.1196731 11.5956626
1 8.92334204 8.08702765 9.84792091


NaN NaN NaN NaN
0 0.370040168 0.355347623 0.386075177
1 0.321163998 0.308105872 0.332063722


NaN NaN NaN NaN
0 0.495444576 0.464074665 0.552814135
1 0.409990431 0.394339852 0.445436096


NaN NaN NaN NaN
0 0.434469693 0.423609222 0.458027706
1 0.38042508 0.350580045 0.39012416
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
slot[2] = 4
name[2] = 'shared'
slot[3] = 0
name[3] = 'pthreads'
slot[4] = 1
name[4] = 'fork_pool'
slot[5] = 2
name[5] = 'openmp'
caption = 'Left medians, right paired Hodges-Lehmann estimates, from 12 to 13 blocks, with 95 % intervals'
missing = ''
array low[2] = [0.979065934, 0.237004517]
array top[2] = [81.3530774, 15.0743613]
array steep[2] = [1, 1]
unit = 'µs'
classes = 1
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
