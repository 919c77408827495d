# Made by `manyhands report`.  Draw it again, here: gnuplot 04_pool_map-time.gp
out = '04_pool_map-time'
title = 'Pool.map: thread_pool is 1.93 times as fast as serial on 2 workers'
subtitle = 'serial takes 38.9 ms [38.9, 39.0] · n = 140 000 items, first=0 chunk=1 spin=1000 · AMD EPYC, 2 cores (virtual)'
rows = 11
array y[11] = [11.95, 10.7, 9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[11] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'thread_pool, p = 1', 'thread_pool, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'fork_pool_unordered, p = 1', 'fork_pool_unordered, p = 2', 'openmp, p = 1', 'openmp, p = 2']

$bars << EOD
1 11.95 38.9133745 38.869439 38.973053 39.1151915 39.062336 39.234628 8 38.973053 39.234628
2 10.7 39.860811 39.486685 39.997294 39.599773 39.493675 39.802985 0 39.997294 39.802985
3 9.7 27.976922 21.12205 28.382469 28.2053455 21.265824 28.773531 0 28.382469 28.773531
4 8.45 40.391023 40.185733 40.557245 40.6144895 40.430017 40.901205 4 40.557245 40.901205
5 7.45 20.1553318 20.1385145 20.168564 20.653316 20.496531 21.157041 4 20.168564 21.157041
6 6.2 41.9064455 40.602512 42.073396 44.3870765 44.259091 44.537535 1 42.073396 44.537535
7 5.2 20.8994993 20.2594095 20.9909895 23.7701415 23.585387 24.730767 1 20.9909895 24.730767
8 3.95 61.039685 59.058088 71.4605165 75.6158415 74.562813 77.938395 5 71.4605165 77.938395
9 2.95 48.989101 35.1363665 49.448976 53.7435 39.964265 54.030127 5 49.448976 54.030127
10 1.7 39.646017 39.628156 39.838267 39.872248 39.786215 39.98532 2 39.838267 39.98532
11 0.7 28.128277 21.301567 28.518741 28.7526235 25.148082 31.466678 2 28.518741 31.466678


1 11.95 0.001483 0.001472 0.001492 0.0591675 0.048156 0.073098 8 0.001492 0.073098
2 10.7 NaN NaN NaN NaN NaN NaN 0 0 0
3 9.7 0.076584 0.068697 0.079157 0.211885 0.170784 0.288198 0 0.079157 0.288198
4 8.45 NaN NaN NaN NaN NaN NaN 4 0 0
5 7.45 0.04525975 0.03362 0.045633 0.2928845 0.240878 0.352713 4 0.045633 0.352713
6 6.2 NaN NaN NaN NaN NaN NaN 1 0 0
7 5.2 0.051141 0.040841 0.055853 0.709143 0.55882 0.872185 1 0.055853 0.872185
8 3.95 NaN NaN NaN NaN NaN NaN 5 0 0
9 2.95 0.05325925 0.03013 0.055913 0.653105 0.561984 0.907978 5 0.055913 0.907978
10 1.7 NaN NaN NaN NaN NaN NaN 2 0 0
11 0.7 0.00317475 0.0025335 0.00332 2.4510085 0.459442 6.387338 2 0.00332 6.387338
EOD
panels = 2
array text[44] = ['38.9 ms', '39.1 ms', '39.9 ms', '39.6 ms', '28.0 ms', '28.2 ms', '40.4 ms', '40.6 ms', '20.2 ms', '20.7 ms', '41.9 ms', '44.4 ms', '20.9 ms', '23.8 ms', '61.0 ms', '75.6 ms', '49.0 ms', '53.7 ms', '39.6 ms', '39.9 ms', '28.1 ms', '28.8 ms', '1.48 µs', '59.2 µs', '', '', '76.6 µs', '212 µs', '', '', '45.3 µs', '293 µs', '', '', '51.1 µs', '709 µs', '', '', '53.3 µs', '653 µs', '', '', '3.17 µs', '2.45 ms']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 77.938395
heading[1] = 'measured: n = 140 000'
unit[2] = 'ms'
longest[2] = 6.387338
heading[2] = 'the document''s size: n = 3'
caption = 'Medians of 18 blocks, with 95 % intervals'
missing = ''
height = 660

# style.gp -- what all charts share: size, fonts, colours, frame.  Needs: out, title, subtitle, caption, height.
# Colours are those of Okabe and Ito, told apart by colour-blind readers; symbols and dashes tell them apart in grey.

set encoding utf8
width = 960
black = 0x222222
grey = 0x777777
array colour[9] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x222222, 0x8C6D1F, 0x555555]
array symbol[16] = [7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14, 1, 2, 3, 7]
array dash[8] = [1, 2, 4, 5, 1, 2, 4, 5]

