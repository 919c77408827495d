# Made by `manyhands report`.  Draw it again, here: gnuplot 02_sum_of_powers-time.gp
out = '02_sum_of_powers-time'
title = 'Sum of powers: openmp is 2.00 times as fast as serial on 2 workers'
subtitle = 'serial takes 94.7 ms [94.6, 94.8] · n = 32 000 000 terms of each job, jobs=2 lowest=1 highest=3 · AMD EPYC, 2 cores (virtual)'
rows = 9
array y[9] = [9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[9] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'fork, p = 1', 'fork, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'openmp, p = 1', 'openmp, p = 2']

$bars << EOD
1 9.7 94.6640215 94.566412 94.828897 94.829092 94.586546 95.247613 8 94.828897 95.247613
2 8.45 94.8873185 94.836002 95.34317 95.097711 94.923111 95.258921 0 95.34317 95.258921
3 7.45 47.624503 47.550653 47.8824905 47.867619 47.681792 48.833142 0 47.8824905 48.833142
4 6.2 95.4153965 95.1573945 95.5083855 95.195205 95.089784 95.404055 3 95.5083855 95.404055
5 5.2 48.160754 47.7793725 48.6256785 47.912916 47.829883 48.395472 3 48.6256785 48.395472
6 3.95 94.8294375 94.7536895 94.9709425 95.503083 95.333741 95.799763 1 94.9709425 95.799763
7 2.95 47.566271 47.4966025 47.7292335 48.376905 48.098491 48.60982 1 47.7292335 48.60982
8 1.7 94.7238005 94.63606 94.7976005 94.864649 94.667346 95.042338 2 94.7976005 95.042338
9 0.7 47.4574895 47.372714 47.5732365 49.208458 48.307582 52.252999 2 47.5732365 52.252999


1 9.7 2.9548675 2.9500195 2.9613315 3.013794 2.997371 3.02799 8 2.9613315 3.02799
2 8.45 NaN NaN NaN NaN NaN NaN 0 0 0
3 7.45 1.5586395 1.5497255 1.5696105 1.674375 1.656099 1.705752 0 1.5696105 1.705752
4 6.2 NaN NaN NaN NaN NaN NaN 3 0 0
5 5.2 1.8014245 1.7874995 1.840287 1.900802 1.850317 2.00017 3 1.840287 2.00017
6 3.95 NaN NaN NaN NaN NaN NaN 1 0 0
7 2.95 1.524048 1.5199765 1.5311635 2.089363 2.061621 2.117705 1 1.5311635 2.117705
8 1.7 NaN NaN NaN NaN NaN NaN 2 0 0
9 0.7 1.4843285 1.4776735 1.4866425 4.820317 3.500347 8.450827 2 1.4866425 8.450827
EOD
panels = 2
array text[36] = ['94.7 ms', '94.8 ms', '94.9 ms', '95.1 ms', '47.6 ms', '47.9 ms', '95.4 ms', '95.2 ms', '48.2 ms', '47.9 ms', '94.8 ms', '95.5 ms', '47.6 ms', '48.4 ms', '94.7 ms', '94.9 ms', '47.5 ms', '49.2 ms', '2.95 ms', '3.01 ms', '', '', '1.56 ms', '1.67 ms', '', '', '1.80 ms', '1.90 ms', '', '', '1.52 ms', '2.09 ms', '', '', '1.48 ms', '4.82 ms']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 95.799763
heading[1] = 'measured: n = 32 000 000'
unit[2] = 'ms'
longest[2] = 8.450827
heading[2] = 'the document''s size: n = 1 000 000'
caption = 'Medians of 15 blocks, with 95 % intervals'
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
