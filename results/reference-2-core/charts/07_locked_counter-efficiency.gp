# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-efficiency.gp
out = '07_locked_counter-efficiency'
title = 'Locked counter: openmp_reduction is 1.99 times as fast as serial on 2 workers'
subtitle = 'serial takes 1.09 ms [1.09, 1.09] · n = 4 000 000 additions, start=0 jobs=1 hold=1 step_us=0 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 0.030900748 -0.500
1 0.0309217266 0.118
1 0.0299886584 -0.264
1 0.0299439136 0.354
1 0.030880102 -0.028
1 0.0308742561 -0.410
1 0.0300167109 0.208
1 0.0306886019 -0.174
1 0.0310593863 0.444
1 0.0298139432 0.062
1 0.0309105762 -0.320
1 0.0307064416 0.298
1 0.0308811037 -0.084
1 0.0299450255 -0.466
1 0.0308095078 0.152
1 0.029996327 -0.229
1 0.0290381752 0.389
1 0.0313261511 0.007
2 0.00521654099 -0.500
2 0.00569521119 0.118
2 0.00530979351 -0.264
2 0.00546598039 0.354
2 0.00470097843 -0.028
2 0.00498002802 -0.410
2 0.00639512099 0.208
2 0.00805412479 -0.174
2 0.00624066135 0.444
2 0.00556745054 0.062
2 0.00535812318 -0.320
2 0.0059470406 0.298
2 0.00543962305 -0.084
2 0.00609786935 -0.466
2 0.00543414194 0.152
2 0.00560513126 -0.229
2 0.00629155958 0.389
2 0.00486304924 0.007


1 0.0291698646 -0.500
1 0.0291832121 0.118
1 0.0292147828 -0.264
1 0.0309782367 0.354
1 0.029178422 -0.028
1 0.0291857907 -0.410
1 0.0292787964 0.208
1 0.0291693076 -0.174
1 0.0302182699 0.444
1 0.0292045911 0.062
1 0.0300824438 -0.320
1 0.0282500839 0.298
1 0.0287717147 -0.084
1 0.0292129015 -0.466
1 0.0299755861 0.152
1 0.0300798152 -0.229
1 0.0291316912 0.389
1 0.0304548491 0.007
2 0.00564629778 -0.500
2 0.00533265558 0.118
2 0.00472321996 -0.264
2 0.00505270768 0.354
2 0.00527618073 -0.028
2 0.00575330926 -0.410
2 0.00468437573 0.208
2 0.00477409752 -0.174
2 0.00546093785 0.444
2 0.00556597875 0.062
2 0.00473241633 -0.320
2 0.00604947814 0.298
2 0.00537156863 -0.084
2 0.00589736605 -0.466
2 0.00578846682 0.152
2 0.00579246418 -0.229
2 0.00505213974 0.389
2 0.00586799864 0.007


1 0.0233278673 -0.500
1 0.0238644726 0.118
1 0.0232886573 -0.264
1 0.0238560273 0.354
1 0.0233700707 -0.028
1 0.02330642 -0.410
1 0.0240221252 0.208
1 0.0232086486 -0.174
1 0.0240479843 0.444
1 0.023951368 0.062
1 0.0233141992 -0.320
1 0.0236345137 0.298
1 0.0238599054 -0.084
1 0.0238508993 -0.466
1 0.023739989 0.152
1 0.0238766349 -0.229
1 0.0232244318 0.389
1 0.0241250724 0.007
2 0.0033445448 -0.500
2 0.00385577754 0.118
2 0.00400441209 -0.264
2 0.00334542928 0.354
2 0.00367059716 -0.028
2 0.00330936684 -0.410
2 0.00364888965 0.208
2 0.00370712857 -0.174
2 0.00349278451 0.444
2 0.00330614673 0.062
2 0.00343729425 -0.320
2 0.00382085599 0.298
2 0.00363438309 -0.084
2 0.0039751276 -0.466
2 0.00415621129 0.152
2 0.00372858898 -0.229
2 0.00379980604 0.389
2 0.00386583359 0.007


