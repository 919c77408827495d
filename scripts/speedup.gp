# speedup.gp -- how many times as fast as serial, against the number of workers.
# Needs, besides what workers.gp does: $ceiling, $ideal, ceilings; $laws (an index per law: p, speedup, its interval),
# laws, curve_slot[], law_lines, law[], law_slot[].

set ylabel "speedup (serial time / time)".(steep ? ", logarithmic" : "")
if (steep && low >= 0.2) { set logscale y 2; set ytics autofreq }
set key title sprintf("speedup at p = %d", most) left

do for [kind in formats] {
	eval picture(kind)
	plot $ceiling using 1:2:(place($1,-half)):(place($1,half)):3:4 with boxxyerror fill solid 1 noborder \
			linecolor rgb 0xCCCCCC title ceilings ? "measured ceiling" : "", \
		for [i=0:laws-1] $laws index i using 1:3:4 with filledcurves \
			fillcolor rgb tint(rgb(curve_slot[i+1]), 0.2) fillstyle solid 1 noborder notitle, \
		$ceiling using 1:2 with lines linecolor rgb 0xBBBBBB notitle, \
		$ceiling using (place($1,-half)):2:(place($1,half)-place($1,-half)):(0) with vectors nohead \
			linecolor rgb grey notitle, \
		$ideal using 1:(single ? NaN : $2) with lines \
			linecolor rgb grey dashtype 3 linewidth 1.5 title "ideal", \
		$ideal using (place($1,-half)):(single || most < 5 ? $2 : NaN):(place($1,half)-place($1,-half)):(0) \
			with vectors nohead linecolor rgb grey dashtype 3 linewidth 1.5 notitle, \
		for [i=0:drawn-1] $points index i using (x($1,i,$3)):2 with points \
			pointtype 7 pointsize 0.3 linecolor rgb tint(rgb(slot[i+1]), 0.45) notitle, \
		for [i=0:laws-1] $laws index i using 1:2 with lines \
			linecolor rgb rgb(curve_slot[i+1]) dashtype 3 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2 with lines \
			linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2:3:4 with yerrorbars \
			linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, \
		for [i=0:drawn-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) \
			pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1], \
		for [i=1:law_lines] keyentry with linespoints linecolor rgb rgb(law_slot[i]) dashtype 3 \
			pointtype mark(law_slot[i]) pointsize 0.6 title law[i]
	unset output
}
