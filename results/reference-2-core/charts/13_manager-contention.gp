# Made by `manyhands report`.  Draw it again, here: gnuplot 13_manager-contention.gp
out = '13_manager-contention'
subtitle = 'serial takes 1.09 ms [1.08, 1.12] · AMD EPYC, 2 cores (virtual) · n = 84 steps, kind=0 start=0 hold_us=0 post=1'
title = 'Manager: with 16 workers, shared gets 0.27 times as much done as with one'

$points << EOD
1 2443920.75 -0.500
1 2413689.07 0.118
1 2466887.9 -0.264
1 2368365.4 0.354
1 1769352.29 -0.028
1 2447837.74 -0.410
1 2448586.96 0.208
1 2407773.67 -0.174
1 2387889.99 0.444
1 2399143.16 0.062
1 2367364.19 -0.320
1 2454633.12 0.298
1 1760249.79 -0.084
2 2913379 -0.500
2 1906447.88 0.118
2 1479785.08 -0.264
2 2491066.27 0.354
2 2446768.23 -0.028
2 1587496.57 -0.410
2 1931478.5 0.208
2 1878081.23 -0.174
2 1314451.14 0.444
2 1916255.09 0.062
2 1921976.89 -0.320
2 1913875.6 0.298
2 1684903.07 -0.084
4 2866062.75 -0.500
4 1659242.87 0.118
4 2273342.35 -0.264
4 1401787.28 0.354
4 1655824.96 -0.028
4 1750328.19 -0.410
4 1656118.77 0.208
4 2229092.31 -0.174
4 1685596.18 0.444
4 1700095.12 0.062
4 1609426.64 -0.320
4 1742160.28 0.298
4 1451880.53 -0.084
8 1088590.53 -0.500
8 1271119.11 0.118
8 1095475.95 -0.264
8 976766.902 0.354
8 1059836.61 -0.028
8 1074711.65 -0.410
8 1095261.69 0.208
8 1480985.21 -0.174
8 1182332.57 0.444
8 1108069.78 0.062
8 1155790.99 -0.320
8 1133075.69 0.298
8 1107339.42 -0.084
16 644525.181 -0.500
16 785678.209 0.118
16 803981.623 -0.264
16 633066.415 0.354
16 562393.923 -0.028
16 631806.968 -0.410
16 774504.064 0.208
16 622870.469 -0.174
16 654330.46 0.444
16 778567.158 0.062
16 702120.99 -0.320
16 791277.112 0.298
16 458823.337 -0.084


1 67541.6799 -0.500
1 68169.9493 0.118
1 67248.9842 -0.264
1 42163.9651 0.354
1 68401.2351 -0.028
1 66272.0848 -0.410
1 65737.0869 0.208
1 66123.4572 -0.174
1 66657.6203 0.444
1 63789.5552 0.062
1 66989.3052 -0.320
1 66719.1418 0.298
1 65002.2228 -0.084
2 39403.7647 -0.500
2 45383.8665 0.118
2 39472.9608 -0.264
2 40379.6068 0.354
2 38329.1415 -0.028
2 37958.1241 -0.410
2 37017.7937 0.208
2 37988.5428 -0.174
2 33864.7956 0.444
2 39267.8234 0.062
2 37972.7265 -0.320
2 38302.8901 0.298
2 37076.3857 -0.084
4 33141.2129 -0.500
4 31174.4935 0.118
4 32051.6367 -0.264
4 42997.4219 0.354
4 39283.5522 -0.028
4 32820.5769 -0.410
4 34088.8546 0.208
4 40322.0387 -0.174
4 34034.3601 0.444
4 35263.3511 0.062
4 34067.467 -0.320
4 33415.7456 0.298
4 28275.3929 -0.084
8 29037.0585 -0.500
8 28115.4091 0.118
8 29227.3337 -0.264
8 28270.3446 0.354
8 28393.6112 -0.028
8 28983.957 -0.410
8 28162.3229 0.208
8 29687.0036 -0.174
8 28470.1079 0.444
8 28042.7465 0.062
8 27280.2426 -0.320
8 29471.1352 0.298
16 25169.1803 -0.500
16 25936.4286 0.118
16 25394.4376 -0.264
16 23912.9228 0.354
16 22954.6266 -0.028
16 24749.2664 -0.410
16 24414.9992 0.208
16 25155.7485 -0.174
16 18730.4417 0.444
16 24436.5556 0.062
16 25286.7183 -0.320
16 25378.5329 0.298
16 22749.1725 -0.084


1 67944.0966 -0.500
1 68593.3785 0.118
1 53319.9949 -0.264
1 67941.0466 0.354
1 68133.1516 -0.028
1 57929.1168 -0.410
1 66095.8555 0.208
1 69135.2904 -0.174
1 51883.2861 0.444
1 64728.8094 0.062
1 66695.7799 -0.320
1 67430.0714 0.298
1 67703.0335 -0.084
2 33902.9705 -0.500
2 36959.2808 0.118
2 37232.5655 -0.264
2 39083.1648 0.354
2 29168.434 -0.028
2 46768.5962 -0.410
2 39436.5827 0.208
2 37178.4315 -0.174
2 35446.3508 0.444
2 22805.6765 0.062
2 36652.213 -0.320
2 35697.3856 0.298
2 31565.3482 -0.084
4 35014.4143 -0.500
4 37003.0849 0.118
4 27958.6212 -0.264
4 33982.2321 0.354
4 37677.7921 -0.028
4 33339.5382 -0.410
4 34161.3252 0.208
4 35633.988 -0.174
4 20134.2089 0.444
4 36794.8368 0.062
4 35632.023 -0.320
4 37830.5785 0.298
4 31522.5859 -0.084
8 34313.1718 -0.500
8 33369.6493 0.118
8 34018.4129 -0.264
8 32364.2613 0.354
8 31574.146 -0.028
8 33948.193 -0.410
8 34718.5268 0.208
8 34039.4631 -0.174
8 33737.968 0.444
8 35774.8154 0.062
8 33532.2782 -0.320
8 34467.6401 0.298
16 30496.1063 -0.500
16 29442.4236 0.118
16 31500.5631 -0.264
16 38144.7311 0.354
16 31214.2917 -0.028
16 31816.1331 -0.410
16 55932.1729 0.208
16 32694.0479 -0.174
16 31277.2512 0.444
16 29902.1665 0.062
16 31532.5376 -0.320
16 30435.6869 0.298
16 25229.0664 -0.084


