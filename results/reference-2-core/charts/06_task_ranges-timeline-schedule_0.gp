# Made by `manyhands report`.  Draw it again, here: gnuplot 06_task_ranges-timeline-schedule_0.gp
out = '06_task_ranges-timeline-schedule_0'
subtitle = 'serial takes 2.13 ms [2.13, 2.14] · AMD EPYC, 2 cores (virtual) · n = 7 500 numbers, tasks=50 schedule=1 skew=2 spin=1000'
subtitle = 'serial takes 2.13 ms [2.12, 2.15] · AMD EPYC, 2 cores (virtual) · n = 7 500 numbers, tasks=50 schedule=0 skew=2 spin=1000'
title = 'Task ranges: openmp spends 58 % of a cold run before its first worker works'

$caller << EOD
12.2 7.1e-05 2.190248 2.190278 1
9.8 7e-05 2.053349 2.053379 2
6.4 0.203982 2.187698 2.409437 3
3 8e-05 4.406633 4.406653 4
EOD

$lanes << EOD
NaN NaN NaN NaN 0
11.2 0.052764 2.189066 0.997454012 8
8.8 0.145116 0.432212 1 0
7.8 0.148576 2.022438 0.989668396 0
5.4 0.345232 0.632819 1 1
4.4 0.335498 2.160037 1 1
2 2.565509 2.853336 1 2
1 2.572625 4.404795 1 2
EOD
rows = 11
array y[11]
array label[11]
array of[11]
array head[11]
y[1] = 12.2; of[1] = 1; head[1] = 1; label[1] = 'serial'
y[2] = 11.2; of[2] = 1; head[2] = 0; label[2] = 'worker 0 on PU 0'
y[3] = 9.8; of[3] = 1; head[3] = 1; label[3] = 'pthreads'
y[4] = 8.8; of[4] = 1; head[4] = 0; label[4] = 'worker 0 on PU 0'
y[5] = 7.8; of[5] = 1; head[5] = 0; label[5] = 'worker 1 on PU 1'
y[6] = 6.4; of[6] = 1; head[6] = 1; label[6] = 'fork_pool'
y[7] = 5.4; of[7] = 1; head[7] = 0; label[7] = 'worker 0 on PU 0'
y[8] = 4.4; of[8] = 1; head[8] = 0; label[8] = 'worker 1 on PU 1'
y[9] = 3; of[9] = 1; head[9] = 1; label[9] = 'openmp'
y[10] = 2; of[10] = 1; head[10] = 0; label[10] = 'worker 0 on PU 0'
y[11] = 1; of[11] = 1; head[11] = 0; label[11] = 'worker 1 on PU 1'
array spoken[4]
spoken[1] = '2.19 ms'
spoken[2] = '2.05 ms'
spoken[3] = '2.41 ms; start 204 µs, stop 222 µs'
spoken[4] = '4.41 ms'
caption = 'One cold run of each, with 2 workers, of the trial that is nearest the median; stopping, which comes later, is drawn right behind'
missing = ''
panels = 1
array unit[1]
array longest[1]
array above_frame[1]
array below_frame[1]
array highest[1]
unit[1] = 'ms'; longest[1] = 4.406653; highest[1] = 13
above_frame[1] = 96; below_frame[1] = 317
height = 409

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
