# rows.gp -- the frame of charts with a row for every cell, and a panel or two.
# Needs: rows, label[], y[] of each row, panels, heading[].

set border 1
unset ytics
unset key
set yrange [0:y[1]+0.7]
set tmargin at screen above(106)
set bmargin at screen above(height - 106)
letters = 8
do for [row=1:rows] { letters = strlen(label[row]) > letters ? strlen(label[row]) : letters }
left = 0.035 + 0.0085 * letters
gap = 0.04
right(panel) = panels == 1 ? 0.97 : left + (0.97 - left - gap) / 2 * panel + (panel - 1) * gap
frame(panel) = sprintf("set lmargin at screen %f; set rmargin at screen %f; ", \
		panel == 1 ? left : right(1) + gap, right(panel)) \
	.sprintf("set label 5 heading[%d] at graph 0, screen %f left font ',13' textcolor rgb black", panel, above(92))
