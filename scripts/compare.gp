# compare.gp -- two runs: how many times as fast B is as A, cell by cell, each with its interval, in groups by verdict.
# Needs: $ratios (an index per verdict: y, ratio, low, high), groups, verdict[] (1 faster, -1 slower, 0 same, 2 unclear,
# 3 too few), heading[] and heading_y[] of the groups, rows, y[], label[], value[] of the rows, letters (of the longest
# label), low and top of the frame, from and to (the drift; NaN without), span (rows and gaps).

look(v) = v == 1 ? 0x0072B2 : v == -1 ? 0xD55E00 : grey
shape(v) = v == 1 ? 7 : v == -1 ? 5 : v == 0 ? 13 : v == 2 ? 6 : 4
left = 0.04 + 0.0069 * (letters > 30 ? letters : 30)
set lmargin at screen left
set rmargin at screen 0.83
set tmargin at screen above(78)
set bmargin at screen above(height - 112)
set border 1
unset ytics
unset key
set yrange [0:span]
set logscale x
set xrange [low:top]
set xtics (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
if (top / low > 1000) { set xtics (1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1, 10, 100, 1000, 1e4, 1e5, 1e6) }
set xtics font ",12"
unset mxtics
if (top / low < 8) { set xtics (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8) }
if (top / low < 2) { set xtics (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.8, 2) }
if (top / low < 1.3) { set xtics (0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3) }
if (top / low < 1.1) { set xtics (0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03, 1.04, \
	1.05, 1.06, 1.07, 1.08, 1.09) }
set xlabel "time of A / time of B, logarithmic: right of 1, B is faster"
if (from == from) {
	set object 1 rectangle from first from, graph 0 to first to, graph 1 behind \
		fillcolor rgb 0xDDDDDD fillstyle solid noborder
}
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead linecolor rgb black linewidth 1.5
do for [i=1:groups] {
	set label 10+i heading[i] at screen 0.02, first heading_y[i] left font ",13" textcolor rgb black
}
do for [i=1:rows] {
	set label 1000+2*i label[i] at graph -0.012, first y[i] right font ",11" textcolor rgb black
	set label 1001+2*i value[i] at graph 1.012, first y[i] left font ",11" textcolor rgb black
}

do for [kind in formats] {
	eval picture(kind)
	plot for [i=0:groups-1] $ratios index i using 2:1:3:4 with xerrorbars linecolor rgb look(verdict[i+1]) \
		pointtype shape(verdict[i+1]) pointsize 0.8 linewidth 1.5 notitle
	unset output
}
