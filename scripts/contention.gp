# contention.gp -- how much gets done in a second, against the number of workers.
# Needs, besides what workers.gp does: unit, serial (what the serial program gets done, or NaN) and serial_name.

set ylabel unit." per second".(steep ? ", logarithmic" : "")
if (!steep && top >= 9999) { set format y "%.0s %c" }
set key title sprintf("a second, at p = %d", most) left

do for [kind in formats] {
	eval picture(kind)
	plot for [i=0:drawn-1] $points index i using (x($1,i,$3)):2 with points \
			pointtype 7 pointsize 0.3 linecolor rgb tint(rgb(slot[i+1]), 0.45) notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2 with lines \
			linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2:3:4 with yerrorbars \
			linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, \
		serial with lines linecolor rgb rgb(8) dashtype 3 linewidth 1.5 \
			title serial == serial ? serial_name : "", \
		for [i=0:drawn-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) \
			pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1]
	unset output
}
