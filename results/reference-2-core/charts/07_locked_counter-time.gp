# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-time.gp
out = '07_locked_counter-time'
title = 'Locked counter: openmp_reduction is 2.00 times as fast as serial on 2 workers'
subtitle = 'serial takes 1.09 ms [1.08, 1.09] · n = 4 000 000 additions, start=0 jobs=1 hold=1 step_us=0 · AMD EPYC, 2 cores (virtual)'
rows = 17
array y[17] = [18.7, 17.45, 16.45, 15.2, 14.2, 12.95, 11.95, 10.7, 9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[17] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'robust, p = 1', 'robust, p = 2', 'atomic, p = 1', 'atomic, p = 2', 'private, p = 1', 'private, p = 2', 'openmp, p = 1', 'openmp, p = 2', 'openmp_atomic, p = 1', 'openmp_atomic, p = 2', 'openmp_reduction, p = 1', 'openmp_reduction, p = 2']

$bars << EOD
1 18.7 1.0861625 1.0847805 1.087049 1.149422 1.128505 1.164574 8 1.087049 1.164574
2 17.45 35.186131 35.122937 36.1980575 35.222785 35.167583 36.236169 0 36.1980575 36.236169
3 16.45 99.2190895 91.877314 118.952943 104.656043 95.830869 118.154152 0 118.952943 118.154152
4 15.2 37.181242 36.347324 37.228713 37.903485 37.836365 37.92714 1 37.228713 37.92714
5 14.2 99.1387705 97.1861915 111.380691 101.610325 96.786739 103.306628 1 111.380691 103.306628
6 12.95 46.4107005 45.402328 46.494069 45.46433 45.404952 46.488841 4 46.494069 46.488841
7 11.95 140.368273 135.131318 147.630475 139.61828 134.470137 147.800608 4 147.630475 147.800608
8 10.7 6.8980715 6.8659885 6.912503 6.958571 6.914196 6.994495 5 6.912503 6.994495
9 9.7 18.4917245 15.8165725 19.2118435 18.531674 15.975208 19.198855 5 19.2118435 19.198855
10 8.45 1.1591405 1.1522315 1.174729 1.277516 1.243045 1.29981 6 1.174729 1.29981
11 7.45 0.6151785 0.6132355 0.6268455 0.742292 0.718677 0.825165 6 0.6268455 0.825165
12 6.2 20.717354 20.708841 20.726958 20.840586 20.790557 20.888147 2 20.726958 20.888147
13 5.2 105.692471 95.9537565 120.99457 98.846977 83.275815 107.486684 2 120.99457 107.486684
14 3.95 6.776406 6.7667765 6.7835765 6.86315 6.827211 6.89048 7 6.7835765 6.89048
15 2.95 19.568423 15.918143 53.100502 15.020981 10.148717 20.768576 7 53.100502 20.768576
16 1.7 1.0863935 1.0852915 1.0935385 1.154839 1.136928 1.179787 9 1.0935385 1.179787
17 0.7 0.543923 0.5437875 0.5446035 2.254587 1.604723 5.386152 9 0.5446035 5.386152


1 18.7 3.3384965 3.332888 3.3884155 3.397229 3.385231 3.410468 8 3.3884155 3.410468
2 17.45 NaN NaN NaN NaN NaN NaN 0 0 0
3 16.45 3.4322405 3.425796 3.462518 3.552455 3.543105 3.585704 0 3.462518 3.585704
4 15.2 NaN NaN NaN NaN NaN NaN 1 0 0
5 14.2 3.4141065 3.4088455 3.424011 4.128415 4.093278 4.27965 1 3.424011 4.27965
6 12.95 NaN NaN NaN NaN NaN NaN 4 0 0
7 11.95 5.422165 5.411504 5.447348 5.460667 5.425976 5.49592 4 5.447348 5.49592
8 10.7 NaN NaN NaN NaN NaN NaN 5 0 0
9 9.7 1.7551205 1.7489665 1.780894 1.882514 1.864999 1.936475 5 1.780894 1.936475
10 8.45 NaN NaN NaN NaN NaN NaN 6 0 0
11 7.45 1.755832 1.7438345 1.7751305 1.88572 1.870567 1.942724 6 1.7751305 1.942724
12 6.2 NaN NaN NaN NaN NaN NaN 2 0 0
13 5.2 3.358982 3.3430785 3.384229 5.191167 3.713634 6.061814 2 3.384229 6.061814
14 3.95 NaN NaN NaN NaN NaN NaN 7 0 0
15 2.95 1.6821775 1.673655 1.6881415 4.359502 2.153903 5.097383 7 1.6881415 5.097383
16 1.7 NaN NaN NaN NaN NaN NaN 9 0 0
17 0.7 1.6849615 1.675958 1.6977105 3.2433 2.131224 3.561387 9 1.6977105 3.561387
EOD
panels = 2
array text[68] = ['1.09 ms', '1.15 ms', '35.2 ms', '35.2 ms', '99.2 ms', '105 ms', '37.2 ms', '37.9 ms', '99.1 ms', '102 ms', '46.4 ms', '45.5 ms', '140 ms', '140 ms', '6.90 ms', '6.96 ms', '18.5 ms', '18.5 ms', '1.16 ms', '1.28 ms', '615 µs', '742 µs', '20.7 ms', '20.8 ms', '106 ms', '98.8 ms', '6.78 ms', '6.86 ms', '19.6 ms', '15.0 ms', '1.09 ms', '1.15 ms', '544 µs', '2.25 ms', '3.34 ms', '3.40 ms', '', '', '3.43 ms', '3.55 ms', '', '', '3.41 ms', '4.13 ms', '', '', '5.42 ms', '5.46 ms', '', '', '1.76 ms', '1.88 ms', '', '', '1.76 ms', '1.89 ms', '', '', '3.36 ms', '5.19 ms', '', '', '1.68 ms', '4.36 ms', '', '', '1.68 ms', '3.24 ms']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 147.800608
heading[1] = 'measured: n = 4 000 000'
unit[2] = 'ms'
longest[2] = 6.061814
heading[2] = 'the document''s size: n = 20'
caption = 'Medians of 15 blocks, with 95 % intervals'
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
