#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# scripts.bats -- the testers tested: what scripts/test, test-variants and check-source ought to notice, they notice.

load helper

# ---- scripts/test ----

# small TAP EXIT: a repository with one unit test, which says and ends so; its scripts/test is run.
small() {
	mkdir -p scripts bench/tests build/bench/tests
	cp "$SOURCE/scripts/test" scripts
	touch bench/tests/test_it.c
	printf '#!/bin/bash\nprintf "%%b" "%s"\n%s\n' "$1" "$2" >build/bench/tests/test_it
	chmod +x build/bench/tests/test_it
	run scripts/test build test_it
}

# last WORDS CODE: the line that everything ends with, and the exit code.
last() {
	[ "${lines[${#lines[@]} - 1]}" = "$1" ] && [ "$status" -eq "$2" ] || { echo "$status: $output"; return 1; }
}

@test "test: passed, failed and skipped are counted apart" {
	small '1..2\nok 1 - a\nok 2 - b\n' 'exit 0'
	last "2 passed, 0 failed" 0
	small '1..3\nok 1 - a\nnot ok 2 - b\n# why\nok 3 - c\n' 'exit 1'
	last "2 passed, 1 failed" 1
	exits 1 "not ok 2 - b" "# why"
	small '1..2\nok 1 - a\nok 2 - b # SKIP no b here\n' 'exit 0'
	last "1 passed, 0 failed, 1 skipped" 0
	exits 0 "no b here"
	small '1..2\nok 1 - a\nnot ok 2 # SKIP b\n' 'exit 0'  # as cmocka says it
	last "1 passed, 0 failed, 1 skipped" 0
}

@test "test: a program that crashes, stops early, says too much or nothing at all has failed" {
	small '1..2\nok 1 - a\n' 'kill -SEGV $$'
	last "1 passed, 1 failed" 1
	exits 1 "1 of 2"
	small '1..1\nok 1 - a\n' 'exit 3'
	last "1 passed, 1 failed" 1
	exits 1 "exit code 3"
	small '1..1\nok 1 - a\nok 2 - b\n' 'exit 0'
	last "2 passed, 1 failed" 1
	small 'ok 1 - a\n' 'exit 0'
	last "1 passed, 1 failed" 1
	small '' 'exit 0'
	last "0 passed, 1 failed" 1
	rm build/bench/tests/test_it
	run scripts/test build test_it
	last "0 passed, 1 failed" 1
}

@test "test: only skipped is not passed" {
	small '1..1\nok 1 - a # skip none here\n' 'exit 0'
	last "0 passed, 0 failed, 1 skipped" 1
	run scripts/test build no_such_section
	last "0 passed, 0 failed" 1
}

# ---- scripts/test-variants ----

# try LESSON VARIANT...: scripts/test-variants on these variants of a fake lesson, in a repository of their own.
try() {
	mkdir -p scripts "lessons/$1" "build/lessons/$1"
	cp "$SOURCE/scripts/test-variants" scripts
	for variant in lesson "${@:2}"; do
		ln -s "$SOURCE/bench/tests/lessons/$1/$variant.c" "lessons/$1"
		ln -s "$FAKE/$1/$variant.o" "build/lessons/$1"
		[ "$variant" = lesson ] || ln -s "$FAKE/$1/$variant" "build/lessons/$1"
	done
	PATIENCE=5 run scripts/test-variants -l lessons build 3>&-
}

@test "test-variants: a variant that is wrong, dies, hangs or leaves early" {
	try 50_faulty serial liar crasher exiter quitter hanger
	[ "$status" -eq 1 ]
	for variant in liar crasher exiter quitter hanger; do
		grep -q "^not ok .*50_faulty/$variant is right" <<<"$output"
	done
	grep -q "^ok .*50_faulty/serial is right" <<<"$output"
	exits 1 "expected 10007, found 10008" "exit 139" "exit 3" "left without a report" "exit 124" "1..13"
}

@test "test-variants: a variant that leaves something behind" {
	try 51_leaking serial descriptor_leaker thread_leaker child_leaker
	for process in /proc/[0-9]*; do  # the one that outlived it, and no other
		if [ "$(readlink "$process/exe")" = "$FAKE/51_leaking/child_leaker" ] &&
			[ "$(readlink "$process/cwd")" = "$dir" ]; then
			kill -KILL "${process#/proc/}"
		fi
	done
	exits 1 "/descriptor_leaker is right" "2 descriptors were left open" "threads were never joined" \
		"processes outlived it"
}

@test "test-variants: time that does not grow, and time that does" {
	try 53_growing serial constant
	exits 1 "not ok 3 - plain: 53_growing/constant takes longer for more"
	[ "$(grep -c '^ok' <<<"$output")" -eq 4 ]
}

@test "test-variants: a list that is not the folder's, and a program that is not built" {
	try 54_incomplete serial
	exits 1 "not ok 1 - plain: 54_incomplete lists its files" "absent"
	touch lessons/54_incomplete/absent.c
	run scripts/test-variants -l lessons build
	exits 1 "ok 1 - plain: 54_incomplete lists its files" "54_incomplete/absent is built" "run make"
}

# ---- scripts/check-source ----

# house: a repository without fault, of a few files.
house() {
	mkdir -p bench/base bench/run bench/tests lessons/lib scripts .ci
	for file in bench/base/low.h bench/run/high.h lessons/lib/split.h bench/base/low.c; do
		printf '/* SPDX-License-Identifier: MIT */\n/* %s -- one idea. */\n' "$(basename $file)" >$file
	done
	printf 'all:\n' >Makefile
	printf 'See [low](bench/base/low.h): `make all`, or scripts/go.\n' >README.md
	printf '#!/bin/bash\n# SPDX-License-Identifier: MIT\n' >scripts/go
}

# spoils LINE FILE WORD...: this line, added to this file, is noticed.
spoils() {
	house
	printf '%b\n' "$1" >>"$2"
	run "$SOURCE/scripts/check-source" "$dir"
	exits 1 "$2" "${@:3}"
	[ "$(grep -c "^not ok" <<<"$output")" -le 2 ]  # shellcheck parses, too
	rm -r -- ./*
}

@test "check-source: a house without fault" {
	house
	run "$SOURCE/scripts/check-source" "$dir"
	exits 0
}

@test "check-source: includes that point upward, outward, or nowhere" {
	spoils '#include "bench/run/high.h"' bench/base/low.c "points downward" "(base) includes bench/run/high.h (run)"
	spoils '#include "lessons/lib/split.h"' bench/run/high.h "(run) includes lessons/lib/split.h (lib)"
	spoils '#include "bench/base/gone.h"' bench/run/high.h "not there"
}

@test "check-source: lines that are too wide, blanks, pages that lie, strangers" {
	spoils "/*$(printf '%0120d' 0)*/" bench/base/low.c "120 columns"
	spoils '\t\t\t\t\t\t\t\t\t\t\t\t\t\tint wide;' bench/base/low.c "120 columns"
	spoils 'int x; ' bench/base/low.c "blanks"
	spoils '[gone](bench/gone.h)' README.md "links" "bench/gone.h"
	spoils '`make gold`' README.md "commands" "make gold"
	spoils 'if then' scripts/go "parse"
	spoils '' notes.txt "top level"
}
