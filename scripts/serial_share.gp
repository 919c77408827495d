# serial_share.gp -- Karp and Flatt's e(p): the share that behaves as if it were serial, against the number of workers.
# Needs what workers.gp does.

set ylabel "serial share e(p), % of the serial time"
set key title sprintf("serial share at p = %d", most) left
if (!single) { set xrange [octaves ? 1.6 : 1.5:octaves ? 1.25*most : most+0.5] }
set arrow 1 from graph 0, first 0 to graph 1, first 0 nohead linecolor rgb grey

do for [kind in formats] {
	eval picture(kind)
	plot for [i=0:drawn-1] $points index i using (x($1,i,$3)):2 with points \
			pointtype 7 pointsize 0.3 linecolor rgb tint(rgb(slot[i+1]), 0.45) notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2 with lines \
			linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2:3:4 with yerrorbars \
			linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 1 linewidth 1.5 notitle, \
		for [i=0:drawn-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) \
			pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1]
	unset output
}
