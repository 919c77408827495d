# phases.gp -- which share of its time each cell starts, works and ends: warm in one panel, cold in the other.
# Needs, besides what rows.gp does: $phases (an index per panel: row, y, where the phases end, in percent), text[] (of
# each row, panel after panel: the whole time in words, or why there is none).

array phase[3] = [0xE69F00, 0x0072B2, 0xDDDDDD]
spoken(panel, row) = text[rows * (panel - 1) + int(row)]
share(from, to) = to - from < 8 ? "" : sprintf("%.0f %%", to - from)

# The legend, drawn by hand: a key would have to fit into a panel.
array word[3] = ["start-up", "work", "tear-down"]
do for [i=1:3] {
	at = 0.6 + 0.12 * (i - 1)
	set object i rectangle from screen at, above(height-25) to screen at+0.015, above(height-35) \
		fillcolor rgb phase[i] fillstyle solid noborder
	set label 5+i word[i] at screen at+0.022, above(height-30) left font ",12" textcolor rgb black
}
set xrange [0:118]
set xtics 25
set xlabel "share of the time, %" offset 0,0.6

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	do for [panel=1:panels] {
		eval frame(panel)
		do for [row=1:rows] {
			who = panel == 1 ? label[row] : ""
			set label 10+row who at graph -0.015, first y[row] right textcolor rgb black
		}
		plot $phases index panel-1 using (0):2:(0):3:($2-0.36):($2+0.36) with boxxyerror \
				fill solid 1 noborder linecolor rgb phase[1] notitle, \
			$phases index panel-1 using 3:2:3:4:($2-0.36):($2+0.36) with boxxyerror \
				fill solid 1 noborder linecolor rgb phase[2] notitle, \
			$phases index panel-1 using 4:2:4:5:($2-0.36):($2+0.36) with boxxyerror \
				fill solid 1 noborder linecolor rgb phase[3] notitle, \
			$phases index panel-1 using ($3/2):2:(share(0,$3)) with labels center font ",11" \
				textcolor rgb black notitle, \
			$phases index panel-1 using (($3+$4)/2):2:(share($3,$4)) with labels center font ",11" \
				textcolor rgb "white" notitle, \
			$phases index panel-1 using (($4+$5)/2):2:(share($4,$5)) with labels center font ",11" \
				textcolor rgb black notitle, \
			$phases index panel-1 using (valid(5) ? 100 : 0):2:(spoken(panel,$1)) with labels left \
				offset 0.7,0 font ",11" textcolor rgb black notitle
	}
	unset multiplot
	unset output
}
