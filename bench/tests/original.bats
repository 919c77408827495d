#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# original.bats -- the documents' programs in Python: oracles for the C programs, and variants as good as any.
#
#   SEED=7 LESSON=04_pool_map bats bench/tests/original.bats      other tasks; this lesson only

load helper

# What the helper does, where there is a Python to try.
setup() {
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || skip "no python3 (3.9 or later) here"
	dir=$(mktemp -d "${TMPDIR:-/tmp}/manyhands-test.XXXXXX")
	cd "$dir" || return 1
}

teardown() {
	local left
	[ -n "${dir-}" ] || return 0
	left=$(processes)
	[ -z "$left" ] || kill -KILL $left || :
	cd / && rm -rf "$dir"
}

modes="serial threads processes"

# The programs' folders of all lessons that have an original.
folders() {
	local file
	for file in "$SOURCE"/lessons/${LESSON:-[0-9]*}/original.py; do
		echo "$B/lessons/$(basename "$(dirname "$file")")"
	done
}

# programs FOLDER: the correct ones in C, and those in Python.
programs() {
	local variant
	for variant in $("$1/serial" --describe | jq -r '.variants[]'); do
		[ "$("$1/$variant" --describe | jq -r .expect)" != correct ] || echo "$variant"
	done
	printf 'python_%s\n' $modes
}

# tasks FOLDER COUNT: options for so many tasks, small and within bounds, the edges first.
tasks() {
	local card i w n name least most value document
	card=$("$1/serial" --describe)
	local edge=(0 1 -1 0 1) n_most
	n_most=$(jq '[.n_max, 200, ([2 * .examples[0].n, 16] | max)] | min' <<<"$card")
	for ((i = 0; i < $2; i++)); do
		w=$((1 + RANDOM % 6))
		n=$((i < 2 ? edge[i] : i < 5 ? w + edge[i] : RANDOM % (n_most + 1)))
		[ $n -le "$n_most" ] || n=$n_most
		printf -- '--n %d --workers %d' $n $w
		while read -r name least most value document; do
			case $((RANDOM % 4)) in
			0) value=$document ;;
			1) value=$least ;;
			2) [ "$value" -le 1000 ] || value=$document ;;
			*) value=$((2 * document > 8 ? 2 * document : 8))
				value=$((most - least < value ? most - least : value))
				value=$((least + RANDOM % (value + 1))) ;;
			esac
			printf -- ' --param %s=%d' "$name" "$value"
		done < <(jq -r '.examples[0].params as $document |
			.params[] | "\(.name) \(.least) \(.most) \(.value) \($document[.name])"' <<<"$card")
		echo
	done
}

# agree FOLDER: every program gives serial's answer to the task on standard input, a line each.
agree() {
	local options program list code
	list=$(programs "$1")
	while read -r options; do
		timeout 60 "$1/serial" --answer $options >right 3>&- </dev/null ||
			{ echo "$1/serial --answer $options"; return 1; }
		for program in $list; do
			code=0
			timeout 60 "$1/$program" --answer $options >found 2>said 3>&- </dev/null || code=$?
			[ $code -ne 77 ] || continue
			[ $code -eq 0 ] && cmp -s right found && continue
			echo "$1/$program --answer $options: exit $code"
			diff right found | head -n 6
			tail -n 3 said
			return 1
		done
	done
}

# scripted BODY: a copy of the lesson waiter in $dir with an original.py: serial and threads are right, BODY is
# processes (a function of `task`), after which more may follow.
scripted() {
	local mode lib=$B/lessons/02_sum_of_powers
	cp -r "$FAKE/52_waiter" "$dir"
	cp "$lib/original.py" "$dir/52_waiter"
	{
		head -n 1 "$lib/python_serial"
		printf '%s\n' 'import os, time' 'from contextlib import contextmanager' \
			'from multiprocessing import Pool' 'import original' '@contextmanager' 'def serial(task):' \
			'    yield lambda: task.n' '@contextmanager' 'def processes(task):' "$1" \
			'def show(task, answer):' '    return f"{answer}\n"' \
			'original.main(serial=serial, threads=serial, processes=processes, show=show)'
	} >"$dir/52_waiter/python_serial"
	chmod +x "$dir/52_waiter/python_serial"
	for mode in threads processes; do
		ln -s python_serial "$dir/52_waiter/python_$mode"
	done
}

