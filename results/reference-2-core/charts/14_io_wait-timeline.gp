# Made by `manyhands report`.  Draw it again, here: gnuplot 14_io_wait-timeline.gp
out = '14_io_wait-timeline'
subtitle = 'serial takes 34.4 ms [34.2, 35.4] · AMD EPYC, 2 cores (virtual) · n = 31 pages, delay_ms=1 page_bytes=1000'
title = 'Waiting for pages: fork_pool spends 41 % of a cold run before its first worker works'

$caller << EOD
30.6 1.108636 35.359062 35.869681 1
28.2 0.961377 5.384594 6.18333 2
19.8 4.928458 9.075034 12.289647 3
11.4 1.009118 4.906224 5.899139 4
2 1.074035 4.402236 5.183376 5
EOD

$lanes << EOD
NaN NaN NaN NaN 0
29.6 1.156131 35.356318 0.0379803479 8
27.2 1.140253 5.107503 0.057798223 0
26.2 1.760428 4.370564 0.0428257378 0
25.2 1.482351 4.09541 0.0511787143 0
24.2 2.573115 4.158479 0.0752811342 0
23.2 1.982598 4.42236 0.0401985931 0
22.2 2.21626 5.088214 0.0455874293 0
21.2 2.466717 4.1394 0.046317802 0
18.8 5.119972 9.036557 0.0802913763 1
17.8 6.187698 8.953654 0.0454443238 1
16.8 6.39864 8.970789 0.0697300195 1
15.8 5.800613 8.355987 0.0558282271 1
14.8 5.464173 8.276108 0.0812678814 1
13.8 6.749661 8.011405 0.10452675 1
12.8 6.506401 8.921426 0.0646171365 1
10.4 1.752041 4.009313 0.0682057811 2
9.4 1.961933 4.504147 0.0412184025 2
8.4 2.1416 4.845554 0.0411009211 2
7.4 2.232995 4.856661 0.0490462582 2
6.4 2.341045 4.551477 0.0485194749 2
5.4 2.054701 3.822766 0.0536185038 2
4.4 2.420053 4.765936 0.0576162579 2
3.4 1.631812 4.121549 0.0543189903 2
1 1.114395 4.400794 0.445421569 4
EOD
rows = 29
array y[29]
array label[29]
array of[29]
array head[29]
y[1] = 30.6; of[1] = 1; head[1] = 1; label[1] = 'serial'
y[2] = 29.6; of[2] = 1; head[2] = 0; label[2] = 'worker 0 on PU 0'
y[3] = 28.2; of[3] = 1; head[3] = 1; label[3] = 'pthreads'
y[4] = 27.2; of[4] = 1; head[4] = 0; label[4] = 'worker 0 on PU 0'
y[5] = 26.2; of[5] = 1; head[5] = 0; label[5] = 'worker 3 on PU 1'
y[6] = 25.2; of[6] = 1; head[6] = 0; label[6] = 'worker 6 on PU 0'
y[7] = 24.2; of[7] = 1; head[7] = 0; label[7] = 'worker 7 on PU 1'
y[8] = 23.2; of[8] = 1; head[8] = 0; label[8] = 'worker 9 on PU 1'
y[9] = 22.2; of[9] = 1; head[9] = 0; label[9] = 'worker 12 on PU 0'
y[10] = 21.2; of[10] = 1; head[10] = 0; label[10] = 'worker 15 on PU 1'
y[11] = 19.8; of[11] = 1; head[11] = 1; label[11] = 'fork_pool'
y[12] = 18.8; of[12] = 1; head[12] = 0; label[12] = 'worker 0 on PU 0'
y[13] = 17.8; of[13] = 1; head[13] = 0; label[13] = 'worker 3 on PU 1'
y[14] = 16.8; of[14] = 1; head[14] = 0; label[14] = 'worker 6 on PU 0'
y[15] = 15.8; of[15] = 1; head[15] = 0; label[15] = 'worker 9 on PU 1'
y[16] = 14.8; of[16] = 1; head[16] = 0; label[16] = 'worker 12 on PU 0'
y[17] = 13.8; of[17] = 1; head[17] = 0; label[17] = 'worker 14 on PU 0'
y[18] = 12.8; of[18] = 1; head[18] = 0; label[18] = 'worker 15 on PU 1'
y[19] = 11.4; of[19] = 1; head[19] = 1; label[19] = 'openmp'
y[20] = 10.4; of[20] = 1; head[20] = 0; label[20] = 'worker 0 on PU 0'
y[21] = 9.4; of[21] = 1; head[21] = 0; label[21] = 'worker 3 on PU 1'
y[22] = 8.4; of[22] = 1; head[22] = 0; label[22] = 'worker 4 on PU 0'
y[23] = 7.4; of[23] = 1; head[23] = 0; label[23] = 'worker 6 on PU 0'
y[24] = 6.4; of[24] = 1; head[24] = 0; label[24] = 'worker 9 on PU 1'
y[25] = 5.4; of[25] = 1; head[25] = 0; label[25] = 'worker 10 on PU 0'
y[26] = 4.4; of[26] = 1; head[26] = 0; label[26] = 'worker 12 on PU 0'
y[27] = 3.4; of[27] = 1; head[27] = 0; label[27] = 'worker 15 on PU 1'
y[28] = 2; of[28] = 1; head[28] = 1; label[28] = 'event_loop'
y[29] = 1; of[29] = 1; head[29] = 0; label[29] = 'worker 0 on PU 0'
array spoken[5]
spoken[1] = '35.9 ms; start 1.11 ms, stop 511 µs'
spoken[2] = '6.18 ms; start 961 µs, stop 799 µs'
spoken[3] = '12.3 ms; start 4.93 ms, stop 3.21 ms'
spoken[4] = '5.90 ms; start 1.01 ms, stop 993 µs'
spoken[5] = '5.18 ms; start 1.07 ms, stop 781 µs'
caption = 'One cold run of each, with 16 workers, of the trial that is nearest the median; stopping, which comes later, is drawn right behind'
missing = 'Of 16 workers some are drawn: evenly chosen from those that worked, the longest and the shortest among them'
panels = 1
array unit[1]
array longest[1]
array above_frame[1]
array below_frame[1]
array highest[1]
unit[1] = 'ms'; longest[1] = 35.869681; highest[1] = 31.4
above_frame[1] = 96; below_frame[1] = 629.8
height = 722

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

