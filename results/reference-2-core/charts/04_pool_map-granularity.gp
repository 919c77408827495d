# Made by `manyhands report`.  Draw it again, here: gnuplot 04_pool_map-granularity.gp
out = '04_pool_map-granularity'
subtitle = 'serial takes 1.75 ms [1.75, 1.80] · AMD EPYC, 2 cores (virtual) · n = 6 250 items, first=0 chunk=1 spin=1000'
each = 'item'

$points << EOD
NaN NaN NaN NaN
3.27264023e-09 0.0858004368 0.0802460248 0.0941033201
2.82679733e-08 0.50360013 0.492016659 0.515920877
2.8044832e-07 0.868795637 0.772327383 0.939243919
2.74512315e-06 0.924707985 0.905526469 0.937418955


NaN NaN NaN NaN
3.27264023e-09 0.447910762 0.413885661 0.461036921
2.82679733e-08 0.861903163 0.767609948 0.879984029
2.8044832e-07 0.951591533 0.944874656 1.01348808
2.74512315e-06 0.970814667 0.964673372 0.974952889


NaN NaN NaN NaN
3.27264023e-09 0.3364828 0.26976244 0.383612381
2.82679733e-08 0.8115103 0.789203237 0.823092304
2.8044832e-07 0.935332264 0.901666036 0.997677579
2.74512315e-06 0.963538919 0.957639776 0.969514824


NaN NaN NaN NaN
3.27264023e-09 0.0518607918 0.0471940147 0.0581561146
2.82679733e-08 0.238580158 0.218053682 0.273461022
2.8044832e-07 0.547832699 0.536890176 0.582812286
2.74512315e-06 0.695198866 0.654650886 0.724531703


NaN NaN NaN NaN
3.27264023e-09 0.0814392154 0.0761707612 0.0850726002
2.82679733e-08 0.53416162 0.524140485 0.544283386
2.8044832e-07 0.920335029 0.829545346 0.936133343
2.74512315e-06 0.984855186 0.97723389 0.995375216
EOD
title = 'Pool.map: thread_pool is half efficient from tasks of 4.70 ns [4.39, 10.2] on'

$paths << EOD
NaN NaN
3.27264e-09 0.0858004
3.9168e-09 0.099435
4.68775e-09 0.115236
5.61045e-09 0.133548
6.71476e-09 0.154771
8.03643e-09 0.179365
9.61826e-09 0.207868
1.15114e-08 0.2409
1.37772e-08 0.279182
1.6489e-08 0.323547
1.97346e-08 0.374961
2.3619e-08 0.434546
2.8268e-08 0.5036
3.42248e-08 0.527014
4.14369e-08 0.551516
5.01689e-08 0.577157
6.07408e-08 0.60399
7.35406e-08 0.632071
8.90377e-08 0.661457
1.078e-07 0.69221
1.30517e-07 0.724392
1.5802e-07 0.758071
1.9132e-07 0.793315
2.31636e-07 0.830198
2.80448e-07 0.868796
3.39166e-07 0.873323
4.10177e-07 0.877874
4.96055e-07 0.882449
5.99914e-07 0.887047
7.25518e-07 0.891669
8.7742e-07 0.896316
1.06112e-06 0.900987
1.28329e-06 0.905682
1.55197e-06 0.910401
1.87691e-06 0.915145
2.26988e-06 0.919914
2.74512e-06 0.924708


NaN NaN
3.27264e-09 0.447911
3.9168e-09 0.473021
4.68775e-09 0.499539
5.61045e-09 0.527543
6.71476e-09 0.557118
8.03643e-09 0.58835
9.61826e-09 0.621334
1.15114e-08 0.656166
1.37772e-08 0.692951
1.6489e-08 0.731799
1.97346e-08 0.772824
2.3619e-08 0.816149
2.8268e-08 0.861903
3.42248e-08 0.869043
4.14369e-08 0.876242
5.01689e-08 0.8835
6.07408e-08 0.890818
7.35406e-08 0.898198
8.90377e-08 0.905638
1.078e-07 0.91314
1.30517e-07 0.920704
1.5802e-07 0.92833
1.9132e-07 0.93602
2.31636e-07 0.943774
2.80448e-07 0.951592
3.39166e-07 0.953179
4.10177e-07 0.954769
4.96055e-07 0.956361
5.99914e-07 0.957957
7.25518e-07 0.959554
8.7742e-07 0.961155
1.06112e-06 0.962758
1.28329e-06 0.964364
1.55197e-06 0.965973
1.87691e-06 0.967584
2.26988e-06 0.969198
2.74512e-06 0.970815


