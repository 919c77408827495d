# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-time.gp
out = '07_locked_counter-time'
title = 'Locked counter: openmp_reduction is 1.99 times as fast as serial on 2 workers'
subtitle = 'serial takes 1.09 ms [1.09, 1.09] · n = 4 000 000 additions, start=0 jobs=1 hold=1 step_us=0 · AMD EPYC, 2 cores (virtual)'
rows = 17
array y[17] = [18.7, 17.45, 16.45, 15.2, 14.2, 12.95, 11.95, 10.7, 9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[17] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'robust, p = 1', 'robust, p = 2', 'atomic, p = 1', 'atomic, p = 2', 'private, p = 1', 'private, p = 2', 'openmp, p = 1', 'openmp, p = 2', 'openmp_atomic, p = 1', 'openmp_atomic, p = 2', 'openmp_reduction, p = 1', 'openmp_reduction, p = 2']

$bars << EOD
1 18.7 1.086203 1.0858315 1.0867885 1.147609 1.14146 1.175745 8 1.0867885 1.175745
2 17.45 35.2937175 35.162821 36.241818 35.5650475 35.156037 36.308727 0 36.241818 36.308727
3 16.45 98.398759 89.057951 102.343293 96.2480685 92.694267 100.433523 0 102.343293 100.433523
4 15.2 37.1969315 36.148759 37.248833 37.871327 37.693693 37.975501 1 37.248833 37.975501
5 14.2 100.500132 93.8480805 107.392269 101.173026 96.163002 108.187596 1 107.392269 108.187596
6 12.95 45.6993768 45.4933455 46.594994 45.587498 45.414466 45.846749 4 46.594994 45.846749
7 11.95 147.191124 141.938155 158.04706 149.114358 142.324697 158.535996 4 158.04706 158.535996
8 10.7 6.91698475 6.8934745 6.9257325 6.979883 6.955827 7.000023 5 6.9257325 7.000023
9 9.7 14.383127 14.1011815 18.4208995 14.3558635 13.804747 18.54212 5 18.4208995 18.54212
10 8.45 1.17243575 1.1530515 1.1759005 1.2776975 1.244768 1.304937 6 1.1759005 1.304937
11 7.45 0.6324565 0.62644 0.64985 0.7972695 0.759938 1.41459 6 0.64985 1.41459
12 6.2 20.7368255 20.7212845 20.766507 20.878002 20.850105 20.904157 2 20.766507 20.904157
13 5.2 112.950622 102.830767 117.633895 94.3570205 82.461195 106.06292 2 117.633895 106.06292
14 3.95 6.78532925 6.7733715 6.807963 6.863568 6.821709 6.938732 7 6.807963 6.938732
15 2.95 16.7205073 16.0572055 30.177151 18.308682 10.135492 34.32342 7 30.177151 34.32342
16 1.7 1.085737 1.0853715 1.086874 1.1625935 1.151996 1.177228 9 1.086874 1.177228
17 0.7 0.54459075 0.5438525 0.5446735 1.731991 1.201553 3.042918 9 0.5446735 3.042918


1 18.7 3.3458125 3.3333795 3.3551115 3.4066325 3.400899 3.41485 8 3.3551115 3.41485
2 17.45 NaN NaN NaN NaN NaN NaN 0 0 0
3 16.45 3.4570225 3.440994 3.4659705 3.561631 3.547337 3.581437 0 3.4659705 3.581437
4 15.2 NaN NaN NaN NaN NaN NaN 1 0 0
5 14.2 3.42673775 3.420969 3.437724 4.1531385 4.075531 4.239195 1 3.437724 4.239195
6 12.95 NaN NaN NaN NaN NaN NaN 4 0 0
7 11.95 5.48824075 5.4423905 5.515434 5.5183205 5.486165 5.576209 4 5.515434 5.576209
8 10.7 NaN NaN NaN NaN NaN NaN 5 0 0
9 9.7 1.77573875 1.7530225 1.7952905 1.919439 1.860302 1.948063 5 1.7952905 1.948063
10 8.45 NaN NaN NaN NaN NaN NaN 6 0 0
11 7.45 1.77476975 1.7569685 1.7872185 1.878744 1.863877 1.930576 6 1.7872185 1.930576
12 6.2 NaN NaN NaN NaN NaN NaN 2 0 0
13 5.2 3.3761425 3.356338 3.385722 4.532657 4.407554 5.104659 2 3.385722 5.104659
14 3.95 NaN NaN NaN NaN NaN NaN 7 0 0
15 2.95 1.68779825 1.681682 1.696449 2.413065 2.067159 3.06506 7 1.696449 3.06506
16 1.7 NaN NaN NaN NaN NaN NaN 9 0 0
17 0.7 1.684298 1.6734495 1.6861385 3.286134 3.037429 4.40826 9 1.6861385 4.40826
EOD
panels = 2
array text[68] = ['1.09 ms', '1.15 ms', '35.3 ms', '35.6 ms', '98.4 ms', '96.2 ms', '37.2 ms', '37.9 ms', '101 ms', '101 ms', '45.7 ms', '45.6 ms', '147 ms', '149 ms', '6.92 ms', '6.98 ms', '14.4 ms', '14.4 ms', '1.17 ms', '1.28 ms', '632 µs', '797 µs', '20.7 ms', '20.9 ms', '113 ms', '94.4 ms', '6.79 ms', '6.86 ms', '16.7 ms', '18.3 ms', '1.09 ms', '1.16 ms', '545 µs', '1.73 ms', '3.35 ms', '3.41 ms', '', '', '3.46 ms', '3.56 ms', '', '', '3.43 ms', '4.15 ms', '', '', '5.49 ms', '5.52 ms', '', '', '1.78 ms', '1.92 ms', '', '', '1.77 ms', '1.88 ms', '', '', '3.38 ms', '4.53 ms', '', '', '1.69 ms', '2.41 ms', '', '', '1.68 ms', '3.29 ms']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 158.535996
heading[1] = 'measured: n = 4 000 000'
unit[2] = 'ms'
longest[2] = 5.576209
heading[2] = 'the document''s size: n = 20'
caption = 'Medians of 18 blocks, with 95 % intervals'
missing = ''
height = 890

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