# Variants are numbered from 0; 8 is the serial base.
rgb(i) = colour[int(i) == 8 ? 9 : int(i) % 8 + 1]
mark(i) = symbol[int(i) % 16 + 1]
dashes(i) = dash[int(i) % 8 + 1]
part(c, shift, share) = int(255 - (255 - ((int(c) >> shift) & 255)) * share) << shift
tint(c, share) = part(c, 16, share) + part(c, 8, share) + part(c, 0, share)

# The commands that open a picture: the PNG is the SVG, twice as large.
svg = "set terminal svg size %d,%d noenhanced font 'sans-serif,14' background rgb 'white'; set output '%s.svg'"
png = "set terminal pngcairo size %d,%d noenhanced font 'sans-serif,14' fontscale 1.5 linewidth 2 pointscale 2; " \
	."set output '%s.png'"
picture(kind) = kind eq "svg" ? sprintf(svg, width, height, out) : sprintf(png, 2 * width, 2 * height, out)

above(pixels) = 1 - pixels / real(height)
set label 1 title at screen 0.02, above(26) left font ",19" textcolor rgb black
set label 2 subtitle at screen 0.02, above(52) left font ",13" textcolor rgb grey
set label 3 caption at screen 0.02, above(height - 30) left font ",11" textcolor rgb grey
set label 4 missing at screen 0.02, above(height - 14) left font ",11" textcolor rgb grey
set border 3 linecolor rgb grey
set tics nomirror textcolor rgb black
set grid linetype 1 linecolor rgb 0xE4E4E4 linewidth 1
set bars small

# time.gp -- what each variant takes, warm and cold; at the size measured, and at the document's if that was run.
# Needs: $bars (an index per panel: row, y, warm, low, high, cold, low, high, slot, and where its words begin), rows,
# label[], y[], text[] (warm and cold of each row, panel after panel: the time in words, or why there is none), panels,
# heading[], unit[], longest[].

set border 1
unset ytics
set yrange [0:y[1]+0.7]
set tmargin at screen above(106)
set bmargin at screen above(height - 106)
letters = 0
do for [row=1:rows] { letters = strlen(label[row]) > letters ? strlen(label[row]) : letters }
left = 0.035 + 0.0085 * (letters > 8 ? letters : 8)
gap = 0.04
right(panel) = panels == 1 ? 0.97 : left + (0.97 - left - gap) / 2 * panel + (panel - 1) * gap
spoken(panel, row, cold) = text[2 * (rows * (panel - 1) + int(row) - 1) + 1 + cold]

# The legend, drawn by hand: a key would have to fit into a panel.
unset key
set object 1 rectangle from screen 0.555, above(height-25) to screen 0.57, above(height-35) \
	fillcolor rgb rgb(8) fillstyle solid noborder
set object 2 rectangle from screen 0.775, above(height-25) to screen 0.79, above(height-35) \
	fillcolor rgb tint(rgb(8), 0.4) fillstyle solid noborder
set label 6 "warm: workers stand ready" at screen 0.577, above(height-30) left font ",12" textcolor rgb black
set label 7 "cold: start, solve, stop" at screen 0.797, above(height-30) left font ",12" textcolor rgb black

do for [kind in "svg png"] {
	eval picture(kind)
	set multiplot
	do for [panel=1:panels] {
		set lmargin at screen panel == 1 ? left : right(1) + gap
		set rmargin at screen right(panel)
		set xrange [0:1.3*longest[panel]]
		set xlabel "time, ".unit[panel] offset 0,0.6
		set label 5 heading[panel] at graph 0, screen above(92) left font ",13" textcolor rgb black
		do for [row=1:rows] {
			who = panel == 1 ? label[row] : ""
			set label 10+row who at graph -0.015, first y[row] right textcolor rgb black
		}
		plot $bars index panel-1 using (0):2:(0):3:($2+0.03):($2+0.4):(rgb($9)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$bars index panel-1 using (0):2:(0):6:($2-0.4):($2-0.03):(tint(rgb($9), 0.4)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$bars index panel-1 using 4:($2+0.215):($5-$4):(0) with vectors heads size screen 0.004,90 \
				linecolor rgb black notitle, \
			$bars index panel-1 using 7:($2-0.215):($8-$7):(0) with vectors heads size screen 0.004,90 \
				linecolor rgb black notitle, \
			$bars index panel-1 using 10:($2+0.215):(spoken(panel,$1,0)) with labels left offset 0.7,0 \
				font ",11" textcolor rgb black notitle, \
			$bars index panel-1 using 11:($2-0.215):(spoken(panel,$1,1)) with labels left offset 0.7,0 \
				font ",11" textcolor rgb grey notitle
	}
	unset multiplot
	unset output
}
