# Made by `manyhands report`.  Draw it again, here: gnuplot 11_joinable_queue-contention.gp
out = '11_joinable_queue-contention'
subtitle = 'serial takes 61.6 µs [60.9, 62.9] · AMD EPYC, 2 cores (virtual) · n = 937 items, capacity=10 batch=20 work_us=0'
title = 'Joinable queue: with 2 workers, openmp gets 0.89 times as much done as with one'

$points << EOD
1 328760.798 -0.500
1 295278.398 0.118
1 302949.767 -0.264
1 318692.849 0.354
1 318101.251 -0.028
1 326453.935 -0.410
1 329090.917 0.208
1 326023.381 -0.174
1 326284.327 0.444
1 323743.456 0.062
1 328580.085 -0.320
1 321235.189 0.298
2 290844.076 -0.500
2 293090.845 0.118
2 294394.364 -0.264
2 294967.932 0.354
2 300456.248 -0.028
2 300327.54 -0.410
2 302252.897 0.208
2 308203.509 -0.174
2 291263.253 0.444
2 289291.372 0.062
2 301908.143 -0.320
2 302558.867 0.298


1 313942.761 -0.500
1 321655.996 0.118
1 324841.068 -0.264
1 322122.253 0.354
1 328237.709 -0.028
1 325437.678 -0.410
1 326969.582 0.208
1 331841.463 -0.174
1 328501.061 0.444
1 296763.864 0.062
1 324301.743 -0.320
1 352753.14 0.298
2 298941.358 -0.500
2 292604.568 0.118
2 292643.864 -0.264
2 290736.911 0.354
2 277342.344 -0.028
2 289836.244 -0.410
2 293680.141 0.208
2 295809.139 -0.174
2 290766.684 0.444
2 292427.957 0.062
2 298948.13 -0.320
2 294301.759 0.298


1 286558.802 -0.500
1 264783.585 0.118
1 289202.842 -0.264
1 278611.746 0.354
1 246916.899 -0.028
1 282007.429 -0.410
1 285909.484 0.208
1 287039.683 -0.174
1 282284.777 0.444
1 260601.503 0.062
1 292046.016 -0.320
1 281957.235 0.298
1 280855.221 -0.084
2 259024.71 -0.500
2 238301.877 0.118
2 260507.857 -0.264
2 247993.981 0.354
2 234860.755 -0.028
2 248535.642 -0.410
2 236931.951 0.208
2 256597.984 -0.174
2 257720.404 0.444
2 226520.06 0.062
2 258056.84 -0.320
2 259967.189 0.298
2 253074.88 -0.084


1 331703.843 -0.500
1 335780.554 0.118
1 298471.758 -0.264
1 331056.51 0.354
1 309123.039 -0.028
1 335912.547 -0.410
1 334973.284 0.208
1 341388.387 -0.174
1 339898.168 0.444
1 330094.101 0.062
1 337481.012 -0.320
1 330172.149 0.298
2 289091.085 -0.500
2 293120.643 0.118
2 300165.139 -0.264
2 292026.492 0.354
2 298022.492 -0.028
2 294836.924 -0.410
2 308822.638 0.208
2 304518.476 -0.174
2 281341.25 0.444
2 267971.385 0.062
2 298859.263 -0.320
2 301613.779 0.298
EOD

$estimates << EOD
1 324879.418 318101.251 328580.085
2 297623.609 291263.253 302252.897


1 325139.099 321655.996 328501.061
2 292624.215 290736.911 295809.139


1 282007.429 264783.585 287039.683
2 253074.88 236931.951 259024.71


1 333330.547 330094.101 337481.012
2 296421.15 289091.085 301613.779
EOD
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 0
name[1] = 'pthreads: 325 k (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 298 k'
slot[2] = 1
name[2] = 'fork_pool: 325 k (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 293 k'
slot[3] = 4
name[3] = 'robust: 282 k (p = 1)'
slot[3] = 4
name[3] = 'robust: 253 k'
slot[4] = 2
name[4] = 'openmp: 333 k (p = 1)'
slot[4] = 2
name[4] = 'openmp: 296 k'
drawn = 4
most = 2
single = 0
octaves = 0
steep = 1
low = 188766.716
top = 18245397.7
height = 600
unit = 'items'
serial = 15204498.1
serial_name = 'serial: 15.2 M'
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
