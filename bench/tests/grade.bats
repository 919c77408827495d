#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# grade.bats -- grading as a student sees it.  That every wrong answer is caught is scripts/test-labs' business.

load helper

LAB=$SOURCE/lessons/02_sum_of_powers/lab

# grade WORD...: the lab `primes`, always with the same seed.
grade() {
	manyhands grade primes --seed 7 "$@"
}

# answer TEXT [NAME]: a file in $dir, with what every answer includes.
answer() {
	printf '#include "%s"\n' bench/check.h bench/lesson.h bench/worker.h kernel.h >"$dir/${2:-mine.c}"
	echo "$1" >>"$dir/${2:-mine.c}"
}

# solves BODY: an answer whose solve() is BODY, and does nothing with threads.
solves() {
	answer "static void solve(const struct task *t, void *answer) { (void)t; (void)answer; $1 }
const struct variant variant = { .idea = \"mine\", .solve = solve };"
}

no_work_is_left() {
	[ -z "$(find "$B/grade" -maxdepth 1 -name 'work.*' -newer "$dir/begin")" ]
}

# ---- words ----

@test "grade: no lab, an unknown one, two of them: exit 1 and what to do" {
	run manyhands grade
	exits 1 "which lab?"
	run manyhands grade prime
	exits 1 "there is no lab 'prime'" "did you mean 'primes'?" "make labs"
	run manyhands grade primes pipes
	exits 1 "'pipes': one lab at a time"
	run manyhands grade $'a\'"<script>\033[31m'
	exits 1 "there is no lab 'a'\"<script>?[31m'"
	run manyhands grade primes --format pdf
	exits 1 "'pdf'" "text, json, gradescope, junit or csv"
	run manyhands grade primes --seed -1
	exits 1 "--seed"
}

@test "grade: a lab answers to its name, to its lesson's, and to the numbers" {
	solves ''
	for name in primes 02_primes 02 02_sum_of_powers sum_of_powers; do
		run manyhands grade "$name" --seed 7 --answer mine.c
		exits 2 "Lab: primes (lesson 02_sum_of_powers, seed 7)"
	done
}

@test "grade: a file that is not there, a folder, an empty file, a huge one, no text at all" {
	run grade --answer missing.c
	exits 1 "missing.c cannot be read"
	mkdir folder.c
	run grade --answer folder.c
	exits 1 "folder.c cannot be read: it is no file"
	: >empty.c
	run grade --answer empty.c
	exits 2 "builds              failed"
	head -c 2000000 /dev/zero >large.c
	run grade --answer large.c
	exits 1 "larger than 1 MiB"
	head -c 3000 /bin/sh >binary.c
	run grade --answer binary.c
	exits 2 "builds              failed"
	[ "$(tr -d '\n\t -~\200-\377' <<<"$output" | wc -c)" -eq 0 ]
	run grade --submission nowhere
	exits 1 "the folder nowhere cannot be read"
	run grade --submission . --answer empty.c
	exits 1 "give one of them"
}

@test "grade --list: every lab that there is, within 80 columns" {
	manyhands grade --list >list
	fits list
	[ "$(tail -n +2 list | wc -l)" -eq "$(ls "$SOURCE"/lessons/*/lab/*.conf | wc -l)" ]
	grep -q '^primes  *02_sum_of_powers ' list
}

# ---- what a finding says ----

@test "grade: the compiler's words with file and line, and a warning is enough" {
	solves 'int unused;'
	touch begin
	run grade --answer mine.c
	exits 2 "1  builds              failed" "mine.c:5:" "unused variable" "0 of 50 points"
	[[ $output != *"$dir"* ]]
	no_work_is_left
}

@test "grade: a finding has expected, seen, why, try and replay, fits 80 columns, and has no colours in a file" {
	grade --answer "$LAB/wrong_border.c" >said && false || [ $? -eq 2 ]
	fits said
	for label in expected seen why try replay; do
		grep -q "^  $label  *[A-Za-z]" said
	done
	grep -q 'seed 7' said
	! grep -q $'\033' said || return 1
}

@test "grade: colours on a terminal, and none with NO_COLOR" {
	command -v script >/dev/null || skip "no script(1) here"
	solves ''
	script -qec "$B/manyhands grade primes --seed 7 --answer mine.c" /dev/null </dev/null >said 3>&- || :
	grep -q $'\033\[31mfailed' said
	NO_COLOR=1 script -qec "$B/manyhands grade primes --seed 7 --answer mine.c" /dev/null </dev/null >said 3>&- || :
	grep -q 'failed' said
	! grep -q $'\033\[[0-9]*m' said || return 1
}

@test "grade: the same seed finds the same, and the run that failed fails again by hand" {
	for try in 1 2; do
		grade --answer "$LAB/wrong_unlocked.c" --format json -o "$try" && false || [ $? -eq 2 ]
	done
	[ "$(jq -r .answers[0].failed 1)" -eq 4 ]
	[ "$(jq -r .answers[0].finding.replay 1)" = "$(jq -r .answers[0].finding.replay 2)" ]
	replay=$(jq -r .answers[0].finding.replay 1 | sed -n 's/^this run alone: //p')
	[ -n "$replay" ]
	wrong=0
	for _ in 1 2 3 4 5; do
		(cd "$SOURCE" && bash -c "$replay" >/dev/null 2>&1 3>&-) || wrong=$((wrong + 1))
	done
	[ $wrong -ge 3 ] || { echo "$wrong of 5: $replay"; return 1; }
}

@test "grade --format json: one object, whose points are the sum of its rungs'" {
	grade --answer "$LAB/wrong_alone.c" --format json >said && false || [ $? -eq 2 ]
	jq -e '.schema_version == 1 and .lab == "primes" and .seed == 7 and (.answers | length) == 1
		and (.answers[0].rungs | length) == 8 and .answers[0].failed == 2 and .answers[0].last_rung == 1
		and ([.answers[0].rungs[1:][].points] | add) == 0
		and ([.answers[0].rungs[].points] | add) == .points and ([.answers[0].rungs[].of] | add) == .of' said
}

@test "grade -o: the whole file or none, and the exit code tells" {
	solves ''
	run grade --answer mine.c -o out
	exits 2
	grep -q 'Lab: primes' out
	run grade --answer mine.c -o nowhere/out
	exits 1 "nowhere/out" "cannot be written"
	mkfifo pipe
	run manyhands grade primes --answer "$LAB/wrong_border.c" -o pipe  # or, as root, /dev/null would become a file
	exits 1 "pipe is no plain file"
	[ -p pipe ]
	[ "$(ls out*)" = out ]
}

@test "grade --submission: both answers count, and a missing one costs its half" {
	mkdir "name with 'quotes'"
	cp "$LAB/wrong_border.c" "name with 'quotes'/mine.c"
	run grade --submission "name with 'quotes'"
	exits 2 "mine.c, by pthreads" "mine_openmp.c, by openmp" "there is no file" "of 100 points"
	[ ! -e "name with 'quotes'/mine.json" ]
}

# ---- the rungs, where the labs' own wrong answers do not go ----

@test "grade: what is exported, and what is called, is seen in the object" {
	answer "int shared; static void solve(const struct task *t, void *answer) { (void)t; (void)answer; }
const struct variant variant = { .idea = \"mine\", .solve = solve };"
	run grade --answer mine.c
	exits 2 "builds              failed" "it exports 'shared', too"
	answer "#include <stdlib.h>
static void solve(const struct task *t, void *answer) { (void)t; (void)answer; if (system(\"true\")) abort(); }
const struct variant variant = { .idea = \"mine\", .solve = solve };"
	run grade --answer mine.c
	exits 2 "uses the mechanism  failed" "system()"
}

@test "grade: death, rows that are no rows, and silence are told apart from a wrong answer" {
	solves '*(volatile int *)0 = 1;'
	run grade --answer mine.c
	exits 2 "right               failed" "SIGSEGV"
	solves '_Exit(0);'
	sed -i '1i #include <stdlib.h>' mine.c
	run grade --answer mine.c
	exits 2 "right               failed" "without a report"
	solves 'dprintf(3, "ha\n"); _Exit(0);'
	sed -i '1i #include <stdlib.h>' mine.c
	run grade --answer mine.c
	exits 2 "right               failed" "descriptor 3"
}

# just_before LINES: the model answer with LINES where it gives its answer.
just_before() {
	sed "s|^\t\*(uint64_t \*)answer = count;|\t$1\n&|" "$LAB/solution.c" >mine.c
	! cmp -s "$LAB/solution.c" mine.c || return 1
}

# grade_mine: mine.c, with the findings in one line.
grade_mine() {
	run grade --answer mine.c
	output=$(tr -s ' \n' ' ' <<<"$output")
}

@test "grade: what is wrong by chance fails rung 4 where rung 3 saw it first, too, and keeps the points of rung 3" {
	coin='struct timespec now; SYS(clock_gettime(CLOCK_MONOTONIC, \&now)); const bool coin = now.tv_nsec / 64 % 2;'
	just_before "$coin count += coin;"
	grade_mine
	exits 2 "3 right passed 15 of 15" "4 right every time failed" "on one core and with nobody in its way"
	[[ $output =~ "the very same, run again, was right "[0-9]+" time"s?" of 40" ]]
	just_before "$coin if (coin) die(\"it came too soon\");"
	grade_mine
	exits 2 "4 right every time failed" "it came too soon" "the very same, run again, was right"
	just_before "$coin count += 1 + coin + (uint64_t)now.tv_nsec;"
	grade_mine
	exits 2 "4 right every time failed" "the very same, run again, was wrong in another way"
}

@test "grade: what is wrong each time, and in the same way, fails rung 3" {
	just_before 'count++;'
	grade_mine
	exits 2 "3 right failed" "4 right every time not reached"
	[[ $output != *"the very same"* ]]
	just_before 'die("it is wrong");'
	grade_mine
	exits 2 "3 right failed" "it is wrong"
}

@test "grade: that a worker looks on is no finding where the answer is wrong, too" {
	sed 's|(struct range){ 0, t->n }|(struct range){ 0, t->n / 2 }|' "$LAB/wrong_alone.c" >mine.c
	grade_mine
	exits 2 "2 uses the mechanism passed" "3 right failed"
}

@test "grade: Ctrl-C ends it at once, with 130, and leaves nothing" {
	solves 'for (;;) worker_enter(0);'
	touch begin
	MANYHANDS_TEST=$dir setsid "$B/manyhands" grade primes --answer mine.c >said 2>&1 3>&- &
	soon running
	kill -INT $!
	code=0
	wait $! || code=$?
	[ $code -eq 130 ] || { echo "exit code $code"; cat said; return 1; }
	soon nobody_is_left
	no_work_is_left
}

running() {
	processes | while read -r pid; do cat "/proc/$pid/comm" 2>/dev/null; done | grep -q '^shaken$'
}

# ---- a student's way: in a copy, since mine.c lies beside the lab ----

# student: a copy of what scripts/lab needs, with a stand-in for the grader that tells what it was asked.
student() {
	mkdir -p scripts lessons/02_sum_of_powers/lab build
	cp "$SOURCE/scripts/lab" scripts
	cp "$LAB"/{README.md,primes.conf,skeleton.c,skeleton_openmp.c} lessons/02_sum_of_powers/lab
	printf '#!/bin/sh\necho "$@" >>%s/asked\n' "$dir" >build/manyhands
	chmod +x build/manyhands
	mine=lessons/02_sum_of_powers/lab/mine.c
}

@test "lab start: skeletons become answers, and answers are never overwritten" {
	student
	run scripts/lab start 02
	exits 0 "mine.c is where you write" "mine_openmp.c is where you write" "make grade LESSON=primes"
	[ "$(sed -n 2p $mine | cut -c 1-12)" = "/* mine.c --" ]
	echo precious >$mine
	run scripts/lab start primes
	exits 0 "mine.c is there already"
	[ "$(cat $mine)" = precious ]
	run scripts/lab start nothing
	exits 1 "no lab 'nothing'"
	run scripts/lab start ''
	exits 1 "which lab?"
	run scripts/lab start "a'; touch hacked; '"
	exits 1 "no lab"
	[ ! -e hacked ]
}

@test "lab hint: layer by layer, and the last one again" {
	student
	run scripts/lab hint primes
	exits 0 "Hint 1 of 3" "Who waits for whom?"
	[[ $output != *"Nobody has to know"* && $output != *"<"* ]]
	run scripts/lab hint primes
	exits 0 "Hint 2 of 3" "Nobody has to know in advance"
	run scripts/lab hint primes
	exits 0 "Hint 3 of 3" "mutex"
	run scripts/lab hint primes
	exits 0 "all 3 hints" "Hint 3 of 3"
	echo rubbish >lessons/02_sum_of_powers/lab/mine.hints
	run scripts/lab hint primes
	exits 0 "Hint 1 of 3"
}

@test "every lab's page has three hints, and they are printed without its markup" {
	for page in "$SOURCE"/lessons/*/lab/README.md; do
		folder=lessons/$(basename "$(dirname "$(dirname "$page")")")/lab
		mkdir -p scripts "$folder"
		cp "$SOURCE/scripts/lab" scripts
		cp "$(dirname "$page")"/{README.md,*.conf} "$folder"
		name=$(basename "$folder"/*.conf .conf)
		for layer in 1 2 3; do
			scripts/lab hint "$name" >hint
			grep -q "^Hint $layer of 3 for $name$" hint
			[ "$(wc -l <hint)" -ge 4 ]
			! grep -E '</?(details|summary)' hint || return 1
		done
	done
}

times() {
	[ "$(wc -l <"$dir/asked")" -eq "$1" ]
}

@test "lab watch: grades at once and after each save, and Ctrl-C ends it cleanly" {
	student
	scripts/lab start primes
	touch asked
	MANYHANDS_TEST=$dir setsid bash -c 'trap - INT; exec scripts/lab watch primes build' >said 2>&1 3>&- &
	soon times 1
	echo >>$mine
	soon times 2
	kill -TERM $!
	wait $!
	[ "$(sort -u asked)" = "grade primes" ]
	soon nobody_is_left
}

# ---- labs among the lessons ----

@test "a lab is measured when it is named, and is not among the lessons" {
	! manyhands list | grep -i prime || return 1
	manyhands run primes --variants solution --workers 1 --n 500 --quick --blocks 1 --runs 1 -o out >said
	grep -q 'primes' said
	[ "$(jq -r .lessons[].name out/run.json | grep -c .)" -ge 1 ]
	jq -e '[.cells[].lesson] | index("02_primes") != null' out/run.json
	run manyhands run 02_prim
	exits 1 "there is no lesson"
}

@test "grade: what killed graders left is removed after a day, and what others use is not" {
	mkdir -p "$B/grade/work.old/below" "$B/grade/work.new"
	touch "$B/grade/work.old/below/plain.o"
	touch -d '2 days ago' "$B/grade/work.old"
	manyhands grade primes --answer "$LAB/skeleton.c" >said || [ $? -eq 2 ]
	[ ! -e "$B/grade/work.old" ]
	[ -d "$B/grade/work.new" ]
	rmdir "$B/grade/work.new"
}

@test "grade: a child that comes back from solve(), and a line that reads where nothing is, are named" {
	answer '#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
static void solve(const struct task *t, void *answer)
{
	(void)answer;
	for (unsigned i = 0; i < t->workers; i++)
		if (fork() == 0) {
			worker_enter(i);
			DEED
		}
	while (wait(NULL) > 0)
		;
}
const struct variant variant = { .idea = "mine", .solve = solve };'
	sed 's/DEED/worker_leave(i); return;/' mine.c >stray.c
	run manyhands grade roll_call --seed 7 --answer stray.c
	exits 2 "right               failed" "a child process came back from solve(),"
	solves 'volatile int *nowhere = NULL; for (unsigned i = 0; i < t->workers; i++) worker_enter(i); *nowhere = 1;'
	run grade --answer mine.c
	exits 2 "right               failed" "killed by SIGSEGV" "with the address sanitizer: " "mine.c:5"
}

@test "grade: a loop that never ends is no wait in vain, and is told so" {
	solves 'for (volatile unsigned i = 0; i < 2; i++) i--;'
	run grade --answer mine.c
	exits 2 "ends                failed" "not hanging: " "computes" "Nobody is stuck: a loop goes on and on"
}
