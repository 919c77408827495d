# Made by `manyhands report`.  Draw it again, here: gnuplot 02_sum_of_powers-time.gp
out = '02_sum_of_powers-time'
title = 'Sum of powers: openmp is 1.99 times as fast as serial on 2 workers'
subtitle = 'serial takes 101 ms [100, 101] · n = 34 000 000 terms of each job, jobs=2 lowest=1 highest=3 · AMD EPYC, 2 cores (virtual)'
rows = 9
array y[9] = [9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[9] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'fork, p = 1', 'fork, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'openmp, p = 1', 'openmp, p = 2']

$bars << EOD
1 9.7 100.607789 100.476155 100.686353 100.828904 100.603275 100.981145 8 100.686353 100.981145
2 8.45 101.051074 100.833392 101.269404 101.071525 100.851373 101.30704 0 101.269404 101.30704
3 7.45 50.6880058 50.565585 50.8035425 50.970758 50.787654 54.374901 0 50.8035425 54.374901
4 6.2 101.311496 101.218674 101.733022 101.358305 101.148424 101.724369 3 101.733022 101.724369
5 5.2 51.0268138 50.9449575 51.2354035 51.45167 50.928004 54.832289 3 51.2354035 54.832289
6 3.95 100.809303 100.617892 100.999088 101.692948 101.458274 101.863726 1 100.999088 101.863726
7 2.95 50.589928 50.478597 51.244377 51.686959 51.143202 54.511042 1 51.244377 54.511042
8 1.7 100.840857 100.590466 101.17213 100.80508 100.58668 100.966053 2 101.17213 100.966053
9 0.7 50.5258775 50.45825 50.6554675 56.1349755 53.725146 57.535322 2 50.6554675 57.535322


1 9.7 2.9581215 2.95021 2.9680465 3.011816 2.988396 3.035783 8 2.9680465 3.035783
2 8.45 NaN NaN NaN NaN NaN NaN 0 0 0
3 7.45 1.5799655 1.5704515 1.598493 3.084868 1.695447 3.255794 0 1.598493 3.255794
4 6.2 NaN NaN NaN NaN NaN NaN 3 0 0
5 5.2 1.8727775 1.855325 1.8911375 1.9293345 1.842907 3.484684 3 1.8911375 3.484684
6 3.95 NaN NaN NaN NaN NaN NaN 1 0 0
7 2.95 1.53820775 1.528059 1.547117 2.292088 2.047725 3.766411 1 1.547117 3.766411
8 1.7 NaN NaN NaN NaN NaN NaN 2 0 0
9 0.7 1.48413075 1.481074 1.492831 4.570666 3.445155 7.766361 2 1.492831 7.766361
EOD
panels = 2
array text[36] = ['101 ms', '101 ms', '101 ms', '101 ms', '50.7 ms', '51.0 ms', '101 ms', '101 ms', '51.0 ms', '51.5 ms', '101 ms', '102 ms', '50.6 ms', '51.7 ms', '101 ms', '101 ms', '50.5 ms', '56.1 ms', '2.96 ms', '3.01 ms', '', '', '1.58 ms', '3.08 ms', '', '', '1.87 ms', '1.93 ms', '', '', '1.54 ms', '2.29 ms', '', '', '1.48 ms', '4.57 ms']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 101.863726
heading[1] = 'measured: n = 34 000 000'
unit[2] = 'ms'
longest[2] = 7.766361
heading[2] = 'the document''s size: n = 1 000 000'
caption = 'Medians of 18 blocks, with 95 % intervals'
missing = ''
height = 584

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