NaN NaN
3.27264e-09 0.336483
3.9168e-09 0.362096
4.68775e-09 0.389659
5.61045e-09 0.41932
6.71476e-09 0.451239
8.03643e-09 0.485588
9.61826e-09 0.522551
1.15114e-08 0.562328
1.37772e-08 0.605132
1.6489e-08 0.651195
1.97346e-08 0.700765
2.3619e-08 0.754107
2.8268e-08 0.81151
3.42248e-08 0.821171
4.14369e-08 0.830946
5.01689e-08 0.840837
6.07408e-08 0.850847
7.35406e-08 0.860975
8.90377e-08 0.871224
1.078e-07 0.881595
1.30517e-07 0.89209
1.5802e-07 0.902709
1.9132e-07 0.913455
2.31636e-07 0.924329
2.80448e-07 0.935332
3.39166e-07 0.937651
4.10177e-07 0.939975
4.96055e-07 0.942306
5.99914e-07 0.944642
7.25518e-07 0.946983
8.7742e-07 0.949331
1.06112e-06 0.951684
1.28329e-06 0.954043
1.55197e-06 0.956408
1.87691e-06 0.958779
2.26988e-06 0.961156
2.74512e-06 0.963539


NaN NaN
3.27264e-09 0.0518608
3.9168e-09 0.0588941
4.68775e-09 0.0668813
5.61045e-09 0.0759518
6.71476e-09 0.0862523
8.03643e-09 0.0979499
9.61826e-09 0.111234
1.15114e-08 0.126319
1.37772e-08 0.143451
1.6489e-08 0.162905
1.97346e-08 0.184999
2.3619e-08 0.210088
2.8268e-08 0.23858
3.42248e-08 0.255693
4.14369e-08 0.274033
5.01689e-08 0.293689
6.07408e-08 0.314755
7.35406e-08 0.337331
8.90377e-08 0.361527
1.078e-07 0.387459
1.30517e-07 0.41525
1.5802e-07 0.445035
1.9132e-07 0.476957
2.31636e-07 0.511168
2.80448e-07 0.547833
3.39166e-07 0.558817
4.10177e-07 0.570022
4.96055e-07 0.581451
5.99914e-07 0.59311
7.25518e-07 0.605002
8.7742e-07 0.617133
1.06112e-06 0.629507
1.28329e-06 0.642129
1.55197e-06 0.655004
1.87691e-06 0.668137
2.26988e-06 0.681534
2.74512e-06 0.695199


NaN NaN
3.27264e-09 0.0814392
3.9168e-09 0.0952584
4.68775e-09 0.111423
5.61045e-09 0.13033
6.71476e-09 0.152445
8.03643e-09 0.178313
9.61826e-09 0.208571
1.15114e-08 0.243962
1.37772e-08 0.28536
1.6489e-08 0.333782
1.97346e-08 0.390421
2.3619e-08 0.45667
2.8268e-08 0.534162
3.42248e-08 0.558936
4.14369e-08 0.58486
5.01689e-08 0.611985
6.07408e-08 0.640369
7.35406e-08 0.67007
8.90377e-08 0.701147
1.078e-07 0.733667
1.30517e-07 0.767694
1.5802e-07 0.8033
1.9132e-07 0.840557
2.31636e-07 0.879542
2.80448e-07 0.920335
3.39166e-07 0.925546
4.10177e-07 0.930787
4.96055e-07 0.936058
5.99914e-07 0.941358
7.25518e-07 0.946688
8.7742e-07 0.952049
1.06112e-06 0.95744
1.28329e-06 0.962861
1.55197e-06 0.968313
1.87691e-06 0.973796
2.26988e-06 0.97931
2.74512e-06 0.984855
EOD

