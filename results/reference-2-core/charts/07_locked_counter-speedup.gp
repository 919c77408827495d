# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-speedup.gp
out = '07_locked_counter-speedup'
subtitle = 'serial takes 35.4 µs [35.3, 35.4] · AMD EPYC, 2 cores (virtual) · n = 125 000 additions, start=0 jobs=1 hold=1 step_us=0'
title = 'Locked counter: openmp_reduction is 1.84 times as fast as serial on 2 workers'

$points << EOD
1 0.0299868218 -0.500
1 0.0294608296 0.118
1 0.0303238436 -0.264
1 0.0294546248 0.354
1 0.030401302 -0.028
1 0.0302308021 -0.410
1 0.0306514273 0.208
1 0.0299663131 -0.174
1 0.0299598656 0.444
1 0.0295977728 0.062
1 0.0296253527 -0.320
1 0.0308009195 0.298
2 0.0105777584 -0.500
2 0.0117881902 0.118
2 0.0115793728 -0.264
2 0.0150976801 0.354
2 0.0117799834 -0.028
2 0.0115053897 -0.410
2 0.00830635272 0.208
2 0.0109514027 -0.174
2 0.0111466924 0.444
2 0.0121408632 0.062
2 0.0111610312 -0.320
2 0.0114969165 0.298
2 0.011699176 -0.084


1 0.0305367202 -0.500
1 0.0293685244 0.118
1 0.0298136541 -0.264
1 0.029322455 0.354
1 0.0294950859 -0.028
1 0.029648478 -0.410
1 0.0306551341 0.208
1 0.0291962723 -0.174
1 0.0296861587 0.444
1 0.0290418751 0.062
1 0.0294304824 -0.320
1 0.0294092025 0.298
2 0.0116077977 -0.500
2 0.0110804349 0.118
2 0.0119758693 -0.264
2 0.00749074933 0.354
2 0.0118918035 -0.028
2 0.0119738023 -0.410
2 0.0121990808 0.208
2 0.0113738835 -0.174
2 0.0113867787 0.444
2 0.0113408953 0.062
2 0.012013072 -0.320
2 0.0114208287 0.298
2 0.017714469 -0.084


1 0.0187928481 -0.500
1 0.0190600244 0.118
1 0.0190872862 -0.264
1 0.0185276704 0.354
1 0.0189991141 -0.028
1 0.0193677074 -0.410
1 0.0189911572 0.208
1 0.0191709703 -0.174
1 0.0187145982 0.444
1 0.0189747383 0.062
1 0.0194406222 -0.320
1 0.0196369267 0.298
2 0.00743901939 -0.500
2 0.00785962197 0.118
2 0.00859215513 -0.264
2 0.00749343435 0.354
2 0.00828334273 -0.028
2 0.00837703808 -0.410
2 0.0071851844 0.208
2 0.00728500956 -0.174
2 0.00806787769 0.444
2 0.00861478585 0.062
2 0.00842521026 -0.320
2 0.00882176684 0.298
2 0.00947873302 -0.084


1 0.130204643 -0.500
1 0.129433504 0.118
1 0.128989168 -0.264
1 0.124246336 0.354
1 0.131815096 -0.028
1 0.129962288 -0.410
1 0.127165759 0.208
1 0.127353051 -0.174
1 0.125752988 0.444
1 0.120127601 0.062
1 0.128077257 -0.320
1 0.126193718 0.298
2 0.0535402644 -0.500
2 0.0643638384 0.118
2 0.0593872404 -0.264
2 0.0536476683 0.354
2 0.054195713 -0.028
2 0.0534122412 -0.410
2 0.0545341266 0.208
2 0.0631986846 -0.174
2 0.0574258343 0.444
2 0.0529084084 0.062
2 0.0529879735 -0.320
2 0.0528457466 0.298
2 0.122570652 -0.084


1 0.382624639 -0.500
1 0.389056479 0.118
1 0.386862313 -0.264
1 0.32305409 0.354
1 0.3853186 -0.028
1 0.378553704 -0.410
1 0.377218809 0.208
1 0.38097394 -0.174
1 0.372927229 0.444
1 0.290790768 0.062
1 0.380268292 -0.320
1 0.379732936 0.298
1 0.397392388 -0.084
2 0.414033055 -0.500
2 0.459564728 0.118
2 0.547844554 -0.264
2 0.402661491 0.354
2 0.421769925 -0.028
2 0.427946991 -0.410
2 0.470386357 0.208
2 0.579082761 -0.174
2 0.54501785 0.444
2 0.401435382 0.062
2 0.594949801 -0.320
2 0.398286517 0.298
2 0.58198182 -0.084


