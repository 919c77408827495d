# Made by `manyhands report`.  Draw it again, here: gnuplot 12_pipe_eof-efficiency.gp
out = '12_pipe_eof-efficiency'
title = 'Pipe and end-of-file: fork_pool is 2.08 times as fast as serial on 1 worker'
subtitle = 'serial takes 104 ms [104, 106] · n = 150 000 messages, message_bytes=64 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 0.782017314 -0.500
1 1.08892715 0.118
1 1.82104368 -0.264
1 1.77474296 0.354
1 1.80190677 -0.028
1 1.79716208 -0.410
1 1.8677477 0.208
1 1.09631333 -0.174
1 1.77763683 0.444
1 1.86173063 0.062
1 1.80621741 -0.320
1 0.915162889 0.298
1 1.77278463 -0.084
1 1.85879236 -0.466
1 1.83457862 0.152
2 0.271834062 -0.500
2 0.265043463 0.118
2 0.318817393 -0.264
2 0.308121807 0.354
2 0.30713806 -0.028
2 0.313142184 -0.410
2 0.308655636 0.208
2 0.261547581 -0.174
2 0.292472662 0.444
2 0.323738484 0.062
2 0.314534834 -0.320
2 0.319992047 0.298
2 0.259800954 -0.084
2 0.317142094 -0.466
2 0.269484008 0.152


1 0.698953648 -0.500
1 0.700028336 0.118
1 2.04159257 -0.264
1 2.04216854 0.354
1 2.05530699 -0.028
1 2.08915494 -0.410
1 2.03067315 0.208
1 0.949326037 -0.174
1 2.05448085 0.444
1 2.06312272 0.062
1 2.05838942 -0.320
1 0.717865715 0.298
1 1.95739766 -0.084
1 2.03608823 -0.466
1 2.09701204 0.152
2 0.293502409 -0.500
2 0.281947853 0.118
2 0.343068765 -0.264
2 0.338575751 0.354
2 0.339958966 -0.028
2 0.349383201 -0.410
2 0.352483556 0.208
2 0.287783832 -0.174
2 0.343724994 0.444
2 0.366426615 0.062
2 0.375877832 -0.320
2 0.28292097 0.298
2 0.322280586 -0.084
2 0.361684381 -0.466
2 0.288395006 0.152


1 0.676529921 -0.500
1 0.68699299 0.118
1 2.10869319 -0.264
1 1.73923566 0.354
1 2.13398025 -0.028
1 2.16524518 -0.410
1 2.19311153 0.208
1 2.11894612 -0.174
1 2.11490113 0.444
1 2.10175142 0.062
1 2.11428453 -0.320
1 0.698957853 0.298
1 2.05288189 -0.084
1 2.03812768 -0.466
1 2.19684124 0.152
2 0.289063139 -0.500
2 0.27225271 0.118
2 0.362672831 -0.264
2 0.373217597 0.354
2 0.345374898 -0.028
2 0.354492217 -0.410
2 0.343825356 0.208
2 0.294735345 -0.174
2 0.347654334 0.444
2 0.359188103 0.062
2 0.363172929 -0.320
2 0.27688943 0.298
2 0.348693334 -0.084
2 0.324577633 -0.466
2 0.379455197 0.152


1 0.782307352 -0.500
1 0.848543927 0.118
1 1.84552493 -0.264
1 1.86769066 0.354
1 1.83007686 -0.028
1 1.91081363 -0.410
1 1.85295853 0.208
1 1.78652064 -0.174
1 1.85310576 0.444
1 1.74941133 0.062
1 1.85971501 -0.320
1 0.786612973 0.298
1 0.696769395 -0.084
1 1.82382464 -0.466
1 1.91311772 0.152
2 0.286905782 -0.500
2 0.274731627 0.118
2 0.340154558 -0.264
2 0.317042319 0.354
2 0.328719983 -0.028
2 0.322493818 -0.410
2 0.327646857 0.208
2 0.279111153 -0.174
2 0.310770147 0.444
2 0.332210594 0.062
2 0.328863911 -0.320
2 0.277540698 0.298
2 0.309029893 -0.084
2 0.312915934 -0.466
2 0.348304125 0.152
EOD

$estimates << EOD
1 1.78128055 1.28414883 1.82065155
2 0.293364928 0.28412697 0.31369537


1 2.00555341 1.1994887 2.05643421
2 0.325678607 0.311307764 0.349939367


1 2.07600822 1.2065244 2.1264499
2 0.340323122 0.314227085 0.358559194


1 1.79863223 1.19448375 1.85310576
2 0.313450209 0.299174129 0.328182981
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
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 0
name[1] = 'pthreads: 1.781 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 0.293'
slot[2] = 3
name[2] = 'fork: 2.006 (p = 1)'
slot[2] = 3
name[2] = 'fork: 0.326'
slot[3] = 1
name[3] = 'fork_pool: 2.076 (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 0.340'
slot[4] = 2
name[4] = 'openmp: 1.799 (p = 1)'
slot[4] = 2
name[4] = 'openmp: 0.313'
drawn = 4
most = 2
octaves = 0
steep = 0
low = 0
top = 2.32865172
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
