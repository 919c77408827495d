# Made by `manyhands report`.  Draw it again, here: gnuplot 07_locked_counter-contention.gp
out = '07_locked_counter-contention'
subtitle = 'serial takes 35.4 µs [35.3, 35.4] · AMD EPYC, 2 cores (virtual) · n = 125 000 additions, start=0 jobs=1 hold=1 step_us=0'
title = 'Locked counter: with 2 workers, openmp_atomic gets 0.22 times as much done as with one'

$points << EOD
1 105967990 -0.500
1 104210869 0.118
1 107251442 -0.264
1 104088774 0.354
1 107525402 -0.028
1 106769803 -0.410
1 108348748 0.208
1 105986903 -0.174
1 105962600 0.444
1 104741216 0.062
1 104675827 -0.320
1 108614569 0.298
2 37379879.8 -0.500
2 41697995.8 0.118
2 40954716.7 -0.264
2 53353217.7 0.354
2 41664250.1 -0.028
2 40634985 -0.410
2 29361859.9 0.208
2 38733669.3 -0.174
2 39423825.5 0.444
2 42964340.1 0.062
2 39435485.8 -0.320
2 40542057 0.298
2 21477096.8 -0.084


1 107911231 -0.500
1 103884361 0.118
1 105446969 -0.264
1 103621703 0.354
1 104320235 -0.028
1 104713138 -0.410
1 108361851 0.208
1 103263370 -0.174
1 104994549 0.444
1 102773993 0.062
1 103987289 -0.320
1 103706899 0.298
2 41019852 -0.500
2 39194475.1 0.118
2 42357072.8 -0.264
2 26471323.8 0.354
2 42059743 -0.028
2 42289334.8 -0.410
2 43122139.5 0.208
2 40227928.2 -0.174
2 40272966.9 0.444
2 40133397 0.062
2 42446018 -0.320
2 40273745.5 0.298
2 32519843 -0.084


1 66410516.9 -0.500
1 67420427 0.118
1 67509217.7 -0.264
1 65474352.5 0.354
1 67197364.6 -0.028
1 68403289.4 -0.410
1 67131232.7 0.208
1 67805197.3 -0.174
1 66190133 0.444
1 67148199.8 0.062
1 68689923.8 -0.320
1 69246514.8 0.298
2 26288145.4 -0.500
2 27801594.5 0.118
2 30389321.2 -0.264
2 26480812.3 0.354
2 29297092.4 -0.028
2 29586205 -0.410
2 25398678 0.208
2 25766119.5 -0.174
2 28534617.3 0.444
2 30486183.9 0.062
2 29768957.2 -0.320
2 31108564.9 0.298
2 17400855.1 -0.084


1 460119594 -0.500
1 457841078 0.118
1 456217700 -0.264
1 439070225 0.354
1 466212638 -0.028
1 459003632 -0.410
1 449514165 0.208
1 450430972 -0.174
1 444765466 0.444
1 425110061 0.062
1 452537832 -0.320
1 445002181 0.298
2 189201584 -0.500
2 227672188 0.118
2 210044849 -0.264
2 189583810 0.354
2 191683100 -0.028
2 188642513 -0.410
2 192770936 0.208
2 223525425 -0.174
2 203104740 0.444
2 187233380 0.062
2 187223424 -0.320
2 186352164 0.298
2 225012578 -0.084


1 1.35212608e+09 -0.500
1 1.37619729e+09 0.118
1 1.36828106e+09 -0.264
1 1.14163071e+09 0.354
1 1.36282115e+09 -0.028
1 1.33698419e+09 -0.410
1 1.33341867e+09 0.208
1 1.34745466e+09 -0.174
1 1.31897584e+09 0.444
1 1.02905644e+09 0.062
1 1.34360926e+09 -0.320
1 1.33906812e+09 0.298
1 729524438 -0.084
2 1.46311773e+09 -0.500
2 1.62560391e+09 0.118
2 1.93765404e+09 -0.264
2 1.4229528e+09 0.354
2 1.49174468e+09 -0.028
2 1.51143248e+09 -0.410
2 1.66275365e+09 0.208
2 2.04813947e+09 -0.174
2 1.92762909e+09 0.444
2 1.42060791e+09 0.062
2 2.10214755e+09 -0.320
2 1.40449438e+09 0.298
2 1.06838977e+09 -0.084


1 193720961 -0.500
1 193723963 0.118
1 193692444 -0.264
1 190747088 0.354
1 193696946 -0.028
1 193717959 -0.410
1 193507588 0.208
1 193784028 -0.174
1 192927435 0.444
1 190406701 0.062
1 193674438 -0.320
1 193758646 0.298
2 52572034.2 -0.500
2 45085890.4 0.118
2 41111199.5 -0.264
2 36029793.5 0.354
2 45863868 -0.028
2 36214406.7 -0.410
2 45154228.8 0.208
2 48377309 -0.174
2 40195679 0.444
2 44679813.7 0.062
2 46406485.9 -0.320
2 47081121.1 0.298
2 47358207.6 -0.084