1 0.0548191576 -0.500
1 0.0547665394 0.118
1 0.0547638269 -0.264
1 0.0539768479 0.354
1 0.0547650998 -0.028
1 0.0548493029 -0.410
1 0.0547425227 0.208
1 0.0547897211 -0.174
1 0.0545483029 0.444
1 0.0538051256 0.062
1 0.0548137394 -0.320
1 0.054946077 0.298
2 0.0148768342 -0.500
2 0.0127459616 0.118
2 0.0116236161 -0.264
2 0.0101955668 0.354
2 0.0129673666 -0.028
2 0.0102537471 -0.410
2 0.0127739507 0.208
2 0.0136780068 -0.174
2 0.0113649263 0.444
2 0.0126256218 0.062
2 0.0131339636 -0.320
2 0.0133512643 0.298
2 0.0257973417 -0.084


1 0.167302421 -0.500
1 0.168814387 0.118
1 0.166790549 -0.264
1 0.167161301 0.354
1 0.167793854 -0.028
1 0.166615275 -0.410
1 0.166499125 0.208
1 0.166033623 -0.174
1 0.162346462 0.444
1 0.164878894 0.062
1 0.165413973 -0.320
1 0.167736486 0.298
2 0.0366008236 -0.500
2 0.0357421544 0.118
2 0.0671484335 -0.264
2 0.068091037 0.354
2 0.0555478279 -0.028
2 0.0147860982 -0.410
2 0.0125232984 0.208
2 0.0678286186 -0.174
2 0.0328575798 0.444
2 0.0362539919 0.062
2 0.0348754333 -0.320
2 0.0367286885 0.298
2 0.0704861913 -0.084


1 0.986446728 -0.500
1 0.988807432 0.118
1 0.989888805 -0.264
1 0.988790429 0.354
1 0.988089913 -0.028
1 0.989640131 -0.410
1 0.990448982 0.208
1 0.986986148 -0.174
1 0.980945905 0.444
1 0.986441577 0.062
1 0.99032836 -0.320
1 0.990624039 0.298
2 1.84342184 -0.500
2 1.83874912 0.118
2 1.84236042 -0.264
2 1.84387625 0.354
2 1.8328061 -0.028
2 1.84638861 -0.410
2 1.84191473 0.208
2 1.83704551 -0.174
2 1.83850495 0.444
2 1.83985728 0.062
2 1.84219433 -0.320
2 1.84636821 0.298
EOD

$estimates << EOD
1 0.0300038325 0.0297124965 0.0303625481
2 0.0114629547 0.0110277652 0.0118188562


1 0.029533938 0.0293436091 0.0300049338
2 0.0116699885 0.0113408953 0.012013072


1 0.0190515849 0.0188523706 0.0192690877
2 0.00811420683 0.00774707032 0.00854831669


1 0.127758986 0.125216241 0.129474814
2 0.0560542984 0.0535164733 0.0612633289


1 0.38000052 0.350248881 0.384994
2 0.480250826 0.420932536 0.522893817


1 0.0547647816 0.0543583372 0.0548191576
2 0.0127739507 0.0115718712 0.0138893255


1 0.166630024 0.165413973 0.167477279
2 0.0367286885 0.0289986184 0.0505510219


1 0.988447218 0.986444153 0.98976446
2 1.84124977 1.83845086 1.84387625
EOD
array slot[9]
array name[9]
slot[9] = 0
name[9] = ''
slot[1] = 0
name[1] = 'pthreads: 0.030 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 0.011'
slot[2] = 1
name[2] = 'fork_pool: 0.030 (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 0.012'
slot[3] = 4
name[3] = 'robust: 0.019 (p = 1)'
slot[3] = 4
name[3] = 'robust: 0.008'
slot[4] = 5
name[4] = 'atomic: 0.128 (p = 1)'
slot[4] = 5
name[4] = 'atomic: 0.056'
slot[5] = 6
name[5] = 'private: 0.380 (p = 1)'
slot[5] = 6
name[5] = 'private: 0.480'
slot[6] = 2
name[6] = 'openmp: 0.055 (p = 1)'
slot[6] = 2
name[6] = 'openmp: 0.013'
slot[7] = 7
name[7] = 'openmp_atomic: 0.167 (p = 1)'
slot[7] = 7
name[7] = 'openmp_atomic: 0.037'
slot[8] = 9
name[8] = 'openmp_reduction: 0.988 (p = 1)'
slot[8] = 9
name[8] = 'openmp_reduction: 1.841'
drawn = 8
most = 2
single = 0
octaves = 0
steep = 1
low = 0.00598765367
top = 2.4
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
