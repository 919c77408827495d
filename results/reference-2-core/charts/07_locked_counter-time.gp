# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-time.gp
out = '07_locked_counter-time'
subtitle = 'serial takes 35.4 µs [35.3, 35.4] · AMD EPYC, 2 cores (virtual) · n = 125 000 additions, start=0 jobs=1 hold=1 step_us=0'
title = 'Locked counter: openmp_reduction is 1.84 times as fast as serial on 2 workers'
rows = 20
array y[20] = [22.45, 21.2, 20.2, 18.95, 17.95, 16.7, 15.7, 14.45, 13.45, 12.2, 11.2, 9.95, 8.95, 7.7, 6.7, 5.45, 4.45, 3.2, 1.95, 0.7]
array label[20] = ['serial', 'pthreads, p = 1', 'pthreads, p = 2', 'fork_pool, p = 1', 'fork_pool, p = 2', 'robust, p = 1', 'robust, p = 2', 'atomic, p = 1', 'atomic, p = 2', 'private, p = 1', 'private, p = 2', 'openmp, p = 1', 'openmp, p = 2', 'openmp_atomic, p = 1', 'openmp_atomic, p = 2', 'openmp_reduction, p = 1', 'openmp_reduction, p = 2', 'python_serial, p = 1', 'python_threads, p = 2', 'python_processes, p = 2']

$bars << EOD
1 22.45 0.035362 0.035342 0.0353925 0.079803 0.076178 0.099663 8 0.0353925 0.099663 0 0
2 21.2 1.17949625 1.162516 1.194163 1.2563705 1.226411 1.298869 0 1.194163 1.298869 0 0
3 20.2 3.083218 2.997746 3.344045 3.277851 3.097454 3.507298 0 3.344045 3.507298 0 0
4 18.95 1.20015175 1.18543 1.206311 1.699653 1.652073 1.741375 1 1.206311 1.741375 0 0
5 17.95 3.103759 2.951101 3.189225 3.505034 3.392116 4.235919 1 3.189225 4.235919 0 0
6 16.7 1.85711475 1.8273975 1.882232 1.928583 1.86533 1.962974 4 1.882232 1.962974 0 0
7 15.7 4.380644 4.113287 4.851332 4.781429 1.997425 5.099651 4 4.851332 5.099651 0 0
8 14.45 0.276866 0.272329 0.281047 0.354747 0.346124 0.367786 5 0.281047 0.367786 0 0
9 13.45 0.652118 0.5592205 0.667616 0.735031 0.642514 0.773228 5 0.667616 0.773228 0 0
10 12.2 0.0933485 0.0917215 0.1094925 0.176041 0.169271 0.20823 6 0.1094925 0.20823 0 0
11 11.2 0.082703 0.064511 0.0879905 0.193907 0.180663 0.217293 6 0.0879905 0.217293 0 0
12 9.95 0.6453455 0.645248 0.647912 0.7040255 0.694726 0.732873 2 0.647912 0.732873 0 0
13 8.95 2.76829 2.639458 3.109787 5.605167 2.983244 7.573625 2 3.109787 7.573625 0 0
14 7.7 0.21214 0.2113285 0.2138725 0.2659775 0.262174 0.291022 7 0.2138725 0.291022 0 0
15 6.7 0.96644 0.5263265 1.075627 2.288388 1.314812 6.032566 7 1.075627 6.032566 0 0
16 5.45 0.0357705 0.035723 0.035808 0.0858975 0.082633 0.094395 9 0.035808 0.094395 0 0
17 4.45 0.0191985 0.0191835 0.0192235 2.0350865 0.414816 6.550806 9 0.0192235 6.550806 0 0
18 3.2 NaN NaN NaN NaN NaN NaN 10 0 0 0 0
19 1.95 NaN NaN NaN NaN NaN NaN 11 0 0 0 0
20 0.7 NaN NaN NaN NaN NaN NaN 12 0 0 0 0


