# Made by `manyhands report`.  Draw it again, here: gnuplot 02_sum_of_powers-speedup.gp
out = '02_sum_of_powers-speedup'
title = 'Sum of powers: openmp is 2.00 times as fast as serial on 2 workers'
subtitle = 'serial takes 94.7 ms [94.6, 94.8] · n = 32 000 000 terms of each job, jobs=2 lowest=1 highest=3 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 1.00924504 -0.500
1 0.995190415 0.118
1 1.00103477 -0.264
1 0.971304694 0.354
1 0.998834832 -0.028
1 1.05929584 -0.410
1 0.999922124 0.208
1 0.99665933 -0.174
1 0.9928768 0.444
1 0.994709351 0.062
1 0.997157303 -0.320
1 0.993351475 0.298
1 1.00114611 -0.084
1 0.998518034 -0.466
1 0.998308322 0.152
2 1.90993489 -0.500
2 1.98654052 0.118
2 1.98879972 -0.264
2 1.98969072 0.354
2 1.99206945 -0.028
2 2.10180162 -0.410
2 1.99328671 0.208
2 1.98493563 -0.174
2 1.97700705 0.444
2 1.9912282 0.062
2 1.98566717 -0.320
2 1.98630504 0.298
2 2.00043321 -0.084
2 1.99127436 -0.466
2 1.96487137 0.152


1 1.00672604 -0.500
1 0.991060286 0.118
1 0.996458914 -0.264
1 0.99247423 0.354
1 0.990547852 -0.028
1 1.06184044 -0.410
1 0.992885562 0.208
1 0.990809596 -0.174
1 0.988876954 0.444
1 0.995527083 0.062
1 0.995046057 -0.320
1 0.99069139 0.298
1 0.993448904 -0.084
1 0.993906881 -0.466
1 0.996116114 0.152
2 1.98652206 -0.500
2 1.96405686 0.118
2 1.98510903 -0.264
2 1.92376069 0.354
2 1.96020756 -0.028
2 2.12971491 -0.410
2 1.97896401 0.208
2 1.97897674 -0.174
2 1.98127385 0.444
2 1.96955074 0.062
2 1.75330546 -0.320
2 1.93687212 0.298
2 1.96313959 -0.084
2 1.97832348 -0.466
2 1.96883897 0.152


1 1.0060769 -0.500
1 0.99777752 0.118
1 0.999905056 -0.264
1 0.998495082 0.354
1 1.00176361 -0.028
1 1.06826465 -0.410
1 0.994919029 0.208
1 0.998303064 -0.174
1 0.997758816 0.444
1 0.993833488 0.062
1 0.997102047 -0.320
1 0.993020542 0.298
1 1.00782148 -0.084
1 0.999897434 -0.466
1 1.00011424 0.152
2 2.01044647 -0.500
2 1.98397321 0.118
2 1.99636246 -0.264
2 1.98506421 0.354
2 1.99123615 -0.028
2 2.14093109 -0.410
2 1.98680955 0.208
2 1.97466396 -0.174
2 1.9878545 0.444
2 1.98429057 0.062
2 1.98956274 -0.320
2 1.99011547 0.298
2 1.99511641 -0.084
2 1.99857775 -0.466
2 1.99373598 0.152


1 1.01039866 -0.500
1 0.999532364 0.118
1 1.00055878 -0.264
1 1.00031596 0.354
1 0.998887388 -0.028
1 1.07076552 -0.410
1 0.998179656 0.208
1 0.998043681 -0.174
1 0.99472275 0.444
1 0.99565076 0.062
1 1.00059914 -0.320
1 0.995041713 0.298
1 1.01086355 -0.084
1 1.00072946 -0.466
1 1.00085439 0.152
2 2.01715807 -0.500
2 1.98721633 0.118
2 2.00119601 -0.264
2 1.99540669 0.354
2 1.99984953 -0.028
2 2.14231356 -0.410
2 2.00120903 0.208
2 1.98982451 -0.174
2 1.99471195 0.444
2 1.98450282 0.062
2 1.99869719 -0.320
2 1.99019209 0.298
2 2.00385594 -0.084
2 1.99194488 -0.466
2 1.99315364 0.152
EOD

$estimates << EOD
1 0.997852243 0.99501475 1.00195084
2 1.98848406 1.97842367 1.99303652


1 0.993577975 0.991847036 0.998736112
2 1.97087641 1.95041713 1.98127385


1 0.999197916 0.996864649 1.00305098
2 1.9910974 1.98676601 1.99857775


1 1.00005552 0.997816557 1.00548696
2 1.99663758 1.99226673 2.00385594
EOD

$ceiling << EOD
NaN NaN NaN NaN
2 1.99625714 1.99484829 1.99696767
EOD
ceilings = 1