1 0.156931823 -0.500
1 0.157476381 0.118
1 0.158058417 -0.264
1 0.156871304 0.354
1 0.157451109 -0.028
1 0.157684682 -0.410
1 0.157926111 0.208
1 0.157487123 -0.174
1 0.157596136 0.444
1 0.156584503 0.062
1 0.157067426 -0.320
1 0.155486689 0.298
1 0.156821296 -0.084
1 0.15755879 -0.466
1 0.156026705 0.152
1 0.157647465 -0.229
1 0.15677341 0.389
1 0.159312723 0.007
2 0.0384208068 -0.500
2 0.0344038151 0.118
2 0.0385650535 -0.264
2 0.0379206965 0.354
2 0.0289548758 -0.028
2 0.0383048503 -0.410
2 0.0668372561 0.208
2 0.0376076605 -0.174
2 0.040974839 0.444
2 0.0374143263 0.062
2 0.038525442 -0.320
2 0.0276876865 0.298
2 0.0375872121 -0.084
2 0.0294808486 -0.466
2 0.0268766589 0.152
2 0.0271441149 -0.229
2 0.040414046 0.389
2 0.0384182997 0.007


1 0.932577087 -0.500
1 0.942323145 0.118
1 0.942657445 -0.264
1 0.925207884 0.354
1 0.941702517 -0.028
1 0.92639116 -0.410
1 0.928736948 0.208
1 0.914775778 -0.174
1 0.918610841 0.444
1 0.913910834 0.062
1 0.926489022 -0.320
1 0.923052211 0.298
1 0.930903326 -0.084
1 0.936800151 -0.466
1 0.9462777 0.152
1 0.923741422 -0.229
1 0.925381261 0.389
1 0.955825089 0.007
2 0.836184119 -0.500
2 0.883084123 0.118
2 0.865304035 -0.264
2 0.86138536 0.354
2 0.866668396 -0.028
2 0.853703835 -0.410
2 0.832507996 0.208
2 0.822989015 -0.174
2 0.879716987 0.444
2 0.863961146 0.062
2 0.863206479 -0.320
2 0.853903557 0.298
2 0.767227062 -0.084
2 0.905656436 -0.466
2 0.885180336 0.152
2 0.850728489 -0.229
2 0.612888823 0.389
2 0.852689612 0.007


1 0.0524129465 -0.500
1 0.0523571027 0.118
1 0.0498093818 -0.264
1 0.0523616671 0.354
1 0.0524180744 -0.028
1 0.0524413461 -0.410
1 0.0527401754 0.208
1 0.0523365503 -0.174
1 0.0525818081 0.444
1 0.0523043187 0.062
1 0.0524204084 -0.320
1 0.0522008057 0.298
1 0.052010733 -0.084
1 0.0524427207 -0.466
1 0.0497229905 0.152
1 0.0524164851 -0.229
1 0.0523043462 0.389
1 0.0531181347 0.007
2 0.00472426126 -0.500
2 0.00476883823 0.118
2 0.00510176559 -0.264
2 0.0045554644 0.354
2 0.00449203528 -0.028
2 0.00636085185 -0.410
2 0.00503684094 0.208
2 0.00467949311 -0.174
2 0.00475402781 0.444
2 0.00459445933 0.062
2 0.00484314992 -0.320
2 0.00527395901 0.298
2 0.0045645134 -0.084
2 0.00546894698 -0.466
2 0.00534143526 0.152
2 0.0058590599 -0.229
2 0.00499753852 0.389
2 0.00467936984 0.007


1 0.160231737 -0.500
1 0.159732453 0.118
1 0.160458274 -0.264
1 0.160507713 0.354
1 0.159980184 -0.028
1 0.160355585 -0.410
1 0.161269295 0.208
1 0.15945602 -0.174
1 0.160525728 0.444
1 0.159722522 0.062
1 0.160172354 -0.320
1 0.158619913 0.298
1 0.16026211 -0.084
1 0.160446749 -0.466
1 0.158551482 0.152
1 0.160435016 -0.229
1 0.158701116 0.389
1 0.161708429 0.007
2 0.0332934265 -0.500
2 0.00620271159 0.118
2 0.0326973677 -0.264
2 0.0322508559 0.354
2 0.0179909545 -0.028
2 0.0381113477 -0.410
2 0.0320445668 0.208
2 0.0311121691 -0.174
2 0.027897411 0.444
2 0.0334287908 0.062
2 0.0338324281 -0.320
2 0.00637270724 0.298
2 0.0363768415 -0.084
2 0.0337543135 -0.466
2 0.0158695432 0.152
2 0.00631623462 -0.229
2 0.0386380016 0.389
2 0.0344370145 0.007


