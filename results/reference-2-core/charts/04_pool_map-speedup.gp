# Made by `manyhands report`.  Draw it again, here: gnuplot 04_pool_map-speedup.gp
out = '04_pool_map-speedup'
title = 'Pool.map: thread_pool is 1.94 times as fast as serial on 2 workers'
subtitle = 'serial takes 38.9 ms [38.9, 39.0] · n = 140 000 items, first=0 chunk=1 spin=1000 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 0.985924411 -0.500
1 0.979666034 0.118
1 0.974278015 -0.264
1 0.984932173 0.354
1 0.985391051 -0.028
1 0.988581865 -0.410
1 0.982888284 0.208
1 0.985133371 -0.174
1 0.988682251 0.444
1 0.986552095 0.062
1 0.985747063 -0.320
1 0.970922403 0.298
1 0.995946029 -0.084
1 0.985468163 -0.466
1 0.983116409 0.152
2 1.38337734 -0.500
2 1.37736972 0.118
2 1.36738025 -0.264
2 1.84285888 0.354
2 1.83776574 -0.028
2 1.85503982 -0.410
2 1.83915355 0.208
2 1.84155751 -0.174
2 1.84897624 0.444
2 1.84780408 0.062
2 1.85585848 -0.320
2 1.3973587 0.298
2 1.41635488 -0.084
2 1.83759318 -0.466
2 1.83868883 0.152


1 0.971580434 -0.500
1 0.962724266 0.118
1 0.960019267 -0.264
1 0.968849856 0.354
1 0.960392348 -0.028
1 0.970885002 -0.410
1 0.969755366 0.208
1 0.967719632 -0.174
1 0.973119236 0.444
1 0.967771119 0.062
1 0.967262044 -0.320
1 0.949447992 0.298
1 0.978869491 -0.084
1 0.969141447 -0.466
1 0.969429441 0.152
2 1.9405971 -0.500
2 1.93136206 0.118
2 1.90597289 -0.264
2 1.93835401 0.354
2 1.92753735 -0.028
2 1.94358011 -0.410
2 1.93913295 0.208
2 1.93264141 -0.174
2 1.93396644 0.444
2 1.93682491 0.062
2 1.93596194 -0.320
2 1.92300064 0.298
2 1.96156609 -0.084
2 1.93715697 -0.466
2 1.93931562 0.152


1 0.944786772 -0.500
1 0.927870246 0.118
1 0.923380946 -0.264
1 0.965725147 0.354
1 0.962192939 -0.028
1 0.96721858 -0.410
1 0.930701674 0.208
1 0.9636482 -0.174
1 0.968761983 0.444
1 0.963467393 0.062
1 0.962160997 -0.320
1 0.931909165 0.298
1 0.96411757 -0.084
1 0.963268026 -0.466
1 0.961539289 0.152
2 1.87080899 -0.500
2 1.87469136 0.118
2 1.8515297 -0.264
2 1.92832294 0.354
2 1.92800877 -0.028
2 1.93287334 -0.410
2 1.9290849 0.208
2 1.92289012 -0.174
2 1.93062463 0.444
2 1.92084139 0.062
2 1.92479294 -0.320
2 1.876288 0.298
2 1.9132409 -0.084
2 1.92663346 -0.466
2 1.92056997 0.152


1 0.681420647 -0.500
1 0.648190293 0.118
1 0.548446423 -0.264
1 0.541040016 0.354
1 0.543015253 -0.028
1 0.543856086 -0.410
1 0.542298568 0.208
1 0.545364091 -0.174
1 0.545140086 0.444
1 0.544252364 0.062
1 0.651353214 -0.320
1 0.690415081 0.298
1 0.70619563 -0.084
1 0.534896236 -0.466
1 0.540681188 0.152
2 0.78602552 -0.500
2 0.791203557 0.118
2 0.793196317 -0.264
2 1.08748498 0.354
2 1.10636686 -0.028
2 1.09485296 -0.410
2 1.112538 0.208
2 1.1034097 -0.174
2 1.12946813 0.444
2 1.10498858 0.062
2 1.09617209 -0.320
2 0.789527729 0.298
2 0.807519792 -0.084
2 1.10547973 -0.466
2 1.08400316 0.152


1 0.987927915 -0.500
1 0.980918441 0.118
1 0.981839124 -0.264
1 0.982293498 0.354
1 0.980648782 -0.028
1 0.983841195 -0.410
1 0.980900271 0.208
1 0.979794215 -0.174
1 0.983741028 0.444
1 0.980490516 0.062
1 0.982291854 -0.320
1 0.976300935 0.298
1 0.984148114 -0.084
1 0.982054087 -0.466
1 0.983459415 0.152
2 1.36544525 -0.500
2 1.3684281 0.118
2 1.83548424 -0.264
2 1.84560272 0.354
2 1.83489551 -0.028
2 1.8564172 -0.410
2 1.84339225 0.208
2 1.82504484 -0.174
2 1.84357771 0.444
2 1.82976857 0.062
2 1.83159168 -0.320
2 1.35221348 0.298
2 1.86707212 -0.084
2 1.79387916 -0.466
2 1.82723324 0.152
EOD

$estimates << EOD
1 0.985092907 0.980395847 0.986985169
2 1.61530815 1.59140011 1.84467815


1 0.968297458 0.964049029 0.970415679
2 1.9359232 1.93066207 1.93947523


1 0.954126122 0.944875758 0.963957425
2 1.92024771 1.89566013 1.9267535


1 0.593080825 0.543017591 0.614606691
2 0.945015808 0.929740164 1.10366006


1 0.982081751 0.980783602 0.983219546
2 1.82958986 1.58286113 1.84176742
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
array slot[6]
array name[6]
slot[6] = 0
name[6] = ''
slot[1] = 0
name[1] = 'pthreads: 0.985 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 1.615'
slot[2] = 4
name[2] = 'thread_pool: 0.968 (p = 1)'
slot[2] = 4
name[2] = 'thread_pool: 1.936'
slot[3] = 1
name[3] = 'fork_pool: 0.954 (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 1.920'
slot[4] = 5
name[4] = 'fork_pool_unordered: 0.593 (p = 1)'
slot[4] = 5
name[4] = 'fork_pool_unordered: 0.945'
slot[5] = 2
name[5] = 'openmp: 0.982 (p = 1)'
slot[5] = 2
name[5] = 'openmp: 1.830'
drawn = 5
most = 2
octaves = 0
steep = 0
low = 0
top = 2.12
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
