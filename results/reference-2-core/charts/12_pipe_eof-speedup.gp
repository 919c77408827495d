# Made by `manyhands report`.  Draw it again, here: gnuplot 12_pipe_eof-speedup.gp
out = '12_pipe_eof-speedup'
subtitle = 'serial takes 764 µs [761, 787] · AMD EPYC, 2 cores (virtual) · n = 1 100 messages, message_bytes=64'
title = 'Pipe and end-of-file: fork_pool is 1.82 times as fast as serial on 1 worker'

$points << EOD
1 0.868858479 -0.500
1 0.844185847 0.118
1 0.857539822 -0.264
1 0.838286033 0.354
1 0.81915599 -0.028
1 0.848952622 -0.410
1 0.863403611 0.208
1 0.888111575 -0.174
1 1.2019365 0.444
1 0.882125287 0.062
1 0.860941269 -0.320
1 0.893134326 0.298
1 0.878169829 -0.084
2 0.889520619 -0.500
2 0.879806951 0.118
2 0.86348511 -0.264
2 0.850971529 0.354
2 0.680242797 -0.028
2 0.869957136 -0.410
2 0.874903992 0.208
2 0.855588062 -0.174
2 1.40706664 0.444
2 0.876353761 0.062
2 0.951458793 -0.320
2 0.874823616 0.298
2 0.881593188 -0.084


1 0.773836188 -0.500
1 0.787525398 0.118
1 0.797619665 -0.264
1 0.790307235 0.354
1 0.686498634 -0.028
1 0.761263622 -0.410
1 0.769680186 0.208
1 0.75599022 -0.174
1 1.09990107 0.444
1 0.770170195 0.062
1 0.792852559 -0.320
1 0.807641868 0.298
1 0.783141457 -0.084
2 0.797994951 -0.500
2 0.894397973 0.118
2 0.818488299 -0.264
2 0.754026696 0.354
2 0.409283116 -0.028
2 0.864794008 -0.410
2 0.837060022 0.208
2 0.749768926 -0.174
2 1.15230191 0.444
2 0.791820913 0.062
2 0.757178078 -0.320
2 0.766956066 0.298
2 0.851758495 -0.084


1 0.0215531526 -0.500
1 0.0220852725 0.118
1 0.0223590008 -0.264
1 0.0203789655 0.354
1 0.0151248416 -0.028
1 0.0220291461 -0.410
1 0.0231976594 0.208
1 0.0187238567 -0.174
1 0.0286640382 0.444
1 0.0214527647 0.062
1 0.0222729452 -0.320
1 0.0232375954 0.298
1 0.0146630363 -0.084
2 0.037503586 -0.500
2 0.0377366464 0.118
2 0.0362067748 -0.264
2 0.0367002284 0.354
2 0.0270158536 -0.028
2 0.0344121086 -0.410
2 0.036946145 0.208
2 0.0369206309 -0.174
2 0.0485669941 0.444
2 0.0381016879 0.062
2 0.0359966034 -0.320
2 0.0375269407 0.298
2 0.0365507821 -0.084


1 1.81029789 -0.500
1 1.84845093 0.118
1 1.85493137 -0.264
1 1.81939155 0.354
1 0.685682944 -0.028
1 1.84830261 -0.410
1 1.83145193 0.208
1 1.55679832 -0.174
1 2.3776129 0.444
1 1.87215712 0.062
1 1.82577494 -0.320
1 1.5730197 0.298
1 1.7510939 -0.084
2 0.55715395 -0.500
2 0.535048434 0.118
2 0.536012414 -0.264
2 0.513181378 0.354
2 0.405166453 -0.028
2 0.547434202 -0.410
2 0.54689711 0.208
2 0.399592519 -0.174
2 0.784897556 0.444
2 0.386655405 0.062
2 0.519203312 -0.320
2 0.554748516 0.298
2 0.552352925 -0.084


1 1.561282 -0.500
1 1.57338981 0.118
1 1.50358379 -0.264
1 1.48760364 0.354
1 0.692810828 -0.028
1 1.51744952 -0.410
1 1.5047252 0.208
1 1.55403916 -0.174
1 2.15499956 0.444
1 1.59524975 0.062
1 1.55418453 -0.320
1 1.63570886 0.298
1 1.52076113 -0.084
2 0.464681249 -0.500
2 0.471160851 0.118
2 0.461785394 -0.264
2 0.480122613 0.354
2 0.381723801 -0.028
2 0.47512046 -0.410
2 0.485706069 0.208
2 0.37113887 -0.174
2 0.617714084 0.444
2 0.523738756 0.062
2 0.49238499 -0.320
2 0.374757674 0.298
2 0.485934416 -0.084
EOD

$estimates << EOD
1 0.865380018 0.85005777 0.885620471
2 0.874903992 0.860411968 0.913134433


1 0.781180456 0.764861157 0.797619665
2 0.805044193 0.755600744 0.858251503


1 0.0217390452 0.0183541485 0.0227306005
2 0.0368563576 0.035644309 0.0376316475


1 1.81801995 1.65967021 1.85169268
2 0.533560313 0.462386583 0.552352925


1 1.54048672 1.50358379 1.59442573
2 0.473706044 0.424091159 0.493327051
EOD
array slot[6]
array name[6]
slot[6] = 0
name[6] = ''
slot[1] = 0
name[1] = 'pthreads: 0.865 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 0.875'
slot[2] = 3
name[2] = 'fork: 0.781 (p = 1)'
slot[2] = 3
name[2] = 'fork: 0.805'
slot[3] = 4
name[3] = 'round_trip: 0.022 (p = 1)'
slot[3] = 4
name[3] = 'round_trip: 0.037'
slot[4] = 1
name[4] = 'fork_pool: 1.818 (p = 1)'
slot[4] = 1
name[4] = 'fork_pool: 0.534'
slot[5] = 2
name[5] = 'openmp: 1.540 (p = 1)'
slot[5] = 2
name[5] = 'openmp: 0.474'
drawn = 5
most = 2
single = 0
octaves = 0
steep = 1
low = 0.0122191969
top = 2.85313548
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
caption = 'Paired Hodges-Lehmann estimates from 13 blocks (small dots), with 95 % intervals'
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
