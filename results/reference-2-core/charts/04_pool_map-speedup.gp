# Made by `manyhands report`.  Draw it again, here: gnuplot 04_pool_map-speedup.gp
out = '04_pool_map-speedup'
title = 'Pool.map: thread_pool is 1.93 times as fast as serial on 2 workers'
subtitle = 'serial takes 38.9 ms [38.9, 39.0] · n = 140 000 items, first=0 chunk=1 spin=1000 · AMD EPYC, 2 cores (virtual)'

$points << EOD
1 0.97554245 -0.500
1 0.985565719 0.118
1 0.98512689 -0.264
1 0.975883266 0.354
1 0.97115717 -0.028
1 0.971694 -0.410
1 0.977225993 0.208
1 0.985252143 -0.174
1 0.984430467 0.444
1 0.9745356 0.062
1 0.976384619 -0.320
1 0.974087247 0.298
1 0.985948629 -0.084
1 0.986290641 -0.466
1 0.984424565 0.152
1 0.986407074 -0.229
1 0.972056678 0.389
1 0.97475687 0.007
2 1.85892188 -0.500
2 1.84925137 0.118
2 1.85683106 -0.264
2 1.38657415 0.354
2 1.37599014 -0.028
2 1.37868868 -0.410
2 1.3579279 0.208
2 1.37613923 -0.174
2 1.83287299 0.444
2 1.3575929 0.062
2 1.84320802 -0.320
2 1.36589014 0.298
2 1.36980976 -0.084
2 1.8391274 -0.466
2 1.85999745 0.152
2 1.85382461 -0.229
2 1.39815638 0.389
2 1.36778842 0.007


1 0.960433768 -0.500
1 0.969983306 0.118
1 0.97677418 -0.264
1 0.959004676 0.354
1 0.957111782 -0.028
1 0.967520682 -0.410
1 0.95608095 0.208
1 0.968320318 -0.174
1 0.966869685 0.444
1 0.957579836 0.062
1 0.961521584 -0.320
1 0.961314621 0.298
1 0.967356813 -0.084
1 0.968440614 -0.466
1 0.968977489 0.152
1 0.969640923 -0.229
1 0.961779599 0.389
1 0.969634543 0.007
2 1.93698746 -0.500
2 1.92687186 0.118
2 1.9533828 -0.264
2 1.92792442 0.354
2 1.92757006 -0.028
2 1.93904581 -0.410
2 1.92823952 0.208
2 1.92927554 -0.174
2 1.93299269 0.444
2 1.92577356 0.062
2 1.93149191 -0.320
2 1.93176143 0.298
2 1.93671006 -0.084
2 1.93803653 -0.466
2 1.94833799 0.152
2 1.93235282 -0.229
2 1.93917828 0.389
2 1.92742299 0.007


1 0.933088655 -0.500
1 0.964206183 0.118
1 0.946747236 -0.264
1 0.923364295 0.354
1 0.927658165 -0.028
1 0.933522825 -0.410
1 0.926877522 0.208
1 0.927938339 -0.174
1 0.963795955 0.444
1 0.920768458 0.062
1 0.926466832 -0.320
1 0.926021137 0.298
1 0.923906296 -0.084
1 0.964095327 -0.466
1 0.966665117 0.152
1 0.963163001 -0.229
1 0.93112313 0.389
1 0.922485734 0.007
2 1.86023669 -0.500
2 1.93087355 0.118
2 1.94259867 -0.264
2 1.85054879 0.354
2 1.85408621 -0.028
2 1.84771058 -0.410
2 1.86177063 0.208
2 1.85491563 -0.174
2 1.91551228 0.444
2 1.85084735 0.062
2 1.92419825 -0.320
2 1.87360724 0.298
2 1.8521558 -0.084
2 1.92635699 -0.466
2 1.93804651 0.152
2 1.92070202 -0.229
2 1.86537182 0.389
2 1.85294262 0.007


1 0.54717199 -0.500
1 0.542329686 0.118
1 0.573469375 -0.264
1 0.65791986 0.354
1 0.6473419 -0.028
1 0.701941713 -0.410
1 0.709652118 0.208
1 0.707017865 -0.174
1 0.540320595 0.444
1 0.677660804 0.062
1 0.65714933 -0.320
1 0.539701836 0.298
1 0.646724228 -0.084
1 0.538783684 -0.466
1 0.607947266 0.152
1 0.598328407 -0.229
1 0.631921364 0.389
1 0.64572802 0.007
2 1.12391958 -0.500
2 1.11245622 0.118
2 1.1256685 -0.264
2 0.784447344 0.354
2 0.786093791 -0.028
2 0.780240322 -0.410
2 0.781666622 0.208
2 1.10937566 -0.174
2 1.10581631 0.444
2 0.786500912 0.062
2 0.789996712 -0.320
2 0.778264243 0.298
2 0.791076974 -0.084
2 1.10514906 -0.466
2 0.803759599 0.152
2 1.1013547 -0.229
2 0.80090088 0.389
2 0.788671795 0.007


1 0.980290568 -0.500
1 0.98151025 0.118
1 0.987891918 -0.264
1 0.98036185 0.354
1 0.980730973 -0.028
1 0.972633943 -0.410
1 0.979100587 0.208
1 0.981932638 -0.174
1 0.980116343 0.444
1 0.980386019 0.062
1 0.975756033 -0.320
1 0.979102673 0.298
1 0.980931391 -0.084
1 0.981141219 -0.466
1 0.982533823 0.152
1 0.983468749 -0.229
1 0.984653769 0.389
1 0.982373231 0.007
2 1.83560172 -0.500
2 1.84055968 0.118
2 1.83905715 -0.264
2 1.36644979 0.354
2 1.36469826 -0.028
2 1.36394995 -0.410
2 1.35465181 0.208
2 1.3763255 -0.174
2 1.82841413 0.444
2 1.36179925 0.062
2 1.38112366 -0.320
2 1.35027056 0.298
2 1.35178646 -0.084
2 1.82305421 -0.466
2 1.84771688 0.152
2 1.84323596 -0.229
2 1.39135764 0.389
2 1.82726812 0.007
EOD

$estimates << EOD
1 0.979591517 0.975459672 0.981383053
2 1.59079262 1.37789533 1.60796225


1 0.964645869 0.962181173 0.968380464
2 1.93298923 1.92984197 1.9379262


1 0.937154098 0.926979242 0.946124902
2 1.8878334 1.85757425 1.89784012


1 0.618343741 0.59045672 0.652609449
2 0.93199109 0.789333975 0.942482978


1 0.980931391 0.979732059 0.98215291
2 1.57963084 1.37142934 1.59811717
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
array slot[6]
array name[6]
slot[6] = 0
name[6] = ''
slot[1] = 0
name[1] = 'pthreads: 0.980 (p = 1)'
slot[1] = 0
name[1] = 'pthreads: 1.591'
slot[2] = 4
name[2] = 'thread_pool: 0.965 (p = 1)'
slot[2] = 4
name[2] = 'thread_pool: 1.933'
slot[3] = 1
name[3] = 'fork_pool: 0.937 (p = 1)'
slot[3] = 1
name[3] = 'fork_pool: 1.888'
slot[4] = 5
name[4] = 'fork_pool_unordered: 0.618 (p = 1)'
slot[4] = 5
name[4] = 'fork_pool_unordered: 0.932'
slot[5] = 2
name[5] = 'openmp: 0.981 (p = 1)'
slot[5] = 2
name[5] = 'openmp: 1.580'
drawn = 5
most = 2
octaves = 0
steep = 0
low = 0
top = 2.12
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
