# curves.gp -- what crossover and granularity share: curves over a logarithmic axis, and where they cross a line.
# Needs: $points (an index per line: x, y, low, high), $paths (likewise: x, y), $marks (x, low, high, y, slot),
# marks, lines, slot[], name[], left, right, low and top of all that is drawn, workers; the ticks of x are set.

set lmargin at screen 0.105
set rmargin at screen 0.7
set tmargin at screen above(80)
set bmargin at screen above(height - 110)
set logscale x
set xrange [left/1.4:right*1.4]
set key at screen 0.715, above(84) left top Left reverse samplen 2.5 spacing 1.3 font ",13" textcolor rgb black

# Drawn by: eval "plot ".curves(bottom of the frame)
curves = "for [i=0:lines-1] $paths index i using 1:2 with lines linecolor rgb rgb(slot[i+1]) " \
	."dashtype dashes(slot[i+1]) linewidth 1.5 notitle, " \
	."for [i=0:lines-1] $points index i using 1:2:3:4 with yerrorbars linecolor rgb rgb(slot[i+1]) " \
	."pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, " \
	."$marks using 1:(bottom):(0):($4-bottom):(rgb($5)) with vectors nohead linecolor rgb variable dashtype 2 " \
	."notitle, " \
	."$marks using 2:4:($3-$2):(0):(rgb($5)) with vectors heads size screen 0.007,90 linecolor rgb variable " \
	."linewidth 2 notitle, " \
	."$marks using 1:4:(rgb($5)) with points pointtype 6 pointsize 1.8 linewidth 2 linecolor rgb variable " \
	."notitle, " \
	."for [i=0:lines-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) " \
	."pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1], " \
	."for [i=1:(marks ? 1 : 0)] keyentry with points pointtype 6 pointsize 1.8 linewidth 2 linecolor rgb grey " \
	."title 'there, with interval'"