1 22.45 3.345377 3.330344 3.399908 3.4086775 3.336033 3.497442 8 3.399908 3.497442 0 0
2 21.2 NaN NaN NaN NaN NaN NaN 0 0 0 0 0
3 20.2 3.446866 3.427724 3.493587 3.6307255 3.495024 4.445881 0 3.493587 4.445881 0 0
4 18.95 NaN NaN NaN NaN NaN NaN 1 0 0 0 0
5 17.95 3.43879825 3.398631 3.8063315 4.019198 3.959649 4.132866 1 3.8063315 4.132866 0 0
6 16.7 NaN NaN NaN NaN NaN NaN 4 0 0 0 0
7 15.7 5.454065 5.404369 5.5427745 5.4518395 5.387399 5.500376 4 5.5427745 5.500376 0 0
8 14.45 NaN NaN NaN NaN NaN NaN 5 0 0 0 0
9 13.45 1.7678795 1.74075 1.772932 1.871564 1.837508 1.924062 5 1.772932 1.924062 0 0
10 12.2 NaN NaN NaN NaN NaN NaN 6 0 0 0 0
11 11.2 1.764219 1.75091 1.794444 1.860883 1.840532 1.980801 6 1.794444 1.980801 0 0
12 9.95 NaN NaN NaN NaN NaN NaN 2 0 0 0 0
13 8.95 3.3714755 3.329989 3.4091715 4.9401695 3.458364 7.071119 2 3.4091715 7.071119 0 0
14 7.7 NaN NaN NaN NaN NaN NaN 7 0 0 0 0
15 6.7 1.677816 1.675478 1.682027 2.761019 1.810998 5.490492 7 1.682027 5.490492 0 0
16 5.45 NaN NaN NaN NaN NaN NaN 9 0 0 0 0
17 4.45 1.6836345 1.673875 1.694065 3.46368 1.81872 5.707764 9 1.694065 5.707764 0 0
18 3.2 3.37643275 3.3548655 3.4179945 3.3972945 3.373478 3.403995 10 3.4179945 3.403995 0 0
19 1.95 3.565583 3.552415 3.60363 3.737895 3.655953 3.907402 11 3.60363 3.907402 0 0
20 0.7 5.9887065 5.771554 6.237721 9.4722285 9.223043 10.051124 12 6.237721 10.051124 0 0
EOD
panels = 2
array text[80] = ['35.4 µs', '79.8 µs', '1.18 ms', '1.26 ms', '3.08 ms', '3.28 ms', '1.20 ms', '1.70 ms', '3.10 ms', '3.51 ms', '1.86 ms', '1.93 ms', '4.38 ms', '4.78 ms', '277 µs', '355 µs', '652 µs', '735 µs', '93.3 µs', '176 µs', '82.7 µs', '194 µs', '645 µs', '704 µs', '2.77 ms', '5.61 ms', '212 µs', '266 µs', '966 µs', '2.29 ms', '35.8 µs', '85.9 µs', '19.2 µs', '2.04 ms', '', '', '', '', '', '', '3.35 ms', '3.41 ms', '', '', '3.45 ms', '3.63 ms', '', '', '3.44 ms', '4.02 ms', '', '', '5.45 ms', '5.45 ms', '', '', '1.77 ms', '1.87 ms', '', '', '1.76 ms', '1.86 ms', '', '', '3.37 ms', '4.94 ms', '', '', '1.68 ms', '2.76 ms', '', '', '1.68 ms', '3.46 ms', '3.38 ms', '3.40 ms', '3.57 ms', '3.74 ms', '5.99 ms', '9.47 ms']
array heading[2]
array unit[2]
array longest[2]
unit[1] = 'ms'
longest[1] = 7.573625
heading[1] = 'measured: n = 125 000'
unit[2] = 'ms'
longest[2] = 10.051124
heading[2] = 'the document''s size: n = 20'
caption = 'Medians of 12 to 13 blocks, with 95 % intervals'
missing = ''
height = 1017

# style.gp -- what all charts share: size, fonts, colours, frame.
# Needs: out, title, subtitle, caption, missing, height.
# formats: which pictures to make, of svg, png, pdf and sixel (a terminal's).  file: where to, if not beside this file.
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

if (!exists("formats")) { formats = "svg png pdf" }

# The commands that open a picture: the PNG is the SVG on a slide, 1600 pixels wide; the PDF has 96 pixels to an inch.
svg = "set terminal svg size %d,%d noenhanced font 'sans-serif,14' background rgb 'white'; set output '%s'"
png = "set terminal pngcairo size %d,%d noenhanced font 'sans-serif,14' fontscale 1.25 linewidth 1.67 pointscale 1.67" \
	."; set output '%s'"
pdf = "set terminal pdfcairo size %fin,%fin noenhanced font 'sans-serif,10.5'; set output '%s'"
sixel = "set terminal sixelgd size %d,%d truecolor noenhanced font 'sans,14' fontscale 0.75; set output '%s'"
to(kind) = exists("file") ? file : out.".".kind
picture(kind) = kind eq "svg" ? sprintf(svg, width, height, to(kind)) \
	: kind eq "png" ? sprintf(png, 5 * width / 3, 5 * height / 3, to(kind)) \
	: kind eq "sixel" ? sprintf(sixel, width, height, to(kind)) \
	: sprintf(pdf, width / 96.0, height / 96.0, to(kind))

