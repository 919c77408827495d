#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# memo_cache.bats -- the lesson's folder: where it is, that it goes, and what is said when it cannot be used.

load helper

FOLDER=$B/lessons/15_memo_cache
VARIANTS="serial pthreads fork_pool openmp"

@test "the folder is where TMPDIR says, and is gone afterwards" {
	mkdir here
	for variant in $VARIANTS; do
		TMPDIR=$dir/here run "$FOLDER/$variant" --n 20 --workers 4 --param spin=1000 --param hit_percent=50
		exits 0 "every answer was verified"
		[ -z "$(ls here)" ]
	done
	TMPDIR=$dir/here strace -f -o trace "$FOLDER/serial" --n 2 --runs 0 >/dev/null ||
		skip "strace is not allowed here"
	grep -q 'mkdir("'"$dir"'/here/manyhands-memo' trace
}

@test "every share of hits, every number of calls for a key" {
	for variant in $VARIANTS; do
		for hits in 0 1 50 99 100; do
			for calls in 1 3 100; do
				run "$FOLDER/$variant" --n 101 --workers 8 --runs 1 --param spin=100 \
					--param hit_percent=$hits --param calls_per_key=$calls
				exits 0 "every answer was verified"
			done
		done
	done
}

@test "no folder: a message that says what to do" {
	for variant in $VARIANTS; do
		TMPDIR=/nowhere run "$FOLDER/$variant" --n 2
		exits 1 "no folder for the cache in /nowhere" "set TMPDIR"
	done
}

@test "what cannot be kept is told: a limit on the size of files" {
	run bash -c "trap '' XFSZ; ulimit -f 0; TMPDIR=$dir '$FOLDER/serial' --n 2 --runs 0 2>&1 | cat"
	exits 0 "could not be kept"
}
