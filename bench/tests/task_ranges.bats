#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# task_ranges.bats -- every way to deal is what it says, whoever deals: verify knows who must have which tasks.

load helper

L=$B/lessons/06_task_ranges

# deals VARIANT OPTION...: right for every schedule, with more workers than tasks, too, and twice in a row.
deals() {
	local schedule workers
	for schedule in 0 1 2; do
		for workers in 1 2 3 7 50 64; do
			"$L/$1" --workers $workers --param schedule=$schedule --warmups 0 --runs 2 "${@:2}" ||
				{ echo "schedule $schedule, $workers workers, ${*:2}"; return 1; }
		done
	done
}

@test "the three schedules are kept, at every skew" {
	for variant in serial pthreads fork_pool openmp; do
		for skew in 0 1 3; do
			deals $variant --n 10001 --param skew=$skew --param spin=20
		done
	done
}

# first_half VARIANT SCHEDULE: the share of the CPU time, in percent, that worker 0 of 2 had, at most, in ten runs.
first_half() {
	"$L/$1" --rows --workers 2 --n 100000 --param skew=3 --param spin=200 --param schedule=$2 --runs 10 3>rows
	jq -s '[.[] | .lanes // empty | 100 * .[0].cpu_ns / (map(.cpu_ns) | add)] | max | floor' rows
}

@test "one of two workers has a sixteenth of the work by static dealing, at skew 3, and more by the others" {
	for variant in pthreads fork_pool openmp; do
		[ "$(first_half $variant 0)" -lt 25 ]
		[ "$(first_half $variant 1)" -gt 35 ]
		[ "$(first_half $variant 2)" -gt 35 ]
	done
}

@test "one task, as many tasks as numbers, more tasks asked for than there are numbers" {
	for variant in serial pthreads fork_pool openmp; do
		deals $variant --n 1000 --param tasks=1 --param spin=1
		deals $variant --n 1000 --param tasks=1000 --param spin=1
		deals $variant --n 20 --param tasks=65536 --param spin=0
		deals $variant --n 0
	done
}

@test "what does not come out even is the last range's" {
	run "$L/serial" --answer --n 23 --param tasks=4
	[ "$output" = "[(0, 4), (5, 9), (10, 14), (15, 22)]" ]
	run "$L/serial" --answer --n 3
	[ "$output" = "[(0, 0), (1, 1), (2, 2)]" ]
}

@test "a run measures as many workers as tasks, too, as the document had them" {
	run manyhands run --lessons "$B/lessons" task_ranges --quick --blocks 1 --runs 1 --n 1000 -o out
	exits 0 out
	[ "$(jq -c '[.cells[] | select(.lesson == "06_task_ranges" and .workers == 50) | .size] | unique' \
		out/run.json)" = '["document","measured"]' ]
	# and in the sweep no more than there are PUs
	[ "$(jq '[.cells[] | select(.params.skew == 0 and .size == "measured") | .workers] | max' out/run.json)" -le \
		"$(nproc)" ]
}

@test "a worker process that is killed is missed: no hang, and nobody is left" {
	MANYHANDS_TEST=$dir "$L/fork_pool" --workers 3 --n 4000000 --param spin=65536 >out 2>&1 3>&- &
	program=$!
	soon eval '[ "$(pgrep -c -P $program)" -eq 3 ]'
	kill -KILL $(pgrep -P $program)
	status=0
	wait $program || status=$?
	[ $status -eq 1 ]
	grep -q 'worker 0 died before it was done' out
	soon nobody_is_left
}

@test "no worker process outlives its parent" {
	MANYHANDS_TEST=$dir "$L/fork_pool" --workers 3 --n 4000000 --param spin=65536 >out 2>&1 3>&- &
	program=$!
	soon eval '[ "$(pgrep -c -P $program)" -eq 3 ]'
	kill -KILL $program
	wait $program || :
	soon nobody_is_left
}
