#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# resume.bats -- a run that was interrupted goes on as it was begun; what is not the same is refused.

load helper

# measure WORD...: a short run of a fake lesson, into out.
measure() {
	manyhands run --lessons "$FAKE" growing --quick --n 100000 "$@"
}

# begin: an endless run, as process $conductor.
begin() {
	MANYHANDS_TEST=$dir "$B/manyhands" run --lessons "$FAKE" growing --quick --n 100000 --blocks 512 \
		--budget 1h -o out >said 2>&1 3>&- &
	conductor=$!
}

# blocks: the different block numbers in out, in order, on one line.
blocks() {
	grep -o '"block":[0-9]*' out/samples.ndjson | cut -d : -f 2 | sort -nu | tr '\n' ' '
}

@test "it goes on with the next block, the same sizes, in the same folder" {
	measure --blocks 2 -o out
	head=$(cksum <out/samples.ndjson)
	bytes=$(stat -c %s out/samples.ndjson)
	plan=$(jq -c '[.cells[] | del(.solve_s)]' out/run.json)
	run manyhands run --resume out --blocks 5
	exits 0 "Results are in out"
	[ "$(blocks)" = "0 1 2 3 4 " ]
	[ "$(head -c "$bytes" out/samples.ndjson | cksum)" = "$head" ]
	[ "$(jq -c '[.cells[] | del(.solve_s)]' out/run.json)" = "$plan" ]
	[ "$(jq -c '[.resumed[].block, .blocks, .finished]' out/run.json)" = "[2,5,true]" ]
	rows_are_whole
}

@test "a calibrated size is not calibrated again" {
	manyhands run --lessons "$FAKE" growing --quick --blocks 1 -o out
	n=$(jq -c '[.cells[].n]' out/run.json)
	run manyhands run --resume out --blocks 2
	exits 0
	[ "$(jq -c '[.cells[].n]' out/run.json)" = "$n" ]
	[[ $output != *sizing* && $output != *trying* ]]
}

@test "the row that an interruption cut in half goes; its block stays" {
	measure --blocks 3 -o out
	rows=$(wc -l <out/samples.ndjson)
	head -c -20 out/samples.ndjson >cut
	mv cut out/samples.ndjson
	run manyhands run --resume out --blocks 4
	exits 0
	rows_are_whole
	[ "$(blocks)" = "0 1 2 3 " ]
	[ "$(grep -c '"block":[0-2],' out/samples.ndjson)" -eq $((rows - 1)) ]
}

@test "killed at any moment, it can go on" {
	begin
	soon grep -q '^block 3' said
	kill -KILL $conductor
	wait $conductor || :
	soon nobody_is_left
	run manyhands run --resume out --blocks 1 --budget 20s
	exits 0 "Results are in out"
	last=$(blocks | awk '{ print $NF }')
	run manyhands run --resume out --blocks $((last + 3))
	exits 0
	[ "$(blocks)" = "$(seq -s ' ' 0 $((last + 2))) " ]
	rows_are_whole
}

@test "a cell that was left out stays so, with its reason" {
	manyhands run --lessons "$FAKE" growing --quick --n 2000000000 --weak --workers 1,3 --oversubscribe --blocks 1 \
		--runs 1 --variants constant -o out
	reason=$(jq -c .left_out out/run.json)
	[[ $reason == *"passes what the lesson can take"* ]]
	run manyhands run --resume out --blocks 2
	exits 0 "passes what the"
	[ "$(jq -c .left_out out/run.json)" = "$reason" ]
}

@test "only how long and how well may be asked for anew" {
	measure --blocks 1 -o out
	for other in "--workers 1" "--quick" "--seed 3" "-o other" growing "--n 5"; do
		run manyhands run --resume out $other
		exits 1 "--resume" "--budget"
	done
	run manyhands run --resume out --precision 50% --budget 10s
	[ "$status" -eq 0 ] || [ "$status" -eq 3 ]
	[ "$(jq .precision out/run.json)" = 0.5 ]
}

@test "another machine, another build, another plan: refused, and nothing is touched" {
	measure --blocks 1 -o out
	cp -r out kept
	for change in '.machine.model = "abacus"' '.host = "elsewhere"' '.compiler = "tcc"' '.revision = "00000000"' \
		'.kernel = "Linux 1.0"' '.cells[0].n = 5' 'del(.cells[1])' '.cells[0].variant = "threads"' \
		'.twin = "other"' '.schema_version = 2' '.argv = []' '.argv = 7'; do
		jq "$change" kept/run.json >out/run.json
		before=$(cat out/* | cksum)
		run manyhands run --resume out
		exits 1 "out"
		[ "$(cat out/* | cksum)" = "$before" ] || { echo "touched after $change"; return 1; }
	done
}

@test "no folder, no run, no rows" {
	run manyhands run --resume nowhere
	exits 1 "nowhere/run.json"
	mkdir empty
	run manyhands run --resume empty
	exits 1 "empty/run.json"
	measure --blocks 1 -o out
	echo "no row" >>out/samples.ndjson
	run manyhands run --resume out
	exits 1 "samples.ndjson" "last line"
	rm out/samples.ndjson
	run manyhands run --resume out
	exits 1 "samples.ndjson"
}

@test "a run that is still writing is left alone" {
	begin
	soon grep -q '^block 1' said
	run manyhands run --resume out
	kill -TERM $conductor
	wait $conductor || :
	exits 1 "another run is writing"
}
