# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-speedup.gp
out = '07_locked_counter-speedup'
title = 'Locked counter: openmp_reduction is 2.00 times as fast as serial on 2 workers'
subtitle = 'serial takes 1.09 ms [1.08, 1.09] · n = 4 000 000 additions, start=0 jobs=1 hold=1 step_us=0 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 0.0309456928 -0.500
1 0.0300833295 0.118
1 0.0300895974 -0.264
1 0.0300253798 0.354
1 0.030936518 -0.028
1 0.0308516382 -0.410
1 0.030901227 0.208
1 0.0300101563 -0.174
1 0.0308245172 0.444
1 0.0309690917 0.062
1 0.0299679202 -0.320
1 0.0309250192 0.298
1 0.0308749142 -0.084
1 0.0299524933 -0.466
1 0.0308436669 0.152
2 0.0108521811 -0.500
2 0.00903199857 0.118
2 0.0112586252 -0.264
2 0.00950908557 0.354
2 0.0101344249 -0.028
2 0.0114628969 -0.410
2 0.0091184419 0.208
2 0.0120593082 -0.174
2 0.0109313188 0.444
2 0.0109570285 0.062
2 0.00889823083 -0.320
2 0.0149020191 0.298
2 0.00905414416 -0.084
2 0.0165033446 -0.466
2 0.0118066251 0.152


1 0.0292281122 -0.500
1 0.0302055623 0.118
1 0.0292783619 -0.264
1 0.02922397 0.354
1 0.0291774087 -0.028
1 0.0291924873 -0.410
1 0.0291757559 0.208
1 0.0298849511 -0.174
1 0.0291542859 0.444
1 0.0292374027 0.062
1 0.0291584664 -0.320
1 0.0300842493 0.298
1 0.0291507426 -0.084
1 0.0299745027 -0.466
1 0.0290843529 0.152
2 0.00996651384 -0.500
2 0.00962440126 0.118
2 0.0113581472 -0.264
2 0.0108531491 0.354
2 0.0113506314 -0.028
2 0.0108550823 -0.410
2 0.0110149378 0.208
2 0.0117581763 -0.174
2 0.00956845215 0.444
2 0.0109649232 0.062
2 0.0111618789 -0.320
2 0.0110873637 0.298
2 0.00975180249 -0.084
2 0.00890330011 -0.466
2 0.01095557 0.152


1 0.0227468735 -0.500
1 0.0235390112 0.118
1 0.0234435534 -0.264
1 0.0233431155 0.354
1 0.0238933893 -0.028
1 0.023380032 -0.410
1 0.0239296259 0.208
1 0.0239267572 -0.174
1 0.02354567 0.444
1 0.0239607483 0.062
1 0.0233338703 -0.320
1 0.0233616357 0.298
1 0.0237768272 -0.084
1 0.0237708676 -0.466
1 0.0233342856 0.152
2 0.00665223213 -0.500
2 0.00739997619 0.118
2 0.00776951458 -0.264
2 0.00797400991 0.354
2 0.00764115085 -0.028
2 0.00811476759 -0.410
2 0.00774340278 0.208
2 0.00769657051 -0.174
2 0.00715521587 0.444
2 0.00804438983 0.062
2 0.0077281032 -0.320
2 0.00683080398 0.298
2 0.00804097729 -0.084
2 0.00781757013 -0.466
2 0.00810072267 0.152


1 0.156979411 -0.500
1 0.15804145 0.118
1 0.157803132 -0.264
1 0.158594258 0.354
1 0.157219079 -0.028
1 0.157668699 -0.410
1 0.15857102 0.208
1 0.157570008 -0.174
1 0.15691378 0.444
1 0.158655474 0.062
1 0.157993346 -0.320
1 0.15722056 0.298
1 0.15658193 -0.084
1 0.15735079 -0.466
1 0.157680931 0.152
2 0.0758695293 -0.500
2 0.0746590024 0.118
2 0.0590253224 -0.264
2 0.0686990497 0.354
2 0.0575854395 -0.028
2 0.0607653884 -0.410
2 0.0586365945 0.208
2 0.0560464898 -0.174
2 0.0985492412 0.444
2 0.0605096806 0.062
2 0.0551740584 -0.320
2 0.0575679019 0.298
2 0.0591741564 -0.084
2 0.0534698489 -0.466
2 0.0564631395 0.152


1 0.931438826 -0.500
1 0.927041227 0.118
1 0.937566303 -0.264
1 0.945631869 0.354
1 0.938152278 -0.028
1 0.939040639 -0.410
1 0.939907115 0.208
1 0.937106416 -0.174
1 0.923272942 0.444
1 0.945192193 0.062
1 0.941460549 -0.320
1 0.922794438 0.298
1 0.926265067 -0.084
1 0.923192662 -0.466
1 0.941628726 0.152
2 1.73587431 -0.500
2 1.69453557 0.118
2 1.79926495 -0.264
2 1.76756982 0.354
2 1.76341582 -0.028
2 1.76791432 -0.410
2 1.77153611 0.208
2 1.76310862 -0.174
2 1.76864435 0.444
2 1.84114061 0.062
2 1.76679528 -0.320
2 1.68067646 0.298
2 1.75663491 -0.084
2 1.68487155 -0.466
2 1.75794776 0.152


