#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# faults.bats -- every way for a trial to fail: one outcome each, one sentence, no time, and nothing left behind.

load helper

# All of them are measured once; the tests look at what that left.
setup_file() {
	load helper
	export MEASURED
	MEASURED=$(mktemp -d "${TMPDIR:-/tmp}/manyhands-faults.XXXXXX")
	for lesson in faulty leaking; do
		dir=$MEASURED manyhands run --lessons "$FAKE" $lesson --quick --blocks 1 --runs 1 --n 1000 --workers 1 \
			--deadline 3s -o "$MEASURED/$lesson" >"$MEASURED/$lesson.out" 2>&1 ||
			echo $? >"$MEASURED/$lesson.exit"
	done
}

teardown_file() {
	rm -rf "$MEASURED" /dev/shm/manyhands_test.*
	ipcs -m -p | awk '$3 ~ /^[0-9]+$/ { print $1, $3 }' | while read -r segment creator; do
		[ -e "/proc/$creator" ] || ipcrm -m "$segment"  # a trial's, whose maker is gone
	done
}

# fails_as LESSON VARIANT OUTCOME WORD...: one row without a time, with this outcome and a reason that holds every WORD;
# run.json says the same of the cell that was left out.
fails_as() {
	local row left_out word
	row=$(grep "\"variant\":\"$2\"" "$MEASURED/$1/samples.ndjson")
	echo "$row"
	[ "$(wc -l <<<"$row")" -eq 1 ]
	[[ $row == *"\"outcome\":\"$3\""* && $row == *'"wall_ns":null'* ]]
	left_out=$(jq -r --arg variant "$2" '.left_out[] | select(.variant == $variant).reason' "$MEASURED/$1/run.json")
	echo "$left_out"
	[[ $left_out == "$3: "* ]]
	for word in "${@:4}"; do
		[[ $row == *"$word"* && $left_out == *"$word"* ]]
	done
}

# succeeds LESSON VARIANT: only rows with times.
succeeds() {
	local rows
	rows=$(grep "\"variant\":\"$2\"" "$MEASURED/$1/samples.ndjson")
	[ -n "$rows" ] && ! grep -v '"wall_ns":[0-9]*,.*"outcome":"ok"' <<<"$rows"
}

# ---- programs that fail ----

@test "liar: wrong" {
	fails_as faulty liar wrong "expected 1000, found 1001"
}

@test "crasher: died by SIGSEGV" {
	fails_as faulty crasher died "SIGSEGV" "Segmentation fault"
}

@test "aborter: died by SIGABRT, with its last word" {
	fails_as faulty aborter died "SIGABRT" "nothing left to count on"
}

@test "exiter: died with exit code 3" {
	fails_as faulty exiter died "exit code 3"
}

@test "stray: wrong, for a child came back from solve()" {
	fails_as faulty stray wrong "a child process came back from solve()" "_exit()"
}

@test "quitter: died without a report" {
	fails_as faulty quitter died "without a report on descriptor 3"
}

@test "hanger: hung" {
	fails_as faulty hanger hung "still running after 3 s" "killed"
}

@test "hanger: who hung once is waited for less long with other numbers of workers" {
	measure faulty --variants hanger -p 1,2 --policy none --deadline 6s >said 2>&1 || :
	[ "$(rows '"variant":"hanger".*"outcome":"hung".*still running after 6 s')" -eq 1 ]
	[ "$(rows '"variant":"hanger".*"outcome":"hung".*still running after 5 s')" -eq 1 ]
}

@test "garbage: died, and what it wrote is quoted without harm" {
	fails_as faulty garbage died "no row of the protocol" "??[31m{]"
}

@test "mute: died without a report" {
	fails_as faulty mute died "without a report on descriptor 3"
}

@test "skipper: skipped, which is no failure" {
	fails_as faulty skipper skipped "flux capacitor"
}

@test "closer and chatter do no harm: ok" {
	succeeds faulty closer
	succeeds faulty chatter
}

# ---- programs that leave something behind ----

@test "thread_leaker: leaked" {
	fails_as leaking thread_leaker leaked "threads were never joined"
}

@test "child_leaker: leaked, although its grandchild has a session of its own" {
	fails_as leaking child_leaker leaked "outlived it"
}

@test "zombie_leaker: leaked" {
	fails_as leaking zombie_leaker leaked "zombie"
}

@test "descriptor_leaker: leaked" {
	fails_as leaking descriptor_leaker leaked "descriptors were left open"
}

@test "shm_leaker: leaked" {
	fails_as leaking shm_leaker leaked "1 named object was never unlinked (/dev/shm/manyhands_test."
}

@test "mapping_leaker: leaked" {
	fails_as leaking mapping_leaker leaked "shared mappings were never given back (munmap)"
}

@test "sysv_leaker: leaked" {
	fails_as leaking sysv_leaker leaked "System V shared segments were left"
}

# ---- the run around them ----

@test "a fork pool after OpenMP's first region is refused, and says what to do; before it, it works" {
	for _ in {1..5}; do
		run timeout "$PATIENCE" "$FAKE/56_openmp_fork/openmp_pool" --workers 2 --n 10
		exits 0 "start the processes before the first region"
	done
	if grep -q libgomp <<<"$(ldd "$FAKE/56_openmp_fork/openmp_bare")"; then
		run timeout 2 "$FAKE/56_openmp_fork/openmp_bare" --n 10  # what it is refused for
		exits 124
	fi
	soon nobody_is_left
}

@test "the others are measured all the same, and no process is left" {
	succeeds faulty serial
	succeeds leaking serial
	dir=$MEASURED nobody_is_left
}

@test "a wrong answer: exit 2; only other failures: exit 1; the table names them" {
	[ "$(cat "$MEASURED/faulty.exit")" -eq 2 ]
	[ "$(cat "$MEASURED/leaking.exit")" -eq 1 ]
	grep -q "wrong answer" "$MEASURED/faulty.out"
	for variant in liar crasher aborter exiter quitter hanger garbage mute skipper; do
		grep -q "$variant" "$MEASURED/faulty.out" || { echo "$variant:"; cat "$MEASURED/faulty.out"; return 1; }
	done
	! grep -q $'\e' "$MEASURED/faulty.out" || return 1
}

@test "skipped alone: exit 0" {
	run measure faulty --variants skipper --workers 1
	exits 0
}

@test "a program that is gone before its trial: left out, with the reason" {
	impostor ''
	sed -i '2i rm "$0"' 52_waiter/pthreads
	run measure waiter --lessons "$dir" --workers 1
	exits 1 "pthreads"
	[ "$(rows '"variant":"pthreads".*"outcome":"died","reason":"could not be started: No such file')" -gt 0 ]
}

@test "a folder without its serial program: refused by name" {
	cp -r "$FAKE/52_waiter" .
	rm 52_waiter/serial
	run measure waiter --lessons "$dir"
	exits 1 "52_waiter" "'serial'" "run make"
	[ ! -e out ]
}
