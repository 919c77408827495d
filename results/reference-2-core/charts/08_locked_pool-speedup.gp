# Made by `manyhands report`.  Draw it again, here: gnuplot 08_locked_pool-speedup.gp
out = '08_locked_pool-speedup'
subtitle = 'serial takes 12.9 ms [12.9, 13.1] · AMD EPYC, 2 cores (virtual) · n = 24 tasks, task_us=500 locked_percent=25'
title = 'Locked pool: fork_pool is 3.10 times as fast as serial on 4 workers'

$points << EOD
1 0.995952467 -0.500
1 0.995430536 0.118
1 0.988223737 -0.264
1 1.01970268 0.354
1 0.983423865 -0.028
1 0.98718622 -0.410
1 1.01972816 0.208
1 0.99537504 -0.174
1 0.995456504 0.444
1 0.880528421 0.062
1 1.01003147 -0.320
1 1.01070182 0.298
1 1.00673249 -0.084
2 1.93871039 -0.500
2 1.9165139 0.118
2 1.91928563 -0.264
2 1.96272145 0.354
2 1.82055789 -0.028
2 1.91543464 -0.410
2 1.88254065 0.208
2 1.92173507 -0.174
2 1.9084617 0.444
2 1.92510327 0.062
2 1.85676537 -0.320
2 1.95992234 0.298
4 3.08855455 -0.500
4 3.10062334 0.118
4 3.02682027 -0.264
4 3.12338926 0.354
4 2.96332519 -0.028
4 3.06294784 -0.410
4 3.09252198 0.208
4 3.03756037 -0.174
4 2.97893703 0.444
4 2.91609689 0.062
4 3.10714303 -0.320
4 3.05101198 0.298
8 3.08923162 -0.500
8 3.02068973 0.118
8 3.04235062 -0.264
8 2.94989013 0.354
8 2.80613208 -0.028
8 2.98636847 -0.410
8 3.16875594 0.208
8 3.05140371 -0.174
8 2.96824815 0.444
8 3.01134688 0.062
8 3.07718936 -0.320
8 3.10331439 0.298
16 3.06253169 -0.500
16 3.04033218 0.118
16 3.01664018 -0.264
16 3.0338495 0.354
16 2.88942523 -0.028
16 2.99585421 -0.410
16 3.07338486 0.208
16 2.98380812 -0.174
16 2.95699977 0.444
16 3.06150673 0.062
16 2.78708177 -0.320
16 3.05627553 0.298


1 1.00532332 -0.500
1 0.870648264 0.118
1 0.984840042 -0.264
1 1.02060467 0.354
1 0.985964629 -0.028
1 0.9790238 -0.410
1 1.01072686 0.208
1 1.00340967 -0.174
1 0.990525568 0.444
1 0.996975219 0.062
1 1.01458706 -0.320
1 0.987590107 0.298
1 1.00828676 -0.084
2 1.92381365 -0.500
2 1.8719692 0.118
2 1.91628085 -0.264
2 1.89879158 0.354
2 1.88253094 -0.028
2 1.9198661 -0.410
2 1.97346506 0.208
2 1.94561783 -0.174
2 1.91608507 0.444
2 1.90180188 0.062
2 1.95024387 -0.320
2 1.96892431 0.298
4 3.15854621 -0.500
4 3.12641735 0.118
4 3.1305167 -0.264
4 3.15351775 0.354
4 3.01330541 -0.028
4 3.07631975 -0.410
4 3.16319197 0.208
4 3.0843435 -0.174
4 2.9219305 0.444
4 2.95142668 0.062
4 3.12445927 -0.320
4 3.13052527 0.298
8 3.04033565 -0.500
8 3.17965392 0.118
8 3.15587066 -0.264
8 3.13260732 0.354
8 3.05005892 -0.028
8 3.05452788 -0.410
8 3.19147649 0.208
8 3.15471645 -0.174
8 2.98216752 0.444
8 3.00073557 0.062
8 3.04500637 -0.320
8 3.1205353 0.298
16 3.14449868 -0.500
16 3.15693472 0.118
16 3.16727538 -0.264
16 3.16692477 0.354
16 3.01703213 -0.028
16 3.11778062 -0.410
16 2.99553668 0.208
16 3.00013735 -0.174
16 2.98294495 0.444
16 2.95203105 0.062
16 3.10780354 -0.320
16 3.15740628 0.298


1 0.992219452 -0.500
1 0.88510281 0.118
1 0.987255041 -0.264
1 1.00190443 0.354
1 0.985493866 -0.028
1 0.987640104 -0.410
1 0.998968671 0.208
1 0.993820808 -0.174
1 0.994871764 0.444
1 0.983219755 0.062
1 1.00974453 -0.320
1 1.00534981 0.298
2 1.46925121 -0.500
2 1.44709892 0.118
2 1.52225813 -0.264
2 1.53356014 0.354
2 1.46114635 -0.028
2 1.45020311 -0.410
2 1.55225324 0.208
2 1.5151001 -0.174
2 1.50951777 0.444
2 1.51204716 0.062
2 1.50128756 -0.320
2 1.54234908 0.298
4 2.10454687 -0.500
4 2.10563552 0.118
4 2.06792809 -0.264
4 2.0767386 0.354
4 2.04955388 -0.028
4 2.09995437 -0.410
4 2.11218524 0.208
4 2.10061203 -0.174
4 2.00650002 0.444
4 2.04773701 0.062
4 2.11822477 -0.320
4 2.13382041 0.298
8 2.48505476 -0.500
8 2.59518356 0.118
8 2.43807724 -0.264
8 2.56429408 0.354
8 2.53903014 -0.028
8 2.55900467 -0.410
8 2.61843968 0.208
8 2.55619749 -0.174
8 2.51205488 0.444
8 2.57537865 0.062
8 2.59650537 -0.320
8 2.61377865 0.298
16 2.69876444 -0.500
16 2.59996768 0.118
16 2.56112448 -0.264
16 2.63145567 0.354
16 2.58015646 -0.028
16 2.71523288 -0.410
16 2.63211032 0.208
16 2.72877245 -0.174
16 2.68552728 0.444
16 2.66342444 0.062
16 2.78588929 -0.320
16 2.75288498 0.298


