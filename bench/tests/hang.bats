#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# hang.bats -- the hang doctor names every planted hang right, every time; what is none it does not call one.

load helper

teardown() {
	idle
	[ -z "${plant:-}" ] || kill -KILL -- "-$plant" 2>/dev/null || :
	cd / && rm -rf "$dir"
}

# As many programs that compute as there are cores, and one more; until idle.
busy() {
	computing=()
	for _ in $(seq $(($(nproc) + 1))); do
		(while :; do :; done) 3>&- &
		computing+=($!)
	done
}

idle() {
	[ -z "${computing:-}" ] || { kill "${computing[@]}"; wait "${computing[@]}" || :; } 2>/dev/null
	computing=
}

# grow NAME: starts a plant in a session of its own; $plant is its process.
grow() {
	setsid "$B/bench/tests/hangs/$1" </dev/null >/dev/null 2>&1 3>&- &
	plant=$!
}

session_is_empty() {
	[ -z "$(ps -o pid= -s "$1" | xargs -r ps -o stat= -p | grep -v '^Z')" ]
}

uproot() {
	kill -KILL -- "-$plant"
	{ wait "$plant"; } 2>/dev/null || :  # not a word on each that was killed
	soon session_is_empty "$plant"
	plant=
}

# What the doctor says of the plant: its sentence, R for the plant's own number, # for all others.
ask() {
	manyhands doctor --pid "$plant" >told || return
	said=$(head -n 1 told | sed -E "s/\b$plant\b/R/g; s/[0-9]+/#/g")
}

# wanted NAME: what stands in the plant's own file, a line each; a line there may go on in the next one.
wanted() {
	awk '/^ \* says: / { if (words) print words; words = substr($0, 10); next }
		words && /^ \*       / { words = words " " substr($0, 10); next }
		words { print words; words = "" }' "$SOURCE/bench/tests/hangs/$1.c" | sed -E 's/[0-9]+/#/g'
}

# It says so.
says_so() {
	local words
	while IFS= read -r words; do
		[[ $said == *"$words"* ]] || { echo "# $1: '$words' is not in: $said"; return 1; }
	done < <(wanted "$1")
}

# A plant needs a while to hang, and goes on until then; the first word that is not "not hanging" counts.
hangs() {
	ask && [[ $said != "not hanging"* ]]
}

goes_on() {
	ask || return
	[[ $said == "not hanging"* ]] || { echo "# $1 does not hang: $said"; return 2; }
	says_so "$1" >/dev/null
}

names() {
	local name
	for name in "$SOURCE"/bench/tests/hangs/*.c; do
		basename "$name" .c
	done
}

expects_a_hang() {
	! grep -q '^ \* says: not hanging' "$SOURCE/bench/tests/hangs/$1.c" || return 1
}

@test "hang: there are plants, and each file says what the doctor must say of it" {
	[ "$(names | wc -l)" -ge 30 ]
	for name in $(names); do
		[ -n "$(wanted "$name")" ]
	done
}

@test "hang: every planted hang is named right, five times out of five" {
	for name in $(names); do
		expects_a_hang "$name" || continue
		for turn in 1 2 3 4 5; do
			grow "$name"
			soon hangs
			says_so "$name"
			uproot
		done
	done
}

@test "hang: also while both cores are busy, what was made for one process, and who is hidden by those that poll" {
	busy
	for name in $(names | grep -e _private -e ^polled_) polls_and_signals; do
		grow "$name"
		if expects_a_hang "$name"; then
			soon hangs
		else
			soon goes_on "$name"
		fi
		says_so "$name"
		uproot
	done
	idle
}

@test "hang: what sleeps, computes or moves is never called a hang" {
	for name in $(names); do
		! expects_a_hang "$name" || continue
		grow "$name"
		soon goes_on "$name"
		for turn in 1 2 3 4 5; do
			ask
			[[ $said == "not hanging"* ]]
		done
		uproot
	done
}

# ---- the command ----

@test "doctor --pid: a line for every thread after the sentence" {
	grow join_lock
	soon hangs
	[ "$(grep -c '^  thread ' told)" -eq 2 ]
	[ "$(grep -c '\[stuck\]$' told)" -eq 2 ]
	grep -q "^process $plant, join_lock, child of " told
	uproot
}

@test "doctor --pid: no such process, and what is no number" {
	sleep 0 3>&- &
	wait $!
	run manyhands doctor --pid $!
	exits 1 "there is no process $!"
	for word in 0 -1 x '' 12x 99999999999; do
		run manyhands doctor --pid "$word"
		exits 1 "'$word' is not the number of a process" "--help"
	done
	run manyhands doctor --pid
	exits 1 "--pid"
}

@test "doctor --pid: a group whose leader has ended is looked at all the same" {
	setsid bash -c 'sleep 9999 & sleep 9999 & exit' </dev/null >/dev/null 2>&1 3>&- &
	plant=$!
	wait "$plant"
	ask
	[[ $said == "not hanging: process # sleeps in clock_nanosleep, asked for # s." ]]
	kill -KILL -- "-$plant"
	soon session_is_empty "$plant"
	plant=
}

@test "doctor --pid: who may not look says so, and guesses nothing" {
	[ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null || skip "only root can become somebody else"
	cp "$B/manyhands" . && chmod 755 . manyhands
	grow semaphore
	soon hangs
	run setpriv --reuid=65534 --regid=65534 --clear-groups ./manyhands doctor --pid "$plant" 3>&-
	exits 0 "process $plant waits where the kernel does not let us look (" "look as root"
	[[ $output != *semaphore\ \`* ]]
	uproot
}

@test "doctor --pid: names with escape codes and quotes do no harm" {
	name=$'a\e[31m\'<script>\n'
	mkfifo "$name"
	setsid bash -c 'read -r <"$1"' bash "$name" </dev/null >/dev/null 2>&1 3>&- &
	plant=$!
	soon hangs
	grep -qF "on FIFO 'a?[31m'<script>?' until somebody opens it for writing" told
	! LC_ALL=C grep -q '[^[:print:]]' told || return 1
	uproot
}

@test "doctor --pid: one that waits for a busy reader does not hang" {
	mkfifo pipe
	setsid bash -c 'sleep 9999 <pipe & exec yes >pipe' </dev/null 2>&1 3>&- &
	plant=$!
	settled() {
		ask && grep -q 'waits in write on FIFO' told && [[ $said == "not hanging: process # sleeps"* ]]
	}
	soon settled
	! grep -F '[stuck]' told || return 1
	uproot
}

# ---- who else asks it ----

@test "show: the variant that hangs on purpose is diagnosed by name" {
	manyhands show pipe_eof >shown
	tr -s ' \n' ' ' <shown >words
	grep -qF 'leaky (hangs, as it is meant to: ended after 1 s) process' words
	own='process ([0-9]+) waits in read on pipe [0-9]+; its write end is still open in process \1 itself'
	grep -qE "$own, descriptor [0-9]+: close it after fork" words
}

@test "run: the row of a trial that hung says what it waited for" {
	run measure faulty --variants hanger --workers 1 --deadline 2
	exits 1 "hung"
	grep '"outcome":"hung"' "$dir/out/samples.ndjson" | jq -re .reason >reason
	grep -qE '^was still running after 2 s and was killed: process [0-9]+ waits in [a-z_]+ for a signal' reason
	soon nobody_is_left
}