1 0.0525084591 -0.500
1 0.0526645768 0.118
1 0.0526599224 -0.264
1 0.0524726291 0.354
1 0.0523922038 -0.028
1 0.0524419435 -0.410
1 0.0523570143 0.208
1 0.0524313095 -0.174
1 0.052267475 0.444
1 0.052492025 0.062
1 0.0523844201 -0.320
1 0.0522968932 0.298
1 0.0524181506 -0.084
1 0.0523915431 -0.466
1 0.0523697513 0.152
2 0.0106746472 -0.500
2 0.00888955198 0.118
2 0.0103269418 -0.264
2 0.0127952966 0.354
2 0.00967128393 -0.028
2 0.0204452806 -0.410
2 0.0101291026 0.208
2 0.0119547787 -0.174
2 0.0087494538 0.444
2 0.0108447976 0.062
2 0.0109834027 -0.320
2 0.00897707645 0.298
2 0.00924959267 -0.084
2 0.00886029957 -0.466
2 0.0113050394 0.152


1 0.1600067 -0.500
1 0.161450573 0.118
1 0.160230913 -0.264
1 0.160844632 0.354
1 0.160271912 -0.028
1 0.160174318 -0.410
1 0.159895816 0.208
1 0.160281904 -0.174
1 0.159910178 0.444
1 0.160595248 0.062
1 0.160582136 -0.320
1 0.158008163 0.298
1 0.16051402 -0.084
1 0.16039553 -0.466
1 0.160079104 0.152
2 0.0711298343 -0.500
2 0.0628362287 0.118
2 0.0685682997 -0.264
2 0.019832109 0.354
2 0.0686978819 -0.028
2 0.0204532435 -0.410
2 0.0564440443 0.208
2 0.0364819597 -0.174
2 0.0131541345 0.444
2 0.0555511806 0.062
2 0.0119801554 -0.320
2 0.07828846 0.298
2 0.0591303612 -0.084
2 0.053489456 -0.466
2 0.0385925288 0.152


1 1.00268473 -0.500
1 0.999015581 0.118
1 0.998181475 -0.264
1 0.999972851 0.354
1 0.991601036 -0.028
1 1.00072423 -0.410
1 0.99132302 0.208
1 1.00091823 -0.174
1 0.999321866 0.444
1 1.00134212 0.062
1 0.999524554 -0.320
1 0.999152331 0.298
1 0.993186807 -0.084
1 0.999101154 -0.466
1 0.999520401 0.152
2 1.99801323 -0.500
2 2.00632496 0.118
2 2.00216638 -0.264
2 1.9977193 0.354
2 1.99492541 -0.028
2 1.99754004 -0.410
2 1.99382459 0.208
2 1.99770664 -0.174
2 1.99407896 0.444
2 1.99910624 0.062
2 1.99438426 -0.320
2 1.99403448 0.298
2 1.99440969 -0.084
2 1.99241704 -0.466
2 1.99432824 0.152
EOD

$estimates << EOD
1 0.0304770481 0.0304026405 0.0308900575
2 0.0107433237 0.00993638042 0.0119322978


1 0.029234075 0.0291757559 0.0296350141
2 0.0106215094 0.0101914835 0.0111037662


1 0.0235761173 0.0233571476 0.023733515
2 0.00772402609 0.00734719795 0.00790575765


1 0.1576301 0.157285662 0.158017397
2 0.0598005311 0.0571391141 0.0670038461


1 0.934287415 0.930392175 0.939888894
2 1.76217974 1.72589355 1.76955186


1 0.0524266178 0.0523746061 0.0525082499
2 0.0103076726 0.00956555269 0.0113862705


1 0.16027441 0.160042898 0.160548074
2 0.0454063848 0.0278892223 0.0622115114


1 0.999268997 0.996109071 1.00022115
2 1.99605428 1.99436897 1.99840631
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
array slot[9]
array name[9]
slot[9] = 0
name[9] = ''
slot[1] = 0
name[1] = 'pthreads: 0.030 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 0.011'
slot[2] = 1
name[2] = 'fork_pool: 0.029 (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 0.011'
slot[3] = 4
name[3] = 'robust: 0.024 (p = 1)'
slot[3] = 4
name[3] = 'robust: 0.008'
slot[4] = 5
name[4] = 'atomic: 0.158 (p = 1)'
slot[4] = 5
name[4] = 'atomic: 0.060'
slot[5] = 6
name[5] = 'private: 0.934 (p = 1)'
slot[5] = 6
name[5] = 'private: 1.762'
slot[6] = 2
name[6] = 'openmp: 0.052 (p = 1)'
slot[6] = 2
name[6] = 'openmp: 0.010'
slot[7] = 7
name[7] = 'openmp_atomic: 0.160 (p = 1)'
slot[7] = 7
name[7] = 'openmp_atomic: 0.045'
slot[8] = 9
name[8] = 'openmp_reduction: 0.999 (p = 1)'
slot[8] = 9
name[8] = 'openmp_reduction: 1.996'
drawn = 8
most = 2
octaves = 0
steep = 1
low = 0.00554352677
top = 2.40758996
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