1 1.0012374 -0.500
1 0.949002864 0.118
1 0.992747788 -0.264
1 0.974114758 0.354
1 0.960427561 -0.028
1 0.983039502 -0.410
1 0.984579161 0.208
1 1.00114051 -0.174
1 1.001999 0.444
1 0.992237857 0.062
1 0.975843185 -0.320
1 1.0080044 0.298
2 1.95020054 -0.500
2 1.87111066 0.118
2 1.92089241 -0.264
2 2.01498493 0.354
2 1.87816148 -0.028
2 1.951072 -0.410
2 1.9955882 0.208
2 1.92022585 -0.174
2 1.9421053 0.444
2 1.8739551 0.062
2 1.97666497 -0.320
2 1.98857291 0.298
4 3.11234888 -0.500
4 3.11973172 0.118
4 3.06462967 -0.264
4 3.00963057 0.354
4 2.94336627 -0.028
4 3.03879047 -0.410
4 3.10281225 0.208
4 3.07185398 -0.174
4 3.06191824 0.444
4 3.00846211 0.062
4 2.98740102 -0.320
4 3.10397311 0.298
8 3.05994719 -0.500
8 3.0469707 0.118
8 3.01271287 -0.264
8 3.13026694 0.354
8 3.05110747 -0.028
8 3.05835322 -0.410
8 2.94167389 0.208
8 3.09931366 -0.174
8 3.08510622 0.444
8 3.03272543 0.062
8 3.17184552 -0.320
8 3.00686075 0.298
16 3.01916997 -0.500
16 3.01063449 0.118
16 2.87857848 -0.264
16 3.00829363 0.354
16 2.91531508 -0.028
16 3.01397213 -0.410
16 3.08380353 0.208
16 3.01905077 -0.174
16 2.90356644 0.444
16 2.99282794 0.062
16 3.0099137 -0.320
16 3.01186493 0.298
EOD

$estimates << EOD
1 0.997435182 0.987704842 1.00750666
2 1.91663916 1.88254065 1.93871039
4 3.05026793 3.00278321 3.09252198
8 3.02972202 2.96807326 3.07724959
16 3.01328384 2.92673451 3.05090109


1 0.996946806 0.984757892 1.00680395
2 1.920941 1.89933093 1.94466278
4 3.10330204 3.02443007 3.14200048
8 3.0921892 3.04500637 3.14995592
16 3.07647197 3.00857288 3.15071057


1 0.993057196 0.984356154 0.999568689
2 1.50124316 1.47921662 1.52712296
4 2.08847771 2.05866455 2.10906978
8 2.55962355 2.51604465 2.58891814
16 2.66818478 2.62145986 2.71899756


1 0.987605472 0.974114758 0.997106484
2 1.93884809 1.90772591 1.97320456
4 3.05556098 3.00963057 3.0906898
8 3.05512614 3.0197654 3.09490735
16 3.00464582 2.94797805 3.01651038
EOD
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 0
name[1] = 'pthreads: 0.997 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 1.917 (p = 2)'
slot[1] = 0
name[1] = 'pthreads: 3.050 (p = 4)'
slot[1] = 0
name[1] = 'pthreads: 3.030 (p = 8)'
slot[1] = 0
name[1] = 'pthreads: 3.013'
slot[2] = 1
name[2] = 'fork_pool: 0.997 (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 1.921 (p = 2)'
slot[2] = 1
name[2] = 'fork_pool: 3.103 (p = 4)'
slot[2] = 1
name[2] = 'fork_pool: 3.092 (p = 8)'
slot[2] = 1
name[2] = 'fork_pool: 3.076'
slot[3] = 4
name[3] = 'rounds: 0.993 (p = 1)'
slot[3] = 4
name[3] = 'rounds: 1.501 (p = 2)'
slot[3] = 4
name[3] = 'rounds: 2.088 (p = 4)'
slot[3] = 4
name[3] = 'rounds: 2.560 (p = 8)'
slot[3] = 4
name[3] = 'rounds: 2.668'
slot[4] = 2
name[4] = 'openmp: 0.988 (p = 1)'
slot[4] = 2
name[4] = 'openmp: 1.939 (p = 2)'
slot[4] = 2
name[4] = 'openmp: 3.056 (p = 4)'
slot[4] = 2
name[4] = 'openmp: 3.055 (p = 8)'
slot[4] = 2
name[4] = 'openmp: 3.005'
drawn = 4
most = 16
single = 0
octaves = 0
steep = 0
low = 0
top = 16.96
height = 600

$ceiling << EOD
NaN NaN NaN NaN
EOD
ceilings = 0

$ideal << EOD
1 1
2 2
4 4
8 8
16 16
EOD
caption = 'Paired Hodges-Lehmann estimates from 12 to 13 blocks (small dots), with 95 % intervals'
missing = 'These workers wait rather than compute: the cores are no bound'

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
caption = caption.'.  No law is fitted: e(p) is not flat within its intervals'

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
