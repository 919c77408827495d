# Made by `manyhands report`.  Draw it again, here: gnuplot 02_sum_of_powers-crossover.gp
out = '02_sum_of_powers-crossover'
subtitle = 'serial takes 2.21 ms [2.21, 2.22] · AMD EPYC, 2 cores (virtual) · n = 750 000 terms of each job, jobs=2 lowest=1 highest=3'
unit = 'ms'
each = 'term of each job'

$points << EOD
NaN NaN NaN NaN
1000 0.004417 0.004407 0.004447
4000 0.0131345 0.013115 0.0131645
16000 0.0480965 0.047951 0.0548615
64000 0.187428 0.1873485 0.187889
256000 0.747285 0.7464185 0.75108
750000 2.2133965 2.205144 2.216576


NaN NaN NaN NaN
1000 0.067365 0.059168 0.0791075
4000 0.06737 0.0547915 0.075617
16000 0.091671 0.081391 0.107985
64000 0.1634555 0.1555085 0.1737785
256000 0.4522485 0.4451755 0.4605635
750000 1.19937525 1.192105 1.213883


NaN NaN NaN NaN
1000 0.3518175 0.3192835 0.3607205
4000 0.323821 0.2833205 0.38749
16000 0.3976805 0.358292 0.421445
64000 0.441665 0.3666545 0.54543
256000 0.726193 0.7034895 0.957642
750000 1.478495 1.408542 1.5403665


NaN NaN NaN NaN
1000 0.0300995 0.019194 0.0468595
4000 0.041547 0.039664 0.0429835
16000 0.0609705 0.057996 0.0783265
64000 0.1296225 0.1278795 0.1337385
256000 0.4154065 0.4124475 0.439117
750000 1.1494865 1.1413345 1.1520405


NaN NaN NaN NaN
1000 0.0037455 0.0037205 0.003805
4000 0.008127 0.0081175 0.008187
16000 0.025603 0.025523 0.034321
64000 0.095727 0.0953615 0.095893
256000 0.3780515 0.3762785 0.426328
750000 1.12165025 1.1149455 1.1251105
EOD
title = 'Sum of powers: fork_pool, p = 2, beats serial from n = 27 331 [25 449, 31 832] on'

$paths << EOD
NaN NaN
1000 0.004417
1122.46 0.00483691
1259.92 0.00529674
1414.21 0.00580028
1587.4 0.00635169
1781.8 0.00695553
2000 0.00761676
2244.92 0.00834086
2519.84 0.0091338
2828.43 0.0100021
3174.8 0.010953
3563.59 0.0119942
4000 0.0131345
4489.85 0.0146349
5039.68 0.0163066
5656.85 0.0181693
6349.6 0.0202448
7127.19 0.0225574
8000 0.0251341
8979.7 0.0280052
10079.4 0.0312042
11313.7 0.0347687
12699.2 0.0387403
14254.4 0.0431657
16000 0.0480965
17959.4 0.0538692
20158.7 0.0603347
22627.4 0.0675762
25398.4 0.0756869
28508.8 0.084771
32000 0.0949454
35918.8 0.106341
40317.5 0.119104
45254.8 0.1334
50796.8 0.14941
57017.5 0.167343
64000 0.187428
71837.6 0.210324
80634.9 0.236017
90509.7 0.264848
101594 0.297202
114035 0.333508
128000 0.374249
143675 0.419967
161270 0.471269
181019 0.528839
203187 0.593441
228070 0.665935
256000 0.747285
279989 0.818058
306227 0.895533
334923 0.980346
366309 1.07319
400635 1.17483
438178 1.28609
479239 1.4079
524148 1.54123
573266 1.6872
626986 1.84699
685740 2.02191
750000 2.2134


NaN NaN
1000 0.067365
1122.46 0.0673654
1259.92 0.0673658
1414.21 0.0673662
1587.4 0.0673667
1781.8 0.0673671
2000 0.0673675
2244.92 0.0673679
2519.84 0.0673683
2828.43 0.0673687
3174.8 0.0673692
3563.59 0.0673696
4000 0.06737
4489.85 0.0691216
5039.68 0.0709187
5656.85 0.0727625
6349.6 0.0746543
7127.19 0.0765953
8000 0.0785867
8979.7 0.0806299
10079.4 0.0827263
11313.7 0.0848771
12699.2 0.0870839
14254.4 0.089348
16000 0.091671
17959.4 0.0961972
20158.7 0.100947
22627.4 0.105931
25398.4 0.111162
28508.8 0.11665
32000 0.12241
35918.8 0.128454
40317.5 0.134796
45254.8 0.141452
50796.8 0.148436
57017.5 0.155765
64000 0.163456
71837.6 0.177923
80634.9 0.19367
90509.7 0.210811
101594 0.22947
114035 0.24978
128000 0.271887
143675 0.295951
161270 0.322145
181019 0.350657
203187 0.381693
228070 0.415476
256000 0.452248
279989 0.490541
306227 0.532076
334923 0.577127
366309 0.625993
400635 0.678997
438178 0.736489
479239 0.798848
524148 0.866488
573266 0.939854
626986 1.01943
685740 1.10575
750000 1.19938


