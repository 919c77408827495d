# Made by `manyhands report`.  Draw it again, here: gnuplot 12_pipe_eof-time.gp
out = '12_pipe_eof-time'
title = 'Pipe and end-of-file: nothing clearly beats serial; pthreads comes nearest (1.20)'
subtitle = 'serial takes 104 ms [103, 105] · n = 150 000 messages, message_bytes=64 · AMD EPYC, 2 cores (virtual)'
rows = 9
array y[9] = [9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[9] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'fork, p = 1', 'fork, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'openmp, p = 1', 'openmp, p = 2']

$bars << EOD
1 9.7 104.278363 103.437879 104.855283 104.464222 103.957094 105.866891 8 104.855283 105.866891
2 8.45 107.997896 56.9905435 130.904633 115.636659 57.01535 135.98784 0 130.904633 135.98784
3 7.45 189.921841 167.235704 198.043132 193.845185 169.645972 199.534597 0 198.043132 199.534597
4 6.2 146.622189 51.290861 150.377353 147.942353 51.598948 150.655006 3 150.377353 150.655006
5 5.2 179.433923 156.16414 186.419064 180.112988 154.656902 189.229396 3 186.419064 189.229396
6 3.95 146.714681 49.526311 153.097352 144.031476 53.167498 153.890029 1 153.097352 153.890029
7 2.95 180.278941 148.715542 186.349601 182.990997 157.701178 187.803682 1 186.349601 187.803682
8 1.7 119.874236 57.145493 142.967923 121.424698 61.115046 141.50485 2 142.967923 141.50485
9 0.7 184.313188 160.878239 190.656456 192.894043 169.232807 199.000083 2 190.656456 199.000083


1 9.7 14.807 14.657 14.952 83.8225 72.978 96.869 8 14.952 96.869
2 8.45 NaN NaN NaN NaN NaN NaN 0 0 0
3 7.45 107.55225 84.125 113.9695 248.334 212.465 269.09 0 113.9695 269.09
4 6.2 NaN NaN NaN NaN NaN NaN 3 0 0
5 5.2 457.86775 366.3935 516.7225 465.636 386.654 655.052 3 516.7225 655.052
6 3.95 NaN NaN NaN NaN NaN NaN 1 0 0
7 2.95 112.267 103.098 125.411 693.4095 588.113 716.814 1 125.411 716.814
8 1.7 NaN NaN NaN NaN NaN NaN 2 0 0
9 0.7 81.443 78.1565 115.937 269.906 248.569 281.282 2 115.937 281.282
EOD
panels = 2
array text[36] = ['104 ms', '104 ms', '108 ms', '116 ms', '190 ms', '194 ms', '147 ms', '148 ms', '179 ms', '180 ms', '147 ms', '144 ms', '180 ms', '183 ms', '120 ms', '121 ms', '184 ms', '193 ms', '14.8 µs', '83.8 µs', '', '', '108 µs', '248 µs', '', '', '458 µs', '466 µs', '', '', '112 µs', '693 µs', '', '', '81.4 µs', '270 µs']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 199.534597
heading[1] = 'measured: n = 150 000'
unit[2] = 'µs'
longest[2] = 716.814
heading[2] = 'the document''s size: n = 10'
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
