#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# lab_pack.bats -- what scripts/lab-pack hands out, as students, Gradescope and GitHub Classroom unpack and run it.

load helper

NAME=letter_counts
LAB=lessons/04_pool_map/lab

# One build serves all: the students' copy.  What make told our make is not for theirs.
setup_file() {
	(
		cd "$BATS_FILE_TMPDIR" || exit 1
		alone
		"$SOURCE/scripts/lab-pack" students $NAME -o students.tar.gz
		tar -xzf students.tar.gz
		make -j2 -C manyhands-$NAME >made 2>&1 3>&- || { tail -n 20 made; exit 1; }
	)
}

alone() {
	local word
	for word in ${!MAKE*} MFLAGS MAKEFLAGS B SAN CC CFLAGS LESSON SEED; do
		unset "$word"
	done
}

pack() {
	"$SOURCE/scripts/lab-pack" "$@"
}

# borrow FOLDER: that build for another copy, but for what knows where it lies.
borrow() {
	alone
	cp -a "$BATS_FILE_TMPDIR/manyhands-$NAME/build" "$1/build"
	rm -f "$1/build/manyhands" "$1/build/bench/main.o" "$1/build/bench/run/record.o"
}

# Nobody installs anything in a test, whatever is missing.
no_installer() {
	local tool
	mkdir "$dir/bin"
	for tool in sudo apt-get dnf pacman zypper; do
		ln -s /bin/true "$dir/bin/$tool"
	done
	PATH=$dir/bin:$PATH
}

offline() {
	if unshare -rn true 2>/dev/null; then
		unshare -rn "$@" 3>&-
	else
		"$@" 3>&-
	fi
}

# telling LAB_FOLDER: lines of its model answers that stand in no file that may be seen.
telling() {
	cat "$SOURCE/$1"/solution*.c | sed 's/^[ \t]*//; s/[ \t]*$//' | awk 'length($0) > 40' | sort -u >lines
	cat "$SOURCE/$1"/{skeleton*,serial,lesson}.c "$SOURCE"/lessons/*/*.[ch] | sed 's/^[ \t]*//; s/[ \t]*$//' |
		sort -u | comm -23 lines -
}

# ---- words ----

@test "lab-pack: what is not asked well is refused in a sentence, and nothing is left" {
	run pack
	exits 1 "students, gradescope or classroom"
	run pack teachers $NAME
	exits 1 "'teachers' is not a word of mine"
	run pack students
	exits 1 "which lab?"
	run pack students $'a\'"; touch hacked; \033[31m'
	exits 1 "there is no lab" "make labs"
	[[ $output != *$'\033'* ]]
	run pack students $NAME -o
	exits 1 "-o and a name"
	run pack students $NAME -o nowhere/file
	exits 1 "there is no folder"
	echo precious >there
	for kind in students gradescope classroom; do
		run pack $kind $NAME -o there
		exits 1 "there is there already"
	done
	[ "$(cat there)" = precious ]
	[ "$(ls -A)" = there ]
}

@test "lab-pack: the same bytes twice, sorted, with nobody's name, under any umask and in a folder with any name" {
	mkdir "it's \"a\" \$(touch hacked)"
	for kind in students gradescope; do
		pack $kind $NAME -o one
		(umask 077 && cd it* && pack $kind $NAME -o two)
		cmp one it*/two
		rm one it*/two
	done
	[ ! -e hacked ]
	cp "$BATS_FILE_TMPDIR/students.tar.gz" .
	tar -tzf students.tar.gz >names
	LC_ALL=C sort -c names
	[ "$(tar --numeric-owner -tvzf students.tar.gz | awk '{ print $2, $4 }' | sort -u)" = "0/0 2020-01-01" ]
}

@test "lab-pack students: of no lab is there a model answer, a wrong one, another lab, or a line that tells" {
	for conf in "$SOURCE"/lessons/*/lab/*.conf; do
		name=$(basename "$conf" .conf) folder=${conf#"$SOURCE"/} folder=${folder%/*}
		pack students "$name" -o all.tar.gz >/dev/null
		tar -tzf all.tar.gz >names
		! grep -E '(^|/)(solution|wrong_|mine|\.git)' names || return 1
		[ "$(grep -c '/lab/$' names)" -eq 1 ]
		grep -q "/$folder/skeleton.c$" names
		telling "$folder" >secret
		[ -s secret ]
		tar -xzOf all.tar.gz | sed 's/^[ \t]*//; s/[ \t]*$//' >text
		! grep -axF -f secret text || return 1
		rm all.tar.gz
	done
}

# ---- a student ----

@test "lab-pack students: two commands, offline: the skeleton fails, the right answer does not" {
	cd "$BATS_FILE_TMPDIR/manyhands-$NAME"
	alone
	grep -qF "make lab LESSON=$NAME" README.md
	grep -qF "make grade LESSON=$NAME" README.md
	make lab LESSON=$NAME
	offline make grade LESSON=$NAME >"$dir/said"
	grep -q ' failed ' "$dir/said"
	cp "$SOURCE/$LAB/solution.c" $LAB/mine.c
	offline make grade LESSON=$NAME >"$dir/said"
	cat "$dir/said"
	jq -e '.answers[0].failed == null and .points + .not_judged == .of and .points >= 85' $LAB/mine.json
	# nothing to compare with but the cores
	jq -r .answers[0].rungs[7].note $LAB/mine.json | grep -E 'cores gave meanwhile|independent loops|one core'
	rm $LAB/mine*
}

