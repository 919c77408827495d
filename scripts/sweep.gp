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