# The command that puts steps of 1, 2, 5 on a logarithmic axis; of 1 alone, where it goes over more than so many
# decades.
step(v) = sprintf("'%s' %g", v < 9999 ? sprintf("%g", v) : gprintf("%.0s %c", v), v)
decade(e, far) = step(10.0**e).", ".(far ? "" : step(2*10.0**e).", ".step(5*10.0**e).", ")
decades(e, last, far) = e > last ? step(10.0**e) : decade(e, far).decades(e + 1, last, far)
steps(axis, low, top, few) = sprintf("set %stics (%s)", axis, \
	decades(floor(log10(low)), floor(log10(top)), log10(top / low) > few))

above(pixels) = 1 - pixels / real(height)
set label 1 title at screen 0.02, above(26) left font ",19" textcolor rgb black
set label 2 subtitle at screen 0.02, above(52) left font ",13" textcolor rgb grey
set label 3 caption at screen 0.02, above(height - 30) left font ",11" textcolor rgb grey
set label 4 missing at screen 0.02, above(height - 14) left font ",11" textcolor rgb grey
set border 3 linecolor rgb grey
set tics nomirror textcolor rgb black
set grid linetype 1 linecolor rgb 0xE4E4E4 linewidth 1
set bars small

# rows.gp -- the frame of charts with a row for every cell, and a panel or two.
# Needs: rows, label[], y[] of each row, panels, heading[].

set border 1
unset ytics
unset key
set yrange [0:y[1]+0.7]
set tmargin at screen above(106)
set bmargin at screen above(height - 106)
letters = 8
do for [row=1:rows] { letters = strlen(label[row]) > letters ? strlen(label[row]) : letters }
left = 0.035 + 0.0085 * letters
gap = 0.04
right(panel) = panels == 1 ? 0.97 : left + (0.97 - left - gap) / 2 * panel + (panel - 1) * gap
frame(panel) = sprintf("set lmargin at screen %f; set rmargin at screen %f; ", \
		panel == 1 ? left : right(1) + gap, right(panel)) \
	.sprintf("set label 5 heading[%d] at graph 0, screen %f left font ',13' textcolor rgb black", panel, above(92))

# time.gp -- what each variant takes, warm and cold; at the size measured, and at the document's if that was run.
# Needs, besides what rows.gp does: $bars (an index per panel: row, y, warm, low, high, cold, low, high, slot, where its
# words begin, and whether warm and cold are cut), text[] (warm and cold of each row, panel after panel: the time in
# words, or why there is none), unit[], longest[].

spoken(panel, row, cold) = text[2 * (rows * (panel - 1) + int(row) - 1) + 1 + cold]
gap_at(panel, cut) = cut > 0 ? 0.93 * longest[panel] : NaN

# The legend, drawn by hand: a key would have to fit into a panel.
set object 1 rectangle from screen 0.555, above(height-25) to screen 0.57, above(height-35) \
	fillcolor rgb rgb(8) fillstyle solid noborder
set object 2 rectangle from screen 0.775, above(height-25) to screen 0.79, above(height-35) \
	fillcolor rgb tint(rgb(8), 0.4) fillstyle solid noborder
set label 6 "warm: workers stand ready" at screen 0.577, above(height-30) left font ",12" textcolor rgb black
set label 7 "cold: start, solve, stop" at screen 0.797, above(height-30) left font ",12" textcolor rgb black

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	do for [panel=1:panels] {
		eval frame(panel)
		do for [row=1:rows] {
			who = panel == 1 ? label[row] : ""
			set label 10+row who at graph -0.015, first y[row] right textcolor rgb black
		}
		set xrange [0:1.3*longest[panel]]
		set xlabel "time, ".unit[panel] offset 0,0.6
		plot $bars index panel-1 using (0):2:(0):3:($2+0.03):($2+0.4):(rgb($9)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$bars index panel-1 using (0):2:(0):6:($2-0.4):($2-0.03):(tint(rgb($9), 0.4)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$bars index panel-1 using 4:($2+0.215):($5-$4):(0) with vectors heads size screen 0.004,90 \
				linecolor rgb black notitle, \
			$bars index panel-1 using 7:($2-0.215):($8-$7):(0) with vectors heads size screen 0.004,90 \
				linecolor rgb black notitle, \
			$bars index panel-1 using (gap_at(panel,$12)):($2+0.01):(0.02*longest[panel]):(0.41) \
				with vectors nohead linecolor rgb "white" linewidth 5 notitle, \
			$bars index panel-1 using (gap_at(panel,$13)):($2-0.42):(0.02*longest[panel]):(0.41) \
				with vectors nohead linecolor rgb "white" linewidth 5 notitle, \
			$bars index panel-1 using 10:($2+0.215):(spoken(panel,$1,0)) with labels left offset 0.7,0 \
				font ",11" textcolor rgb black notitle, \
			$bars index panel-1 using 11:($2-0.215):(spoken(panel,$1,1)) with labels left offset 0.7,0 \
				font ",11" textcolor rgb grey notitle
	}
	unset multiplot
	unset output
}