# ---- Gradescope ----

# autograder: unpacks and sets up as Gradescope does, below $dir/autograder.
autograder() {
	export AUTOGRADER_ROOT=$dir/autograder
	no_installer
	mkdir -p autograder/{source,submission,results}
	pack gradescope $NAME -o autograder.zip
	unzip -q autograder.zip -d autograder/source
	cp autograder/source/run_autograder autograder/
	borrow autograder/source/manyhands
	bash autograder/source/setup.sh >setup.log 2>&1 3>&- || { tail -n 20 setup.log; return 1; }
}

# submit FILE: the points that Gradescope sees for it, in $score.
submit() {
	cp "$1" autograder/submission/mine.c
	(cd autograder && ./run_autograder >results/stdout 2>&1 3>&-)
	cat autograder/results/results.json
	[ "$(cd autograder/results && echo *)" = "results.json stdout" ]
	score=$(jq -e '.score // ([.tests[].score | numbers] | add) | floor' autograder/results/results.json)
}

@test "lab-pack gradescope: the right answer gets its points, the skeleton does not, and none unconfined" {
	command -v zip >/dev/null && command -v unzip >/dev/null ||
		skip "no zip and unzip here: scripts/setup installs them"
	autograder
	cp "$SOURCE/$LAB/solution.c" right.c
	# where there is no sandbox: told, and nothing run
	mkdir none
	for tool in /usr/bin/* /bin/*; do
		[ "${tool##*/}" = bwrap ] || ln -sf "$tool" none
	done
	PATH=$dir/none submit right.c
	[ "$score" -eq 0 ]
	jq -r .output autograder/results/results.json | grep -q 'not graded'
	jq -r .output autograder/results/results.json | grep -q 'bubblewrap'
	bwrap --unshare-user --unshare-pid --unshare-net --ro-bind / / --proc /proc true 2>/dev/null ||
		skip "no user namespaces here"
	submit "$SOURCE/$LAB/skeleton.c"
	[ "$score" -lt 50 ]
	submit right.c
	[ "$score" -ge 85 ]
}

# ---- GitHub Classroom ----

# steps FILE: its `run` steps, each into a file of its own: step-1 ...
steps() {
	awk '
		/^        run: \|$/ { file = "step-" ++n; inside = 1; next }
		/^        run: /    { file = "step-" ++n; sub(/^        run: /, ""); print >file; inside = 0; next }
		inside && /^          / { print substr($0, 11) >file; next }
		{ inside = 0 }' "$1"
}

# push: the workflow as a push would run it: the exit code of its last step; what that says is in $dir/points, and the
# page of the run in $dir/summary.
push() {
	local step code=0
	: >summary
	for step in step-1 step-2; do
		(cd repository && bash -e "$dir/$step" 3>&-) >log 2>&1 || { cat log; return 9; }
	done
	(cd repository && GITHUB_STEP_SUMMARY=$dir/summary bash -e "$dir/step-3" 3>&-) >points || code=$?
	[ "$(grep -c '^| mine.c | [1-8] .* of ' summary)" -eq 8 ] || return 9
	sed -n 's/^::notice title=Autograding report:://p' points >report
	jq -e '.maxPoints == 100' report || return 9
	grep -qx "::notice title=Autograding complete::Points $(jq .totalPoints report)/100" points || return 9
	return $code
}

@test "lab-pack classroom: the students' tree and a workflow that reports points" {
	pack classroom $NAME -o repository
	tar -xzf "$BATS_FILE_TMPDIR/students.tar.gz"
	diff -r "manyhands-$NAME" repository >differences || [ $? -eq 1 ]
	[ "$(sed 's/.*: //' differences | sort | paste -sd ' ')" = ".github .gitignore mine.c" ]
	! command -v git >/dev/null || { git init -q repository &&
		git -C repository status --porcelain -uall | grep -q "$LAB/mine.c"; }
	no_installer
	borrow repository
	steps repository/.github/workflows/classroom.yml
	[ "$(echo step-*)" = "step-1 step-2 step-3" ]
	grep -q 'scripts/setup' step-1
	grep -qx 'name: Autograding Tests' repository/.github/workflows/classroom.yml
	[ "$(sed -n '/^jobs:/,/^    /p' repository/.github/workflows/classroom.yml | sed -n 2p)" = \
		"  run-autograding-tests:" ]
	run push
	exits 1
	jq -e '.totalPoints < 50' report
	grep -q '| mine.c | [1-8] .* | failed | 0 of ' summary
	cp "$SOURCE/$LAB/solution.c" repository/$LAB/mine.c
	run push
	exits 0
	jq -e '.totalPoints >= 85' report
}
