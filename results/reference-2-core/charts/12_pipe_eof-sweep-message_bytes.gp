# Made by `manyhands report`.  Draw it again, here: gnuplot 12_pipe_eof-sweep-message_bytes.gp
out = '12_pipe_eof-sweep-message_bytes'
subtitle = 'serial takes 764 µs [761, 787] · AMD EPYC, 2 cores (virtual) · n = 1 100 messages, message_bytes=64'
title = 'Pipe and end-of-file: speedup of round_trip: 0.036 at message_bytes = 4, 0.193 at 16 384'
ticks = 4
array at[4]
array tick[4]
at[4] = 1
tick[4] = '16 384'
at[3] = 0.666667
tick[3] = '1 024'
at[2] = 0.333333
tick[2] = '64'
at[1] = 0
tick[1] = '4'
parameter = 'message_bytes, byte: length of a message; its last 32-bit word may be cut'
each = 'message'

$times << EOD
NaN NaN NaN NaN
0 0.685094091 0.680337273 0.695259091
0.333333 0.694294545 0.691804545 0.715785455
0.666667 0.879924118 0.865697059 0.891381765
1 5.2761181 5.23512586 5.42792069


NaN NaN NaN NaN
0 0.762705455 0.743294545 0.800406364
0.333333 0.798571364 0.783677273 0.818205455
0.666667 2.23747794 2.14930853 2.37167971
1 9.11678534 8.82500776 12.9283664


NaN NaN NaN NaN
0 0.812811364 0.786517727 0.903741364
0.333333 0.878690909 0.811127273 0.926011364
0.666667 2.37201588 2.17011471 3.08876529
1 9.52510776 9.31527414 10.5894284


NaN NaN NaN NaN
0 18.8982945 18.5427218 20.5953864
0.333333 18.9020455 18.6966364 19.5216473
0.666667 19.6613088 19.0462188 20.8936441
1 27.4446259 27.0206948 28.1032948


NaN NaN NaN NaN
0 1.26951182 1.212395 1.38088682
0.333333 1.29149909 1.25852273 1.71176
0.666667 2.21345118 2.07531059 2.25676235
1 9.12109397 8.90614483 9.63244741


NaN NaN NaN NaN
0 1.38654455 1.30922091 1.44734455
0.333333 1.49118636 1.41781409 1.81688364
0.666667 2.20193353 2.08533706 2.31353529
1 8.87081724 8.272575 9.13969052
EOD

$speedups << EOD
NaN NaN NaN NaN


NaN NaN NaN NaN
0 0.901834583 0.847990714 0.916352059
0.333333 0.874903992 0.860411968 0.913134433
0.666667 0.391384469 0.373000887 0.403694268
1 0.521551071 0.463101348 0.589590329


NaN NaN NaN NaN
0 0.829545654 0.798831072 0.859932895
0.333333 0.805044193 0.755600744 0.858251503
0.666667 0.36701173 0.309232967 0.387127658
1 0.550200472 0.507250627 0.56946146


NaN NaN NaN NaN
0 0.0357550999 0.0346897881 0.0367524904
0.333333 0.0368563576 0.035644309 0.0376316475
0.666667 0.0446096199 0.0434250086 0.0459381879
1 0.193130301 0.186332686 0.19689593


NaN NaN NaN NaN
0 0.536148988 0.502635477 0.556050776
0.333333 0.533560313 0.462386583 0.552352925
0.666667 0.404178519 0.386863083 0.424724651
1 0.573572093 0.537217521 0.592375285


NaN NaN NaN NaN
0 0.498406437 0.474132716 0.520554556
0.333333 0.473706044 0.424091159 0.493327051
0.666667 0.410006174 0.389533177 0.429401353
1 0.60348692 0.587443334 0.630371895
EOD

$law << EOD
NaN NaN NaN
EOD
law = 0
lines = 6
array slot[6]
array name[6]
slot[1] = 8
name[1] = 'serial'
slot[2] = 0
name[2] = 'pthreads'
slot[3] = 3
name[3] = 'fork'
slot[4] = 4
name[4] = 'round_trip'
slot[5] = 1
name[5] = 'fork_pool'
slot[6] = 2
name[6] = 'openmp'
caption = 'Left medians, right paired Hodges-Lehmann estimates, from 13 blocks, with 95 % intervals'
missing = ''
array low[2] = [0.523336364, 0.0266844524]
array top[2] = [36.5342833, 1.3]
array steep[2] = [1, 1]
unit = 'µs'
classes = 0
workers = 2
apart = 0.02
height = 540

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

