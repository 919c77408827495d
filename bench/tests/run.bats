#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# run.bats -- manyhands run: what it refuses before it measures, where it measures, and what it leaves in its folder.

load helper

# ---- words that it refuses ----

# refuses TEXT... -- OPTION...: exit 1, the texts are said, and no folder is made.
refuses() {
	local texts=()
	while [ "$1" != -- ]; do
		texts+=("$1")
		shift
	done
	run measure "${@:2}"
	exits 1 "${texts[@]}" && [ ! -e out ]
}

@test "unknown names: the nearest is suggested" {
	refuses "'growling'" "did you mean 'growing'" "manyhands list" -- growling
	refuses "'constnat'" "did you mean 'constant'" -- growing --variants constnat
	refuses "'sprad'" "did you mean 'spread'" "numa:K" -- growing --policy sprad
	refuses "'nap_su'" "did you mean 'nap_us'" -- waiter --param nap_su=1
	refuses "'quantum'" "serial, constant" -- growing --variants quantum
}

@test "workers that are no numbers of workers" {
	for workers in 0 -1 two 1000000000000 "" 1,,2 4..2; do
		refuses "--workers" "is not a number of workers from 1 to 1024" "1..max" -- growing --workers="$workers"
	done
}

@test "more workers than PUs: only with --oversubscribe, or where they only wait" {
	most=$(nproc)
	refuses "$((most + 1)) workers" "--oversubscribe" -- growing --workers $((most + 1))
	run measure growing --variants constant --workers $((most + 1)) --oversubscribe
	exits 0
	[ "$(rows "\"variant\":\"constant\".*\"workers\":$((most + 1)),")" -gt 0 ]
	rm -r out
	run measure waiter --workers $((4 * most))
	exits 0
	[ "$(rows "\"variant\":\"pthreads\".*\"workers\":$((4 * most)),.*\"outcome\":\"ok\"")" -gt 0 ]
}

@test "numbers, times and percentages that do not parse" {
	refuses "--budget" "'soon'" "5m" -- growing --budget soon
	refuses "--budget" "'0'" -- growing --budget 0
	refuses "--budget" "'-5m'" -- growing --budget=-5m
	refuses "--precision" "'tight'" "3%" -- growing --precision tight
	refuses "--precision" "'0%'" -- growing --precision 0%
	refuses "--precision" "'100%'" -- growing --precision 100%
	refuses "--seed" "'dice'" "whole number" -- growing --seed dice
	refuses "--seed" "'-1'" -- growing --seed=-1
	refuses "--deadline" "'never'" -- growing --deadline never
	refuses "--blocks" "'0'" -- growing --blocks 0
	refuses "--runs" "'1.5'" -- growing --runs 1.5
	refuses "--n" "'x'" -- growing --n x
	refuses "--n 4294967296" "n = 4294967295" -- growing --n 4294967296
	refuses "nap_us" "from 1 to 100000" -- waiter --param nap_us=0
	refuses "nap_us" "NAME=VALUE" -- waiter --param nap_us
}

@test "what is broken on purpose is never measured" {
	run manyhands run locked_counter --variants race -o out
	exits 1 "race" "on purpose" "manyhands show"
	run manyhands run pipe_eof --variants leaky -o out
	exits 1 "leaky" "on purpose"
	[ ! -e out ]
}

@test "a made-up or written-down machine is not measured on: exit 4" {
	for machine in --synthetic=core:64 --xml=/tmp/machine.xml; do
		run measure growing $machine
		exits 4 "${machine#*=}" "manyhands topo"
	done
	[ ! -e out ]
}

@test "an environment that would show another machine: exit 4" {
	for command in "run growing --lessons $FAKE" doctor topo; do
		HWLOC_SYNTHETIC='core:64 pu:1' run manyhands $command
		exits 4 "HWLOC_SYNTHETIC" "unset"
		HWLOC_XMLFILE=/dev/null run manyhands $command
		exits 4 "HWLOC_XMLFILE" "unset"
	done
}

# ---- folders ----

@test "an output folder that cannot be made, or holds something else" {
	touch file
	mkdir mine
	touch mine/thesis
	for where in file/out /proc/out /no/such/path/out; do
		run measure growing -o $where
		exits 1 "$where" "-o"
	done
	run measure growing -o file
	exits 1 "file" "-o"
	run measure growing -o mine
	exits 1 "mine is not an empty folder" "-o"
	[ "$(ls mine)" = thesis ]
}

