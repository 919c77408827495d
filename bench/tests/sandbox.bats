#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# sandbox.bats -- hostile submissions: each file of escapes/ says, after its name, on which rung it must be reported and
# in which words.  Nothing else that it may reach is left or changed, and no point is given for what was not earned.

load helper

ESCAPES=$SOURCE/bench/tests/escapes
LAB=$SOURCE/lessons/02_sum_of_powers/lab

# Where bubblewrap cannot work, there is nothing to test but the refusal.
needs_sandbox() {
	command -v bwrap >/dev/null || skip "no bubblewrap here"
	bwrap --unshare-user --unshare-pid --unshare-net --ro-bind / / --proc /proc true 2>/dev/null ||
		skip "no user namespaces here"
	[ "$(id -u)" -ne 0 ] || ((0x$(awk '/^CapEff/ { print $2 }' /proc/self/status) >> 21 & 1)) ||
		skip "root without CAP_SYS_ADMIN here"
}

# judge DIR [WORD...]: the submission, in a sandbox.
judge() {
	manyhands grade primes --seed 7 --sandbox --submission "$@"
}

# declared FILE: the comment that begins it, as one line.
declared() {
	awk 'NR > 1 { print } /\*\/$/ && NR > 1 { exit }' "$ESCAPES/$1.c" | sed 's|^/\* ||; s|^ \* ||; s| *\*/$||' |
		paste -sd ' ' | sed 's/ *$//'
}

# submit NAME: the escape becomes mine.c of the submission in $dir/sub.
submit() {
	mkdir -p "$dir/sub" "$dir/other"
	echo 'int secret;' >"$dir/other/mine.c"
	sed -e "/#include \"escape.h\"/{r $ESCAPES/escape.h" -e 'd}' "$ESCAPES/$1.c" |
		sed -e "s|@DIR@|$dir|; s|@SOURCE@|$SOURCE|; s|@PID@|$$|" >"$dir/sub/mine.c"
}

# No sandbox is left: with confine, its process 1, all of them end.
is_clean() {
	[ -z "$(find /proc -maxdepth 2 -name exe -lname "$B/confine*" 2>/dev/null)" ]
}

# caught NAME: it fails where it says, with its words; from there on no point is given; and the machine is clean.
caught() {
	local rung words
	needs_sandbox
	rung=$(declared "$1" | sed -n 's/.*-- rung \([1-8]\), .*/\1/p')
	words=$(declared "$1" | sed -n 's/[^"]*"\([^"]*\)".*/\1/p')
	[ -n "$rung" ] && [ -n "$words" ]
	submit "$1"
	touch begin
	run judge sub --format json -o score.json
	exits 2
	jq -e --argjson rung "$rung" '.answers[0] | .failed == $rung and
		([.rungs[$rung - 1:][] | .points] | add == 0)' score.json || { jq .answers[0] score.json; return 1; }
	jq -r '.answers[0].finding | .. | strings' score.json | grep -qF -- "$words" ||
		{ jq .answers[0].finding score.json; return 1; }
	[ ! -e witness ]
	[ "$(cat other/mine.c)" = 'int secret;' ]
	soon is_clean
	[ -z "$(find "$B/grade" -maxdepth 1 -name 'work.*' -newer begin)" ]
}

