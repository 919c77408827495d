#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# locked_pool.bats -- a lock keeps apart what must be alone, and nothing else; who dies with it holds up nobody.

load helper

L=$B/lessons/08_locked_pool

# takes_at_least VARIANT WORKERS N PERCENT MS: right, and no solve was shorter: who sleeps is never woken too early.
takes_at_least() {
	local shortest
	"$L/$1" --rows --workers "$2" --n "$3" --param task_us=2000 --param locked_percent="$4" --runs 1 3>rows
	shortest=$(jq -s '[.[] | .solve_ns // .wall_ns // empty] | min' rows)
	echo "$*: $shortest ns"
	[ "$(grep -c '"outcome":"ok"' rows)" -eq 3 ] && [ "$shortest" -ge "$(($5 * 1000000))" ]
}

@test "what is under the lock takes its time one after the other, with any number of workers" {
	for variant in serial pthreads fork_pool rounds openmp; do
		for workers in 1 5; do
			takes_at_least $variant $workers 10 100 20
			takes_at_least $variant $workers 10 50 11  # ten times 1 ms, and before the first 1 ms alone
			takes_at_least $variant $workers 10 0 2
		done
	done
}

@test "what is not under the lock lies side by side: 64 workers do not wait 64 times as long" {
	for variant in pthreads fork_pool rounds openmp; do
		timeout 10 "$L/$variant" --workers 64 --n 64 --param task_us=400000 --param locked_percent=0 \
			--warmups 0 --runs 0
	done
}

@test "every share under the lock is right, no sleep at all, too" {
	for variant in serial pthreads fork_pool rounds openmp; do
		for percent in 0 1 100; do
			for us in 0 1 99; do
				"$L/$variant" -p 7 -n 50 --param task_us=$us --param locked_percent=$percent --runs 1
			done
		done
	done
}

@test "without the lock two tasks have one turn, and are named; every time, even when tasks take no time" {
	run "$L/nolock" --workers 5 --n 20 --param locked_percent=100
	exits 2 "tasks 0 and 1 both had turn 0"
	for try in {1..50}; do
		run "$L/nolock" --workers 2 --n 2 --param task_us=0 --runs 0
		exits 2 "tasks 0 and 1 both had turn 0"
	done
}

# queue PROGRAM: its workers, the one that holds the lock first: the others wait for a futex.
queue() {
	local worker
	for worker in $(pgrep -P "$1"); do
		echo "$(grep -c futex "/proc/$worker/wchan") $worker"
	done | sort -n | cut -d ' ' -f 2
}

@test "whether the holder of the lock is killed or one that waits: no hang, and nobody is left" {
	for place in 1 2; do
		MANYHANDS_TEST=$dir "$L/fork_pool" --workers 3 --n 1000 --param task_us=10000000 \
			--param locked_percent=100 >out 2>&1 3>&- &
		program=$!
		soon eval '[ "$(cat $(pgrep -P $program | sed "s|.*|/proc/&/wchan|") | grep -o futex | wc -l)" -eq 2 ]'
		kill -KILL "$(queue $program | sed -n ${place}p)"
		status=0
		wait $program || status=$?
		[ $status -eq 1 ]
		grep -q 'was killed by SIGKILL' out
		soon nobody_is_left
	done
}

@test "no worker process outlives its parent, in whatever it waits for" {
	MANYHANDS_TEST=$dir "$L/fork_pool" --workers 3 --n 1000 --param task_us=10000000 >out 2>&1 3>&- &
	program=$!
	soon eval '[ "$(pgrep -c -P $program)" -eq 3 ]'
	kill -KILL $program
	wait $program || :
	soon nobody_is_left
}
