#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# cli.bats -- the command line as a user sees it: what is understood, and what is said when it is not.

load helper

# ---- help ----

@test "no word at all: usage, exit 1" {
	run manyhands
	exits 1 "Usage: manyhands COMMAND" "doctor"
}

@test "--help, -h and help: usage, exit codes, exit 0" {
	for word in --help -h help; do
		run manyhands $word
		exits 0 "Usage: manyhands COMMAND" "Exit codes"
	done
}

@test "every command that the usage names has a --help that fits 80 columns" {
	commands=$(manyhands --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
	[ "$(echo "$commands" | wc -w)" -ge 6 ]
	for command in $commands; do
		run manyhands "$command" --help
		exits 0 "Usage: manyhands $command"
		echo "$output" >help
		fits help
	done
}

@test "an unknown command: the nearest name" {
	run manyhands lst
	exits 1 "'lst'" "did you mean 'list'" "--help"
}

@test "an unknown option, or a word too many: exit 1" {
	for command in list show topo doctor selftest run report compare export; do
		run manyhands $command --no-such-option
		exits 1 "no-such-option" "--help"
	done
	run manyhands list 02
	exits 1 "'02'"
	run manyhands topo here
	exits 1 "'here'"
	run manyhands doctor me
	exits 1 "'me'"
	run manyhands show 02 04
	exits 1 "'04'" "one lesson at a time"
	run manyhands report a b
	exits 1 "'b'" "one results folder at a time"
}

# ---- list and show ----

@test "list: every lesson folder and every variant file, within 80 columns" {
	manyhands list >list
	fits list
	for lesson in "$SOURCE"/lessons/*/lesson.c; do
		folder=$(dirname "$lesson")
		grep -q "^$(basename "$folder") " list
		for variant in "$folder"/*.c; do
			[ "$variant" = "$lesson" ] || grep -q "^  $(basename "$variant" .c) " list
		done
	done
	[ "$(grep '^  ' list | grep -vc '^  python_')" -eq "$(ls "$SOURCE"/lessons/[0-9]*/*.c | grep -vc /lesson.c)" ]
}

@test "list: what is broken on purpose says so" {
	run manyhands list
	exits 0 "race                  (wrong on purpose)" "leaky                 (hangs on purpose)"
}

# show LESSON VARIANTS TEXT...: so many variants print each TEXT.
shows() {
	local lesson=$1 variants=$2 text
	manyhands show "$lesson" >shown
	fits shown
	for text in "${@:3}"; do
		[ "$(grep -cF -- "$text" shown)" -ge "$variants" ] || { echo "too seldom: $text"; cat shown; return 1; }
	done
	! grep -E 'failed|died|hung:|the document printed' shown || return 1
}

@test "show sum_of_powers: the documents' numbers, exactly" {
	shows sum_of_powers 5 "  499999666667166666000000" "  499667166000" "  333332833333500000"
	[ "$(grep -v '^  python_' shown | grep -c '^  [a-z_]* *[0-9]*$')" -eq 15 ]
}

@test "show pool_map: [1, 4, 9] and the tens" {
	shows 04_pool_map 6 "  [1, 4, 9]" "  [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]" \
		"  [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]"
}

@test "show locked_counter: 40 and 20, and what a race loses" {
	shows 07 9 "  40" "  20"
	[ "$(grep -cE '^  (race|fork_race) ' shown)" -eq 4 ]
	[ "$(grep -c 'wrong, as it is meant to be' shown)" -eq 4 ]
	! grep -E '^  (race|fork_race) +(40|20)$' shown || return 1
}

@test "show pipe_eof: 0..9, then end of file; leaky hangs and is ended" {
	shows pipe_eof 5 "  0" "  9" "  end of file"
	[ "$(sed -n '/^  fork /,/end of file/p' shown | tr -s ' \n' ' ')" = " fork 0 1 2 3 4 5 6 7 8 9 end of file " ]
	grep -q '^  leaky  *(hangs, as it is meant to' shown
	nobody_is_left
}

@test "show: what is not as the document printed gives exit 2" {
	impostor 'echo "4"'
	run manyhands show --lessons "$dir" waiter
	exits 0 "pthreads              4"
	impostor 'echo "5 (wrong)"; exit 2'
	run manyhands show --lessons "$dir" waiter
	exits 2 "5 (wrong)"
}

@test "show: a lesson that there is not; none at all" {
	run manyhands show pipe_oef
	exits 1 "'pipe_oef'" "did you mean 'pipe_eof'" "manyhands list"
	run manyhands show
	exits 1 "which lesson?" "manyhands list"
}