$ideal << EOD
1 1
2 2
EOD
caption = 'Paired Hodges-Lehmann estimates from 15 blocks (small dots), with 95 % intervals'
missing = ''
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 0
name[1] = 'pthreads: 0.998 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 1.988'
slot[2] = 3
name[2] = 'fork: 0.994 (p = 1)'
slot[2] = 3
name[2] = 'fork: 1.971'
slot[3] = 1
name[3] = 'fork_pool: 0.999 (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 1.991'
slot[4] = 2
name[4] = 'openmp: 1.000 (p = 1)'
slot[4] = 2
name[4] = 'openmp: 1.997'
drawn = 4
most = 2
octaves = 0
steep = 0
low = 0
top = 2.27085237
height = 600

# style.gp -- what all charts share: size, fonts, colours, frame.  Needs: out, title, subtitle, caption, height.
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

# The commands that open a picture: the PNG is the SVG, twice as large.
svg = "set terminal svg size %d,%d noenhanced font 'sans-serif,14' background rgb 'white'; set output '%s.svg'"
png = "set terminal pngcairo size %d,%d noenhanced font 'sans-serif,14' fontscale 1.5 linewidth 2 pointscale 2; " \
	."set output '%s.png'"
picture(kind) = kind eq "svg" ? sprintf(svg, width, height, out) : sprintf(png, 2 * width, 2 * height, out)

above(pixels) = 1 - pixels / real(height)
set label 1 title at screen 0.02, above(26) left font ",19" textcolor rgb black
set label 2 subtitle at screen 0.02, above(52) left font ",13" textcolor rgb grey
set label 3 caption at screen 0.02, above(height - 30) left font ",11" textcolor rgb grey
set label 4 missing at screen 0.02, above(height - 14) left font ",11" textcolor rgb grey
set border 3 linecolor rgb grey
set tics nomirror textcolor rgb black
set grid linetype 1 linecolor rgb 0xE4E4E4 linewidth 1
set bars small

# speedup.gp -- how many times as fast as serial, against the number of workers.
# Needs: $points and $estimates (an index per variant: p, value, jitter or interval), $ceiling, $ideal, ceilings, drawn,
# slot[], name[], most (p), octaves (p is drawn to base 2), steep (the
# value is logarithmic), low and top of the frame.

set xlabel "workers p" offset 0,0.6
set ylabel "speedup (serial time / time)".(steep ? ", logarithmic" : "")
set lmargin at screen steep ? 0.105 : 0.09
set rmargin at screen 0.7
set tmargin at screen above(80)
set bmargin at screen above(height - 110)
set key at screen 0.715, above(84) left top Left reverse samplen 2.5 spacing 1.3 font ",13" textcolor rgb black
set key title sprintf("speedup at p = %d", most) left
if (octaves) { set logscale x 2; set xtics 2; set xrange [0.8:1.25*most] }
if (!octaves) { set xtics 1; set xrange [0.6:most+0.4] }
if (steep) { set logscale y low < 0.2 ? 10 : 2 }
if (steep && low < 0.2) { set ytics (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100) }
set yrange [low:top]

# Variants stand side by side around their p; across them all lie ceiling and ideal.  span is the width of a p.
span = octaves ? 0.3 : 0.6
room = 20 * (octaves ? log(1.5625 * most) / log(2) : most - 0.2) / (0.62 * width)
apart = drawn * room > span ? span / drawn : room
place(p, offset) = octaves ? p * 2 ** offset : p + offset
x(p, i, jitter) = place(p, (i - (drawn - 1) / 2.0 + 0.7 * jitter) * apart)
half = (drawn + 1) / 2.0 * apart

do for [kind in "svg png"] {
	eval picture(kind)
	plot $ceiling using 1:2:(place($1,-half)):(place($1,half)):3:4 with boxxyerror fill solid 1 noborder \
			linecolor rgb 0xCCCCCC title ceilings ? "measured ceiling" : "", \
		$ceiling using 1:2 with lines linecolor rgb 0xBBBBBB notitle, \
		$ceiling using (place($1,-half)):2:(place($1,half)-place($1,-half)):(0) with vectors nohead \
			linecolor rgb grey notitle, \
		$ideal using 1:2 with lines linecolor rgb grey dashtype 3 linewidth 1.5 title "ideal", \
		$ideal using (place($1,-half)):(most > 4 ? NaN : $2):(place($1,half)-place($1,-half)):(0) \
			with vectors nohead linecolor rgb grey dashtype 3 linewidth 1.5 notitle, \
		for [i=0:drawn-1] $points index i using (x($1,i,$3)):2 with points \
			pointtype 7 pointsize 0.3 linecolor rgb tint(rgb(slot[i+1]), 0.45) notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2 with lines \
			linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2:3:4 with yerrorbars \
			linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, \
		for [i=0:drawn-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) \
			pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1]
	unset output
}
