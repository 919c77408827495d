#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# report.bats -- manyhands report as a user meets it: which folder, which formats, and charts in the terminal.  Its
# times are made up.

load helper

# results DIR LESSON VARIANT [VARIANT...]: serial takes 1 ms; the i-th variant gains what its i + 1 workers give.
results() {
	local folder=$1 lesson=$2 block workers variant
	mkdir -p "$folder"
	printf '{"schema_version":1,"run_id":"made-up","finished":true}' >"$folder/run.json"
	for block in 0 1 2 3 4 5 6 7; do
		workers=0
		for variant in serial "${@:3}"; do
			workers=$((workers + 1))
			printf '{"schema_version":1,"block":%d,"order":0,"lesson":"%s","variant":"%s",' "$block" \
				"$lesson" "$variant"
			printf '"size":"measured","regime":"warm","workers":%d,"n":10,"params":{},"run":2,' "$workers"
			printf '"is_warmup":false,"outcome":"ok","start_ns":%d,"wall_ns":%d}\n' $((block * 1000)) \
				$(((1000000 + 1000 * (block % 3)) / workers))
		done
	done >>"$folder/samples.ndjson"
}

# in_terminal COLUMNS COMMAND...: its output on a terminal of so many columns, without carriage returns.
in_terminal() {
	local columns=$1
	shift
	script -qec "stty cols $columns rows 50; $(printf '%q ' "$@")" /dev/null 3>&- </dev/null | tr -d '\r'
}

escape=$'\033'

# lacks PATTERN FILE: no line has it.
lacks() {
	if grep -n "$1" "$2"; then
		return 1
	fi
}

@test "report: results/latest by default; a clear word when there is none, or more than one" {
	run manyhands report
	exits 1 "no results/latest here"
	mkdir results
	results results/one 02_sum threads
	ln -s one results/latest
	run manyhands report --charts none
	exits 0 "made-up" "threads"
	run manyhands report results/one results/one
	exits 1 "is the second"
	run manyhands report nowhere
	exits 1 "nowhere/run.json"
}

@test "report --charts: these formats and no others; none leaves all as it is" {
	results out 02_sum threads
	manyhands report out --charts none >/dev/null
	[ -f out/summary.csv ]
	[ ! -e out/charts ]
	[ ! -e out/report.html ]
	manyhands report out >/dev/null
	[ -s out/report.html ]
	[ "$(ls out/charts/02_sum-speedup.*)" = "$(printf 'out/charts/02_sum-speedup.%s\n' gp pdf png svg)" ]
	manyhands report out --charts png >/dev/null
	[ "$(ls out/charts/02_sum-speedup.*)" = "$(printf 'out/charts/02_sum-speedup.%s\n' gp png svg)" ]
	touch -d @0 out/charts/* out/report.html
	manyhands report out --charts none >/dev/null
	[ -z "$(find out/charts out/report.html -type f -newermt @1)" ]
	for list in gif png, ,svg "" svg,none; do
		run manyhands report out --charts "$list"
		exits 1 "is no format; there are svg, png, pdf"
	done
}

@test "report --lesson: table and plots of this one alone" {
	results out 02_sum threads
	results out 03_map pool
	manyhands report out --charts none --lesson map --plot >text
	grep -q '^pool ' text
	lacks 'threads\|02_sum' text
	manyhands report out --charts none --lesson 02_sum >text
	grep -q threads text
	lacks 03_map text
	run manyhands report out --lesson mat
	exits 1 "this run has no lesson 'mat': did you mean 'map'?"
	run manyhands report out --lesson "$escape[31m'"
	exits 1 "no lesson '?[31m''"
	[[ $output != *"$escape"* ]]
}

@test "report --plot: the finding, a line per variant and p, the interval; within 80 columns, no colour in a file" {
	results out 02_sum threads pool
	manyhands report out --charts none --plot >text
	fits text
	grep -q '^02_sum: pool is 3.00 times as fast as serial on 3 workers$' text
	grep -qE '^threads p =  2 2\.000 +\| +o$' text
	grep -qE '^pool +p =  3 3\.000 +\| +o$' text
	grep -q '^ *speedup' text
	lacks "$escape" text
	lacks ' $' text
	[ "$(tail -n 1 text | tr -d ' ')" = speedup ]
	[ ! -e out/charts ]
}

@test "report --plot: as wide as the terminal, with colours there, and without them under NO_COLOR or TERM=dumb" {
	command -v script >/dev/null || skip "no script(1) here"
	results out 02_sum threads pool
	plot=("$B/manyhands" report out --charts none --plot)
	TERM=xterm in_terminal 100 env -u NO_COLOR "${plot[@]}" >text
	grep -q "$escape\[[0-9;]*m" text
	sed -i "s/$escape\[[0-9;]*m//g" text
	lacks "$escape" text
	[ "$(awk '/^ *\+---/ { print length($0) }' text)" -gt 90 ]
	TERM=xterm in_terminal 80 env NO_COLOR= "${plot[@]}" >text
	grep -q "$escape" text
	for without in NO_COLOR=1 TERM=dumb; do
		TERM=xterm in_terminal 80 env -u NO_COLOR "$without" "${plot[@]}" >text
		lacks "$escape" text
		fits text
	done
}

@test "report --plot: names that are wide, long, or mean something to gnuplot or a terminal" {
	results out "02_x'; system 'touch pwned'" "thr'eads\`touch pwned\`" 'a_b^2{x} %d ${x}' \
		"漢字漢字漢字漢字漢字漢字漢字漢字" 'esc\u001b[31mred' "$(printf 'long%.0s' {1..60})"
	manyhands report out --plot >text
	[ ! -e pwned ] && [ ! -e out/charts/pwned ]
	lacks "$escape" text
	sed 's/漢\|字/xx/g' text >narrow
	fits narrow
	grep -qE "^thr'eads.touch p\.\.\. p =  2" text
}

@test "report --plot: times where nothing has a speedup; a sentence where nothing has a time" {
	results out 02_sum threads
	grep -v '"serial"' out/samples.ndjson >rows
	mv rows out/samples.ndjson
	manyhands report out --charts none --plot >text
	grep -q '^threads p =  2' text
	grep -q ' time, ' text
	sed -i 's/"outcome":"ok"/"outcome":"wrong"/; s/"wall_ns":[0-9]*/"wall_ns":null/' out/samples.ndjson
	manyhands report out --charts none --plot >text
	grep -q 'nothing has a time, so nothing is drawn' text
}

