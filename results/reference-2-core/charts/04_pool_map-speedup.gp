# Made by `manyhands report`.  Draw it again, here: gnuplot 04_pool_map-speedup.gp
out = '04_pool_map-speedup'
subtitle = 'serial takes 1.75 ms [1.75, 1.80] · AMD EPYC, 2 cores (virtual) · n = 6 250 items, first=0 chunk=1 spin=1000'
title = 'Pool.map: thread_pool is 1.90 times as fast as serial on 2 workers'

$points << EOD
1 0.957638948 -0.500
1 0.593077068 0.118
1 0.950088884 -0.264
1 0.942762028 0.354
1 0.969082229 -0.028
1 0.961195056 -0.410
1 0.96486606 0.208
1 0.954798488 -0.174
1 0.941434597 0.444
1 0.931882482 0.062
1 0.955666864 -0.320
1 0.950617418 0.298
1 1.67618165 -0.084
2 1.69999011 -0.500
2 2.01995563 0.118
2 1.7610491 -0.264
2 1.34598546 0.354
2 1.74692776 -0.028
2 1.72928212 -0.410
2 1.71629289 0.208
2 1.72830469 -0.174
2 1.35525209 0.444
2 1.67805497 0.062
2 1.80078693 -0.320
2 1.76052733 0.298
2 3.07045806 -0.084


1 0.957460569 -0.500
1 1.09982025 0.118
1 0.957087594 -0.264
1 0.948092982 0.354
1 0.96203739 -0.028
1 0.945003057 -0.410
1 0.960175664 0.208
1 0.950464562 -0.174
1 0.946154084 0.444
1 0.948510753 0.062
1 0.931483771 -0.320
1 0.960787972 0.298
1 1.70611965 -0.084
2 1.88975745 -0.500
2 2.15906923 0.118
2 1.89472101 -0.264
2 1.9029646 0.354
2 1.90899615 -0.028
2 1.90841787 -0.410
2 1.88479066 0.208
2 1.88635482 -0.174
2 1.43478963 0.444
2 1.908735 0.062
2 1.95463646 -0.320
2 1.89796262 0.298
2 2.59172144 -0.084


1 0.939386891 -0.500
1 1.1076521 0.118
1 0.948101048 -0.264
1 0.939357996 0.354
1 0.920083535 -0.028
1 0.924885475 -0.410
1 0.93484588 0.208
1 0.944154635 -0.174
1 0.934243556 0.444
1 0.938199294 0.062
1 0.943973717 -0.320
1 0.940192824 0.298
1 0.969267261 -0.084
2 1.88591558 -0.500
2 2.11768478 0.118
2 1.88147243 -0.264
2 1.87193178 0.354
2 1.87775035 -0.028
2 1.78559536 -0.410
2 1.80333207 0.208
2 1.82270259 -0.174
2 1.4259089 0.444
2 1.79190811 0.062
2 1.91988852 -0.320
2 1.880092 0.298
2 3.19213479 -0.084


1 0.532643361 -0.500
1 0.62228505 0.118
1 0.546958478 -0.264
1 0.539882119 0.354
1 0.541306255 -0.028
1 0.530702879 -0.410
1 0.563423573 0.208
1 0.540437636 -0.174
1 0.61452419 0.444
1 0.504608415 0.062
1 0.551588108 -0.320
1 0.525895346 0.298
1 0.562631264 -0.084
2 1.04721014 -0.500
2 1.04279892 0.118
2 1.0811907 -0.264
2 1.11858926 0.354
2 1.10810398 -0.028
2 1.23548874 -0.410
2 1.08951696 0.208
2 1.06936042 -0.174
2 1.07378035 0.444
2 1.09163461 0.062
2 1.12104552 -0.320
2 1.09971107 0.298
2 1.72073652 -0.084


1 0.980504057 -0.500
1 1.15642094 0.118
1 0.99459659 -0.264
1 0.978358521 0.354
1 0.98991738 -0.028
1 0.990311003 -0.410
1 1.00031876 0.208
1 0.975983728 -0.174
1 0.979384166 0.444
1 0.981650661 0.062
1 1.01160162 -0.320
1 0.982764056 0.298
1 1.75320864 -0.084
2 1.82537812 -0.500
2 1.72398242 0.118
2 1.87226669 -0.264
2 1.86311004 0.354
2 1.85864509 -0.028
2 1.8378016 -0.410
2 1.49542386 0.208
2 1.84067006 -0.174
2 1.41182619 0.444
2 1.86424165 0.062
2 1.88294458 -0.320
2 1.81327167 0.298
2 2.63362509 -0.084
EOD