# sweep.gp -- what a parameter does: time for a unit of n on the left, speedup on the right.
# Needs: $times and $speedups (an index per variant: place, value, low, high), $law (place, Amdahl's law, bound of a
# lock), law (whether to draw it), lines, slot[], name[], at[] and tick[] (place from 0 to 1 and label of each value),
# ticks, parameter, each (the unit of n), unit (of time), low[], top[] and steep[] (of each panel; steep: its values are
# logarithmic), classes (the parameter's values are names: nothing joins them), workers, apart (between variants).

longest = 0
do for [i=1:lines] { longest = strlen(name[i]) > longest ? strlen(name[i]) : longest }
columns = longest > 20 ? 3 : 4
rows = (lines + 2 * law + columns - 1) / columns
head = 84 + 22 * rows
unset key
set format y "%g"
set label 5 parameter at screen 0.5, above(height - 62) center font ",14" textcolor rgb black
array heading[2] = ["time for one ".each.", ".unit, "speedup (serial time / time), p = ".workers]
x(place, i) = place + (i - (lines - 1) / 2.0) * apart
steps = "(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)"

# The legend, drawn by hand over the whole width: a key would have to fit into a panel.
legend_x(i) = 0.02 + 0.96 * (int(i) % columns) / columns
legend_y(i) = above(72 + 22 * (int(i) / columns))
said(i) = i < lines ? name[i+1] : i == lines ? sprintf("Amdahl's law, p = %d", workers) : "bound of a lock"
sample = " using (legend_x(i)):(legend_y(i)):(0.035):(0) with vectors nohead "
legend = "set lmargin at screen 0; set rmargin at screen 1; set tmargin at screen 1; set bmargin at screen 0; " \
	."set xrange [0:1]; set yrange [0:1]; set border 0; unset xtics; unset ytics; " \
	."do for [i=0:lines+2*law-1] { " \
	."set label 20+i said(i) at screen legend_x(i)+0.045, legend_y(i) left font ',13' }; " \
	."plot for [i=0:lines-1] $times index i every ::::0".sample."linecolor rgb rgb(slot[i+1]) " \
	."dashtype dashes(slot[i+1]) linewidth 1.5 notitle, " \
	."for [i=0:lines-1] $times index i every ::::0 using (legend_x(i)+0.0175):(legend_y(i)) with points " \
	."linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, " \
	."for [i=lines:lines+law-1] $law every ::::0".sample."linecolor rgb black dashtype 3 linewidth 1.5 notitle, " \
	."for [i=lines+1:lines+law] $law every ::::0".sample."linecolor rgb grey linewidth 1 notitle; " \
	."do for [i=0:lines+1] { unset label 20+i }; " \
	."set border 3; set xtics nomirror (); do for [i=1:ticks] { set xtics add (tick[i] at[i]) }"
panel(data) = "plot (frame == 2 ? 1 : NaN) with lines linecolor rgb rgb(8) linewidth 1 notitle, " \
	."$law using 1:(frame == 2 ? $3 : NaN) with lines linecolor rgb grey linewidth 1 notitle, " \
	."$law using 1:(frame == 2 ? $2 : NaN) with lines linecolor rgb black dashtype 3 linewidth 1.5 notitle, " \
	."for [i=0:lines-1] ".data." index i using (x($1,i)):(classes ? NaN : $2) with lines " \
	."linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, " \
	."for [i=0:lines-1] ".data." index i using (x($1,i)):2:3:4 with yerrorbars " \
	."linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle"

do for [kind in formats] {
	eval picture(kind)
	set multiplot
	unset logscale y
	unset label 6
	eval legend
	set xrange [-0.08:1.08]
	set tmargin at screen above(head)
	set bmargin at screen above(height - 106)
	do for [frame=1:2] {
		set lmargin at screen frame == 1 ? 0.085 : 0.585
		set rmargin at screen frame == 1 ? 0.485 : 0.985
		unset logscale y
		set ytics nomirror autofreq
		if (steep[frame]) { set logscale y 10 }
		if (steep[frame] && frame == 2) { eval "set ytics ".steps }
		set yrange [low[frame]:top[frame]]
		set label 6 heading[frame].(steep[frame] ? ", logarithmic" : "") \
			at graph 0, screen above(head - 13) left font ",13" textcolor rgb black
		eval panel(frame == 1 ? "$times" : "$speedups")
	}
	unset multiplot
	unset output
}