@test "report --plot=sixel: a picture for a terminal that asked for it, refused where gnuplot has none" {
	results out 02_sum threads
	if [ "$(gnuplot -d -e "print strstrt(GPVAL_TERMINALS, 'sixelgd')" 2>&1)" -gt 0 ]; then
		manyhands report out --charts none --plot=sixel >picture
		grep -qa "${escape}P" picture
	fi
	mkdir bin
	cat >bin/gnuplot <<-END
		#!/bin/sh
		# a gnuplot that knows no sixel
		for script; do :; done
		sed s/sixelgd/sixelzz/g "\$script" >$dir/script.gp
		exec $(command -v gnuplot) -d -e "formats = 'sixel'" $dir/script.gp
	END
	chmod +x bin/gnuplot
	PATH=$dir/bin:$PATH run manyhands report out --charts none --plot=sixel
	exits 1 "no sixel terminal: --plot alone draws in characters"
	run manyhands report out --plot=kitty
	exits 1 "'kitty'" "sixel"
}

@test "report --plot without gnuplot: the table, how to get it, exit code 1" {
	results out 02_sum threads
	mkdir bin
	PATH=$dir/bin run "$B/manyhands" report out --charts none --plot
	exits 1 "threads" "gnuplot"
	PATH=$dir/bin run "$B/manyhands" report out
	exits 0 "there is no gnuplot"
}

@test "make charts and make report: of a folder of any name, without measuring" {
	odd="$dir/it's \"odd\" & new"
	results "$odd" 02_sum threads
	target=(make -s -C "$SOURCE" -o "$B/manyhands" B="$B" RUN="$odd")
	run "${target[@]}" charts
	exits 0 "$odd/charts"
	[ -f "$odd/charts/02_sum-speedup.pdf" ]
	run "${target[@]}" report
	exits 0 made-up threads
	run make -s -C "$SOURCE" -o "$B/manyhands" B="$B" RUN="$dir/nowhere" charts
	exits 2 "nowhere/run.json"
}

@test "show-page: BROWSER's commands, then the desktop's; nothing is evaluated; a word when there is none" {
	mkdir bin
	echo hello >'a page;touch pwned.html'
	page="$dir/a page;touch pwned.html"
	printf '#!/bin/sh\nprintf "%%s|" "$@" >"%s/opened"\n' "$dir" >bin/viewer
	printf '#!/bin/sh\nexit 3\n' >bin/broken
	chmod +x bin/*
	for tool in bash env realpath; do
		ln -s "$(command -v $tool)" bin
	done
	PATH=$dir/bin BROWSER='missing:broken:viewer --new %s x:viewer' "$SOURCE/scripts/show-page" "$page"
	[ "$(cat opened)" = "--new|$page|x|" ]
	PATH=$dir/bin BROWSER='viewer $(touch pwned) ;touch pwned' "$SOURCE/scripts/show-page" "$page"
	[ "$(cat opened)" = "\$(touch|pwned)|;touch|pwned|$page|" ]
	cp bin/viewer bin/xdg-open
	rm opened
	PATH=$dir/bin BROWSER='' "$SOURCE/scripts/show-page" "$page"
	[ "$(cat opened)" = "$page|" ]
	[ ! -e pwned ]
	rm bin/xdg-open
	PATH=$dir/bin BROWSER=broken run "$SOURCE/scripts/show-page" "$page"
	exits 1 "no browser could be started here" "$page"
	run "$SOURCE/scripts/show-page" nowhere.html
	exits 1 "nowhere.html is not there"
}

@test "report that is killed leaves no gnuplot behind" {
	results out 02_sum threads
	mkdir bin
	printf '#!/bin/sh\n: >%s/begun\nexec sleep 300\n' "$dir" >bin/gnuplot
	chmod +x bin/gnuplot
	MANYHANDS_TEST=$dir PATH=$dir/bin:$PATH "$B/manyhands" report out --charts none --plot >/dev/null 2>&1 3>&- &
	conductor=$!
	disown
	soon [ -e begun ]
	kill -9 $conductor
	soon nobody_is_left
}