1 1.00139827 -0.500
1 0.999427838 0.118
1 1.00132393 -0.264
1 0.991897077 0.354
1 0.999455553 -0.028
1 0.999148027 -0.410
1 1.00639536 0.208
1 1.00072014 -0.174
1 1.00486228 0.444
1 0.995707974 0.062
1 1.00072855 -0.320
1 0.997954225 0.298
1 1.0011905 -0.084
1 0.999391786 -0.466
1 0.997471601 0.152
1 1.00043426 -0.229
1 0.999769664 0.389
1 1.01421357 0.007
2 0.997825382 -0.500
2 0.997601035 0.118
2 0.999254818 -0.264
2 0.996010454 0.354
2 0.996799374 -0.028
2 0.733377387 -0.410
2 0.960241115 0.208
2 0.997209892 -0.174
2 1.00072118 0.444
2 0.997320714 0.062
2 0.997523425 -0.320
2 0.997191794 0.298
2 0.99743103 -0.084
2 0.998477179 -0.466
2 0.999125456 0.152
2 0.996385878 -0.229
2 0.996239045 0.389
2 1.01219148 0.007
EOD

$estimates << EOD
1 0.030445346 0.0302569018 0.0308742561
2 0.00557671842 0.0053339036 0.00591436607


1 0.0294197806 0.0291762591 0.0298051483
2 0.00536776444 0.0051428961 0.0056283307


1 0.0236326209 0.0235275826 0.0238621889
2 0.00366011987 0.00353181692 0.00381008536


1 0.157258905 0.156846298 0.157603121
2 0.0372880325 0.0323545089 0.0385452427


1 0.930085018 0.92476902 0.936287352
2 0.857319287 0.836184119 0.868269718


1 0.0523728013 0.0521836305 0.0524428936
2 0.00492249837 0.00471716603 0.00522022515


1 0.160121085 0.159565711 0.160446644
2 0.0304762269 0.014748297 0.0336416772


1 1.00023539 0.998690759 1.00215527
2 0.99737587 0.996385878 0.998363036
EOD

$ceiling << EOD
NaN NaN NaN NaN
2 0.997257138 0.994400233 0.998169664
EOD
ceilings = 1

$ideal << EOD
1 1
2 1
EOD
caption = 'Paired Hodges-Lehmann estimates from 18 blocks (small dots), with 95 % intervals'
missing = ''
array slot[9]
array name[9]
slot[9] = 0
name[9] = ''
slot[1] = 0
name[1] = 'pthreads: 0.030 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 0.006'
slot[2] = 1
name[2] = 'fork_pool: 0.029 (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 0.005'
slot[3] = 4
name[3] = 'robust: 0.024 (p = 1)'
slot[3] = 4
name[3] = 'robust: 0.004'
slot[4] = 5
name[4] = 'atomic: 0.157 (p = 1)'
slot[4] = 5
name[4] = 'atomic: 0.037'
slot[5] = 6
name[5] = 'private: 0.930 (p = 1)'
slot[5] = 6
name[5] = 'private: 0.857'
slot[6] = 2
name[6] = 'openmp: 0.052 (p = 1)'
slot[6] = 2
name[6] = 'openmp: 0.005'
slot[7] = 7
name[7] = 'openmp_atomic: 0.160 (p = 1)'
slot[7] = 7
name[7] = 'openmp_atomic: 0.030'
slot[8] = 9
name[8] = 'openmp_reduction: 1.000 (p = 1)'
slot[8] = 9
name[8] = 'openmp_reduction: 0.997'
drawn = 8
most = 2
octaves = 0
steep = 1
low = 0.00275512228
top = 1.21705629
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