@test "sandbox: every escape says its rung and its words, and is tried below" {
	[ "$(ls "$ESCAPES"/*.c | wc -l)" -ge 16 ]
	for file in "$ESCAPES"/*.c; do
		name=$(basename "$file" .c)
		[[ $(declared "$name") =~ ^$name.c\ --\ rung\ [1-8],\ \".+\":\ .+\.$ ]]
		grep -q "caught $name\$" "$BATS_TEST_FILENAME"
	done
}

@test "escape: compiler disk" {
	caught compiler_disk
}

@test "escape: compiler memory" {
	caught compiler_memory
}

@test "escape: constructor" {
	caught constructor
}

@test "escape: detect" {
	caught detect
}

@test "escape: detect grader" {
	caught detect_grader
}

@test "escape: disk bomb" {
	caught disk_bomb
}

@test "escape: early end" {
	caught early_end
}

@test "escape: endless loop" {
	caught endless_loop
}

@test "escape: endless output" {
	caught endless_output
}

@test "escape: exit early" {
	caught exit_early
}

@test "escape: extra rows" {
	caught extra_rows
}

@test "escape: forge rows" {
	caught forge_rows
}

@test "escape: forge clock" {
	[ "$(nproc)" -gt 1 ] || skip "one core: rung 8 is not judged"
	caught forge_clock
}

@test "escape: fork bomb" {
	caught fork_bomb
}

@test "escape: incbin" {
	caught incbin
}

@test "escape: include absolute" {
	caught include_absolute
}

@test "escape: include model" {
	caught include_model
}

@test "escape: include secret" {
	caught include_secret
}

@test "escape: memory bomb" {
	caught memory_bomb
}

@test "escape: mount" {
	caught mount
}

@test "escape: network" {
	caught network
}

@test "escape: outlive" {
	caught outlive
}

@test "escape: read model" {
	caught read_model
}

@test "escape: read other" {
	caught read_other
}

@test "escape: read secret" {
	caught read_secret
}

@test "escape: read settings" {
	caught read_settings
}

@test "escape: read tests" {
	caught read_tests
}

@test "escape: signal all" {
	caught signal_all
}

@test "escape: sleeper" {
	caught sleeper
}

@test "escape: trace" {
	caught trace
}

@test "escape: write outside" {
	caught write_outside
}

@test "escape: write program" {
	caught write_program
}

@test "escape: write score" {
	caught write_score
}

# ---- submissions that are no files ----

@test "sandbox: an answer that is a link, a FIFO, a device, a folder or huge is not read" {
	mkdir sub
	for kind in link fifo device folder huge; do
		rm -rf sub/mine.c
		case $kind in
		link) ln -s "$LAB/solution.c" sub/mine.c ;;
		fifo) mkfifo sub/mine.c ;;
		device) ln -s /dev/zero sub/mine.c ;;
		folder) mkdir sub/mine.c ;;
		huge) truncate -s 100M sub/mine.c ;;
		esac
		run timeout "$PATIENCE" "$B/manyhands" grade primes --seed 7 --submission sub 3>&-
		exits 1 "mine.c"
		[[ $output != *points* ]]
	done
}

@test "sandbox: folders and files with quotes, blanks, newlines and escape codes in their names" {
	needs_sandbox
	name=$'a \'"$(touch witness);\n\033[31m*'
	mkdir "$name"
	echo 'int mine;' >"$name/mine.c"
	: >"$name/$name.c"
	run judge "$name"
	exits 2 "builds              failed"
	[ ! -e witness ]
	[[ $output != *$'\033'* ]]
}

# ---- without one ----

@test "sandbox: without bubblewrap, or where it cannot work, grading is refused with the remedy" {
	mkdir sub bin
	echo 'int mine;' >sub/mine.c
	for word in env test taskset cc nm; do
		ln -s "$(command -v $word)" bin
	done
	run env PATH="$dir/bin" "$B/manyhands" grade primes --sandbox --submission sub 3>&-
	exits 4 "there is no bubblewrap" "scripts/setup installs it" "Nothing was run"
	[[ $output != *points* ]]
	printf '#!/bin/sh\necho "bwrap: No permissions to create new namespace" >&2; exit 1\n' >bin/bwrap
	chmod +x bin/bwrap
	run env PATH="$dir/bin:$PATH" "$B/manyhands" grade primes --sandbox --submission sub 3>&-
	exits 4 "No permissions to create new namespace" "user namespaces" "Nothing was run"
	[[ $output != *points* ]]
}

@test "sandbox: a submission that is graded without one is told so" {
	mkdir sub
	echo 'int mine;' >sub/mine.c
	run manyhands grade primes --seed 7 --submission sub
	exits 2 "runs unconfined" "--sandbox confines it"
}

@test "sandbox: confine alone does nothing" {
	run "$B/confine" 0 1 1 1 1 touch witness 3>&-
	[ "$status" -eq 125 ]
	[[ $output == *"use manyhands grade --sandbox"* ]]
	[ ! -e witness ]
}

# judged LAB FILE: that wrong answer fails inside on the rung, and with the words, of its second line; in score.json.
judged() {
	local file rung words
	needs_sandbox
	file=$(echo "$SOURCE"/lessons/*/lab/"$1.conf")
	file=${file%/*}/$2
	rung=$(sed -n '2s/.* -- rung \([1-8]\), ".*/\1/p' "$file")
	words=$(sed -n '2s/.* -- rung [^,]*, "\([^"]*\)".*/\1/p' "$file")
	[ -n "$rung" ] && [ -n "$words" ]
	mkdir sub
	cp "$file" sub/mine.c
	run manyhands grade "$1" --seed 7 --sandbox --submission sub --format json -o score.json
	exits 2
	jq -e --argjson rung "$rung" '.answers[0].failed == $rung' score.json ||
		{ jq .answers[0] score.json; return 1; }
	jq -r '.answers[0].finding | .. | strings' score.json | grep -qF -- "$words" ||
		{ jq .answers[0].finding score.json; return 1; }
}

@test "sandbox: of a hang the doctor tells the process, the descriptor and who holds it, as outside" {
	judged plumbing wrong_write_end.c
	jq -r .answers[0].finding.seen score.json >seen
	cat seen
	grep -qE 'process [0-9]+ .*pipe .*its write end is still open in .*descriptor [0-9]+' seen
}

# Inside, numbers of processes are small: the word of a mutex, 2, is one of them.
@test "sandbox: a lock whose holder was killed is not taken for a thread to be joined" {
	judged shrink wrong_not_robust.c
	! grep -q pthread_join score.json || return 1
}

