#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# interrupt.bats -- Ctrl-C, SIGTERM and SIGKILL at any moment: what was measured is kept, and no process is left.

load helper

teardown() {
	local left
	left=$(processes)
	[ -z "$left" ] || kill -KILL $left || :
	rm -rf "$dir"
}

# begin WORD...: the command in the background, as process $conductor.  bash starts background jobs with SIGINT ignored,
# and what is ignored stays so through exec; env sets it back.
begin() {
	MANYHANDS_TEST=$dir env --default-signal=INT "$B/manyhands" "$@" >said 2>&1 3>&- &
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

blocks_done() {
	[ "$(grep -c '^block' said)" -ge "$1" ]
}

trial_runs() {
	[ "$(processes | wc -l)" -ge "$1" ]
}

endless=(run --lessons "$FAKE" growing --quick --blocks 512 --runs 1 --n 1000 --budget 1h -o out)

@test "SIGINT and SIGTERM between blocks: rows kept, report made, exit 130 and 143" {
	for signal in INT:130 TERM:143; do
		rm -rf out
		begin "${endless[@]}"
		soon blocks_done 2
		kill -${signal%:*} $conductor
		ends ${signal#*:} "interrupted (SIG${signal%:*})" "Results are in out"
		rows_are_whole
		[ "$(rows '"block":1,.*"outcome":"ok"')" -gt 0 ]
		grep -q '"stop_reason": "interrupted"' out/run.json
		[ "$(grep -o '"block":[0-9]*' out/samples.ndjson | sort -u | wc -l)" -ge \
			"$(sed -n 's/^  "blocks": \([0-9]*\),*/\1/p' out/run.json)" ]
	done
}

@test "a second signal changes nothing" {
	begin "${endless[@]}"
	soon blocks_done 1
	kill -INT $conductor
	kill -TERM $conductor 2>/dev/null || :
	status=0
	wait $conductor || status=$?
	[ $status -eq 130 ] || [ $status -eq 143 ]
	rows_are_whole
	soon nobody_is_left
}

# The conductor, the trial that waits for ever, and its child.
hang() {
	begin run --lessons "$FAKE" faulty --variants hanger --workers 1 --quick --n 1000 --deadline 1h --budget 2h \
		-o out
	soon trial_runs 3
}

@test "SIGINT while a trial hangs: it and its child are ended at once" {
	hang
	kill -INT $conductor
	ends 130 "interrupted (SIGINT)"
	grep -q '"stop_reason": "interrupted"' out/run.json
	rows_are_whole
}

@test "SIGTERM while a trial hangs" {
	hang
	kill -TERM $conductor
	ends 143 "interrupted (SIGTERM)"
}

@test "SIGKILL of the conductor: a trial that hangs does not survive it, nor does its child" {
	hang
	kill -KILL $conductor
	ends 137
}

@test "SIGKILL of the conductor in the middle of a run: no trial survives" {
	for _ in 1 2 3; do
		rm -rf out
		begin run sum_of_powers --quick --blocks 512 --runs 1000 --budget 1h -o out
		soon trial_runs 3
		kill -KILL $conductor
		ends 137
	done
}

@test "SIGINT at any moment: never a half row, never a process" {
	for i in 1 2 3 4 5 6; do
		rm -rf out
		begin "${endless[@]}"
		soon test -e said
		sleep 0.$((i * 7))  # wherever that finds it
		kill -INT $conductor
		ends 130
		[ ! -e out/samples.ndjson ] || rows_are_whole
	done
}

@test "show: a variant that hangs does not survive SIGINT or SIGKILL" {
	impostor "exec $FAKE/50_faulty/hanger"
	for signal in INT:130 KILL:137; do
		begin show --lessons "$dir" waiter
		soon trial_runs 3
		kill -${signal%:*} $conductor
		ends ${signal#*:}
	done
}

@test "a reader that goes away does not hurt the run" {
	measure growing 2>&1 | head -n 1
	grep -q '"finished": true' out/run.json
	rows_are_whole
}