@test "an output folder that may not be written" {
	mkdir locked
	chmod a-w locked
	chmod a+rx .
	if [ "$(id -u)" -eq 0 ]; then  # root may write everywhere
		nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
		"${nobody[@]}" test -x "$B/manyhands" || skip "nobody else may run this build"
	fi
	run "${nobody[@]}" "$B/manyhands" run --lessons "$FAKE" --quick growing -o locked 3>&-
	exits 1 "locked" "-o"
}

@test "an empty folder is taken; a finished one is not taken twice" {
	mkdir out
	run measure growing
	exits 0 "$dir/out"
	before=$(cksum out/samples.ndjson)
	run measure growing
	exits 1 "$dir/out is not an empty folder"
	[ "$(cksum out/samples.ndjson)" = "$before" ]
}

@test "without -o: results/<date>-<host>-<revision>, and results/latest" {
	run manyhands run --lessons "$FAKE" --quick --blocks 1 --runs 1 --n 1000 growing
	exits 0 "results/20"
	[ -s results/latest/samples.ndjson ]
	run manyhands run --lessons "$FAKE" --quick --blocks 1 --runs 1 --n 1000 growing
	[ "$(ls -d results/20* | wc -l)" -eq 2 ]
	[ "$(readlink results/latest)" = "$(basename "$(ls -d results/20* | tail -n 1)")" ]
}

# runs_full: it failed for want of room, said what to do, and kept whole rows.
runs_full() {
	exits 1 "cannot write" "make room"
	if [ -e out/samples.ndjson ]; then
		rows_are_whole
		[ "$(rows '"outcome":"ok"')" -gt 0 ]
	fi
}

@test "a disk that runs full: whole rows are kept" {
	mkdir full
	mount -t tmpfs -o size=64k tmpfs full 2>/dev/null || { rmdir full; skip "no tmpfs may be mounted here"; }
	ln -s full/out out
	run measure growing --blocks 200 -o full/out
	runs_full
	[ -s full/out/samples.ndjson ]
}

@test "a limit on file sizes: whole rows are kept" {
	limited() {
		ulimit -f 24
		measure growing --blocks 200
	}
	run limited
	runs_full
	[ -s out/samples.ndjson ]
}

@test "no room for the first file" {
	limited() {
		ulimit -f 0
		measure growing 2>&1 | cat
		exit "${PIPESTATUS[0]}"
	}
	run limited
	exits 1 "cannot write" "out/run.json" "make room"
}

# ---- machines ----

@test "fewer PUs by taskset: no more workers than those" {
	[ "$(nproc)" -ge 2 ] || skip "one PU here"
	last=$(($(nproc --all) - 1))
	restricted() {
		taskset -pc $last $BASHPID
		measure growing "$@"
	}
	run restricted
	exits 0
	[ "$(rows '"workers":2,')" -eq 0 ]
	[ "$(rows "\"pus_planned\":\[$last\].*\"pus_seen\":\[$last\]")" -gt 0 ]
	run restricted --workers 2
	exits 1 "2 workers" "1 PU" "--oversubscribe"
}

# cgroup_make CONTROLLER: makes $group below this process's, v1 or v2.
cgroup_make() {
	local mount
	mount=$(awk -v c="$1" '$3 == "cgroup" && $4 ~ "(^|,)" c "(,|$)" { print $2; exit }' /proc/mounts)
	[ -n "$mount" ] || mount=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
	group=$mount/manyhands-test.$$
	[ -n "$mount" ] && mkdir "$group" 2>/dev/null
}

cgroup_drop() {
	rmdir "$group"
}

@test "fewer PUs by a cpuset" {
	[ "$(nproc)" -ge 2 ] || skip "one PU here"
	cgroup_make cpuset || skip "no cgroup may be made here"
	cat "${group%/*}/cpuset.mems" >"$group/cpuset.mems" 2>/dev/null || :
	if ! echo 1 2>/dev/null >"$group/cpuset.cpus"; then
		cgroup_drop
		skip "no cpuset may be set here"
	fi
	run bash -c "echo \$\$ >'$group/cgroup.procs' && exec '$B/manyhands' topo 3>&-"
	cgroup_drop
	exits 0 "machine: 1 PU on 1 core" "[1:w0]"
}

@test "the doctor tells what it found" {
	run manyhands doctor
	exits 0 "quota" "hypervisor" "timer" "from exec to exit"
	[ "$(nproc)" -lt 2 ] || exits 0 "pinned copies do"
}

