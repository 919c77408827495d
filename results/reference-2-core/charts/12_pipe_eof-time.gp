# Made by `manyhands report`.  Draw it again, here: gnuplot 12_pipe_eof-time.gp
out = '12_pipe_eof-time'
title = 'Pipe and end-of-file: fork_pool is 2.08 times as fast as serial on 1 worker'
subtitle = 'serial takes 104 ms [104, 106] · n = 150 000 messages, message_bytes=64 · AMD EPYC, 2 cores (virtual)'
rows = 9
array y[9] = [9.7, 8.45, 7.45, 6.2, 5.2, 3.95, 2.95, 1.7, 0.7]
array label[9] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'fork, p = 1', 'fork, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'openmp, p = 1', 'openmp, p = 2']

$bars << EOD
1 9.7 103.989963 103.845304 106.494246 104.684504 103.865999 105.569968 8 106.494246 105.569968
2 8.45 58.2634435 57.184696 94.791496 57.272722 56.803075 96.933856 0 94.791496 96.933856
3 7.45 171.195713 165.85308 197.964746 172.035188 168.120758 194.732918 0 197.964746 194.732918
4 6.2 50.952068 50.686785 109.468377 53.513421 50.736288 151.758164 3 109.468377 151.758164
5 5.2 153.437828 151.215929 180.554237 151.764903 148.862855 195.942759 3 180.554237 195.942759
6 3.95 49.408937 49.043805 59.790611 51.74851 51.420333 53.464028 1 59.790611 53.464028
7 2.95 149.719487 143.641133 176.295755 155.202447 152.916734 187.203219 1 176.295755 187.203219
8 1.7 56.882062 56.101683 124.944283 59.983597 59.550023 141.828793 2 124.944283 141.828793
9 0.7 165.768014 157.305169 181.349408 175.186057 167.401559 193.772291 2 181.349408 193.772291


1 9.7 14.772 14.657 14.892 77.775 72.879 91.796 8 14.892 91.796
2 8.45 NaN NaN NaN NaN NaN NaN 0 0 0
3 7.45 80.895 77.916 105.792 226.887 213.006 251.734 0 105.792 251.734
4 6.2 NaN NaN NaN NaN NaN NaN 3 0 0
5 5.2 366.8095 324.026 443.709 436.067 382.347 477.329 3 443.709 477.329
6 3.95 NaN NaN NaN NaN NaN NaN 1 0 0
7 2.95 109.7525 90.5195 125.717 560.443 518.41 787.309 1 125.717 787.309
8 1.7 NaN NaN NaN NaN NaN NaN 2 0 0
9 0.7 104.5455 79.6685 106.273 219.486 206.596 266.736 2 106.273 266.736
EOD
panels = 2
array text[36] = ['104 ms', '105 ms', '58.3 ms', '57.3 ms', '171 ms', '172 ms', '51.0 ms', '53.5 ms', '153 ms', '152 ms', '49.4 ms', '51.7 ms', '150 ms', '155 ms', '56.9 ms', '60.0 ms', '166 ms', '175 ms', '14.8 µs', '77.8 µs', '', '', '80.9 µs', '227 µs', '', '', '367 µs', '436 µs', '', '', '110 µs', '560 µs', '', '', '105 µs', '219 µs']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 197.964746
heading[1] = 'measured: n = 150 000'
unit[2] = 'µs'
longest[2] = 787.309
heading[2] = 'the document''s size: n = 10'
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
