#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# export.bats -- manyhands export: the shapes that other tools document, of a small real run.

load helper

# A run of all that can happen in one block, the same for every test here.
setup_file() {
	RESULTS=$(mktemp -d "${TMPDIR:-/tmp}/manyhands-test.XXXXXX")
	export RESULTS
	"$(cd "${B:-build}" && pwd)/manyhands" run --lessons "$(cd "${B:-build}" && pwd)/bench/tests/lessons" --quick \
		--blocks 2 --runs 2 --n 1000 growing waiter -o "$RESULTS/out" >/dev/null 2>&1 3>&- || :
}

teardown_file() {
	rm -rf "$RESULTS"
}

# export_to FORMAT: into a file of that name.
export_to() {
	manyhands export "$RESULTS/out" --to "$1" >"$1"
	[ "$1" = csv ] || command -v jq >/dev/null || skip "no jq here"
}

@test "export --to csv: summary.csv itself" {
	export_to csv
	cmp csv "$RESULTS/out/summary.csv"
}

@test "export --to github: customSmallerIsBetter" {
	export_to github
	jq -e 'type == "array" and length > 4 and all(.[];
		(.name | type) == "string" and .unit == "ns" and (.value | type) == "number" and .value > 0
		and (.extra | type) == "string" and ((.range // "") | type) == "string"
		and (keys - ["name", "unit", "value", "range", "extra"] == []))
		and (map(.name) | unique | length) == length' github
}

@test "export --to bmf: Bencher's metrics" {
	export_to bmf
	jq -e 'type == "object" and length > 4 and all(.[];
		has("latency") and has("throughput") and (keys - ["latency", "throughput", "speedup"] == [])
		and all(.[]; (.value | type) == "number"
			and (keys - ["value", "lower_value", "upper_value"] == [])))' bmf
	[ "$(grep -c '"latency"' bmf)" -eq "$(jq length bmf)" ]  # no name twice
}

@test "export --to trace: complete events and metadata, a process per cell, a lane per worker" {
	export_to trace
	jq -e '.displayTimeUnit == "ns" and (.traceEvents | length) > 10 and all(.traceEvents[];
			(.ph == "M" or (.ph == "X" and .ts >= 0 and .dur >= 0)) and (.pid | type) == "number"
			and (.tid | type) == "number" and (.name | type) == "string"
			and (.args | type) == "object")' trace
	jq -e '[.traceEvents[] | select(.name == "process_name")] | (map(.pid) | unique | length) == length
		and (map(.args.name) | unique | length) == length' trace
	# every lane that something happened in has a name, and work lies in its run
	jq -e '.traceEvents as $all | [$all[] | select(.ph == "X") | [.pid, .tid]] | unique
		| all(. as $lane | any($all[]; .name == "thread_name" and [.pid, .tid] == $lane))' trace
	jq -e '.traceEvents as $all | [$all[] | select(.name == "work")] | length > 4 and all(. as $work |
		any($all[]; .tid == 0 and .pid == $work.pid and .args.run == $work.args.run and .ph == "X"
			and .ts <= $work.ts + 0.002 and $work.ts + $work.dur <= .ts + .dur + 0.002))' trace
	jq -e '[.traceEvents[] | select(.name == "work") | .tid] | max >= 1' trace
}

@test "export --to hyperfine: the fields of hyperfine --export-json" {
	export_to hyperfine
	jq -e 'keys == ["results"] and (.results | length) > 4 and all(.results[];
		keys == ["command", "exit_codes", "max", "mean", "median", "min", "parameters", "stddev", "system",
			"times", "user"]
		and .min <= .mean and .mean <= .max and .min <= .median and .median <= .max
		and (.times | length) == (.exit_codes | length) and all(.exit_codes[]; . == 0)
		and (.times | min) == .min and all(.parameters[]; type == "string"))' hyperfine
	python3 - hyperfine <<-'PYTHON' || [ $? -eq 127 ]
		import json, statistics, sys
		for result in json.load(open(sys.argv[1]))["results"]:
		    assert abs(statistics.mean(result["times"]) - result["mean"]) < 1e-6 * result["mean"]
		    assert abs(statistics.stdev(result["times"]) - result["stddev"]) < 1e-4 * result["mean"]
	PYTHON
}

@test "export -o: replaced as a whole, and kept when something is wrong" {
	echo old >out.json
	manyhands export "$RESULTS/out" --to github -o out.json
	grep -q '"unit": "ns"' out.json
	echo old >out.json
	run manyhands export nowhere --to github -o out.json
	exits 1 "nowhere/run.json"
	[ "$(cat out.json)" = old ]
	run manyhands export "$RESULTS/out" --to github -o no/such/folder.json
	exits 1 "no/such/folder.json"
	mkfifo pipe  # not /dev/null: the day that this is wrong, it would be gone for the whole machine
	run manyhands export "$RESULTS/out" --to github -o pipe
	exits 1 "no plain file"
	[ -p pipe ]
	[ "$(ls -A | tr '\n' ' ')" = "out.json pipe " ]
}

@test "export: a disk that is full leaves the old file" {
	mkdir full
	mount -t tmpfs -o size=16k tmpfs full || skip "no right to mount"
	echo old >full/out.json
	run manyhands export "$RESULTS/out" --to trace -o full/out.json
	exits 1 "full/out.json" "No space left"
	[ "$(cat full/out.json)" = old ]
	[ "$(ls -A full)" = out.json ]
}

@test "export: what is missing, too much, or no format" {
	run manyhands export
	exits 1 "which results folder?"
	run manyhands export "$RESULTS/out"
	exits 1 "to which format?" "hyperfine"
	run manyhands export "$RESULTS/out" --to githup
	exits 1 "'githup'" "did you mean 'github'"
	run manyhands export "$RESULTS/out" other --to csv
	exits 1 "'other' is the second"
}