$marks << EOD
NaN NaN NaN NaN 0
2.80219656e-08 2.72503117e-08 3.04800828e-08 0.5 0
4.70201697e-09 4.38804059e-09 1.01937421e-08 0.5 4
8.63324472e-09 7.00454523e-09 1.09532285e-08 0.5 1
2.17933536e-07 1.51242739e-07 2.31336236e-07 0.5 5
2.62054068e-08 2.56897576e-08 2.67661752e-08 0.5 2
EOD
marks = 5
lines = 5
array slot[5]
array name[5]
slot[1] = 0
name[1] = 'pthreads: 28.0 ns'
slot[2] = 4
name[2] = 'thread_pool: 4.70 ns'
slot[3] = 1
name[3] = 'fork_pool: 8.63 ns'
slot[4] = 5
name[4] = 'fork_pool_unordered: 218 ns'
slot[5] = 2
name[5] = 'openmp: 26.2 ns'
set xtics ()
set xtics add ('10 ns' 1e-08)
set xtics add ('100 ns' 1e-07)
set xtics add ('1 µs' 1e-06)
caption = 'Paired Hodges-Lehmann estimates over p from 12 to 13 blocks, with 95 % intervals'
missing = ''
left = 3.27264023e-09
right = 2.74512315e-06
low = 0.0471940147
top = 1.01348808
workers = 2
height = 600

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

# curves.gp -- what crossover and granularity share: curves over a logarithmic axis, and where they cross a line.
# Needs: $points (an index per line: x, y, low, high), $paths (likewise: x, y), $marks (x, low, high, y, slot),
# marks, lines, slot[], name[], left, right, low and top of all that is drawn, workers; the ticks of x are set.

set lmargin at screen 0.105
set rmargin at screen 0.7
set tmargin at screen above(80)
set bmargin at screen above(height - 110)
set logscale x
set xrange [left/1.4:right*1.4]
set key at screen 0.715, above(84) left top Left reverse samplen 2.5 spacing 1.3 font ",13" textcolor rgb black

# Drawn by: eval "plot ".curves(bottom of the frame)
curves = "for [i=0:lines-1] $paths index i using 1:2 with lines linecolor rgb rgb(slot[i+1]) " \
	."dashtype dashes(slot[i+1]) linewidth 1.5 notitle, " \
	."for [i=0:lines-1] $points index i using 1:2:3:4 with yerrorbars linecolor rgb rgb(slot[i+1]) " \
	."pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 notitle, " \
	."$marks using 1:(bottom):(0):($4-bottom):(rgb($5)) with vectors nohead linecolor rgb variable dashtype 2 " \
	."notitle, " \
	."$marks using 2:4:($3-$2):(0):(rgb($5)) with vectors heads size screen 0.007,90 linecolor rgb variable " \
	."linewidth 2 notitle, " \
	."$marks using 1:4:(rgb($5)) with points pointtype 6 pointsize 1.8 linewidth 2 linecolor rgb variable " \
	."notitle, " \
	."for [i=0:lines-1] keyentry with linespoints linecolor rgb rgb(slot[i+1]) dashtype dashes(slot[i+1]) " \
	."pointtype mark(slot[i+1]) pointsize 0.8 linewidth 1.5 title name[i+1], " \
	."for [i=1:(marks ? 1 : 0)] keyentry with points pointtype 6 pointsize 1.8 linewidth 2 linecolor rgb grey " \
	."title 'there, with interval'"

# granularity.gp -- efficiency against the work of a task, and how much work keeps half of the workers busy.
# Needs: what curves.gp needs; each (the unit of n: a task).

set xlabel "serial time for one ".each.", logarithmic" offset 0,0.6
set ylabel "efficiency (speedup / p)"
bottom = 0
set yrange [0:(top > 1 ? top : 1) * 1.06]
set key title sprintf("p = %d%s", workers, marks ? "; half efficient from" : "") left

do for [kind in formats] {
	eval picture(kind)
	eval "plot (1) with lines linecolor rgb grey dashtype 3 linewidth 1.5 title 'ideal', " \
		."(0.5) with lines linecolor rgb black linewidth 1 title 'half', ".curves
	unset output
}
