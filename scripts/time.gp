# time.gp -- what each variant takes, warm and cold; at the size measured, and at the document's if that was run.
# Needs, besides what rows.gp does: $bars (an index per panel: row, y, warm, low, high, cold, low, high, slot, where its
# words begin, and whether warm and cold are cut), text[] (warm and cold of each row, panel after panel: the time in
# words, or why there is none), unit[], longest[].

spoken(panel, row, cold) = text[2 * (rows * (panel - 1) + int(row) - 1) + 1 + cold]
gap_at(panel, cut) = cut > 0 ? 0.93 * longest[panel] : NaN

# The legend, drawn by hand: a key would have to fit into a panel.
set object 1 rectangle from screen 0.555, above(height-25) to screen 0.57, above(height-35) \
	fillcolor rgb rgb(8) fillstyle solid noborder
set object 2 rectangle from screen 0.775, above(height-25) to screen 0.79, above(height-35) \
	fillcolor rgb tint(rgb(8), 0.4) fillstyle solid noborder
set label 6 "warm: workers stand ready" at screen 0.577, above(height-30) left font ",12" textcolor rgb black
set label 7 "cold: start, solve, stop" at screen 0.797, above(height-30) left font ",12" textcolor rgb black

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	do for [panel=1:panels] {
		eval frame(panel)
		do for [row=1:rows] {
			who = panel == 1 ? label[row] : ""
			set label 10+row who at graph -0.015, first y[row] right textcolor rgb black
		}
		set xrange [0:1.3*longest[panel]]
		set xlabel "time, ".unit[panel] offset 0,0.6
		plot $bars index panel-1 using (0):2:(0):3:($2+0.03):($2+0.4):(rgb($9)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$bars index panel-1 using (0):2:(0):6:($2-0.4):($2-0.03):(tint(rgb($9), 0.4)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$bars index panel-1 using 4:($2+0.215):($5-$4):(0) with vectors heads size screen 0.004,90 \
				linecolor rgb black notitle, \
			$bars index panel-1 using 7:($2-0.215):($8-$7):(0) with vectors heads size screen 0.004,90 \
				linecolor rgb black notitle, \
			$bars index panel-1 using (gap_at(panel,$12)):($2+0.01):(0.02*longest[panel]):(0.41) \
				with vectors nohead linecolor rgb "white" linewidth 5 notitle, \
			$bars index panel-1 using (gap_at(panel,$13)):($2-0.42):(0.02*longest[panel]):(0.41) \
				with vectors nohead linecolor rgb "white" linewidth 5 notitle, \
			$bars index panel-1 using 10:($2+0.215):(spoken(panel,$1,0)) with labels left offset 0.7,0 \
				font ",11" textcolor rgb black notitle, \
			$bars index panel-1 using 11:($2-0.215):(spoken(panel,$1,1)) with labels left offset 0.7,0 \
				font ",11" textcolor rgb grey notitle
	}
	unset multiplot
	unset output
}
