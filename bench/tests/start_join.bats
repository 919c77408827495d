#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# start_join.bats -- lesson 01: who is isolated from whom, who works side by side, and what becomes of the workers.

load helper

LESSON=$SOURCE/lessons/01_start_join
PROGRAMS=$B/lessons/01_start_join

teardown() {
	processes | xargs -r kill -KILL 2>/dev/null || :
	cd / && rm -rf "$dir"
}

# begin VARIANT: in the background, two workers that tick for a quarter of an hour; its pid is in $main.
begin() {
	MANYHANDS_TEST=$dir "$PROGRAMS/$1" --n 2 --workers 2 --param ticks=1000 --param tick_us=1000000 >out 2>&1 3>&- &
	main=$!
}

children() {
	pgrep -P "$main"
}

has_children() {
	[ "$(children | wc -l)" -eq "$1" ]
}

has_threads() {
	[ "$(find "/proc/$main/task" -mindepth 1 -maxdepth 1 2>/dev/null | wc -l)" -eq "$1" ]
}

has_ended() {
	[ ! -e "/proc/$main" ]  # bash has waited for it already, and keeps its exit code
}

# command_holds PID WORD: the command line of that process does.
command_holds() {
	tr '\0' ' ' <"/proc/$1/cmdline" | grep -q -- "$2"
}

descriptors() {
	find "/proc/$1/fd" -mindepth 1 | wc -l
}

# mutant VARIANT SED: that variant, its source and the kernel changed, as a program of its own.
mutant() {
	sed "$2" "$LESSON/kernel.h" >kernel.h
	sed "$2" "$LESSON/$1.c" >"$1.c"
	! cmp -s kernel.h "$LESSON/kernel.h" || return 1
	"${CC:-cc}" -std=c17 -D_GNU_SOURCE -I. -I"$SOURCE" -pthread -Wl,--wrap=shm_open -Wl,--wrap=sem_open -o mutant \
		"$1.c" "$PROGRAMS/lesson.o" "$B/trial.a" "$B/lib.a" -lhwloc -lm
}

# ---- isolation: lesson.c expects in main's counter what was added in main's process, and nothing else ----

@test "a thread's addition is main's, a process's is not" {
	for variant in serial pthreads fork spawn fork_pool openmp; do
		"$PROGRAMS/$variant" --n 5 --workers 2 --runs 2 3>&-
	done
}

@test "threads with a counter each would be found out" {
	mutant pthreads 's/^static _Atomic uint64_t counter/static _Thread_local _Atomic uint64_t counter/'
	run ./mutant --n 5 --workers 2 3>&-
	exits 2 "expected a counter of 5" "found 0"
}

@test "processes that shared the counter would be found out" {
	mutant fork 's/^static _Atomic uint64_t counter;/static _Atomic uint64_t *common;/
		s/= ++counter/= ++*common/; s/= counter;/= *common;/
		s/^\tcounter = 0;/common = shared_make(8);/
		s/^#include "kernel.h"/#include "lessons\/lib\/shared.h"\n&/'
	run ./mutant --n 5 --workers 2 --runs 0 3>&-
	exits 2 "expected a counter of 0" "found 5"
}

# ---- who they are ----

@test "threads: three in one process, which has no children" {
	begin pthreads
	soon has_threads 3
	has_children 0
}

@test "fork: two children that run what the parent runs, told nothing" {
	begin fork
	soon has_children 2
	for child in $(children); do
		cmp "/proc/$main/cmdline" "/proc/$child/cmdline"
		cmp "/proc/$main/exe" "/proc/$child/exe"
	done
}

@test "spawn: two children that were told who they are, and inherited nothing but their standard streams" {
	begin spawn
	soon has_children 2
	for child in $(children); do
		soon command_holds "$child" "be_worker $main"
		[ "$(descriptors "$child")" -eq $(($(descriptors $main) - 2)) ]  # all but the two ends of the pipe
		[ "$(readlink "/proc/$child/fd/1")" != "$(readlink "/proc/$main/fd/1")" ]
	done
}

@test "fork's children stand on the parent's memory, spawn's do not" {
	for variant in fork spawn; do
		MANYHANDS_TEST=$dir "$PROGRAMS/$variant" --n 1 --workers 1 --param ticks=1000 --param tick_us=1000000 \
			--param rss_mib=64 >out 2>&1 3>&- &
		main=$!
		soon has_children 1
		[ $variant = fork ] || soon command_holds "$(children)" be_worker
		[ "$(awk '/^VmRSS/ { print $2 }' /proc/$main/status)" -ge 65536 ]
		size=$(awk '/^VmSize/ { print $2 }' "/proc/$(children)/status")
		[ $variant = fork ] || [ "$size" -lt 65536 ]
		[ $variant = spawn ] || [ "$size" -ge 65536 ]
	done
}

# ---- side by side ----

# overlaps VARIANT: in every run there was a moment at which both workers ticked.
overlaps() {
	"$PROGRAMS/$1" --rows --n 2 --workers 2 --param ticks=10 --param tick_us=50000 --runs 1 --warmups 0 \
		3>rows >/dev/null
	[ "$(grep -c '"row":"run"' rows)" -eq 2 ]
	[ -z "$(jq -c 'select(.row == "run") | .lanes
		| select(length != 2 or (map(.enter_ns) | max) >= (map(.leave_ns) | min))' rows)" ]
}

@test "ten ticks and ten ticks last ten, not twenty: both workers are there at once" {
	for variant in pthreads fork spawn fork_pool openmp; do
		overlaps $variant
	done
}

# ---- the end of a worker, and of main ----

@test "a process that is killed is reported, not waited for" {
	for variant in fork spawn fork_pool; do
		begin $variant
		soon has_children 2
		kill -KILL "$(children | head -n 1)"
		soon has_ended
		code=0
		wait $main || code=$?
		[ $code -eq 1 ]
		grep -q "was killed by SIGKILL\|was ended by a signal: Killed" out
		soon nobody_is_left
	done
}

@test "when main is killed, no worker outlives it" {
	for variant in fork spawn fork_pool; do
		begin $variant
		soon has_children 2
		[ $variant != spawn ] || soon command_holds "$(children | tail -n 1)" be_worker
		kill -KILL $main
		soon nobody_is_left
	done
}
