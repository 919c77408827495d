#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# selftest.bats -- manyhands selftest: its shape; it fails when the method is bad; it leaves nobody behind.
#
# With a few experiments only, on a machine that may be busy, the rates of real trials may be anything: nothing here
# depends on them.  The made-up times are the same on every machine, for the same seed.

load helper

teardown() {
	local left
	left=$(processes)
	[ -z "$left" ] || kill -KILL $left || :
	cd / && rm -rf "$dir"
}

@test "selftest: every rate with its interval, goal and verdict; 80 columns; nobody is left" {
	status=0
	manyhands selftest --quick --experiments 5 --seed 1 >told 2>said || status=$?
	fits told
	rate='  (met   |MISSED|open  )  *[0-9.]+ %  \[ *[0-9.]+, *[0-9.]+\]  '
	[ "$(grep -cE "^$rate<= 8 %      " told)" -eq 2 ]
	[ "$(grep -cE "^$rate>= 95 %     B has 3 % more" told)" -eq 1 ]
	[ "$(grep -cE "^${rate}93 to 97 %  .*, (6|10|20|30) blocks$" told)" -eq 24 ]
	[ "$(grep -cE "^${rate}93 to 97 %  .*, until 3 % \([0-9]+\)$" told)" -eq 6 ]
	grep -qE '^  Pairs of trials .* slower than usual: [0-9]+ %, [0-9]+ %, [0-9]+ %\.$' told
	grep -qE '^[0-9.]+ ms each: [0-9.]+ m?s from exec to exit\.$' told
	grep -q '^  Experiments: 5, 5, 5: few, so the intervals are wide\.$' told
	[ "$(grep -c '93 to 97 %' told)" -eq "$(grep -c '^  met .*93 to 97 %' told)" ]
	if grep -q MISSED told; then
		[ $status -eq 1 ] && grep -q 'manyhands: .*missed.* by ' said
	else
		[ $status -eq 0 ] && grep -qE '^(Every goal is met|No goal is missed)' told
	fi
	soon nobody_is_left
}

@test "selftest: made-up times come from the seed alone" {
	for i in 1 2; do
		manyhands selftest --quick --experiments $i --seed 7 2>said | grep '93 to 97 %' >told.$i || :
	done
	[ -s told.1 ]
	cmp told.1 told.2
}

@test "selftest: a bad method fails" {
	run manyhands selftest --quick --experiments 1 --seed 1 --break pooled
	exits 1 "BROKEN ON PURPOSE" "goals missed, the first by '"
	[ "$(grep -c '^  MISSED .*93 to 97 %' <<<"$output")" -ge 20 ]
	soon nobody_is_left
}

@test "selftest: words and options that it does not know" {
	for options in "--experiments 0" "--experiments 10001" "--experiments x" "--seed -1" "--seed x" "--break" \
		"--break bone" "--quickly" "word"; do
		run manyhands selftest $options
		[ "$status" -eq 1 ] || { echo "$options: $status"; return 1; }
	done
	run manyhands selftest --experiments many
	exits 1 "'many'" "from 1 to 10000"
	run manyhands selftest word
	exits 1 "'word'"
	run manyhands selftest --help
	exits 0 "--quick" "--seed" "--experiments"
	[[ $output != *--break* ]]
}

@test "selftest: another machine than this one is refused" {
	HWLOC_SYNTHETIC='core:2 pu:1' run manyhands selftest --quick
	exits 4 "HWLOC_SYNTHETIC"
}

# ---- the end before its time ----

# begin WORD...: the command in the background, as process $conductor, with SIGINT as a terminal would have it.
begin() {
	rm -f told said  # or the last one's words would be taken for this one's
	MANYHANDS_TEST=$dir env --default-signal=INT "$B/manyhands" "$@" >told 2>said 3>&- &
	conductor=$!
}

# ends CODE WORD...: it ends with this exit code and says every WORD, and nobody is left.
ends() {
	status=0
	wait $conductor || status=$?
	output=$(cat said)
	exits "$@"
	soon nobody_is_left
}

a_neighbour_lives() {
	local pid
	for pid in $(processes); do
		grep -qs '^noisy neighbour$' /proc/$pid/comm && return
	done
	return 1
}

@test "selftest: Ctrl-C and SIGTERM in quiet trials" {
	for signal in INT:130 TERM:143; do
		begin selftest --experiments 1000
		soon grep -qs 'one program twice' said
		kill -${signal%:*} $conductor
		ends ${signal#*:} "interrupted (SIG${signal%:*})"
	done
}

@test "selftest: Ctrl-C, SIGTERM and SIGKILL while the neighbour is there: it goes, too" {
	for signal in INT:130 TERM:143 KILL:137; do
		begin selftest --experiments 5
		soon a_neighbour_lives
		kill -${signal%:*} $conductor
		ends ${signal#*:}
	done
}

@test "selftest: Ctrl-C and SIGTERM in made-up times" {
	for signal in INT:130 TERM:143; do
		begin selftest --experiments 1
		soon grep -qs 'made-up times' said
		kill -${signal%:*} $conductor
		ends ${signal#*:} "interrupted (SIG${signal%:*})"
	done
}
