# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-efficiency.gp
out = '07_locked_counter-efficiency'
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
2 0.00542609057 -0.500
2 0.00451599928 0.118
2 0.00562931259 -0.264
2 0.00475454278 0.354
2 0.00506721247 -0.028
2 0.00573144845 -0.410
2 0.00455922095 0.208
2 0.00602965412 -0.174
2 0.00546565941 0.444
2 0.00547851425 0.062
2 0.00444911542 -0.320
2 0.00745100957 0.298
2 0.00452707208 -0.084
2 0.00825167228 -0.466
2 0.00590331254 0.152


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
2 0.00498325692 -0.500
2 0.00481220063 0.118
2 0.00567907361 -0.264
2 0.00542657454 0.354
2 0.0056753157 -0.028
2 0.00542754116 -0.410
2 0.0055074689 0.208
2 0.00587908815 -0.174
2 0.00478422608 0.444
2 0.00548246158 0.062
2 0.00558093945 -0.320
2 0.00554368186 0.298
2 0.00487590125 -0.084
2 0.00445165006 -0.466
2 0.00547778498 0.152


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
2 0.00332611606 -0.500
2 0.0036999881 0.118
2 0.00388475729 -0.264
2 0.00398700496 0.354
2 0.00382057542 -0.028
2 0.0040573838 -0.410
2 0.00387170139 0.208
2 0.00384828525 -0.174
2 0.00357760794 0.444
2 0.00402219491 0.062
2 0.0038640516 -0.320
2 0.00341540199 0.298
2 0.00402048865 -0.084
2 0.00390878506 -0.466
2 0.00405036133 0.152


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
2 0.0379347647 -0.500
2 0.0373295012 0.118
2 0.0295126612 -0.264
2 0.0343495248 0.354
2 0.0287927198 -0.028
2 0.0303826942 -0.410
2 0.0293182972 0.208
2 0.0280232449 -0.174
2 0.0492746206 0.444
2 0.0302548403 0.062
2 0.0275870292 -0.320
2 0.0287839509 0.298
2 0.0295870782 -0.084
2 0.0267349245 -0.466
2 0.0282315698 0.152


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
2 0.867937155 -0.500
2 0.847267786 0.118
2 0.899632475 -0.264
2 0.883784911 0.354
2 0.881707911 -0.028
2 0.88395716 -0.410
2 0.885768055 0.208
2 0.881554312 -0.174
2 0.884322173 0.444
2 0.920570304 0.062
2 0.88339764 -0.320
2 0.840338231 0.298
2 0.878317457 -0.084
2 0.842435776 -0.466
2 0.878973878 0.152


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
2 0.00533732361 -0.500
2 0.00444477599 0.118
2 0.00516347092 -0.264
2 0.00639764832 0.354
2 0.00483564196 -0.028
2 0.0102226403 -0.410
2 0.00506455129 0.208
2 0.00597738934 -0.174
2 0.0043747269 0.444
2 0.0054223988 0.062
2 0.00549170137 -0.320
2 0.00448853822 0.298
2 0.00462479634 -0.084
2 0.00443014979 -0.466
2 0.00565251971 0.152


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
2 0.0355649171 -0.500
2 0.0314181143 0.118
2 0.0342841499 -0.264
2 0.00991605448 0.354
2 0.0343489409 -0.028
2 0.0102266218 -0.410
2 0.0282220221 0.208
2 0.0182409798 -0.174
2 0.00657706723 0.444
2 0.0277755903 0.062
2 0.0059900777 -0.320
2 0.03914423 0.298
2 0.0295651806 -0.084
2 0.026744728 -0.466
2 0.0192962644 0.152


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
2 0.999006617 -0.500
2 1.00316248 0.118
2 1.00108319 -0.264
2 0.99885965 0.354
2 0.997462704 -0.028
2 0.998770019 -0.410
2 0.996912295 0.208
2 0.998853318 -0.174
2 0.997039481 0.444
2 0.999553118 0.062
2 0.997192129 -0.320
2 0.997017239 0.298
2 0.997204847 -0.084
2 0.996208519 -0.466
2 0.997164121 0.152
EOD

$estimates << EOD
1 0.0304770481 0.0304026405 0.0308900575
2 0.00537166186 0.00496819021 0.00596614891


1 0.029234075 0.0291757559 0.0296350141
2 0.0053107547 0.00509574175 0.00555188308


1 0.0235761173 0.0233571476 0.023733515
2 0.00386201305 0.00367359897 0.00395287883


1 0.1576301 0.157285662 0.158017397
2 0.0299002656 0.0285695571 0.0335019231


1 0.934287415 0.930392175 0.939888894
2 0.881089869 0.862946775 0.884775928


1 0.0524266178 0.0523746061 0.0525082499
2 0.00515383628 0.00478277635 0.00569313523


1 0.16027441 0.160042898 0.160548074
2 0.0227031924 0.0139446112 0.0311057557


1 0.999268997 0.996109071 1.00022115
2 0.998027142 0.997184484 0.999203156
EOD

$ceiling << EOD
NaN NaN NaN NaN
2 0.998128568 0.997424147 0.998483835
EOD
ceilings = 1

$ideal << EOD
1 1
2 1
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
name[1] = 'pthreads: 0.005'
slot[2] = 1
name[2] = 'fork_pool: 0.029 (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 0.005'
slot[3] = 4
name[3] = 'robust: 0.024 (p = 1)'
slot[3] = 4
name[3] = 'robust: 0.004'
slot[4] = 5
name[4] = 'atomic: 0.158 (p = 1)'
slot[4] = 5
name[4] = 'atomic: 0.030'
slot[5] = 6
name[5] = 'private: 0.934 (p = 1)'
slot[5] = 6
name[5] = 'private: 0.881'
slot[6] = 2
name[6] = 'openmp: 0.052 (p = 1)'
slot[6] = 2
name[6] = 'openmp: 0.005'
slot[7] = 7
name[7] = 'openmp_atomic: 0.160 (p = 1)'
slot[7] = 7
name[7] = 'openmp_atomic: 0.023'
slot[8] = 9
name[8] = 'openmp_reduction: 0.999 (p = 1)'
slot[8] = 9
name[8] = 'openmp_reduction: 0.998'
drawn = 8
most = 2
octaves = 0
steep = 1
low = 0.00277176339
top = 1.20379498
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

# efficiency.gp -- which share of p workers is put to use: speedup / p.
# Needs: $points and $estimates (an index per variant: p, value, jitter or interval), $ceiling, $ideal, ceilings, drawn,
# slot[], name[], most (p), octaves (p is drawn to base 2), steep (the
# value is logarithmic), low and top of the frame.

set xlabel "workers p" offset 0,0.6
set ylabel "efficiency (speedup / p)".(steep ? ", logarithmic" : "")
set lmargin at screen steep ? 0.105 : 0.09
set rmargin at screen 0.7
set tmargin at screen above(80)
set bmargin at screen above(height - 110)
set key at screen 0.715, above(84) left top Left reverse samplen 2.5 spacing 1.3 font ",13" textcolor rgb black
set key title sprintf("efficiency at p = %d", most) left
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