1 74782.4964 -0.500
1 75178.6163 0.118
1 75693.5421 -0.264
1 73415.4071 0.354
1 76652.7217 -0.028
1 59993.615 -0.410
1 75359.3024 0.208
1 74033.956 -0.174
1 72529.1833 0.444
1 76746.3214 0.062
1 76229.853 -0.320
1 74583.2991 0.298
1 73763.7654 -0.084
2 40926.6475 -0.500
2 43412.1315 0.118
2 23563.5525 -0.264
2 42064.5796 0.354
2 29717.8187 -0.028
2 40755.1344 -0.410
2 47066.3515 0.208
2 44917.7084 -0.174
2 19969.8788 0.444
2 35435.6518 0.062
2 22679.6308 -0.320
2 47949.8308 0.298
2 21196.8204 -0.084
4 35449.6493 -0.500
4 37078.1696 0.118
4 34711.4179 -0.264
4 35438.268 0.354
4 34736.8539 -0.028
4 32948.2183 -0.410
4 33588.9425 0.208
4 36011.8891 -0.174
4 35829.7575 0.444
4 33893.6683 0.062
4 33997.3887 -0.320
4 35363.2543 0.298
8 32389.6631 -0.500
8 33568.9152 0.118
8 33891.0564 -0.264
8 26941.2191 0.354
8 32135.8766 -0.028
8 27792.5012 -0.410
8 31746.1757 0.208
8 33258.8968 -0.174
8 32890.5895 0.444
8 31391.0378 0.062
8 31840.5426 -0.320
8 32609.6577 0.298
8 32292.1424 -0.084
16 29685.797 -0.500
16 29170.2572 0.118
16 23524.0315 -0.264
16 29456.2275 0.354
16 26363.6024 -0.028
16 30142.3418 -0.410
16 30216.9469 0.208
16 30230.3879 -0.174
16 30075.441 0.444
16 29512.0965 0.062
16 29336.9227 -0.320
16 29562.9592 0.298
16 22404.8633 -0.084
EOD

$estimates << EOD
1 2407773.67 2367364.19 2448586.96
2 1913875.6 1587496.57 2446768.23
4 1685596.18 1609426.64 2229092.31
8 1107339.42 1074711.65 1182332.57
16 654330.46 622870.469 785678.209


1 66657.6203 65002.2228 67541.6799
2 38302.8901 37076.3857 39472.9608
4 34034.3601 32051.6367 39283.5522
8 28431.8081 28115.4091 29227.3337
16 24749.2664 22954.6266 25378.5329


1 67430.0714 57929.1168 68133.1516
2 36652.213 31565.3482 39083.1648
4 35014.4143 31522.5859 37003.0849
8 33983.2667 33369.6493 34467.6401
16 31277.2512 29902.1665 32694.0479


1 74782.4964 73415.4071 76229.853
2 40755.1344 22679.6308 44917.7084
4 35047.2554 33893.6683 35829.7575
8 32292.1424 31391.0378 33258.8968
16 29512.0965 26363.6024 30142.3418
EOD
array slot[5]
array name[5]
slot[5] = 0
name[5] = ''
slot[1] = 4
name[1] = 'shared: 2.41 M (p = 1)'
slot[1] = 4
name[1] = 'shared: 1.91 M (p = 2)'
slot[1] = 4
name[1] = 'shared: 1.69 M (p = 4)'
slot[1] = 4
name[1] = 'shared: 1.11 M (p = 8)'
slot[1] = 4
name[1] = 'shared: 654 k'
slot[2] = 0
name[2] = 'pthreads: 66.7 k (p = 1)'
slot[2] = 0
name[2] = 'pthreads: 38.3 k (p = 2)'
slot[2] = 0
name[2] = 'pthreads: 34.0 k (p = 4)'
slot[2] = 0
name[2] = 'pthreads: 28.4 k (p = 8)'
slot[2] = 0
name[2] = 'pthreads: 24.7 k'
slot[3] = 1
name[3] = 'fork_pool: 67.4 k (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 36.7 k (p = 2)'
slot[3] = 1
name[3] = 'fork_pool: 35.0 k (p = 4)'
slot[3] = 1
name[3] = 'fork_pool: 34.0 k (p = 8)'
slot[3] = 1
name[3] = 'fork_pool: 31.3 k'
slot[4] = 2
name[4] = 'openmp: 74.8 k (p = 1)'
slot[4] = 2
name[4] = 'openmp: 40.8 k (p = 2)'
slot[4] = 2
name[4] = 'openmp: 35.0 k (p = 4)'
slot[4] = 2
name[4] = 'openmp: 32.3 k (p = 8)'
slot[4] = 2
name[4] = 'openmp: 29.5 k'
drawn = 4
most = 16
single = 0
octaves = 0
steep = 1
low = 15608.7014
top = 3496054.8
height = 600
unit = 'steps'
serial = 76858.8519
serial_name = 'serial: 76.9 k'
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