$estimates << EOD
1 0.953138798 0.941434597 0.963343597
2 1.73759127 1.54465477 1.87848784


1 0.954629626 0.947331686 1.0261747
2 1.90318307 1.88974931 2.02697615


1 0.940192824 0.93398724 0.95461936
2 1.87066453 1.80333207 1.99535516


1 0.546422998 0.533116908 0.575722156
2 1.0956654 1.07378035 1.16562457


1 0.990361856 0.981633406 1.07014783
2 1.84067006 1.65909069 1.87226669
EOD
array slot[6]
array name[6]
slot[6] = 0
name[6] = ''
slot[1] = 0
name[1] = 'pthreads: 0.953 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 1.738'
slot[2] = 4
name[2] = 'thread_pool: 0.955 (p = 1)'
slot[2] = 4
name[2] = 'thread_pool: 1.903'
slot[3] = 1
name[3] = 'fork_pool: 0.940 (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 1.871'
slot[4] = 5
name[4] = 'fork_pool_unordered: 0.546 (p = 1)'
slot[4] = 5
name[4] = 'fork_pool_unordered: 1.096'
slot[5] = 2
name[5] = 'openmp: 0.990 (p = 1)'
slot[5] = 2
name[5] = 'openmp: 1.841'
drawn = 5
most = 2
single = 0
octaves = 0
steep = 0
low = 0
top = 2.6857434
height = 600

$ceiling << EOD
NaN NaN NaN NaN
2 1.93033596 1.89517029 1.94618683
EOD
ceilings = 1

$ideal << EOD
1 1
2 2
EOD
caption = 'Paired Hodges-Lehmann estimates from 13 blocks (small dots; 2 of 130 lie beyond the frame), with 95 % intervals'
missing = ''

$laws << EOD
EOD
laws = 0
law_lines = 0
array curve_slot[1]
array law[1]
array law_slot[1]
law[1] = ''
law_slot[1] = 0
curve_slot[1] = 0
caption = caption.'.  No law is fitted: only e(2) is known'

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

# speedup.gp -- how many times as fast as serial, against the number of workers.
# Needs, besides what workers.gp does: $ceiling, $ideal, ceilings; $laws (an index per law: p, speedup, its interval),
# laws, curve_slot[], law_lines, law[], law_slot[].

set ylabel "speedup (serial time / time)".(steep ? ", logarithmic" : "")
if (steep && low >= 0.2) { set logscale y 2; set ytics autofreq }
set key title sprintf("speedup at p = %d", most) left

do for [kind in formats] {
	eval picture(kind)
	plot $ceiling using 1:2:(place($1,-half)):(place($1,half)):3:4 with boxxyerror fill solid 1 noborder \
			linecolor rgb 0xCCCCCC title ceilings ? "measured ceiling" : "", \
		for [i=0:laws-1] $laws index i using 1:3:4 with filledcurves \
			fillcolor rgb tint(rgb(curve_slot[i+1]), 0.2) fillstyle solid 1 noborder notitle, \
		$ceiling using 1:2 with lines linecolor rgb 0xBBBBBB notitle, \
		$ceiling using (place($1,-half)):2:(place($1,half)-place($1,-half)):(0) with vectors nohead \
			linecolor rgb grey notitle, \
		$ideal using 1:(single ? NaN : $2) with lines \
			linecolor rgb grey dashtype 3 linewidth 1.5 title "ideal", \
		$ideal using (place($1,-half)):(single || most < 5 ? $2 : NaN):(place($1,half)-place($1,-half)):(0) \
			with vectors nohead linecolor rgb grey dashtype 3 linewidth 1.5 notitle, \
		for [i=0:drawn-1] $points index i using (x($1,i,$3)):2 with points \
			pointtype 7 pointsize 0.3 linecolor rgb tint(rgb(slot[i+1]), 0.45) notitle, \
		for [i=0:laws-1] $laws index i using 1:2 with lines \
			linecolor rgb rgb(curve_slot[i+1]) dashtype 3 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2 with lines \
			linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2:3:4 with yerrorbars \
			linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, \
		for [i=0:drawn-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) \
			pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1], \
		for [i=1:law_lines] keyentry with linespoints linecolor rgb rgb(law_slot[i]) dashtype 3 \
			pointtype mark(law_slot[i]) pointsize 0.6 title law[i]
	unset output
}
