#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# new_lesson.bats -- scripts/new-lesson: what it makes passes the tests of every lesson as it stands.

load helper

# A copy of the source without the lessons, but for what they share.
setup_file() {
	export TREE
	TREE=$(mktemp -d)
	cp -r "$SOURCE"/{Makefile,README.md,scripts,bench} "$TREE"
	mkdir "$TREE/lessons"
	cp -r "$SOURCE"/lessons/{lib,README.md} "$TREE/lessons"
	rm -rf "$TREE"/bench/tests/test_*.c "$TREE"/bench/tests/lessons
}

teardown_file() {
	rm -rf "$TREE"
}

new_lesson() {
	"$TREE/scripts/new-lesson" "$@"
}

@test "a new lesson builds, shows, passes the tests of all lessons, and can be measured" {
	run new_lesson 16_dining_philosophers
	exits 0 "lessons/16_dining_philosophers is there" "make show LESSON=dining_philosophers"
	[ -z "$(ls -A "$TREE/lessons" | grep '^\.new')" ]
	! grep -r '@' "$TREE/lessons/16_dining_philosophers" --include='*.[ch]' --include=README.md || return 1
	grep -q 'Dining philosophers: ' "$TREE/lessons/16_dining_philosophers/lesson.c"
	make -s -C "$TREE" B="$dir/build" all >said 2>&1 3>&-
	! grep -i warning said || return 1
	run "$dir/build/manyhands" show dining_philosophers
	exits 0 "serial                499500" "openmp                499500"
	run "$TREE/scripts/test-variants" -l lessons "$dir/build"
	exits 0
	[[ $output != *"not ok"* ]]
	[ "$(grep -c '^ok' <<<"$output")" -ge 8 ]
	run "$dir/build/manyhands" run --quick --blocks 6 --runs 2 --n 100000 -o out
	exits 0 "Dining philosophers" "fork_pool"
}

@test "a name that is taken or is none: one sentence, and nothing is made" {
	ls "$TREE/lessons" >before
	for name in "" philosophers 1_x 16-dining 16_Dining 16_ "16_a b" "../16_x" 16_dining/../../x; do
		run new_lesson "$name"
		exits 1 "new-lesson:"
	done
	run new_lesson
	exits 1 "which lesson"
	mkdir "$TREE/lessons/17_taken"
	run new_lesson 17_other
	exits 1 "17 is taken by 17_taken"
	run new_lesson 18_taken
	exits 1 "taken is taken by 17_taken"
	run new_lesson 17_taken
	exits 1 "there already"
	rmdir "$TREE/lessons/17_taken"
	ls "$TREE/lessons" >after
	cmp before after
}