@test "a lesson with a missing file is named, and does not stop the others" {
	run manyhands list --lessons "$FAKE"
	exits 1 "54_incomplete" "'absent'" "absent.c" "run make"
	for lesson in 50_faulty 51_leaking 52_waiter 53_growing; do
		grep -q "^$lesson " <<<"$output"
	done
	run manyhands show --lessons "$FAKE" incomplete
	exits 1 "54_incomplete" "'absent'"
	run manyhands show --lessons "$FAKE" faulty
	[[ $output != *incomplete* ]]
	run manyhands show --lessons "$FAKE" waiter
	exits 0 "pthreads              4"
	mkdir empty
	run manyhands list --lessons empty
	exits 1 "empty" "run make"
	mkdir -p empty/99_hollow  # a lesson was removed, and its build folder stayed behind
	run manyhands list --lessons empty
	exits 1 "empty" "run make"
	touch empty/99_hollow/lesson.o
	run manyhands list --lessons empty
	exits 1 "99_hollow" "'serial'"
}

@test "a program that gives no card is named" {
	cp -r "$FAKE/52_waiter" .
	printf '#!/bin/sh\necho rubbish\n' >52_waiter/pthreads
	run manyhands list --lessons "$dir"
	exits 1 "52_waiter/pthreads" "no lesson card" "run make"
	chmod -x 52_waiter/pthreads
	run manyhands list --lessons "$dir"
	exits 1 "52_waiter" "'pthreads'" "run make"
	printf 'no program\n' >52_waiter/pthreads
	chmod +x 52_waiter/pthreads
	run manyhands list --lessons "$dir"
	exits 1 "52_waiter/pthreads" "run make"
}

# ---- topo ----

@test "topo: this machine" {
	run manyhands topo
	exits 0 "machine: " "w0"
	run manyhands topo -p 1 --policy none
	exits 0 "1 worker not bound"
}

@test "topo: made-up and written-down machines, within 80 columns" {
	run manyhands topo --synthetic 'package:2 numa:2 core:8 pu:2' --policy spread -p 4
	exits 0 "64 PUs on 32 cores in 2 packages" "0:w0" "48:w3"
	echo "$output" >topo
	fits topo
	lstopo-no-graphics -i 'package:2 core:4 pu:1' --of xml machine.xml || skip "no lstopo here (package hwloc)"
	run manyhands topo --xml machine.xml -p 8
	exits 0 "8 PUs on 8 cores in 2 packages" "7:w7"
}

@test "topo: what is no machine, and both at once" {
	run manyhands topo --synthetic elephants:2
	exits 1 "'elephants:2'"
	run manyhands topo --xml /no/such.xml
	exits 1 "/no/such.xml" "lstopo"
	run manyhands topo --xml x.xml --synthetic core:2
	exits 1 "--synthetic and --xml"
}

@test "topo: workers and policies that cannot be" {
	for workers in 0 -1 two 1000000000000 ""; do
		run manyhands topo -p "$workers"
		exits 1 "-p $workers" "from 1 to 1024"
	done
	run manyhands topo --synthetic 'core:2 pu:1' -p 3
	exits 1 "3 workers" "2 PUs" "--oversubscribe"
	run manyhands topo --synthetic 'core:2 pu:1' -p 3 --oversubscribe
	exits 0 "w2"
	run manyhands topo --policy sprad
	exits 1 "'sprad'" "did you mean 'spread'"
}

# ---- a variant's own program ----

@test "a variant's program alone: times, and no row" {
	run "$FAKE/53_growing/serial" --n 1000
	exits 0 "Growing" "cold" "warm" "n = 1 000"
	run "$FAKE/53_growing/serial" --help
	exits 0 "--workers" "term"
	run "$FAKE/50_faulty/liar"
	exits 2 "wrong answer: expected 1000, found 1001"
	run "$FAKE/51_leaking/descriptor_leaker" --runs 0 --warmups 0
	exits 2 "left behind: 1 descriptor was left open"
	run "$FAKE/50_faulty/skipper"
	exits 77 "flux capacitor"
}

@test "a variant's program refuses what it cannot read" {
	for options in "--n -1" "--n 4294967296" "--workers 0" "--workers 1025" "--workers two" "--runs x" "--pus 0,x" \
		"--param nap_su=1" "--param nap_us" "--param nap_us=0" "--show=1" "--colour" "word"; do
		run "$FAKE/52_waiter/serial" $options
		[ "$status" -eq 1 ] || { echo "$options: $status"; return 1; }
	done
	run "$FAKE/52_waiter/serial" --param nap_su=1
	exits 1 "did you mean 'nap_us'"
	run "$FAKE/52_waiter/serial" --pus 100000
	exits 1 "PU 100000" "--policy none"
	run "$FAKE/52_waiter/serial" --topology /no/such.xml --pus 0
	exits 1 "/no/such.xml" "lstopo"
}
