#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# doctor.bats -- manyhands doctor: what it tells, what it calls unfit, and what --strict then does.

load helper

teardown() {
	[ -z "${greedy:-}" ] || kill -KILL $greedy 2>/dev/null || :
	cd / && rm -rf "$dir"
}

# The PUs that we may use, a line each.
allowed_pus() {
	sed -n 's/^Cpus_allowed_list:\t//p' /proc/self/status | tr , '\n' | while IFS=- read -r first last; do
		seq "$first" "${last:-$first}"
	done
}

# strictly WORD...: --strict refuses, and says every WORD.
strictly() {
	run manyhands doctor --strict
	exits 4 "$@" >/dev/null
}

@test "doctor: what the harness adds, each with its interval; one sentence at the end; 80 columns" {
	manyhands doctor >told
	tail -n +5 told >findings  # above stand the names of processor and kernel, as long as they are
	fits findings
	! grep -vE '^(  (ok  |warn|bad ) |                   |  What the harness|Fit|Not fit|a larger|$)' findings ||
		return 1
	time='[0-9.]+ [num]?s'
	grep -qE "^  (ok  |warn)  timer  *$time \[$time, $time\] a reading" told
	grep -qE "^  (ok  |warn)  worker  *$time \[$time, $time\] for a worker to enter and to leave" told
	grep -qE "^  (ok  |warn)  trial  *$time \[$time, $time\] from exec to exit" told
	grep -qE '^  (ok  |warn|bad )  others  *others kept [0-9.]+ PUs busy' told
	[ "$(grep -cE '^(Fit to measure on\.|Fit, with [0-9]+ warnings?:|Not fit to measure on)' told)" -eq 1 ]
}

@test "doctor: exit 0 without --strict, and with it 0 or 4, as the sentence says" {
	run manyhands doctor
	exits 0
	run manyhands doctor --strict
	if grep -q '^  bad ' <<<"$output"; then
		exits 4 "Not fit to measure on" "not fit to measure on: "
	else
		exits 0
		grep -q '^Fit' <<<"$output"
	fi
}

@test "doctor: words and options that it does not know" {
	run manyhands doctor --strictly
	exits 1 "strictly" "--help"
	run manyhands doctor --strict me
	exits 1 "'me'"
	run manyhands doctor --help
	exits 0 "--strict" "exit code 4"
}

@test "doctor --strict: one PU left by taskset is unfit, and what to change is said" {
	[ "$(nproc)" -ge 2 ] || skip "one PU here"
	pu=$(allowed_pus | head -n 1)
	run taskset -c "$pu" "$B/manyhands" doctor --strict 3>&-
	exits 4 "bad   allowed" "allow more"
	run taskset -c "$pu" "$B/manyhands" doctor 3>&-
	exits 0 "bad   allowed" "Not fit"
}

@test "doctor --strict: two busy loops make the machine unfit, and are named" {
	[ "$(nproc)" -ge 2 ] || skip "one PU here"
	cp "$(command -v bash)" greedy_loop
	for pu in $(allowed_pus | head -n 2); do
		taskset -c "$pu" ./greedy_loop -c 'while :; do :; done' 3>&- &
		greedy="${greedy:-} $!"
	done
	soon strictly "bad   others" "stop " "greedy_loop (pid "  # soon: for a while others may be greedier
	named=$(grep -o 'greedy_loop (pid [0-9]*' <<<"$output" | head -n 1 | tr -dc 0-9)
	[[ " $greedy " == *" $named "* ]]
	run manyhands doctor
	exits 0 "Not fit to measure on"
}

@test "doctor: another machine than this one is refused" {
	HWLOC_SYNTHETIC='core:2 pu:1' run manyhands doctor --strict
	exits 4 "HWLOC_SYNTHETIC"
}
