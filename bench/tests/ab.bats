#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# ab.bats -- compare --ab: two builds of the suite, measured turn by turn.

load helper

# other_build: $dir/other, the same programs by another name; one of them may be replaced.
other_build() {
	mkdir -p other/lessons
	ln -s "$B/bench" other/bench
	cp -r "$B/lessons/02_sum_of_powers" other/lessons
}

ab() {
	manyhands compare --ab "$B" other sum_of_powers --variants pthreads --workers 1 --quick --n 1000000 --runs 2 \
		"$@"
}

@test "two builds: two folders, twins, the same blocks, each a whole run of its own" {
	other_build
	run ab --blocks 6 -o out
	exits 0 "The two took turns" "Results are in out/a and out/b; compare.svg and .png"
	grep -q 'A: a · B: b' out/compare.svg
	[ -s out/compare.png ]
	[ "$(jq -r .twin out/a/run.json)" = b ]
	[ "$(jq -r .twin out/b/run.json)" = a ]
	[ "$(jq -r .programs out/b/run.json)" = "$dir/other/lessons" ]
	for field in .block .lesson .variant .n; do
		[ "$(jq -c "$field" out/a/samples.ndjson | sort)" = "$(jq -c "$field" out/b/samples.ndjson | sort)" ]
	done
	# turn by turn: of the two trials of a cell in a block one is right after the other
	jq -s -c '[.[] | select(.regime == "cold") | [.block, .order, .variant]] | sort' out/a/samples.ndjson >a
	jq -s -c '[.[] | select(.regime == "cold") | [.block, .order, .variant]] | sort' out/b/samples.ndjson >b
	paste <(jq -c '.[]' a) <(jq -c '.[]' b) | while read -r first second; do
		[ "$(jq -n "$first[1] - $second[1] | fabs")" -eq 1 ]
	done
	run manyhands report out/b
	exits 0 "pthreads"
	run manyhands compare out/a out/b --format json
	exits 0 '"twins": true'
}

@test "a build that is twice as slow is found, named, and exit code 5" {
	other_build
	cat >other/lessons/02_sum_of_powers/pthreads <<-END
		#!/bin/sh
		[ "\$1" = --describe ] && exec "$B/lessons/02_sum_of_powers/pthreads" "\$@"
		exec "$B/lessons/02_sum_of_powers/pthreads" "\$@" --n 8000000
	END
	run ab --blocks 8 --fail-if-slower 5%
	exits 5 "pthreads p = 1" "slower by 5 % or more"
	run manyhands compare --ab other "$B" sum_of_powers --variants pthreads --workers 1 --quick --n 1000000 \
		--blocks 8 --runs 2 --fail-if-slower 5%
	exits 0 "B is faster in"
}

@test "what is no build, and what cannot be measured together" {
	run ab -o out
	exits 1 "other is not a build" "make B=other"
	[ ! -e out ]
	run manyhands compare --ab "$B"
	exits 1 "which two builds"
	other_build
	run ab --resume out
	exits 1 "--resume"
	rm other/lessons/02_sum_of_powers/pthreads
	run ab -o out
	exits 1 "pthreads"
	run manyhands compare --ab "$B" other pipe_eof -o out
	exits 1 "pipe_eof"
	mkdir -p full/a
	touch full/a/thesis
	other_build 2>/dev/null || :
	cp "$B/lessons/02_sum_of_powers/pthreads" other/lessons/02_sum_of_powers
	run ab -o full
	exits 1 "full/a is not an empty folder"
	[ "$(ls full/a)" = thesis ]
}

@test "Ctrl-C: both sides keep their rows, and are compared" {
	other_build
	MANYHANDS_TEST=$dir env --default-signal=INT "$B/manyhands" compare --ab "$B" other sum_of_powers \
		--variants pthreads --workers 1 --quick --n 1000000 --runs 1 --blocks 512 --budget 1h -o out \
		>said 2>&1 3>&- &
	soon grep -q '^block 2' said
	kill -INT $!
	status=0
	wait $! || status=$?
	[ "$status" -eq 130 ]
	grep -q "Results are in out/a and out/b" said
	for side in a b; do
		[ "$(jq -r .stop_reason out/$side/run.json)" = interrupted ]
		jq -e . out/$side/samples.ndjson >/dev/null
	done
	soon nobody_is_left
}
