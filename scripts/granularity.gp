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