# ---- oracles ----

@test "originals are found, and installed beside the C programs" {
	[ "$(folders | wc -l)" -ge 1 ]
	for folder in $(folders); do
		for mode in $modes; do
			[ -x "$folder/python_$mode" ]
		done
	done
}

@test "every original prints what its document printed" {
	for folder in $(folders); do
		for mode in $modes; do
			"$folder/python_$mode" --show 3>&- >shown || { echo "$folder $mode"; cat shown; return 1; }
			"$folder/serial" --show 3>&- >right
			cmp right shown
		done
	done
}

@test "every program of a lesson, in C and in Python, gives the same answers" {
	RANDOM=${SEED:-1}
	for folder in $(folders); do
		tasks "$folder" 8 >tasks
		agree "$folder" <tasks
	done
}

@test "an answer may need more than a pipe holds, or 64 bits" {
	echo "--n 3 --workers 2 --param message_bytes=1048575" | agree "$B/lessons/12_pipe_eof"
	echo "--n 90001 --workers 3 --param jobs=5 --param lowest=2 --param highest=3" |
		agree "$B/lessons/02_sum_of_powers"
}

@test "--answer: the result and nothing else; a wrong one gives exit 2" {
	run "$FAKE/52_waiter/pthreads" --answer --n 7
	exits 0
	[ "$output" = 7 ]
	"$FAKE/50_faulty/liar" --answer >found 2>said || code=$?
	[ "$code" -eq 2 ] && [ "$(cat found)" = 1001 ] && grep -q "wrong answer: expected 1000, found 1001" said
	run "$B/lessons/02_sum_of_powers/python_threads" --answer --n 4 --param highest=1 --param jobs=1
	exits 0
	[ "$output" = 6 ]
}

# ---- the protocol ----

@test "--describe: the C program's card, but for the idea, which list tells, too" {
	manyhands list >list
	for folder in $(folders); do
		"$folder/serial" --describe | jq -S 'del(.idea)' >right
		for mode in $modes; do
			"$folder/python_$mode" --describe >card
			jq -S 'del(.idea)' card | diff right -
			grep -qF "$(printf '  %-21s %s' "python_$mode" "$(jq -r .idea card)")" list
		done
	done
}

@test "rows: the fields that the C programs write, cold and warm, and the end" {
	keys='del(.crossed_bytes, .moved_bytes) | "\(.row) \(.regime) \(keys | join(" "))"'
	for folder in $(folders); do
		"$folder/serial" --rows --runs 2 --warmups 1 --n 2 3>&1 >/dev/null | jq -r "$keys" >right
		for mode in $modes; do
			"$folder/python_$mode" --rows --runs 2 --warmups 1 --n 2 --workers 2 --pus 0,- \
				--topology x 3>rows >/dev/null
			jq -r "$keys" rows | diff right -
			jq -es 'map(select(.row == "run")) |
				([.[].is_warmup] == [true, false, false, false]) and ([.[].run] == [1, 2, 3, 0])
				and all(.outcome == "ok" and .reason == null and .wall_ns > 0)
				and all((.pus_seen | length) == 2)
				and (.[3] | .wall_ns == .startup_ns + .solve_ns + .stop_ns)' rows >/dev/null
		done
		"$folder/python_serial" --rows --runs 0 --n 2 3>&1 >/dev/null | head -n 1 |
			jq -e '.start_ns <= .lanes[0].enter_ns and .workers_seen == 1 and .lanes[0].cpu_ns > 0 and
				.lanes[0].leave_ns - .lanes[0].enter_ns == .solve_ns' >/dev/null
	done
}

