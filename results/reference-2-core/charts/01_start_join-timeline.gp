# Made by `manyhands report`.  Draw it again, here: gnuplot 01_start_join-timeline.gp
out = '01_start_join-timeline'
subtitle = 'serial takes 51.1 µs [51.1, 51.2] · AMD EPYC, 2 cores (virtual) · n = 3 workers started and joined, rss_mib=0 spin=15000 ticks=0 ti...'
title = 'Start and join: openmp spends 97 % of a cold run before its first worker works'

$caller << EOD
19 5e-05 0.093794 0.093814 1
16.6 8e-05 0.291843 0.291873 2
13.2 6e-05 0.681021 0.681051 3
9.8 6e-05 1.847148 1.847188 4
6.4 0.248549 0.462176 0.623175 5
3 6e-05 1.685408 1.685428 6
EOD

$lanes << EOD
NaN NaN NaN NaN 0
18 0.043259 0.093153 1 8
15.6 0.163037 0.262835 0.352241528 0
14.6 0.15534 0.172276 1 0
12.2 0.276906 0.580457 0.146090772 3
11.2 0.28942 0.310681 1 3
8.8 0.044511 1.840748 0.105407026 4
7.8 0.198685 1.009569 0.110407901 4
5.4 0.377415 0.446889 0.338471946 1
4.4 0.368056 0.45829 0.458818184 1
2 1.640351 1.684166 0.799315303 2
1 1.648107 1.665062 1 2
EOD
rows = 17
array y[17]
array label[17]
array of[17]
array head[17]
y[1] = 19; of[1] = 1; head[1] = 1; label[1] = 'serial'
y[2] = 18; of[2] = 1; head[2] = 0; label[2] = 'worker 0 on PU 0'
y[3] = 16.6; of[3] = 1; head[3] = 1; label[3] = 'pthreads'
y[4] = 15.6; of[4] = 1; head[4] = 0; label[4] = 'worker 0 on PU 0'
y[5] = 14.6; of[5] = 1; head[5] = 0; label[5] = 'worker 1 on PU 1'
y[6] = 13.2; of[6] = 1; head[6] = 1; label[6] = 'fork'
y[7] = 12.2; of[7] = 1; head[7] = 0; label[7] = 'worker 0 on PU 0'
y[8] = 11.2; of[8] = 1; head[8] = 0; label[8] = 'worker 1 on PU 1'
y[9] = 9.8; of[9] = 1; head[9] = 1; label[9] = 'spawn'
y[10] = 8.8; of[10] = 1; head[10] = 0; label[10] = 'worker 0 on PU 0'
y[11] = 7.8; of[11] = 1; head[11] = 0; label[11] = 'worker 1 on PU 1'
y[12] = 6.4; of[12] = 1; head[12] = 1; label[12] = 'fork_pool'
y[13] = 5.4; of[13] = 1; head[13] = 0; label[13] = 'worker 0 on PU 0'
y[14] = 4.4; of[14] = 1; head[14] = 0; label[14] = 'worker 1 on PU 1'
y[15] = 3; of[15] = 1; head[15] = 1; label[15] = 'openmp'
y[16] = 2; of[16] = 1; head[16] = 0; label[16] = 'worker 0 on PU 0'
y[17] = 1; of[17] = 1; head[17] = 0; label[17] = 'worker 1 on PU 1'
array spoken[6]
spoken[1] = '93.8 µs'
spoken[2] = '292 µs'
spoken[3] = '681 µs'
spoken[4] = '1.85 ms'
spoken[5] = '623 µs; start 249 µs, stop 161 µs'
spoken[6] = '1.69 ms'
caption = 'One cold run of each, with 2 workers, of the trial that is nearest the median; stopping, which comes later, is drawn right behind'
missing = ''
panels = 1
array unit[1]
array longest[1]
array above_frame[1]
array below_frame[1]
array highest[1]
unit[1] = 'ms'; longest[1] = 1.847188; highest[1] = 19.8
above_frame[1] = 96; below_frame[1] = 432.6
height = 525

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
