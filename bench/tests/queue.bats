#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# queue.bats -- in the lessons about queues somebody is killed: the others do not wait for what will not come.

load helper

# begin PROGRAM ARGUMENT...: in the background, its words in $dir/said.
begin() {
	MANYHANDS_TEST=$dir "$B/lessons/$1" "${@:2}" >"$dir/said" 2>&1 3>&- &
	program=$!
}

has_children() {
	[ "$(pgrep -c -P "$program")" -ge "$1" ]
}

# fails_with WORD...: it ends, with exit code 1 and these words, and nobody is left.
fails_with() {
	local code=0 word
	wait "$program" || code=$?
	cat "$dir/said"
	[ $code -eq 1 ]
	for word in "$@"; do
		grep -qF "$word" "$dir/said"
	done
	soon nobody_is_left
}

@test "bounded_queue: a consumer is killed, and the producer does not wait for room" {
	begin 10_bounded_queue/fork_pool --workers 1 --n 2000000 --runs 1000
	soon has_children 2
	kill -KILL "$(pgrep -o -P "$program")"
	fails_with "was killed by SIGKILL"
}

@test "bounded_queue: the producer is killed, and no consumer waits for messages" {
	begin 10_bounded_queue/fork_pool --workers 2 --n 2000000 --runs 1000
	soon has_children 3
	kill -KILL "$(pgrep -n -P "$program")"
	fails_with "was killed by SIGKILL"
}

@test "bounded_queue: the parent is killed, and nobody outlives it" {
	begin 10_bounded_queue/fork_pool --workers 2 --n 2000000 --runs 1000
	soon has_children 3
	kill -KILL "$program"
	wait "$program" || true
	soon nobody_is_left
}

@test "joinable_queue: a consumer is killed at work, and join() says so" {
	begin 11_joinable_queue/fork_pool --workers 2 --n 40 --param capacity=100 --param batch=100 \
		--param work_us=1000000
	soon has_children 2
	sleep 0.3
	kill -KILL "$(pgrep -o -P "$program")"
	fails_with "Owner died" "was killed by SIGKILL"
}
