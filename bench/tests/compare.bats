#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# compare.bats -- manyhands compare as a user meets it: words, exit codes, files.  Its times are made up.

load helper

# results DIR THREADS_NS [HOST] [FIELDS]: a results folder in which the loop and serial take 1 ms, threads THREADS_NS.
results() {
	mkdir -p "$1"
	printf '{"schema_version":1,"run_id":"%s","host":"%s",%s"finished":true}' "$1" "${3:-lab}" "${4:-}" \
		>"$1/run.json"
	for block in 0 1 2 3 4 5 6 7; do
		for cell in "capacity serial 1000000" "sum serial 1000000" "sum threads $2"; do
			# shellcheck disable=SC2086
			set -- "$1" "$2" "${3:-lab}" "${4:-}" $cell
			printf '{"schema_version":1,"block":%d,"order":0,"lesson":"%s","variant":"%s",' $block "$5" "$6"
			printf '"size":"measured","regime":"warm","workers":1,"n":10,"params":{},"run":2,'
			printf '"is_warmup":false,"outcome":"ok","start_ns":%d,"wall_ns":%d}\n' $((block * 1000)) \
				$(($7 + $7 / 1000 * (block % 3)))
		done
	done >"$1/samples.ndjson"
}

@test "compare: the machine first, then what changed, within 80 columns" {
	results a 1000000
	results b 800000
	manyhands compare a b >text
	fits text
	grep -q "^A: a$" text
	[ "$(grep -n 'The machine itself' text | cut -d : -f 1)" -lt "$(grep -n '^sum (sum)' text | cut -d : -f 1)" ]
	grep -qE '^threads +1 warm 1\.00 ms +801 us +1\.250 \[1\.2.*\] faster$' text
	grep -qE '^serial +1 warm +1\.00 ms 1\.00 ms +1\.000 .* same$' text
	grep -q "B is faster in 1 (most: sum threads p = 1 warm, by 25 %), slower in 0" text
	manyhands compare b a >text
	grep -qE '^threads .* 0\.800 .* slower$' text
}

@test "compare: a run with itself is the same everywhere" {
	results a 1000000
	run manyhands compare a a
	exits 0 "faster in 0, slower in 0, the same in 2, unclear in 0"
}

@test "compare --fail-if-slower: exit 5 and the worst cell, only when it is slower for sure and by so much" {
	results a 1000000
	results b 1100000
	run manyhands compare a b --fail-if-slower 5%
	exits 5 "1 cell is slower by 5 % or more; the worst is sum threads p = 1 warm: 10 %" "1.10 ms"
	run manyhands compare a b --fail-if-slower 11%
	exits 0
	run manyhands compare b a --fail-if-slower 1%
	exits 0
	sed -i '/"block":[1-7]/d' b/samples.ndjson  # a single block: nothing is sure
	run manyhands compare a b --fail-if-slower 5%
	exits 0 "too few"
}

@test "compare --fail-if-slower: what fails in B alone is a regression, too" {
	results a 1000000
	results b 1000000
	sed -i '/"variant":"threads"/s/"outcome":"ok".*/"outcome":"wrong","wall_ns":null}/' b/samples.ndjson
	run manyhands compare a b --fail-if-slower 5%
	exits 5 "failed in B alone: sum threads p = 1 warm failed"
	run manyhands compare b a --fail-if-slower 5%
	exits 0 "failed in A"
}

@test "compare: another machine is refused with exit 4, and named" {
	results a 1000000
	results b 1000000 pc
	run manyhands compare a b
	exits 4 "host is lab in A, pc in B" "--other-machine"
	[ "${#lines[@]}" -eq 1 ]
	run manyhands compare a b --other-machine
	exits 0 "Not the same host: lab in A, pc in B"
	results b 1000000 lab '"scaling":"weak",'
	run manyhands compare a b --other-machine
	exits 4 "strong scaling" "weak"
}

