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
