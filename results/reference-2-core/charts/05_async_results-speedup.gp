# Made by `manyhands report`.  Draw it again, here: gnuplot 05_async_results-speedup.gp
out = '05_async_results-speedup'
subtitle = 'serial takes 1.25 ms [1.23, 1.25] · AMD EPYC, 2 cores (virtual) · n = 450 tasks, first=0 spin=10000 in_flight=64 pictures=0 second_...'
title = 'Futures: fork_pool is 1.29 times as fast as serial on 2 workers'

$points << EOD
1 0.557163721 -0.500
1 0.531852358 0.118
1 0.569646938 -0.264
1 0.568344583 0.354
1 0.568047568 -0.028
1 0.549135702 -0.410
1 0.584595187 0.208
1 0.586025206 -0.174
1 0.574933424 0.444
1 0.559030555 0.062
1 0.542019667 -0.320
1 0.560619864 0.298
2 0.983200337 -0.500
2 0.997685894 0.118
2 0.972551057 -0.264
2 0.998998531 0.354
2 0.989332609 -0.028
2 0.93591075 -0.410
2 0.865482826 0.208
2 0.871269002 -0.174
2 1.02474781 0.444
2 0.934813441 0.062
2 0.925165184 -0.320
2 0.955426362 0.298
2 0.933414123 -0.084


1 0.553531092 -0.500
1 0.546429189 0.118
1 0.553176635 -0.264
1 0.549104245 0.354
1 0.539681724 -0.028
1 0.52981016 -0.410
1 0.547792749 0.208
1 0.775775327 -0.174
1 0.5567943 0.444
1 0.550442717 0.062
1 0.544124205 -0.320
1 0.553261505 0.298
1 0.555418903 -0.084
2 1.31262252 -0.500
2 1.28826062 0.118
2 1.32186506 -0.264
2 1.31476089 0.354
2 1.28520654 -0.028
2 1.3056909 -0.410
2 1.19282527 0.208
2 0.919983897 -0.174
2 1.3280931 0.444
2 1.27722194 0.062
2 1.15588553 -0.320
2 1.32277133 0.298
2 1.30460621 -0.084


1 0.611241772 -0.500
1 0.595392611 0.118
1 0.626043486 -0.264
1 0.619742956 0.354
1 0.620486287 -0.028
1 0.601481709 -0.410
1 0.583584419 0.208
1 0.609072808 -0.174
1 0.630334257 0.444
1 0.601771854 0.062
1 0.559999669 -0.320
1 0.609487504 0.298
2 1.16164226 -0.500
2 1.12861897 0.118
2 1.18468098 -0.264
2 1.19252215 0.354
2 1.19037741 -0.028
2 1.13658275 -0.410
2 1.09093976 0.208
2 1.13189443 -0.174
2 1.21357827 0.444
2 1.14710023 0.062
2 1.09430336 -0.320
2 1.17642218 0.298
EOD

$estimates << EOD
1 0.563445886 0.550459403 0.57248203
2 0.956711077 0.925337983 0.985038309


1 0.550442717 0.544372598 0.555025092
2 1.29487004 1.21883208 1.31369127


1 0.607627844 0.592465487 0.618598359
2 1.15532889 1.12861897 1.18337923
EOD
array slot[4]
array name[4]
slot[4] = 0
name[4] = ''
slot[1] = 0
name[1] = 'pthreads: 0.563 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 0.957'
slot[2] = 1
name[2] = 'fork_pool: 0.550 (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 1.295'
slot[3] = 2
name[3] = 'openmp: 0.608 (p = 1)'
slot[3] = 2
name[3] = 'openmp: 1.155'
drawn = 3
most = 2
single = 0
octaves = 0
steep = 0
low = 0
top = 2.12
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
