# timeline.gp -- who worked when: the caller, and below it a lane for each of its workers.
# Needs: $caller (an index per panel: y, end of start, of solve, of stop, number of the strip) and $lanes (y, enter,
# leave, share of a CPU, slot); rows, y[], label[], of[] (its panel) and head[] (it is the caller's) of each row;
# spoken[] of each strip; panels, unit[], longest[], highest[] (y), above_frame[] and below_frame[] (pixels) of each
# panel.

set border 1
unset ytics
unset key
left = 0.08
wide(row) = strlen(label[row]) * (head[row] ? 0.0092 : 0.0072)
do for [row=1:rows] { left = wide(row) > left ? wide(row) : left }
set lmargin at screen 0.02 + left
set rmargin at screen 0.98

# The legend, drawn by hand: in a row above the panels.
legend_y = 78
box(x) = sprintf("from screen %f, above(%f) to screen %f, above(%f)", x, legend_y - 5, x + 0.014, legend_y + 5)
array legend_x[5] = [0.02, 0.135, 0.235, 0.36, 0.575]
array legend_colour[5] = [0x888888, 0xDDDDDD, 0x444444, tint(rgb(0), 0.3), rgb(0)]
array legend_text[5] = ["caller: starts", "solves", "stops workers", "worker, first to last task", \
	"height: its share of that time on a CPU"]
do for [i=1:5] {
	eval sprintf("set object %d rectangle %s fillcolor rgb legend_colour[%d] fillstyle solid noborder", i, \
		box(legend_x[i]), i)
	set label 20+i legend_text[i] at screen legend_x[i] + 0.02, above(legend_y) left font ",12" textcolor rgb black
}

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	do for [panel=1:panels] {
		set tmargin at screen above(above_frame[panel])
		set bmargin at screen above(below_frame[panel])
		set xrange [0:1.36*longest[panel]]
		set yrange [0:highest[panel]]
		set xlabel "time, ".unit[panel] offset 0,0.6
		do for [row=1:rows] {
			unset label 100+row
			if (of[row] == panel) {
				set label 100+row label[row] at graph -0.008, first y[row] right \
					font (head[row] ? ",14" : ",11") textcolor rgb (head[row] ? black : grey)
			}
		}
		plot $lanes index panel-1 using 2:1:2:3:($1-0.4):($1+0.4):(tint(rgb($5), 0.3)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$lanes index panel-1 using 2:1:2:3:($1-0.4):($1-0.4+0.8*$4):(rgb($5)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$lanes index panel-1 using 2:($1-0.4):(0):(0.8):(rgb($5)) with vectors nohead linewidth 1.5 \
				linecolor rgb variable notitle, \
			$caller index panel-1 using (0):1:(0):2:($1-0.25):($1+0.25) with boxxyerror \
				fill solid 1 noborder linecolor rgb 0x888888 notitle, \
			$caller index panel-1 using (0):1:2:3:($1-0.25):($1+0.25) with boxxyerror \
				fill solid 1 noborder linecolor rgb 0xDDDDDD notitle, \
			$caller index panel-1 using (0):1:3:4:($1-0.25):($1+0.25) with boxxyerror \
				fill solid 1 noborder linecolor rgb 0x444444 notitle, \
			$caller index panel-1 using 4:1:(spoken[int($5)]) with labels left offset 0.7,0 font ",11" \
				textcolor rgb black notitle
	}
	unset multiplot
	unset output
}
