# Made by `manyhands report`.  Draw it again, here: gnuplot 09_shared_array-contention.gp
out = '09_shared_array-contention'
subtitle = 'serial takes 2.48 ms [2.46, 2.50] · AMD EPYC, 2 cores (virtual) · n = 9 000 000 updates, stride=64'
title = 'Shared array: with 2 workers, openmp gets 1.98 times as much done as with one'

$points << EOD
1 3.5051752e+09 -0.500
1 3.51369933e+09 0.118
1 3.53748834e+09 -0.264
1 3.52248559e+09 0.354
1 3.5634109e+09 -0.028
1 3.4929549e+09 -0.410
1 3.55412478e+09 0.208
1 3.53673628e+09 -0.174
1 3.47693997e+09 0.444
1 3.42142098e+09 0.062
1 3.47017252e+09 -0.320
1 3.53481657e+09 0.298
2 6.74396752e+09 -0.500
2 3.49741318e+09 0.118
2 6.95950727e+09 -0.264
2 3.72695036e+09 0.354
2 6.87114953e+09 -0.028
2 6.94144238e+09 -0.410
2 6.8340373e+09 0.208
2 6.76521073e+09 -0.174
2 6.67062951e+09 0.444
2 6.78702833e+09 0.062
2 6.93764063e+09 -0.320
2 6.87743456e+09 0.298
2 3.83609557e+09 -0.084


1 3.20193197e+09 -0.500
1 3.20084787e+09 0.118
1 3.27983079e+09 -0.264
1 1.76013918e+09 0.354
1 3.28095591e+09 -0.028
1 3.25344676e+09 -0.410
1 3.21226772e+09 0.208
1 3.2330803e+09 -0.174
1 3.19259205e+09 0.444
1 3.26682323e+09 0.062
1 3.18064921e+09 -0.320
1 3.26190132e+09 0.298
1 3.11793593e+09 -0.084
2 5.33959213e+09 -0.500
2 3.14953686e+09 0.118
2 5.59353983e+09 -0.264
2 5.29338591e+09 0.354
2 5.90193347e+09 -0.028
2 5.54624334e+09 -0.410
2 5.77257961e+09 0.208
2 5.71487353e+09 -0.174
2 5.3269946e+09 0.444
2 5.67958436e+09 0.062
2 5.61942272e+09 -0.320
2 5.40637303e+09 0.298
2 3.30607414e+09 -0.084


1 3.54217331e+09 -0.500
1 3.55697905e+09 0.118
1 3.59347569e+09 -0.264
1 3.59183934e+09 0.354
1 3.59271541e+09 -0.028
1 3.60560166e+09 -0.410
1 3.57929307e+09 0.208
1 3.54002629e+09 -0.174
1 3.56713103e+09 0.444
1 3.54439552e+09 0.062
1 3.59011713e+09 -0.320
1 3.59740411e+09 0.298
2 7.01771349e+09 -0.500
2 3.55157428e+09 0.118
2 7.06030481e+09 -0.264
2 7.00461059e+09 0.354
2 7.06060945e+09 -0.028
2 7.09142182e+09 -0.410
2 7.00862801e+09 0.208
2 7.11999123e+09 -0.174
2 7.00404094e+09 0.444
2 7.12911097e+09 0.062
2 6.31762934e+09 -0.320
2 6.97141295e+09 0.298
2 3.65079053e+09 -0.084


1 3.64417321e+09 -0.500
1 3.61295026e+09 0.118
1 3.65816036e+09 -0.264
1 3.62436005e+09 0.354
1 3.6601271e+09 -0.028
1 3.64927692e+09 -0.410
1 3.65502123e+09 0.208
1 3.6347981e+09 -0.174
1 3.65405517e+09 0.444
1 3.6449259e+09 0.062
1 3.63215327e+09 -0.320
1 3.64170628e+09 0.298
2 7.21916834e+09 -0.500
2 3.60834538e+09 0.118
2 7.2044091e+09 -0.264
2 7.26859812e+09 0.354
2 7.36130082e+09 -0.028
2 7.35548615e+09 -0.410
2 7.15710034e+09 0.208
2 4.49913504e+09 -0.174
2 7.34106592e+09 0.444
2 7.17435884e+09 0.062
2 7.165066e+09 -0.320
2 7.24673273e+09 0.298
2 3.92627674e+09 -0.084
EOD

