# Made by `manyhands report`.  Draw it again, here: gnuplot 06_task_ranges-speedup.gp
out = '06_task_ranges-speedup'
subtitle = 'serial takes 2.13 ms [2.13, 2.14] · AMD EPYC, 2 cores (virtual) · n = 7 500 numbers, tasks=50 schedule=1 skew=2 spin=1000'
title = 'Task ranges: openmp is 1.86 times as fast as serial on 2 workers'

$points << EOD
1 0.974187612 -0.500
1 0.895800349 0.118
1 0.969594588 -0.264
1 0.965826202 0.354
1 0.961798553 -0.028
1 0.97707127 -0.410
1 0.968778864 0.208
1 0.964947994 -0.174
1 0.960975569 0.444
1 0.951756376 0.062
1 0.969026506 -0.320
1 0.971111302 0.298
2 1.78777993 -0.500
2 1.64014261 0.118
2 1.75492269 -0.264
2 1.44507833 0.354
2 1.78592766 -0.028
2 1.06349752 -0.410
2 1.78757582 0.208
2 1.80673341 -0.174
2 1.78746106 0.444
2 1.4011131 0.062
2 1.81092943 -0.320
2 1.74666836 0.298
2 1.3778329 -0.084
50 0.78392624 -0.500
50 0.757486507 0.118
50 0.73966791 -0.264
50 0.770662511 0.354
50 0.761098869 -0.028
50 0.740264725 -0.410
50 0.710858976 0.208
50 0.757678061 -0.174
50 0.747905422 0.444
50 0.587011453 0.062
50 0.765720497 -0.320
50 0.744783068 0.298
50 0.758883279 -0.084


1 0.977074389 -0.500
1 0.974821806 0.118
1 0.973116043 -0.264
1 0.972864913 0.354
1 0.961726677 -0.028
1 0.970677173 -0.410
1 0.98252153 0.208
1 0.976700704 -0.174
1 0.977738448 0.444
1 0.975689188 0.062
1 0.879466304 -0.320
1 0.982492969 0.298
2 1.88149586 -0.500
2 1.84972498 0.118
2 1.82878853 -0.264
2 1.87864104 0.354
2 1.86237433 -0.028
2 1.89938641 -0.410
2 1.8083351 0.208
2 1.88794703 -0.174
2 1.87576523 0.444
2 1.39861696 0.062
2 1.75059307 -0.320
2 1.89366084 0.298
2 1.39896259 -0.084
50 1.24886308 -0.500
50 1.02537584 0.118
50 1.32923103 -0.264
50 1.29763994 0.354
50 1.34687409 -0.028
50 1.30709232 -0.410
50 1.18397581 0.208
50 1.32457316 -0.174
50 1.2630168 0.444
50 0.84977398 0.062
50 1.30235407 -0.320
50 1.24569204 0.298
50 0.798390859 -0.084


1 0.987817884 -0.500
1 1.00018639 0.118
1 1.00718608 -0.264
1 0.99651705 0.354
1 0.999199182 -0.028
1 1.01483077 -0.410
1 1.00465247 0.208
1 1.00054397 -0.174
1 0.998885798 0.444
1 1.00637462 0.062
1 0.999857155 -0.320
1 1.00423701 0.298
2 1.94894437 -0.500
2 1.93612352 0.118
2 1.94071518 -0.264
2 1.92621636 0.354
2 1.91653319 -0.028
2 1.95219656 -0.410
2 1.76466739 0.208
2 1.94734534 -0.174
2 1.95428597 0.444
2 1.46566225 0.062
2 1.87481903 -0.320
2 1.57453649 0.298
2 1.47896809 -0.084
50 1.49630076 -0.500
50 1.4853807 0.118
50 1.50255576 -0.264
50 1.4915696 0.354
50 1.48608623 -0.028
50 1.43384136 -0.410
50 1.18050807 0.208
50 1.49647143 -0.174
50 1.45525548 0.444
50 1.49951463 0.062
50 1.48202289 -0.320
50 1.48007814 0.298
50 1.14567662 -0.084
EOD

$estimates << EOD
1 0.965928167 0.956354864 0.970990712
2 1.61769431 1.42292592 1.78685355
50 0.751800118 0.729146955 0.762294222


1 0.974801364 0.966191561 0.977807478
2 1.84550503 1.62218742 1.88006791
50 1.24886308 1.03017054 1.30427167


1 1.00180117 0.997857215 1.00591848
2 1.85705808 1.68942314 1.94172632
50 1.47871651 1.32270177 1.49243093
EOD
array slot[4]
array name[4]
slot[4] = 0
name[4] = ''
slot[1] = 0
name[1] = 'pthreads: 0.966 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 1.618 (p = 2)'
slot[1] = 0
name[1] = 'pthreads: 0.752'
slot[2] = 1
name[2] = 'fork_pool: 0.975 (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 1.846 (p = 2)'
slot[2] = 1
name[2] = 'fork_pool: 1.249'
slot[3] = 2
name[3] = 'openmp: 1.002 (p = 1)'
slot[3] = 2
name[3] = 'openmp: 1.857 (p = 2)'
slot[3] = 2
name[3] = 'openmp: 1.479'
drawn = 3
most = 50
single = 0
octaves = 1
steep = 1
low = 0.489176211
top = 60
height = 600

$ceiling << EOD
NaN NaN NaN NaN
2 1.93033596 1.89517029 1.94618683
EOD
ceilings = 1

$ideal << EOD
1 1
2 2
50 50
EOD
caption = 'Paired Hodges-Lehmann estimates from 12 to 13 blocks (small dots), with 95 % intervals'
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
caption = caption.'.  No law is fitted: Amdahl''s law needs three different p above 1'

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
