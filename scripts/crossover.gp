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
