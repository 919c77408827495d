# Made by `manyhands report`.  Draw it again, here: gnuplot 02_sum_of_powers-speedup.gp
out = '02_sum_of_powers-speedup'
title = 'Sum of powers: openmp is 1.99 times as fast as serial on 2 workers'
subtitle = 'serial takes 101 ms [100, 101] · n = 34 000 000 terms of each job, jobs=2 lowest=1 highest=3 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 0.995468409 -0.500
1 0.999754282 0.118
1 0.985098044 -0.264
1 0.990297249 0.354
1 0.995874622 -0.028
1 0.995101529 -0.410
1 0.997986004 0.208
1 0.988898021 -0.174
1 0.998814868 0.444
1 0.99901083 0.062
1 0.996936908 -0.320
1 0.991898412 0.298
1 0.995085894 -0.084
1 0.991775263 -0.466
1 0.999605626 0.152
1 1.0002768 -0.229
1 0.996692679 0.389
1 0.995088385 0.007
2 1.93394606 -0.500
2 1.98729222 0.118
2 1.98485713 -0.264
2 1.97941839 0.354
2 1.97945031 -0.028
2 1.94918056 -0.410
2 1.98592544 0.208
2 1.97158229 -0.174
2 1.99677998 0.444
2 1.98759847 0.062
2 1.97983881 -0.320
2 1.9759856 0.298
2 1.91696949 -0.084
2 1.99153094 -0.466
2 1.99898572 0.152
2 1.99366208 -0.229
2 1.9935538 0.389
2 1.9897514 0.007


1 0.990931853 -0.500
1 0.951772083 0.118
1 0.988736772 -0.264
1 0.994104546 0.354
1 0.99376552 -0.028
1 0.995961072 -0.410
1 0.991264135 0.208
1 0.987634719 -0.174
1 0.997482296 0.444
1 0.992740985 0.062
1 0.992763205 -0.320
1 0.986884488 0.298
1 0.984865409 -0.084
1 0.993861922 -0.466
1 0.99508883 0.152
1 0.994880441 -0.229
1 0.990327151 0.389
1 0.994123247 0.007
2 1.96373356 -0.500
2 1.97200749 0.118
2 1.97487035 -0.264
2 1.96106888 0.354
2 1.97357621 -0.028
2 1.9724362 -0.410
2 1.97140821 0.208
2 1.91763579 -0.174
2 1.98435832 0.444
2 1.97210641 0.062
2 1.97691958 -0.320
2 1.96512144 0.298
2 1.96364523 -0.084
2 1.98309402 -0.466
2 1.93251431 0.152
2 1.97656053 -0.229
2 1.92885079 0.389
2 1.96764248 0.007


1 0.992942724 -0.500
1 0.998174164 0.118
1 1.00058748 -0.264
1 0.998683443 0.354
1 0.999899167 -0.028
1 0.99821631 -0.410
1 0.997681096 0.208
1 0.996232788 -0.174
1 0.980658982 0.444
1 0.997517083 0.062
1 0.99767048 -0.320
1 0.992952414 0.298
1 0.997626987 -0.084
1 1.00043321 -0.466
1 0.999270126 0.152
1 0.99805324 -0.229
1 0.999348099 0.389
1 0.99799012 0.007
2 1.98819341 -0.500
2 1.991819 0.118
2 1.97755662 -0.264
2 1.92896918 0.354
2 1.98910714 -0.028
2 1.98934482 -0.410
2 1.95988933 0.208
2 1.94296427 -0.174
2 1.95747001 0.444
2 1.99622394 0.062
2 1.99664621 -0.320
2 1.98276233 0.298
2 1.92528306 -0.084
2 1.99603758 -0.466
2 2.00166315 0.152
2 1.99687928 -0.229
2 1.98567728 0.389
2 1.9945902 0.007


1 0.99975974 -0.500
1 0.995198515 0.118
1 0.989931953 -0.264
1 0.996322736 0.354
1 1.00103558 -0.028
1 0.99255658 -0.410
1 1.00061818 0.208
1 0.993462944 -0.174
1 1.00248884 0.444
1 1.00048644 0.062
1 1.00090277 -0.320
1 0.992245595 0.298
1 0.997037215 -0.084
1 0.976205577 -0.466
1 1.00286537 0.152
1 0.995898431 -0.229
1 1.00006472 0.389
1 0.997366082 0.007
2 1.99012065 -0.500
2 1.96534855 0.118
2 1.98995801 -0.264
2 1.99127309 0.354
2 1.9871381 -0.028
2 1.98460046 -0.410
2 1.9959274 0.208
2 1.98982061 -0.174
2 2.00795871 0.444
2 1.99181563 0.062
2 1.99358711 -0.320
2 1.98552061 0.298
2 1.9941819 -0.084
2 1.99491644 -0.466
2 2.0016703 0.152
2 1.97647031 -0.229
2 1.98491742 0.389
2 1.99470585 0.007
EOD

$estimates << EOD
1 0.995481426 0.9934292 0.997461318
2 1.9833514 1.96619698 1.98919404


1 0.991907716 0.989447763 0.993914214
2 1.96877542 1.95237321 1.97398269


1 0.99792229 0.995813805 0.998789516
2 1.98332347 1.96276243 1.99241533


1 0.997175921 0.99463852 0.999588702
2 1.99054672 1.98632919 1.9941464
EOD

$ceiling << EOD
NaN NaN NaN NaN
2 1.99451428 1.98880047 1.99633933
EOD
ceilings = 1

$ideal << EOD
1 1
2 2
EOD
caption = 'Paired Hodges-Lehmann estimates from 18 blocks (small dots), with 95 % intervals'
missing = ''
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 0
name[1] = 'pthreads: 0.995 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 1.983'
slot[2] = 3
name[2] = 'fork: 0.992 (p = 1)'
slot[2] = 3
name[2] = 'fork: 1.969'
slot[3] = 1
name[3] = 'fork_pool: 0.998 (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 1.983'
slot[4] = 2
name[4] = 'openmp: 0.997 (p = 1)'
slot[4] = 2
name[4] = 'openmp: 1.991'
drawn = 4
most = 2
octaves = 0
steep = 0
low = 0
top = 2.12843623
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