# timeline.gp -- who worked when: the caller, and below it a lane for each of its workers.
# Needs: $caller (an index per panel: y, end of start, of solve, of stop, number of the strip) and $lanes (y, enter,
# leave, share of a CPU, slot); rows, y[], label[], of[] (its panel) and head[] (it is the caller's) of each row;
# spoken[] of each strip; panels, unit[], longest[], highest[] (y), above_frame[] and below_frame[] (pixels) of each
# panel.

set border 1
unset ytics
unset key
left = 0.08
wide(row) = strlen(label[row]) * (head[row] ? 0.0092 : 0.0072)
do for [row=1:rows] { left = wide(row) > left ? wide(row) : left }
set lmargin at screen 0.02 + left
set rmargin at screen 0.98

# The legend, drawn by hand: in a row above the panels.
legend_y = 78
box(x) = sprintf("from screen %f, above(%f) to screen %f, above(%f)", x, legend_y - 5, x + 0.014, legend_y + 5)
array legend_x[5] = [0.02, 0.135, 0.235, 0.36, 0.575]
array legend_colour[5] = [0x888888, 0xDDDDDD, 0x444444, tint(rgb(0), 0.3), rgb(0)]
array legend_text[5] = ["caller: starts", "solves", "stops workers", "worker, first to last task", \
	"height: its share of that time on a CPU"]
do for [i=1:5] {
	eval sprintf("set object %d rectangle %s fillcolor rgb legend_colour[%d] fillstyle solid noborder", i, \
		box(legend_x[i]), i)
	set label 20+i legend_text[i] at screen legend_x[i] + 0.02, above(legend_y) left font ",12" textcolor rgb black
}

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	do for [panel=1:panels] {
		set tmargin at screen above(above_frame[panel])
		set bmargin at screen above(below_frame[panel])
		set xrange [0:1.36*longest[panel]]
		set yrange [0:highest[panel]]
		set xlabel "time, ".unit[panel] offset 0,0.6
		do for [row=1:rows] {
			unset label 100+row
			if (of[row] == panel) {
				set label 100+row label[row] at graph -0.008, first y[row] right \
					font (head[row] ? ",14" : ",11") textcolor rgb (head[row] ? black : grey)
			}
		}
		plot $lanes index panel-1 using 2:1:2:3:($1-0.4):($1+0.4):(tint(rgb($5), 0.3)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$lanes index panel-1 using 2:1:2:3:($1-0.4):($1-0.4+0.8*$4):(rgb($5)) with boxxyerror \
				fill solid 1 noborder linecolor rgb variable notitle, \
			$lanes index panel-1 using 2:($1-0.4):(0):(0.8):(rgb($5)) with vectors nohead linewidth 1.5 \
				linecolor rgb variable notitle, \
			$caller index panel-1 using (0):1:(0):2:($1-0.25):($1+0.25) with boxxyerror \
				fill solid 1 noborder linecolor rgb 0x888888 notitle, \
			$caller index panel-1 using (0):1:2:3:($1-0.25):($1+0.25) with boxxyerror \
				fill solid 1 noborder linecolor rgb 0xDDDDDD notitle, \
			$caller index panel-1 using (0):1:3:4:($1-0.25):($1+0.25) with boxxyerror \
				fill solid 1 noborder linecolor rgb 0x444444 notitle, \
			$caller index panel-1 using 4:1:(spoken[int($5)]) with labels left offset 0.7,0 font ",11" \
				textcolor rgb black notitle
	}
	unset multiplot
	unset output
}
