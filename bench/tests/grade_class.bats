#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# grade_class.bats -- a class graded into one table, and the formats that other systems read.

load helper

LAB=$SOURCE/lessons/02_sum_of_powers/lab

# class WORD...: everybody in the folder `class`, into t.csv.
class() {
	manyhands grade primes --class class -o t.csv "$@"
}

# hands_in NAME FILE: a student's folder, with FILE as the answer by threads.
hands_in() {
	mkdir -p "class/$1"
	cp "$2" "class/$1/mine.c"
}

# row NAME: the student's row by threads.
row() {
	grep "^\"$1\",\"primes\",pthreads," t.csv
}

# Nothing but whole rows, and nothing beside the table.
table_is_whole() {
	[ "$(head -c 8 t.csv)" = student, ] && [ -z "$(tail -c 1 t.csv)" ]
	[ "$(grep -c '"sha256-[A-Za-z0-9+/]*="$' t.csv)" -eq "$1" ]
	[ ! -e t.csv.new ]
}

@test "class: right, wrong, skeleton and unreadable are rows, and a second run grades nobody again" {
	hands_in right "$LAB/solution.c"
	hands_in wrong "$LAB/wrong_border.c"
	hands_in skeleton "$LAB/skeleton.c"
	cp "$LAB/skeleton_openmp.c" class/skeleton/mine_openmp.c
	mkdir class/linked class/large class/missing class/.hidden
	ln -s "$LAB/solution.c" class/linked/mine.c
	head -c 2000000 /dev/zero >class/large/mine.c
	mkfifo class/large/mine_openmp.c
	ln -s right class/stranger
	echo >class/notes.txt
	touch begin
	run class --seed 7
	exits 0 "unconfined" "1 of 7, large: 0 points" "of 7, wrong: 7.5 of 100 points" "7 of 7, "
	exits 0 "3 graded, 0 as before, 4 with"
	[ "$(wc -l <t.csv)" -eq 15 ]
	table_is_whole 14
	row right | grep -q ',2.5,5,15,'
	row wrong | grep -q ',2.5,5,0,0,0,0,0,0,7.5,0,50,3,"with n = .*expected 0 primes below 2, found 1",7,'
	row skeleton | grep -q ',2.5,0,0,0,0,0,0,0,2.5,0,50,2,"0 of 3 workers'
	row linked | grep -q ',0,0,50,1,"mine.c cannot be read: it is a link",7,'
	row large | grep -q '"mine.c is larger than 1 MiB'
	grep '"large","primes",openmp' t.csv | grep -q '"mine_openmp.c cannot be read: it is no file"'
	row missing | grep -q '"there is no file mine.c"'
	row stranger | grep -q "folder cannot be read: it is a link"
	cp t.csv before.csv
	run class --seed 8
	exits 0 "0 graded, 7 as before"
	cmp t.csv before.csv
	[ -z "$(find "$B/grade" -maxdepth 1 -name 'work.*' -newer begin)" ]
	[ -z "$(find class "$LAB" -name mine.json -newer begin)" ]
}

@test "class: who changed is graded again, and nobody else; who left keeps the rows" {
	hands_in a "$LAB/skeleton.c"
	hands_in b "$LAB/skeleton.c"
	hands_in c "$LAB/skeleton.c"
	class --seed 7
	cp "$LAB/wrong_border.c" class/b/mine.c
	rm -r class/c
	run class --seed 8
	exits 0 "2 of 2, b: 7.5 of 100" "1 graded, 1 as before" "1 in t.csv without a folder"
	[[ $output != *"1 of 2"* ]]
	row a | grep -q ',7,"sha256-'
	row b | grep -q ',8,"sha256-'
	row c | grep -q ',7,"sha256-'
	run class
	exits 0 "0 graded, 2 as before"
	table_is_whole 6
}

@test "class: names with commas, quotes, line ends, formulas and escape codes make whole rows, and are known again" {
	hands_in '=cmd|"x",y' "$LAB/skeleton.c"
	hands_in $'new\nline' "$LAB/skeleton.c"
	hands_in $'red\033[31m' "$LAB/skeleton.c"
	hands_in "O'Neil, \"J\"; \$(touch hacked)" "$LAB/skeleton.c"
	run class --seed 7
	exits 0 "4 graded"
	[[ $output != *$'\033'* ]]
	! grep -q $'\033' t.csv || return 1
	grep -q "^\"'=cmd|\"\"x\"\",y\",\"primes\"" t.csv
	grep -q "^\"O'Neil, \"\"J\"\"; \$(touch hacked)\",\"primes\"" t.csv
	grep -q '^line","primes"' t.csv
	table_is_whole 8
	run class
	exits 0 "0 graded, 4 as before"
	[ ! -e hacked ]
}

@test "class: a table that is none, is damaged or of another lab is refused, and stays" {
	hands_in a "$LAB/skeleton.c"
	class --seed 7
	cp t.csv good.csv
	head -c -20 good.csv >t.csv
	cp t.csv cut.csv
	run class
	exits 1 "t.csv: row 3 is not whole"
	cmp t.csv cut.csv
	sed 's/"primes"/"pipes"/' good.csv >t.csv
	run class
	exits 1 "t.csv is of the lab 'pipes'"
	echo precious >t.csv
	run class
	exits 1 "t.csv is no table of a class"
	[ "$(cat t.csv)" = precious ]
	run class -o nowhere/t.csv
	exits 1 "nowhere/t.csv" "cannot be"
	run manyhands grade primes --class nowhere
	exits 1 "the folder nowhere cannot be read"
	mkdir empty
	run manyhands grade primes --class empty
	exits 1 "there is no folder in empty"
	run class --answer x.c
	exits 1 "--class grades all folders"
	run class --format junit
	exits 1 "--class writes one table"
}

