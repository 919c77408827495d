# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-speedup.gp
out = '07_locked_counter-speedup'
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
2 0.010433082 -0.500
2 0.0113904224 0.118
2 0.010619587 -0.264
2 0.0109319608 0.354
2 0.00940195686 -0.028
2 0.00996005604 -0.410
2 0.012790242 0.208
2 0.0161082496 -0.174
2 0.0124813227 0.444
2 0.0111349011 0.062
2 0.0107162464 -0.320
2 0.0118940812 0.298
2 0.0108792461 -0.084
2 0.0121957387 -0.466
2 0.0108682839 0.152
2 0.0112102625 -0.229
2 0.0125831192 0.389
2 0.00972609849 0.007


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
2 0.0112925956 -0.500
2 0.0106653112 0.118
2 0.00944643992 -0.264
2 0.0101054154 0.354
2 0.0105523615 -0.028
2 0.0115066185 -0.410
2 0.00936875147 0.208
2 0.00954819505 -0.174
2 0.0109218757 0.444
2 0.0111319575 0.062
2 0.00946483267 -0.320
2 0.0120989563 0.298
2 0.0107431373 -0.084
2 0.0117947321 -0.466
2 0.0115769336 0.152
2 0.0115849284 -0.229
2 0.0101042795 0.389
2 0.0117359973 0.007


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
2 0.00668908959 -0.500
2 0.00771155508 0.118
2 0.00800882418 -0.264
2 0.00669085857 0.354
2 0.00734119432 -0.028
2 0.00661873368 -0.410
2 0.00729777929 0.208
2 0.00741425714 -0.174
2 0.00698556903 0.444
2 0.00661229346 0.062
2 0.00687458849 -0.320
2 0.00764171198 0.298
2 0.00726876618 -0.084
2 0.00795025519 -0.466
2 0.00831242259 0.152
2 0.00745717796 -0.229
2 0.00759961207 0.389
2 0.00773166718 0.007


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
2 0.0768416136 -0.500
2 0.0688076301 0.118
2 0.077130107 -0.264
2 0.0758413931 0.354
2 0.0579097517 -0.028
2 0.0766097005 -0.410
2 0.133674512 0.208
2 0.0752153211 -0.174
2 0.0819496779 0.444
2 0.0748286526 0.062
2 0.077050884 -0.320
2 0.055375373 0.298
2 0.0751744242 -0.084
2 0.0589616973 -0.466
2 0.0537533179 0.152
2 0.0542882298 -0.229
2 0.080828092 0.389
2 0.0768365994 0.007


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
2 1.67236824 -0.500
2 1.76616825 0.118
2 1.73060807 -0.264
2 1.72277072 0.354
2 1.73333679 -0.028
2 1.70740767 -0.410
2 1.66501599 0.208
2 1.64597803 -0.174
2 1.75943397 0.444
2 1.72792229 0.062
2 1.72641296 -0.320
2 1.70780711 0.298
2 1.53445412 -0.084
2 1.81131287 -0.466
2 1.77036067 0.152
2 1.70145698 -0.229
2 1.22577765 0.389
2 1.70537922 0.007


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
2 0.00944852251 -0.500
2 0.00953767646 0.118
2 0.0102035312 -0.264
2 0.0091109288 0.354
2 0.00898407055 -0.028
2 0.0127217037 -0.410
2 0.0100736819 0.208
2 0.00935898622 -0.174
2 0.00950805562 0.444
2 0.00918891866 0.062
2 0.00968629984 -0.320
2 0.010547918 0.298
2 0.0091290268 -0.084
2 0.010937894 -0.466
2 0.0106828705 0.152
2 0.0117181198 -0.229
2 0.00999507703 0.389
2 0.00935873967 0.007


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
2 0.0665868531 -0.500
2 0.0124054232 0.118
2 0.0653947354 -0.264
2 0.0645017118 0.354
2 0.035981909 -0.028
2 0.0762226953 -0.410
2 0.0640891337 0.208
2 0.0622243383 -0.174
2 0.055794822 0.444
2 0.0668575817 0.062
2 0.0676648561 -0.320
2 0.0127454145 0.298
2 0.072753683 -0.084
2 0.0675086271 -0.466
2 0.0317390865 0.152
2 0.0126324692 -0.229
2 0.0772760033 0.389
2 0.0688740289 0.007


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
2 1.99565076 -0.500
2 1.99520207 0.118
2 1.99850964 -0.264
2 1.99202091 0.354
2 1.99359875 -0.028
2 1.46675477 -0.410
2 1.92048223 0.208
2 1.99441978 -0.174
2 2.00144235 0.444
2 1.99464143 0.062
2 1.99504685 -0.320
2 1.99438359 0.298
2 1.99486206 -0.084
2 1.99695436 -0.466
2 1.99825091 0.152
2 1.99277176 -0.229
2 1.99247809 0.389
2 2.02438296 0.007
EOD

$estimates << EOD
1 0.030445346 0.0302569018 0.0308742561
2 0.0111534368 0.0106678072 0.0118287321


1 0.0294197806 0.0291762591 0.0298051483
2 0.0107355289 0.0102857922 0.0112566614


1 0.0236326209 0.0235275826 0.0238621889
2 0.00732023974 0.00706363384 0.00762017072


1 0.157258905 0.156846298 0.157603121
2 0.0745760649 0.0647090177 0.0770904853


1 0.930085018 0.92476902 0.936287352
2 1.71463857 1.67236824 1.73653944


1 0.0523728013 0.0521836305 0.0524428936
2 0.00984499673 0.00943433206 0.0104404503


1 0.160121085 0.159565711 0.160446644
2 0.0609524537 0.0294965939 0.0672833544


1 1.00023539 0.998690759 1.00215527
2 1.99475174 1.99277176 1.99672607
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
name[3] = 'robust: 0.007'
slot[4] = 5
name[4] = 'atomic: 0.157 (p = 1)'
slot[4] = 5
name[4] = 'atomic: 0.075'
slot[5] = 6
name[5] = 'private: 0.930 (p = 1)'
slot[5] = 6
name[5] = 'private: 1.715'
slot[6] = 2
name[6] = 'openmp: 0.052 (p = 1)'
slot[6] = 2
name[6] = 'openmp: 0.010'
slot[7] = 7
name[7] = 'openmp_atomic: 0.160 (p = 1)'
slot[7] = 7
name[7] = 'openmp_atomic: 0.061'
slot[8] = 9
name[8] = 'openmp_reduction: 1.000 (p = 1)'
slot[8] = 9
name[8] = 'openmp_reduction: 1.995'
drawn = 8
most = 2
octaves = 0
steep = 1
low = 0.00551024455
top = 2.42925955
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
