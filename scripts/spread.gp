# spread.gp -- the time of every block: a row of dots for each cell; warm in one panel, cold in the other.
# Needs, besides what rows.gp does: $dots (an index per panel: row, y, time, jitter, slot, disturbed), $medians (row, y,
# median, low, high, slot), text[] (of each row, panel after panel), unit[], steep[] (the axis is logarithmic), low[],
# top[].

spoken(panel, row) = text[rows * (panel - 1) + int(row)]
set grid noytics

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	do for [panel=1:panels] {
		eval frame(panel)
		do for [row=1:rows] {
			who = panel == 1 ? label[row] : ""
			set label 10+row who at graph -0.015, first y[row] right textcolor rgb black
		}
		unset logscale x
		set xtics autofreq
		if (steep[panel]) { set logscale x 10; eval steps("x", low[panel], top[panel], 1.7) }
		end = steep[panel] ? (top[panel]/low[panel])**0.3 * top[panel] : 1.3*top[panel] - 0.3*low[panel]
		set xrange [low[panel]:end]
		set xlabel "time, ".unit[panel].(steep[panel] ? ", logarithmic" : "") offset 0,0.6
		plot $medians index panel-1 using 4:2:4:5:($2-0.38):($2+0.38) with boxxyerror \
				fill solid 1 noborder linecolor rgb 0xD4D4D4 notitle, \
			$medians index panel-1 using 3:($2-0.38):(0):(0.76) with vectors nohead linewidth 1.5 \
				linecolor rgb black notitle, \
			$dots index panel-1 using ($6 > 0 ? NaN : $3):($2+0.6*$4):(rgb($5)) with points pointtype 7 \
				pointsize 0.35 linecolor rgb variable notitle, \
			$dots index panel-1 using ($6 > 0 ? $3 : NaN):($2+0.6*$4) with points pointtype 2 \
				pointsize 0.6 linecolor rgb grey notitle, \
			$medians index panel-1 using (top[panel]):2:(spoken(panel,$1)) with labels left offset 0.7,0 \
				font ",11" textcolor rgb black notitle
	}
	unset multiplot
	unset output
}