first_is_kept() {
	grep -q '^"a",.*sha256' t.csv 2>/dev/null
}

@test "class: Ctrl-C keeps what is done, leaves nothing, and the next run goes on" {
	hands_in a "$LAB/skeleton.c"
	hands_in b "$LAB/skeleton.c"
	sed -i 's/(void)t;/(void)t; for (;;) worker_enter(0);/' class/b/mine.c
	MANYHANDS_TEST=$dir setsid "$B/manyhands" grade primes --class class -o t.csv >said 2>&1 3>&- &
	soon first_is_kept
	sleep 0.3
	kill -INT $!
	code=0
	wait $! || code=$?
	[ $code -eq 130 ] || { echo "exit code $code"; cat said; return 1; }
	soon nobody_is_left
	table_is_whole 2
	cp "$LAB/skeleton.c" class/b/mine.c
	run class
	exits 0 "1 graded, 1 as before"
}

@test "class: a bar on a terminal, and rows on standard output without -o" {
	command -v script >/dev/null || skip "no script(1) here"
	hands_in a "$LAB/skeleton.c"
	manyhands grade primes --class class --seed 7 >rows 2>said
	[ "$(grep -c '^"a","primes",' rows)" -eq 2 ]
	! grep -q '\[\.\.' said || return 1
	script -qec "$B/manyhands grade primes --class class --seed 7 -o t.csv" /dev/null </dev/null >said 3>&- || :
	grep -q '\[\.\.\.*\] 0 of 1  a: rung [1-5]' said
}

# on_terminal WORD...: the class, with its bar, a line for each time that it was drawn.
on_terminal() {
	script -qec "$B/manyhands grade primes --class class $*" /dev/null </dev/null 3>&- | tr '\r' '\n'
}

@test "class: several at once, or one by one; the table is the same, in the order of names" {
	command -v script >/dev/null || skip "no script(1) here"
	for name in a b c d; do
		hands_in $name "$LAB/wrong_border.c"
	done
	on_terminal --seed 7 -o t.csv --jobs 3 >said
	grep -q '\[[#.]*\] [0-9] of 4  [a-d]: rung [0-9] [a-d]: rung [0-9] [a-d]: rung [0-9]' said
	on_terminal --seed 7 -o one.csv --jobs 1 >said
	grep -q '\[[#.]*\] [0-9] of 4  [a-d]: rung [0-9]' said
	! grep -q '[a-d]: rung [0-9] [a-d]: rung' said || return 1
	cmp t.csv one.csv
	[ "$(grep '"primes",pthreads' t.csv | cut -c 2 | tr -d '\n')" = abcd ]
	manyhands grade primes --class class --seed 7 >rows
	cmp rows one.csv
	run class --jobs 0
	exits 1 "--jobs: '0' is not a whole number from 1 to 64"
	run manyhands grade primes --jobs 2
	exits 1 "--jobs is for a class"
}

grader_of_b() {
	pgrep -P "$1" >graders && [ "$(wc -l <graders)" -ge 1 ] && grep -q '"a",' t.csv
}

@test "class: a grader that is killed is one row 'not graded', and tried again by the next run" {
	hands_in a "$LAB/skeleton.c"
	hands_in b "$LAB/skeleton.c"
	hands_in c "$LAB/skeleton.c"
	sed -i 's/(void)t;/(void)t; for (;;) worker_enter(0);/' class/b/mine.c
	MANYHANDS_TEST=$dir setsid "$B/manyhands" grade primes --class class -o t.csv --jobs 1 >said 2>&1 3>&- &
	soon grader_of_b $!
	kill -KILL "$(cat graders)"
	code=0
	wait $! || code=$?
	[ $code -eq 1 ] || { echo "exit code $code"; cat said; return 1; }
	grep -q 'of 3, b: not graded: its grader ended before it was done' said
	grep -q '1 could not be graded: run it again' said
	grep -q '"b","primes",pthreads.*"not graded: its grader ended before it was done"' t.csv
	row c | grep -q '"0 of 3 workers'
	soon nobody_is_left
	cp "$LAB/skeleton.c" class/b/mine.c
	run class
	exits 0 "1 graded, 2 as before"
}

@test "class --sandbox: graded inside, or refused with the remedy before anything ran" {
	hands_in a "$LAB/skeleton.c"
	run class --sandbox --seed 7
	if [ "$status" -eq 4 ]; then
		exits 4 "sandbox"
		[ ! -e t.csv ]
	else
		exits 0 "1 graded"
		[[ $output != *unconfined* ]]
		row a | grep -q '"0 of 3 workers'
	fi
}

@test "grade --format: what Gradescope, a CI system and a spreadsheet read" {
	for format in gradescope junit csv; do
		manyhands grade primes --seed 7 --answer "$LAB/wrong_border.c" --format $format -o $format &&
			false || [ $? -eq 2 ]
	done
	jq -e '.score == 7.5 and .visibility == "visible" and (.tests | length) == 8
		and ([.tests[].score] | add) == 7.5 and ([.tests[].max_score] | add) == 50
		and [.tests[].status][0:4] == ["passed", "passed", "failed", "failed"]
		and (.tests[2].output | contains("expected 0 primes below 2, found 1"))' gradescope
	grep -q 'tests="8" failures="1" errors="0" skipped="5"' junit
	[ "$(wc -l <csv)" -eq 2 ]
	[ "$(head -n 1 csv | tr -dc , | wc -c)" -eq "$(tail -n 1 csv | sed 's/"[^"]*"//g' | tr -dc , | wc -c)" ]
	command -v python3 >/dev/null || return 0
	python3 -c 'import xml.etree.ElementTree as e; assert len(e.parse("junit").findall("*/testcase")) == 8'
}