NaN NaN
1000 0.351818
1122.46 0.349395
1259.92 0.346989
1414.21 0.344599
1587.4 0.342226
1781.8 0.33987
2000 0.337529
2244.92 0.335205
2519.84 0.332896
2828.43 0.330604
3174.8 0.328327
3563.59 0.326066
4000 0.323821
4489.85 0.329413
5039.68 0.335102
5656.85 0.340888
6349.6 0.346775
7127.19 0.352764
8000 0.358856
8979.7 0.365053
10079.4 0.371357
11313.7 0.37777
12699.2 0.384293
14254.4 0.39093
16000 0.397681
17959.4 0.401172
20158.7 0.404695
22627.4 0.408248
25398.4 0.411832
28508.8 0.415448
32000 0.419096
35918.8 0.422776
40317.5 0.426488
45254.8 0.430233
50796.8 0.43401
57017.5 0.437821
64000 0.441665
71837.6 0.460352
80634.9 0.479829
90509.7 0.50013
101594 0.52129
114035 0.543345
128000 0.566334
143675 0.590295
161270 0.61527
181019 0.641302
203187 0.668435
228070 0.696715
256000 0.726193
279989 0.770518
306227 0.817548
334923 0.867449
366309 0.920396
400635 0.976574
438178 1.03618
479239 1.09943
524148 1.16653
573266 1.23774
626986 1.31328
685740 1.39344
750000 1.4785


NaN NaN
1000 0.0300995
1122.46 0.0309189
1259.92 0.0317606
1414.21 0.0326253
1587.4 0.0335135
1781.8 0.0344258
2000 0.035363
2244.92 0.0363257
2519.84 0.0373147
2828.43 0.0383305
3174.8 0.039374
3563.59 0.0404459
4000 0.041547
4489.85 0.0428964
5039.68 0.0442897
5656.85 0.0457283
6349.6 0.0472135
7127.19 0.048747
8000 0.0503303
8979.7 0.0519651
10079.4 0.0536529
11313.7 0.0553955
12699.2 0.0571948
14254.4 0.0590525
16000 0.0609705
17959.4 0.0649257
20158.7 0.0691374
22627.4 0.0736224
25398.4 0.0783983
28508.8 0.083484
32000 0.0888997
35918.8 0.0946666
40317.5 0.100808
45254.8 0.107347
50796.8 0.114311
57017.5 0.121726
64000 0.129623
71837.6 0.142833
80634.9 0.157391
90509.7 0.173432
101594 0.191108
114035 0.210585
128000 0.232047
143675 0.255697
161270 0.281758
181019 0.310474
203187 0.342117
228070 0.376985
256000 0.415407
279989 0.452178
306227 0.492204
334923 0.535773
366309 0.583199
400635 0.634823
438178 0.691017
479239 0.752185
524148 0.818767
573266 0.891243
626986 0.970135
685740 1.05601
750000 1.14949


NaN NaN
1000 0.0037455
1122.46 0.00399526
1259.92 0.00426167
1414.21 0.00454585
1587.4 0.00484898
1781.8 0.00517232
2000 0.00551722
2244.92 0.00588512
2519.84 0.00627755
2828.43 0.00669615
3174.8 0.00714266
3563.59 0.00761895
4000 0.008127
4489.85 0.00894253
5039.68 0.00983989
5656.85 0.0108273
6349.6 0.0119138
7127.19 0.0131093
8000 0.0144248
8979.7 0.0158723
10079.4 0.0174651
11313.7 0.0192177
12699.2 0.0211461
14254.4 0.0232681
16000 0.025603
17959.4 0.0285772
20158.7 0.0318969
22627.4 0.0356022
25398.4 0.0397379
28508.8 0.0443541
32000 0.0495065
35918.8 0.0552575
40317.5 0.0616765
45254.8 0.0688412
50796.8 0.0768382
57017.5 0.0857642
64000 0.095727
71837.6 0.107336
80634.9 0.120352
90509.7 0.134947
101594 0.151312
114035 0.169661
128000 0.190236
143675 0.213306
161270 0.239173
181019 0.268177
203187 0.300699
228070 0.337164
256000 0.378052
279989 0.413914
306227 0.453178
334923 0.496167
366309 0.543233
400635 0.594765
438178 0.651185
479239 0.712957
524148 0.780588
573266 0.854635
626986 0.935707
685740 1.02447
750000 1.12165
EOD

$marks << EOD
NaN NaN NaN NaN 0
50036.318 47371.4798 51939.8407 0.147215337 0
250316.095 233447.045 365875.256 0.730731589 3
27330.5859 25448.6143 31831.9601 0.0813323013 1
EOD
marks = 3
lines = 5
array slot[5]
array name[5]
slot[1] = 8
name[1] = 'serial'
slot[2] = 0
name[2] = 'pthreads: n = 50 036'
slot[3] = 3
name[3] = 'fork: n = 250 316'
slot[4] = 1
name[4] = 'fork_pool: n = 27 331'
slot[5] = 2
name[5] = 'openmp'
set xtics ()
set xtics add ('1 000' 1000)
set xtics add ('10 000' 10000)
set xtics add ('100 000' 100000)
set xtics add ('1 000 000' 1000000)
caption = 'Medians of 12 to 13 blocks, with 95 % intervals'
missing = 'openmp, p = 2, beats serial at every size measured, from n = 1 000 on'
left = 1000
right = 750000
low = 0.0037205
top = 2.216576
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

# crossover.gp -- time against n, and from which n on a variant beats serial.
# Needs: what curves.gp needs; unit (of time), each (the unit of n).

set xlabel "n (".each."), logarithmic" offset 0,0.6
set ylabel "time, ".unit.", logarithmic"
set logscale y
bottom = low / 1.8
set yrange [bottom:top*1.4]
set key title sprintf("p = %d%s", workers, marks ? "; beats serial from" : "") left

do for [kind in formats] {
	eval picture(kind)
	eval "plot ".curves
	unset output
}
