# Made by `manyhands report`.  Draw it again, here: gnuplot 12_pipe_eof-efficiency.gp
out = '12_pipe_eof-efficiency'
title = 'Pipe and end-of-file: nothing clearly beats serial; pthreads comes nearest (1.20)'
subtitle = 'serial takes 104 ms [103, 105] · n = 150 000 messages, message_bytes=64 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 0.769474689 -0.500
1 1.82582551 0.118
1 1.8524649 -0.264
1 0.80073894 0.354
1 0.714060344 -0.028
1 0.73288502 -0.410
1 1.80368465 0.208
1 0.80714863 -0.174
1 0.787830038 0.444
1 0.912654056 0.062
1 0.79024671 -0.320
1 1.810766 0.298
1 0.962201441 -0.084
1 1.86333861 -0.466
1 1.8200525 0.152
1 1.86039038 -0.229
1 1.87606517 0.389
1 0.990372432 0.007
2 0.259659123 -0.500
2 0.311477815 0.118
2 0.317920395 -0.264
2 0.268199855 0.354
2 0.274570701 -0.028
2 0.30986957 -0.410
2 0.277457225 0.208
2 0.266462251 -0.174
2 0.264656244 0.444
2 0.26977781 0.062
2 0.266281867 -0.320
2 0.279331852 0.298
2 0.265422335 -0.084
2 0.314205982 -0.466
2 0.315573392 0.152
2 0.319067007 -0.229
2 0.260529085 0.389
2 0.238999841 0.007


1 0.687698374 -0.500
1 2.05032793 0.118
1 1.98543227 -0.264
1 0.69489699 0.354
1 0.696556084 -0.028
1 0.692526095 -0.410
1 0.711014491 0.208
1 0.726973634 -0.174
1 0.684272564 0.444
1 0.643257389 0.062
1 0.702893054 -0.320
1 2.03836216 0.298
1 0.748036169 -0.084
1 2.06332522 -0.466
1 2.02230532 0.152
1 2.04963438 -0.229
1 0.710299857 0.389
1 0.699208373 0.007
2 0.280153971 -0.500
2 0.334129458 0.118
2 0.356462917 -0.264
2 0.28027383 0.354
2 0.287363263 -0.028
2 0.313090276 -0.410
2 0.286667793 0.208
2 0.300201528 -0.174
2 0.29207173 0.444
2 0.288765037 0.062
2 0.278130872 -0.320
2 0.333942316 0.298
2 0.281875258 -0.084
2 0.259672344 -0.466
2 0.354547315 0.152
2 0.369657069 -0.229
2 0.277496745 0.389
2 0.284745293 0.007


1 0.676727753 -0.500
1 2.10712401 0.118
1 2.08916218 -0.264
1 0.69973746 0.354
1 0.689681065 -0.028
1 0.719278865 -0.410
1 0.69252613 0.208
1 0.648383496 -0.174
1 0.673627601 0.444
1 2.09249115 0.062
1 0.71815908 -0.320
1 2.09254858 0.298
1 0.670774152 -0.084
1 2.13833816 -0.466
1 2.1203265 0.152
1 2.14399079 -0.229
1 0.690689596 0.389
1 0.63941204 0.007
2 0.343842322 -0.500
2 0.277019912 0.118
2 0.348251758 -0.264
2 0.284671625 0.354
2 0.281115139 -0.028
2 0.273178464 -0.410
2 0.350330073 0.208
2 0.29334456 -0.174
2 0.287907437 0.444
2 0.293868343 0.062
2 0.27665897 -0.320
2 0.353959656 0.298
2 0.285142079 -0.084
2 0.366710838 -0.466
2 0.374781819 0.152
2 0.361645428 -0.229
2 0.277493847 0.389
2 0.276417216 0.007


1 0.716172446 -0.500
1 1.85302041 0.118
1 1.85487447 -0.264
1 0.778815884 0.354
1 0.698468273 -0.028
1 1.73077076 -0.410
1 0.743534017 0.208
1 0.744622733 -0.174
1 0.710663982 0.444
1 0.898436349 0.062
1 0.942501268 -0.320
1 1.87381442 0.298
1 0.789060049 -0.084
1 1.48947689 -0.466
1 1.81511744 0.152
1 1.8435294 -0.229
1 0.71028357 0.389
1 0.8473277 0.007
2 0.280624936 -0.500
2 0.328126584 0.118
2 0.322158941 -0.264
2 0.277380016 0.354
2 0.271267705 -0.028
2 0.26947201 -0.410
2 0.323844462 0.208
2 0.278330337 -0.174
2 0.262311973 0.444
2 0.284203499 0.062
2 0.284925325 -0.320
2 0.320867954 0.298
2 0.273949038 -0.084
2 0.326168518 -0.466
2 0.327459132 0.152
2 0.338475849 -0.229
2 0.27518924 0.389
2 0.281536795 0.007
EOD

$estimates << EOD
1 1.201188 0.870661357 1.34471084
2 0.284130314 0.267204756 0.292442613


1 1.16849414 0.699259258 1.2032657
2 0.298581618 0.283735721 0.318806048


1 1.18726513 0.690185146 1.22584265
2 0.312887906 0.284491018 0.323097772


1 1.1376625 0.79216746 1.25366922
2 0.297749348 0.277893798 0.304508018
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
caption = 'Paired Hodges-Lehmann estimates from 18 blocks (small dots; 26 of 144 lie above the frame), with 95 % intervals'
missing = ''
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 0
name[1] = 'pthreads: 1.201 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 0.284'
slot[2] = 3
name[2] = 'fork: 1.168 (p = 1)'
slot[2] = 3
name[2] = 'fork: 0.299'
slot[3] = 1
name[3] = 'fork_pool: 1.187 (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 0.313'
slot[4] = 2
name[4] = 'openmp: 1.138 (p = 1)'
slot[4] = 2
name[4] = 'openmp: 0.298'
drawn = 4
most = 2
octaves = 0
steep = 0
low = 0
top = 1.78174187
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