$estimates << EOD
1 3.51808697e+09 3.47693997e+09 3.53748834e+09
2 6.78702833e+09 3.83609557e+09 6.93764063e+09


1 3.21226772e+09 3.18064921e+09 3.26682323e+09
2 5.54624334e+09 5.29338591e+09 5.71487353e+09


1 3.58469693e+09 3.54439552e+09 3.59347569e+09
2 7.00862801e+09 6.31762934e+09 7.09142182e+09


1 3.64454952e+09 3.63215327e+09 3.65502123e+09
2 7.2044091e+09 4.49913504e+09 7.34106592e+09
EOD
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 0
name[1] = 'pthreads: 3.52 G (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 6.79 G'
slot[2] = 3
name[2] = 'fork: 3.21 G (p = 1)'
slot[2] = 3
name[2] = 'fork: 5.55 G'
slot[3] = 1
name[3] = 'fork_pool: 3.58 G (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 7.01 G'
slot[4] = 2
name[4] = 'openmp: 3.64 G (p = 1)'
slot[4] = 2
name[4] = 'openmp: 7.20 G'
drawn = 4
most = 2
single = 0
octaves = 0
steep = 0
low = 0
top = 7.80297887e+09
height = 600
unit = 'updates'
serial = 3.6354735e+09
serial_name = 'serial: 3.64 G'
caption = 'n over the median time of 12 to 13 blocks (small dots), with 95 % intervals'
missing = ''

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

# workers.gp -- the frame of charts with the number of workers p along the axis, and a line per variant.
# Needs: $points and $estimates (an index per variant: p, value, jitter or interval), drawn, slot[], name[], most (p),
# single (there is one p alone), octaves (p is drawn to base 2), steep (the value is logarithmic), low and top of the
# frame.

set xlabel "workers p" offset 0,0.6
set lmargin at screen steep ? 0.105 : 0.09
set rmargin at screen 0.7
set tmargin at screen above(80)
set bmargin at screen above(height - 110)
set key at screen 0.715, above(84) left top Left reverse samplen 2.5 spacing 1.3 font ",13" textcolor rgb black
octaves = octaves && !single
if (octaves) { set logscale x 2; set xtics 2; set xrange [0.8:1.25*most] }
if (!octaves) { set xtics 1; set xrange [0.6:most+0.4] }
if (steep) { set logscale y 10; eval steps("y", low, top, 3.5) }
set yrange [low:top]

# Variants stand side by side around their p; what holds for all of them lies across.  span is the width of a p.
span = octaves ? 0.3 : 0.6
room = 20 * (octaves ? log(1.5625 * most) / log(2) : most - 0.2) / (0.62 * width)
apart = drawn * room > span ? span / drawn : room
place(p, offset) = octaves ? p * 2 ** offset : p + offset
x(p, i, jitter) = place(p, (i - (drawn - 1) / 2.0 + 0.7 * jitter) * apart)
half = (drawn + 1) / 2.0 * apart

# A p alone has the whole width for its variants.
wide = 0.9 / (drawn + 1)
if (single) { set xrange [most-0.5:most+0.5] }
if (single) { half = 0.5 }
if (single) { x(p, i, jitter) = p + (i - (drawn - 1) / 2.0) * wide + (wide < 0.06 ? 0.7 * wide : 0.042) * jitter }

# contention.gp -- how much gets done in a second, against the number of workers.
# Needs, besides what workers.gp does: unit, serial (what the serial program gets done, or NaN) and serial_name.

set ylabel unit." per second".(steep ? ", logarithmic" : "")
if (!steep && top >= 9999) { set format y "%.0s %c" }
set key title sprintf("a second, at p = %d", most) left

do for [kind in formats] {
	eval picture(kind)
	plot for [i=0:drawn-1] $points index i using (x($1,i,$3)):2 with points \
			pointtype 7 pointsize 0.3 linecolor rgb tint(rgb(slot[i+1]), 0.45) notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2 with lines \
			linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2:3:4 with yerrorbars \
			linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, \
		serial with lines linecolor rgb rgb(8) dashtype 3 linewidth 1.5 \
			title serial == serial ? serial_name : "", \
		for [i=0:drawn-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) \
			pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1]
	unset output
}