@test "compare --format json and csv: parsed by others" {
	results a 1000000
	results b 500000
	manyhands compare a b --format csv >csv
	[ "$(wc -l <csv)" -eq 4 ]
	[ "$(cut -d , -f 1-5,19 csv | tail -n 1)" = 'sum,threads,measured,warm,1,faster' ]
	command -v jq >/dev/null || skip "no jq here"
	manyhands compare a b --format json >json
	jq -e '.schema_version == 1 and .a.run_id == "a" and .b.run_id == "b" and (.twins | not)
		and .verdicts.faster == 1 and .verdicts.same == 1 and (.cells | length) == 3
		and (.cells[2].ratio | .low < .estimate and .estimate < .high)
		and (.cells[0] | .machine and .lesson == "capacity")
		and .drift.low < 1 and .drift.high > 1' json
}

@test "compare: twins are paired" {
	results a 1000000 lab '"twin":"b",'
	results b 1000000 lab '"twin":"a",'
	run manyhands compare a b
	exits 0 "took turns, block by block" "[1.000, 1.000] same"
}

@test "compare -o: the file is there whole or not at all" {
	results a 1000000
	results b 2000000
	run manyhands compare a b -o out.txt --fail-if-slower 5%
	exits 5 "100 %"
	grep -q "slower in 1" out.txt
	echo old >kept
	run manyhands compare a nowhere -o kept
	exits 1 "nowhere/run.json"
	[ "$(cat kept)" = old ]
	run manyhands compare a b -o "$dir"
	exits 1 "Is a directory"
	[ "$(ls -A | sort | tr '\n' ' ')" = "a b kept out.txt " ]
}

@test "compare: what is missing, too much, or no number" {
	results a 1000000
	run manyhands compare a
	exits 1 "which two results folders?"
	run manyhands compare a a a
	exits 1 "'a' is the third"
	run manyhands compare a a --fail-if-slower fast
	exits 1 "'fast'" "5%"
	run manyhands compare a a --format xml
	exits 1 "'xml'" "text, csv and json"
}

@test "compare: two real runs, of another n, and one of fewer variants" {
	manyhands run --lessons "$FAKE" --quick --blocks 6 --runs 1 --n 1000 growing -o a >/dev/null 2>&1
	manyhands run --lessons "$FAKE" --quick --blocks 6 --runs 1 --n 2000 growing --variants serial -o b \
		>/dev/null 2>&1
	manyhands compare a b >text
	fits text
	grep -q "n = 1 000 .* in A, 2 000 in B: times and ratios are per item" text
	grep -q "The machine itself" text
	manyhands compare a b --format csv >csv
	grep -q ',only in A$' csv
	! grep ',only in B$' csv || return 1
}

@test "compare --plot: a picture that says what it finds, the same every time, whole or not at all" {
	results a 1000000
	results b 1100000
	manyhands compare a b --plot x.svg >text
	fits text
	grep -q 'B is slower in 1 of 2 cells; at worst by 10 %: sum threads p = 1' x.svg
	manyhands compare a b --plot y.svg >/dev/null
	cmp x.svg y.svg
	manyhands compare a b --plot y.png --plot y.pdf --fail-if-slower 5% >/dev/null || [ $? -eq 5 ]
	[[ $(head -c 5 y.pdf) == %PDF- ]]
	manyhands compare a b --plot y.png >/dev/null
	head -c 4 y.png | grep -q PNG
	run manyhands compare a b --plot picture
	exits 1 "'picture' does not say what picture it is" ".svg, .png or .pdf"
	run manyhands compare a b --plot nowhere/x.svg
	exits 1 "slower in 1" "nowhere/x.svg is not drawn: cannot write"
	[ "$(ls -A | sort | tr '\n' ' ')" = "a b text x.svg y.pdf y.png y.svg " ]
}

@test "compare --plot: without gnuplot the words are told, and that there is no picture; a regression counts more" {
	results a 1000000
	results b 1100000
	mkdir bin
	PATH=$dir/bin run "$B/manyhands" compare a b --plot x.svg
	exits 1 "slower in 1" "x.svg is not drawn: gnuplot is not installed"
	PATH=$dir/bin run "$B/manyhands" compare a b --plot x.svg --fail-if-slower 5%
	exits 5 "x.svg is not drawn"
	[ ! -e x.svg ]
	sed -i 's/"sum"/"other"/' b/samples.ndjson
	run manyhands compare a b --plot x.svg
	exits 1 "no cell has a time in both runs"
}