@test "run --variants +python: at the document's size, and there alone" {
	scripted '    yield lambda: task.n'
	run measure --lessons "$dir" waiter --n 4 --variants +python --workers 3
	exits 0 "python_processes"
	[ "$(jq -r '.cells[] | select(.lesson == "52_waiter" and .size == "measured") | "\(.variant)/\(.workers)"' \
		out/run.json | xargs)" = "serial/1 pthreads/3" ]
	[ "$(jq -r '.cells[] | select(.size == "document") | "\(.variant)/\(.workers)"' out/run.json | xargs)" = \
		"serial/1 pthreads/3 python_serial/1 python_threads/3 python_processes/3" ]
	[ "$(jq -c '[.lessons[0].variants[].name]' out/run.json)" = \
		'["serial","pthreads","python_serial","python_threads","python_processes"]' ]
	rows_are_whole
	for mode in $modes; do
		[ "$(rows "\"variant\":\"python_$mode\",\"size\":\"document\".*\"outcome\":\"ok\"")" -ge 2 ]
	done
	run manyhands report out
	exits 0 "python_serial       1:" "python_processes    3:"
}

@test "run: which variants" {
	scripted '    yield lambda: task.n'
	chosen() {
		rm -rf out
		measure --lessons "$dir" waiter --n 4 --workers 2 "$@" >/dev/null 2>&1
		jq -r '[.cells[] | select(.lesson == "52_waiter") | .variant] | unique | join(" ")' out/run.json
	}
	[ "$(chosen)" = "pthreads serial" ]
	[ "$(chosen --variants python)" = "python_processes python_serial python_threads serial" ]
	[ "$(chosen --variants +python_threads)" = "pthreads python_threads serial" ]
	[ "$(chosen --variants pthreads,python_serial)" = "pthreads python_serial serial" ]
	run measure --lessons "$dir" waiter --n 4 --variants +pyton
	exits 1 "'pyton'" "python_serial"
	run measure --lessons "$dir" waiter --n 4 --variants python_thread
	exits 1 "did you mean 'python_threads'"
	rm -rf out
	run measure --variants +python growing  # it has no original: nothing to add
	exits 0
}

@test "no Python, or one that is too old: said in a sentence, and nothing fails" {
	scripted '    yield lambda: task.n'
	for first in '#!/no/such/python3' '#!/usr/bin/env no-such-python3' '#!/bin/sh -c exit\ 77'; do
		rm -rf out
		sed -i "1s|.*|$first|" 52_waiter/python_serial
		[[ $first != *77 ]] || printf '#!/bin/sh\nexit 77\n' >52_waiter/python_serial
		run measure --lessons "$dir" waiter --n 4 --variants +python,python_serial --workers 1
		exits 0 "no python3 (3.9 or later) here"
		jq -e '.notes | map(select(test("python3"))) | length == 1' out/run.json
		[ "$(rows python)" -eq 0 ]
		run manyhands list --lessons "$dir"
		exits 0 "pthreads"
		[[ $output != *python* ]]
		run manyhands show --lessons "$dir" waiter
		exits 0 "pthreads              4"
		[[ $output != *python* ]]
	done
	rm -rf out
	run measure --lessons "$dir" waiter --n 4 --workers 1  # nobody asked for it
	exits 0
	[[ $output != *python* ]]
}

# ---- programs that fail ----

# fails_as OUTCOME WORD...: python_processes leaves one row without a time, and its reason holds every WORD.
fails_as() {
	local row word
	measure --lessons "$dir" waiter --n 4 --variants python --workers 2 >said 2>&1 || :
	row=$(grep '"variant":"python_processes"' out/samples.ndjson)
	echo "$row"
	[ "$(wc -l <<<"$row")" -eq 1 ]
	[[ $row == *"\"outcome\":\"$1\""* && $row == *'"wall_ns":null'* ]]
	for word in "${@:2}"; do
		[[ $row == *"$word"* ]]
	done
	[ "$(rows '"variant":"python_threads".*"outcome":"ok"')" -ge 1 ]  # the others are measured all the same
	nobody_is_left
}

@test "one that raises: died, with the last line of its traceback" {
	scripted $'    yield lambda: 1 // (task.n - 4)\n    print("nobody comes here")'
	fails_as died "exit code 1" "ZeroDivisionError: "
	run manyhands show --lessons "$dir" waiter
	exits 1 "(failed)" "ZeroDivisionError"
}

@test "one whose task raises in a worker: died, and its pool with it" {
	scripted $'    with Pool(2) as pool:\n        yield lambda: pool.map(int, ["4", "four"])'
	fails_as died "ValueError: invalid literal for int() with base 10: 'four'"
}

