# plot.gp -- speedups or times in characters: a line each, the estimate between the ends of its interval.
# Needs: file, columns, ansi (colours), rows (lines of the frame), $rows (y, estimate, low, high, ceiling or 0, 1 for
# faster or -1 for slower; and one more below the frame: gnuplot 5.4 does not survive a lone point that is not drawn),
# margin (columns on the left, where the names go), low and top of the frame, steep (it is logarithmic), one (a line at
# 1), axis.

set encoding utf8
if (ansi) { set terminal dumb noenhanced size columns, rows+4 ansi; } else {
	set terminal dumb noenhanced size columns, rows+4 mono
}
set output file

unset key
set border 1
set tics nomirror scale 0
set lmargin margin
set rmargin 2
set tmargin 0
set bmargin 3
set xlabel axis
set yrange [0:rows]
unset ytics
if (steep) { set logscale x; set xtics (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000) }
set xrange [low:top]

# Later ones lie above: the interval's ends, which vanish where it is narrower than two characters; the estimate.
character = (steep ? log10(top/low) : top-low) / (columns - margin - 3)
far(a, b) = (steep ? abs(log10(b/a)) : abs(b-a)) > 0.7 * character
hidden = -9     # below the frame
plot $rows using (1):(one ? 0.6 : hidden):(0):(one ? rows - 0.6 : 0) with vectors nohead linetype -1 notitle, \
	$rows using 3:1:($4-$3):(0) with vectors nohead linetype -1 notitle, \
	$rows using 5:($5 > 0 ? $1 : hidden) with points pointtype ":" linetype -1 notitle, \
	$rows using 3:(far($3,$2) ? $1 : hidden) with points pointtype "[" linetype -1 notitle, \
	$rows using 4:(far($4,$2) ? $1 : hidden) with points pointtype "]" linetype -1 notitle, \
	$rows using 2:($6 == 0 ? $1 : hidden) with points pointtype "o" linetype -1 notitle, \
	$rows using 2:($6 > 0 ? $1 : hidden) with points pointtype "o" linecolor rgb 0x0072B2 notitle, \
	$rows using 2:($6 < 0 ? $1 : hidden) with points pointtype "o" linecolor rgb 0xD55E00 notitle
unset output