@test "a CPU quota is noticed by the doctor" {
	cgroup_make cpu || skip "no cgroup may be made here"
	if [ -e "$group/cpu.max" ]; then
		echo "50000 100000" >"$group/cpu.max"
	elif ! echo 50000 2>/dev/null >"$group/cpu.cfs_quota_us"; then
		cgroup_drop
		skip "no quota may be set here"
	fi
	run bash -c "echo \$\$ >'$group/cgroup.procs' && exec '$B/manyhands' doctor 3>&-"
	cgroup_drop
	exits 0 "quota" "0.50 CPUs"
}

@test "OMP_NUM_THREADS does not change how many workers there are" {
	[ "$(nproc)" -ge 2 ] || skip "one PU here"
	OMP_NUM_THREADS=1 OMP_THREAD_LIMIT=1 OMP_DYNAMIC=true run manyhands run sum_of_powers --variants openmp \
		--workers 2 --quick --blocks 1 --runs 1 --n 1000 -o out
	exits 0
	[ "$(rows '"variant":"openmp"')" -gt 0 ]
	[ "$(rows '"variant":"openmp"')" -eq "$(rows '"variant":"openmp".*"workers_seen":2,')" ]
	grep -q '3 environment variables that steer the OpenMP runtime' out/run.json
}

# ---- a whole run ----

@test "a tiny real run: folder, table, rows; the report again is the same" {
	run manyhands run sum_of_powers --quick --blocks 6 --n 100000 -o out
	exits 0 "sum_of_powers" "pthreads" "Results are in out"
	for file in run.json samples.ndjson topology.xml summary.csv; do
		[ -s out/$file ]
	done
	rows_are_whole
	[ "$(grep -o '"block":[0-9]*' out/samples.ndjson | sort -u | wc -l)" -eq 6 ]
	for variant in serial pthreads fork fork_pool openmp; do
		[ "$(rows "02_sum_of_powers.*\"variant\":\"$variant\".*\"outcome\":\"ok\"")" -gt 0 ]
		[ "$(rows "\"variant\":\"$variant\".*\"size\":\"document\".*\"outcome\":\"ok\"")" -gt 0 ]
	done
	[ "$(rows '"outcome":"ok"')" -eq "$(wc -l <out/samples.ndjson)" ]
	grep -q '"finished": true' out/run.json
	grep -q '"stop_reason": "as many blocks as asked"' out/run.json
	sed '/^block\|^sizing\|^trying/d' <<<"$output" >table
	fits table
	[[ $output != *$'\r'* && $output != *$'\e'* ]]
	before=$(cksum out/summary.csv)
	run manyhands report out
	exits 0 "sum_of_powers"
	[ "$(cksum out/summary.csv)" = "$before" ]
}

# The names in the first column of the table below a heading of bench/README.md.
fields() {
	sed -n "/^### $1/,/^##/s/^| \([a-z_, ]*\) |.*/\1/p" "$SOURCE/bench/README.md" | grep -v '^field$' | tr -d ' ' |
		tr ',' '\n'
}

@test "every row has every field of bench/README.md, a failed trial's, too" {
	run measure faulty --variants liar --workers 1
	exits 2
	[ "$(fields samples.ndjson | wc -l)" -gt 30 ]
	for field in $(fields samples.ndjson); do
		case $field in  # a trial that gave no time has no lanes
		workers_seen | pus_seen | pid | start_ns | lanes | imbalance) pattern='"outcome":"ok"' ;;
		*) pattern=. ;;
		esac
		missing=$(grep "$pattern" out/samples.ndjson | grep -vc "\"$field\":" || :)
		[ "$missing" -eq 0 ] || { echo "$missing rows without $field"; return 1; }
	done
	for field in $(fields run.json); do
		grep -q "\"$field\":" out/run.json || { echo "run.json without $field"; return 1; }
	done
}

@test "no field in the files that bench/README.md does not know" {
	run measure growing --blocks 1
	exits 0
	known=" $(fields samples.ndjson | tr '\n' ' ')tid enter_ns leave_ns cpu_ns nap_us "
	for field in $(grep -o '"[a-z_]*":' out/samples.ndjson | tr -d '":' | sort -u); do
		[[ $known == *" $field "* ]] || { echo "unknown: $field"; return 1; }
	done
}

@test "without gnuplot the run succeeds, and says how to draw later" {
	mkdir bin
	for tool in git env sh; do
		ln -s "$(command -v $tool)" bin
	done
	PATH=$dir/bin run measure growing --blocks 6
	exits 0 "gnuplot" "manyhands report"
	[ -s out/summary.csv ]
}