@test "one that ends without a report, hangs, or answers now this, now that" {
	scripted $'    yield lambda: os._exit(0)'
	fails_as died "without a report on descriptor 3"
	rm -rf 52_waiter out
	scripted $'    with Pool(2) as pool:\n        yield lambda: pool.map(time.sleep, [1000])'
	measure --lessons "$dir" waiter --n 4 --variants python --workers 2 --deadline 3s >said 2>&1 || :
	[ "$(rows '"variant":"python_processes".*"outcome":"hung"')" -eq 1 ]
	nobody_is_left
	rm -rf 52_waiter out
	scripted $'    answers = iter([4, 5])\n    yield lambda: next(answers)'
	fails_as wrong "another answer than the first run's"
	rm -rf 52_waiter
	scripted $'    yield lambda: 5'
	run manyhands show --lessons "$dir" waiter
	exits 2 "the document printed 4"
	run 52_waiter/python_processes
	exits 2 "wrong answer: not what the document printed: 5"
}

@test "one that leaves a process: leaked" {
	scripted $'    yield lambda: task.n\n    os.fork() or time.sleep(1000)'
	fails_as leaked "outlived it"
}

@test "a parameter that the lesson does not have" {
	scripted $'    yield lambda: task.param["nap_ms"]'
	run 52_waiter/python_processes
	exits 1 "python_processes: this lesson has no parameter 'nap_ms': it has nap_us"
}

@test "options: what cannot be read is refused with exit 1" {
	scripted $'    yield lambda: task.n'
	for options in "--n -1" "--n 4294967296" "--workers 0" "--workers 1025" "--workers two" "--runs x" "--pus 0,x" \
		"--param nap_su=1" "--param nap_us" "--param nap_us=0" "--show=1" "--colour" "word" "--pus 100000" \
		"--rows"; do
		run 52_waiter/python_processes $options 3>&-
		[ "$status" -eq 1 ] || { echo "$options: $status: $output"; return 1; }
	done
	run 52_waiter/python_processes --pus 100000
	exits 1 "[100000]" "--policy none"
	run 52_waiter/python_processes --rows 3>&-
	exits 1 "descriptor 3"
	run 52_waiter/python_processes --help
	exits 0 "Waiter" "--workers" "nap"
	echo "$output" >help
	fits help
	run 52_waiter/python_processes --n 5
	exits 0 "every answer was the same" "cold" "warm"
	mv 52_waiter/python_processes 52_waiter/python_fibres
	run 52_waiter/python_fibres
	exits 1 "python_serial, python_threads, python_processes"
	rm 52_waiter/serial
	run 52_waiter/python_threads
	exits 1 "52_waiter/serial" "run make"
}

# ---- who is left ----

@test "SIGINT, SIGTERM and SIGKILL of the conductor leave no process of a pool" {
	scripted $'    with Pool(3) as pool:\n        yield lambda: pool.map(time.sleep, [1000] * 3)'
	for signal in INT TERM KILL; do
		rm -rf out
		MANYHANDS_TEST=$dir env --default-signal=INT "$B/manyhands" run --lessons "$dir" waiter --quick --n 4 \
			--variants python --workers 2 --deadline 1h --budget 2h -o out >said 2>&1 3>&- &
		conductor=$!
		pool_works() {
			[ "$(processes | wc -l)" -ge 5 ]  # the conductor, the program, its three workers
		}
		soon pool_works
		kill -$signal $conductor
		wait $conductor || :
		soon nobody_is_left
	done
}

@test "by hand, too: Ctrl-C and SIGTERM end the whole group" {
	scripted $'    with Pool(3) as pool:\n        yield lambda: pool.map(time.sleep, [1000] * 3)'
	for signal in INT TERM; do
		MANYHANDS_TEST=$dir setsid env --default-signal=INT 52_waiter/python_processes >said 2>&1 3>&- &
		program=$!
		disown  # or bash tells that it was killed
		pool_works() {
			[ "$(processes | wc -l)" -ge 4 ]
		}
		soon pool_works
		case $signal in
		INT) kill -INT -- -$program ;;  # as a terminal does
		TERM) kill -TERM $program ;;
		esac
		soon nobody_is_left
	done
}

@test "nothing is written into the source" {
	[ -z "$(find "$SOURCE/lessons" "$SOURCE/bench" -name __pycache__ -o -name '*.pyc')" ]
}
