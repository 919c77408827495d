# Made by `manyhands report`.  Draw it again, here: gnuplot 04_pool_map-time.gp
out = '04_pool_map-time'
title = 'Pool.map: thread_pool is 1.94 times as fast as serial on 2 workers'
subtitle = 'serial takes 38.9 ms [38.9, 39.0] · n = 140 000 items, first=0 chunk=1 spin=1000 · AMD EPYC, 2 cores (virtual)'
rows = 11
array y[11] = [11.95, 10.7, 9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[11] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'thread_pool, p = 1', 'thread_pool, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'fork_pool_unordered, p = 1', 'fork_pool_unordered, p = 2', 'openmp, p = 1', 'openmp, p = 2']

$bars << EOD
1 11.95 38.936658 38.894025 38.985792 39.124382 39.041155 39.426427 8 38.985792 39.426427
2 10.7 39.514306 39.442029 39.689637 39.520906 39.413687 39.706121 0 39.689637 39.706121
3 9.7 21.182159 21.099346 27.89809 21.318251 21.206665 28.669194 0 27.89809 28.669194
4 8.45 40.201677 40.151773 40.442665 40.553579 40.467321 40.691083 4 40.442665 40.691083
5 7.45 20.10495 20.0872135 20.164403 20.473516 20.399918 20.504173 4 20.164403 20.504173
6 6.2 40.437667 40.321415 41.770115 44.118883 43.870404 44.502197 1 41.770115 44.502197
7 5.2 20.2138865 20.2032155 20.746257 23.572127 23.387133 24.08631 1 20.746257 24.08631
8 3.95 71.34098 59.733406 71.88752 74.531155 73.741694 75.171846 5 71.88752 75.171846
9 2.95 35.605994 35.1383695 49.1235135 40.788097 39.979687 53.3849 5 49.1235135 53.3849
10 1.7 39.635486 39.608947 39.712782 39.825488 39.750041 40.148553 2 39.712782 40.148553
11 0.7 21.228507 21.163401 21.698335 24.070918 22.595026 25.610614 2 21.698335 25.610614


1 11.95 0.0014875 0.001472 0.001502 0.044997 0.042153 0.05716 8 0.001502 0.05716
2 10.7 NaN NaN NaN NaN NaN NaN 0 0 0
3 9.7 0.068637 0.067012 0.075132 0.179918 0.167679 0.21473 0 0.075132 0.21473
4 8.45 NaN NaN NaN NaN NaN NaN 4 0 0
5 7.45 0.0311615 0.03013 0.044526 0.271423 0.240507 0.31018 4 0.044526 0.31018
6 6.2 NaN NaN NaN NaN NaN NaN 1 0 0
7 5.2 0.0420525 0.0349465 0.043009 0.560843 0.532852 0.711131 1 0.043009 0.711131
8 3.95 NaN NaN NaN NaN NaN NaN 5 0 0
9 2.95 0.0317015 0.0275405 0.0446215 0.536857 0.517899 0.640501 5 0.0446215 0.640501
10 1.7 NaN NaN NaN NaN NaN NaN 2 0 0
11 0.7 0.0022485 0.0022385 0.002299 1.901773 1.317065 6.521768 2 0.002299 6.521768
EOD
panels = 2
array text[44] = ['38.9 ms', '39.1 ms', '39.5 ms', '39.5 ms', '21.2 ms', '21.3 ms', '40.2 ms', '40.6 ms', '20.1 ms', '20.5 ms', '40.4 ms', '44.1 ms', '20.2 ms', '23.6 ms', '71.3 ms', '74.5 ms', '35.6 ms', '40.8 ms', '39.6 ms', '39.8 ms', '21.2 ms', '24.1 ms', '1.49 µs', '45.0 µs', '', '', '68.6 µs', '180 µs', '', '', '31.2 µs', '271 µs', '', '', '42.1 µs', '561 µs', '', '', '31.7 µs', '537 µs', '', '', '2.25 µs', '1.90 ms']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 75.171846
heading[1] = 'measured: n = 140 000'
unit[2] = 'ms'
longest[2] = 6.521768
heading[2] = 'the document''s size: n = 3'
caption = 'Medians of 15 blocks, with 95 % intervals'
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