@test "a precision that is missed: exit 3" {
	run measure growing --variants constant --blocks 2 --precision 3%  # two blocks give no interval at all
	exits 3 "imprecise"
}

@test "the same seed, the same order" {
	order='s/.*"order":\([0-9]*\).*"lesson":"\([^"]*\)","variant":"\([^"]*\)".*"workers":\([0-9]*\).*/\1 \2 \3 \4/'
	measure growing --seed 7 --blocks 2 2>/dev/null
	sed "$order" out/samples.ndjson >first
	rm -r out
	measure growing --seed 7 --blocks 2 2>/dev/null
	sed "$order" out/samples.ndjson >second
	cmp first second
	grep -q '"seed":7,' out/samples.ndjson
}

@test "a lesson that declares the bytes it moves gets the memory's ceiling" {
	[ "$(nproc)" -ge 2 ] || skip "one PU here"
	run measure streaming --workers 2 --blocks 6
	exits 0 "the memory's ceiling at p = 2:"
	[ "$(rows '"lesson":"bandwidth","variant":"copies".*"workers":2,.*"moved_bytes":288000000')" -eq 6 ]
	n=$(jq '[.cells[] | select(.lesson == "55_streaming")][0].n' out/run.json)
	[ "$(rows "\"variant\":\"pthreads\".*\"moved_bytes\":$((8 * n))")" -gt 0 ]
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		$at["lesson"] == "55_streaming" && $at["workers"] == 2 && $at["memory_ceiling"] > 0 { found = 1 }
		END { exit !found }' out/summary.csv
	run measure growing -o other
	exits 0
	! grep -q bandwidth other/samples.ndjson || return 1
}

@test "bytes that cross between processes are told of processes alone" {
	run manyhands run pool_map --quick --blocks 1 --runs 1 --n 1000 --workers 1 -o out
	exits 0
	[ "$(rows '"variant":"fork_pool",.*"crossed_bytes":16000')" -gt 0 ]
	[ "$(rows '"variant":"\(serial\|pthreads\|openmp\)".*"crossed_bytes":[0-9]')" -eq 0 ]
}

@test "weak scaling: n grows with the workers, the ceiling's does not" {
	[ "$(nproc)" -ge 2 ] || skip "one PU here"
	run manyhands run sum_of_powers --weak --variants pthreads --quick --blocks 6 --n 100000 --workers 1,2 -o out
	exits 0 "100 000 terms of each job" "for each worker"
	[ "$(jq .scaling out/run.json)" = '"weak"' ]
	[ "$(rows '"variant":"pthreads","size":"measured","workers":2,"n":200000')" -gt 0 ]
	[ "$(rows '"variant":"serial","size":"measured","workers":1,"n":200000')" -eq 0 ]
	[ "$(jq -s -c '[.[] | select(.lesson == "capacity").n] | unique | length' out/samples.ndjson)" -eq 1 ]
}

@test "sizes and sweeps: a serial base for each, findings in a file" {
	run manyhands run sum_of_powers --variants fork --quick --blocks 6 --runs 2 --workers 1 --sizes 10,1000 -o out
	exits 0 "fork, p = 1, loses to serial at every size measured, up to n = 1 000"
	grep sum_of_powers out/samples.ndjson | grep '"serial","size":"measured"' >bases
	[ "$(jq -s -c 'map(.n) | unique' bases)" = '[10,1000]' ]
	grep -q '^02_sum_of_powers,crossover,fork,1,1000,' out/findings.csv
	sed '/^block\|^sizing\|^trying/d' <<<"$output" >table
	fits table
	run manyhands run pool_map --variants thread_pool --quick --blocks 6 --runs 2 --workers 1 --sweep spin=10,9 \
		--n 100 -o two
	exits 0 "first=0 chunk=1 spin=9" "first=0 chunk=1 spin=10"
	grep -q '^04_pool_map,metg,thread_pool,1,' two/findings.csv
}

@test "parameters reach the rows; the document's stay" {
	run measure waiter --param nap_us=7 --workers 1
	exits 0
	[ "$(rows '"size":"measured".*"params":{"nap_us":7}')" -gt 0 ]
	[ "$(rows '"size":"document".*"params":{"nap_us":1}')" -gt 0 ]
	[ "$(rows '"size":"document".*"params":{"nap_us":7}')" -eq 0 ]
}