1 591216416 -0.500
1 597141840 0.118
1 589916208 -0.264
1 590726073 0.354
1 593464766 -0.028
1 588455446 -0.410
1 588552420 0.208
1 587239060 -0.174
1 574189933 0.444
1 583476869 0.062
1 584460368 -0.320
1 591496178 0.298
2 129340673 -0.500
2 126429603 0.118
2 237495167 -0.264
2 240624777 0.354
2 196465353 -0.028
2 52221862.7 -0.410
2 44268205.8 0.208
2 239900892 -0.174
2 116211289 0.444
2 128296383 0.062
2 123226038 -0.320
2 129517908 0.298
2 129397041 -0.084


1 3.48592384e+09 -0.500
1 3.49767754e+09 0.118
1 3.50110635e+09 -0.264
1 3.49425544e+09 0.354
1 3.49474391e+09 -0.028
1 3.4952325e+09 -0.410
1 3.50110635e+09 0.208
1 3.49084004e+09 -0.174
1 3.46942741e+09 0.444
1 3.49084004e+09 0.062
1 3.49914621e+09 -0.320
1 3.49327893e+09 0.298
2 6.51431847e+09 -0.500
2 6.50414965e+09 0.118
2 6.51618621e+09 -0.264
2 6.51601637e+09 0.354
2 6.48239382e+09 -0.028
2 6.52111537e+09 -0.410
2 6.51092533e+09 0.208
2 6.49738805e+09 -0.174
2 6.50245793e+09 0.444
2 6.51092533e+09 0.062
2 6.50906061e+09 -0.320
2 6.51092533e+09 0.298
EOD

$estimates << EOD
1 105977446 104675827 107525402
2 40542057 37379879.8 41697995.8


1 104153496 103621703 105446969
2 40273745.5 39194475.1 42357072.8


1 67308711 66410516.9 68403289.4
2 28534617.3 25766119.5 30389321.2


1 451481944 444765466 459003632
2 191683100 187233380 223525425


1 1.33906812e+09 1.14163071e+09 1.36282115e+09
2 1.51143248e+09 1.42060791e+09 1.93765404e+09


1 193694695 192927435 193723963
2 45154228.8 40195679 47358207.6


1 589233525 584460368 591496178
2 129340673 116211289 237495167


1 3.49449966e+09 3.49084004e+09 3.49914621e+09
2 6.51092533e+09 6.50245793e+09 6.51601637e+09
EOD
array slot[9]
array name[9]
slot[9] = 0
name[9] = ''
slot[1] = 0
name[1] = 'pthreads: 106 M (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 40.5 M'
slot[2] = 1
name[2] = 'fork_pool: 104 M (p = 1)'
slot[2] = 1
name[2] = 'fork_pool: 40.3 M'
slot[3] = 4
name[3] = 'robust: 67.3 M (p = 1)'
slot[3] = 4
name[3] = 'robust: 28.5 M'
slot[4] = 5
name[4] = 'atomic: 451 M (p = 1)'
slot[4] = 5
name[4] = 'atomic: 192 M'
slot[5] = 6
name[5] = 'private: 1.34 G (p = 1)'
slot[5] = 6
name[5] = 'private: 1.51 G'
slot[6] = 2
name[6] = 'openmp: 194 M (p = 1)'
slot[6] = 2
name[6] = 'openmp: 45.2 M'
slot[7] = 7
name[7] = 'openmp_atomic: 589 M (p = 1)'
slot[7] = 7
name[7] = 'openmp_atomic: 129 M'
slot[8] = 9
name[8] = 'openmp_reduction: 3.49 G (p = 1)'
slot[8] = 9
name[8] = 'openmp_reduction: 6.51 G'
drawn = 8
most = 2
single = 0
octaves = 0
steep = 1
low = 17177413
top = 7.82533845e+09
height = 600
unit = 'additions'
serial = 3.53486794e+09
serial_name = 'serial: 3.53 G'
caption = 'n over the median time of 12 to 13 blocks (small dots), with 95 % intervals'
missing = ''

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

# contention.gp -- how much gets done in a second, against the number of workers.
# Needs, besides what workers.gp does: unit, serial (what the serial program gets done, or NaN) and serial_name.

set ylabel unit." per second".(steep ? ", logarithmic" : "")
if (!steep && top >= 9999) { set format y "%.0s %c" }
set key title sprintf("a second, at p = %d", most) left

do for [kind in formats] {
	eval picture(kind)
	plot for [i=0:drawn-1] $points index i using (x($1,i,$3)):2 with points \
			pointtype 7 pointsize 0.3 linecolor rgb tint(rgb(slot[i+1]), 0.45) notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2 with lines \
			linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) linewidth 1.5 notitle, \
		for [i=0:drawn-1] $estimates index i using (x($1,i,0)):2:3:4 with yerrorbars \
			linecolor rgb rgb(slot[i+1]) pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, \
		serial with lines linecolor rgb rgb(8) dashtype 3 linewidth 1.5 \
			title serial == serial ? serial_name : "", \
		for [i=0:drawn-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) \
			pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1]
	unset output
}