@test "sandbox: of a race both places are told, file and line" {
	judged bank wrong_peek.c
	jq -r '.answers[0].finding | .. | strings' score.json >said
	cat said
	[ "$(grep -oE 'mine\.c:[0-9]+' said | sort -u | wc -l)" -ge 2 ]
}

@test "sandbox: a zombie is told as one that nobody waited for, and not as one that outlived the run" {
	judged roll_call wrong_zombies.c
	! grep -q 'outlived it' score.json || return 1
}

# ---- who may read what ----

# build_in FOLDER [LAB LESSON]: there, what grading that lab needs of the build; default: primes.
build_in() {
	mkdir -p "$1"
	(cd "$B" && cp -a --parents manyhands confine words trial.a lib.a "labs/${2:-02_primes}" \
		"lessons/${3:-02_sum_of_powers}/lab" "$1")
}

# fails_in FOLDER WORD: sub/mine.c, with a build below that folder, is built, run, and fails with that word.
fails_in() {
	build_in "$1/build" || { rm -rf "$1"; return 1; }
	run "$1/build/manyhands" grade primes --seed 7 --sandbox --submission sub --format json -o score.json 3>&-
	rm -rf "$1"
	exits 2
	[ -z "$output" ] || { echo "$output"; return 1; }
	jq -e --arg word "$2" '.answers[0] | .failed == 3 and (.finding.seen | contains($word))' score.json ||
		{ jq .answers[0] score.json; return 1; }
}

@test "sandbox: a build below a folder that only its owner may enter" {
	needs_sandbox
	mkdir -m 700 private
	mkdir sub
	cp "$LAB/wrong_border.c" sub/mine.c
	fails_in "$dir/private" "expected"
}

@test "sandbox: the same below /usr, of which the sandbox shows the rest" {
	needs_sandbox
	[ "$(id -u)" -eq 0 ] || skip "only root may write there"
	private=$(mktemp -d /usr/lib/manyhands-test.XXXXXX) || skip "nobody may write there"
	mkdir sub
	cp "$LAB/wrong_border.c" sub/mine.c
	fails_in "$private" "expected"
}

@test "sandbox: a build below /usr/lib is not to be seen through the link /lib either" {
	needs_sandbox
	[ "$(id -u)" -eq 0 ] || skip "only root may write there"
	public=$(mktemp -d /usr/lib/manyhands-test.XXXXXX) || skip "nobody may write there"
	chmod 755 "$public"
	submit read_settings
	sed -i "s|must_not_open(\"[^\"]*\"|must_not_open(\"/lib/${public##*/}/build/words\"|" sub/mine.c
	fails_in "$public" "kept in: /lib/"
}

@test "sandbox: files that nobody may read are named before anything is run, with the remedy" {
	needs_sandbox
	[ "$(id -u)" -eq 0 ] || skip "who is not root is the same inside"
	build_in "$dir/build"
	mkdir sub
	cp "$LAB/solution.c" sub/mine.c
	chmod 600 build/trial.a
	run build/manyhands grade primes --sandbox --submission sub 3>&-
	exits 4 "build/trial.a cannot be read inside" "chmod -R go+rX" "Nothing was run"
	chmod 644 build/trial.a
	chmod 700 build/lessons/02_sum_of_powers/lab/serial
	run build/manyhands grade primes --sandbox --submission sub 3>&-
	exits 4 "serial does not come to its end inside" "Permission denied" "chmod -R go+rX"
	[[ $output != *points* ]]
}

@test "sandbox: a compiler that is not there is nobody's fault, and named" {
	needs_sandbox
	build_in "$dir/build"
	mkdir sub
	cp "$LAB/solution.c" sub/mine.c
	sed -i 's/^cc .*/cc no-such-cc/' build/words
	run build/manyhands grade primes --sandbox --submission sub 3>&-
	exits 4 "no-such-cc cannot be started inside the sandbox" "open to all"
	[[ $output != *points* ]]
}

@test "sandbox: parts that are built under umask 077 can be read inside" {
	needs_sandbox
	build_in "$dir/build" 01_roll_call 01_start_join
	mkdir sub
	cp "$SOURCE/lessons/01_start_join/lab/wrong_zombies.c" sub/mine.c
	umask 077
	run build/manyhands grade roll_call --seed 7 --sandbox --submission sub --format json -o score.json 3>&-
	exits 2
	jq -e '.answers[0] | .failed == 6 and .rungs[4].state == "passed"' score.json ||
		{ jq .answers[0] score.json; return 1; }
}

@test "sandbox: a right answer earns inside what it earns outside, but for speed" {
	needs_sandbox
	mkdir sub
	cp "$LAB/solution.c" sub/mine.c
	run judge sub --format json -o score.json
	jq -e '.answers[0] | [.rungs[:7][] | .state != "failed" and .state != "not reached"] | all' score.json
}
