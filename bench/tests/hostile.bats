#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# hostile.bats -- results folders that are damaged, foreign or meant ill: one sentence with file and line, the right
# exit code, no crash, no half answer.

load helper

RUN='{"schema_version":1,"run_id":"x","lessons":[{"name":"sum","title":"Sum","unit":"term"}],"finished":true}'
EVIL='x'\''\"</script><script>alert(1)</script>\u001b[31m\u001b]0;title\u0007\u202e\u009b2J'
EVIL+='$(touch pwned)`touch pwned`../../%s%n'

# row BLOCK [FROM TO]...: a good row, in which each FROM is replaced by TO.
row() {
	local text='{"schema_version":1,"block":'$1',"order":0,"lesson":"sum","variant":"serial","size":"measured",'
	text+='"regime":"warm","workers":1,"n":10,"params":{},"run":2,"is_warmup":false,"outcome":"ok",'
	text+='"start_ns":5,"wall_ns":1000}'
	shift
	while [ $# -gt 1 ]; do
		[[ $text == *"$1"* ]] || { echo "no $1 in the row" >&2; return 1; }
		text=${text/"$1"/"$2"}
		shift 2
	done
	printf '%s\n' "$text"
}

# folder NAME: a good one with three rows.
folder() {
	mkdir -p "$1"
	printf '%s\n' "$RUN" >"$1/run.json"
	{ row 0; row 1; row 2; } >"$1/samples.ndjson"
}

# refused WORD...: every command that reads folder bad ends with 1 and one sentence that holds every WORD, writes
# nothing on standard output, and leaves the files that it was to write as they were.
refused() {
	local command
	[ -d good ] || folder good
	echo old >old
	for command in "report bad" "compare bad good" "compare good bad" "compare good bad --format json -o old" \
		"export bad --to csv" "export bad --to github" "export bad --to bmf" "export bad --to trace" \
		"export bad --to hyperfine -o old"; do
		status=0
		# shellcheck disable=SC2086
		timeout 20 "$B/manyhands" $command >out 2>err 3>&- </dev/null || status=$?
		output=$(cat err)
		exits 1 "$@" || { echo "  from: manyhands $command"; return 1; }
		[ ! -s out ] || { echo "$command: standard output has: $(head -c 200 out)"; return 1; }
		[ "$(wc -l <err)" -eq 1 ] || { echo "$command: not one sentence: $(cat err)"; return 1; }
		harmless err
	done
	[ "$(cat old)" = old ]
	[ ! -e bad/summary.csv ] && [ ! -e bad/charts ]
}

# harmless FILE: nothing in it steers a terminal: no control characters, in one byte (C0) or in two (C1), no overrides.
harmless() {
	! LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' "$1" || return 1
}

# told: every command reads folder odd and says something harmless.
told() {
	local format
	for command in "compare odd odd" "compare odd odd --format json" "export odd --to github" \
		"export odd --to bmf" "export odd --to trace" "export odd --to hyperfine"; do
		# shellcheck disable=SC2086
		run timeout 60 "$B/manyhands" $command 3>&-
		exits 0 || { echo "  from: manyhands $command"; return 1; }
		printf '%s\n' "$output" >told
		[[ $command == *odd*odd* && $command != *json ]] && { harmless told && fits told; }
		if [[ $command != "compare odd odd" ]] && command -v jq >/dev/null; then
			jq -e . told >/dev/null || { echo "no JSON: manyhands $command"; return 1; }
			! grep -E '[:,] ?-?(nan|inf|NaN|Infinity)' told || return 1
		fi
	done
	run timeout 60 "$B/manyhands" report odd 3>&-
	exits 0
	printf '%s\n' "$output" >told
	harmless told
	[ ! -e pwned ] && [ ! -e odd/pwned ] && [ ! -e odd/charts/pwned ]
}

@test "no folder, an empty one, a file, and other people's JSON" {
	refused "bad/run.json" "No such file"
	mkdir bad
	refused "bad/run.json" "No such file" "expected the folder of a \`manyhands run\`"
	printf '%s\n' "$RUN" >bad/run.json
	refused "bad/samples.ndjson" "No such file"
	touch bad/samples.ndjson
	for text in '' '[]' '{}' '"x"' '{"results":[]}' '<html>' $'\x7fELF\x01' $'\xff\xfe{' \
		"${RUN:0:60}"; do
		printf '%s\n' "$text" >bad/run.json
		refused "bad/run.json" "expected" "measure again"
	done
	rm -r bad
	touch bad
	refused "bad/run.json" "Not a directory"
}

@test "a future version says so, in run.json and in a row" {
	folder bad
	sed -i 's/"schema_version":1/"schema_version":2/' bad/run.json
	refused "bad/run.json" "schema_version is 2" "later"
	folder bad
	row 3 '"schema_version":1' '"schema_version":99' >>bad/samples.ndjson
	refused "bad/samples.ndjson" "schema_version is 99" "later"
}

@test "a damaged row is named by file and line" {
	local replacement
	for replacement in '"block":3|"block":-1' '"block":3|"block":512' '"block":3|"block":1e3' \
		'"block":3|"block":"3"' \
		'"block":3|"block":3,"block":4' '"wall_ns":1000|"wall_ns":-1' '"wall_ns":1000|"wall_ns":NaN' \
		'"wall_ns":1000|"wall_ns":Infinity' '"wall_ns":1000|"wall_ns":1e308' '"wall_ns":1000|"wall_ns":1e999' \
		'"wall_ns":1000|"wall_ns":9223372036854775808' '"wall_ns":1000|"wall_ns":null' \
		'"workers":1|"workers":0' '"workers":1|"workers":4294967297' '"n":10|"n":-10' '"n":10|"n":1.5' \
		'"params":{}|"params":[]' '"params":{}|"params":{"a":"1"}' '"params":{}|"params":{"a":1,"a":2}' \
		'"outcome":"ok"|"outcome":"fine"' '"lesson":"sum"|"lesson":["sum"]' \
		'"lesson":"sum"|"lesson":"a\u0000b"' \
		'"regime":"warm"|"regime":"\ud800"' '"start_ns":5|"start_ns":18446744073709551615' \
		'{"schema_version"|{{"schema_version"' '"wall_ns":1000}|"wall_ns":1000' \
		'"wall_ns":1000}|"wall_ns":1000}}'; do
		folder bad
		row 3 "${replacement%%|*}" "${replacement#*|}" >>bad/samples.ndjson
		row 4 >>bad/samples.ndjson
		status=0
		timeout 20 "$B/manyhands" export bad --to csv >out 2>err 3>&- || status=$?
		output=$(cat err)
		exits 1 "bad/samples.ndjson, line 4" "take that line out, or measure again" ||
			{ echo "  with $replacement"; return 1; }
		[ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] && harmless err
	done
	refused "bad/samples.ndjson, line 4"
}

@test "bytes that are no text, and escapes in what is quoted" {
	folder bad
	printf '\x1b[31m\x1b]0;evil\x07\x9b\xc2\x9b\xe2\x80\xae\n' >>bad/samples.ndjson
	refused "line 4" "expected JSON"
	folder bad
	printf '{"schema_version":1,\x00"block":0}\n' >>bad/samples.ndjson
	refused "line 4" "expected JSON"
	folder bad
	row 3 '"outcome":"ok"' '"outcome":"'"$EVIL"'"' >>bad/samples.ndjson
	refused "line 4" "outcome: expected ok"
	folder bad
	printf '{"\x1b[31m":1}\n' >bad/run.json
	refused "bad/run.json"
}

@test "deep nesting, and a line of a megabyte" {
	folder bad
	head -c 300000 /dev/zero | tr '\0' '[' >bad/run.json
	refused "bad/run.json, line 1" "expected JSON"
	folder bad
	row 3 '"params":{}' '"params":'"$(head -c 5000 /dev/zero | tr '\0' '[')" >>bad/samples.ndjson
	refused "line 4" "expected JSON"
	folder bad
	{ printf '{"schema_version":1,"lesson":"' && head -c 1000000 /dev/zero | tr '\0' 'x' && echo '"}'; } \
		>>bad/samples.ndjson
	refused "line 4"
}

@test "pipes, folders, devices and loops in the place of files do not hang" {
	for name in run.json samples.ndjson; do
		rm -rf bad
		folder bad
		rm bad/$name
		mkfifo bad/$name
		refused "bad/$name" "no plain file"
		rm bad/$name
		mkdir bad/$name
		refused "bad/$name" "Is a directory"
		rmdir bad/$name
		ln -s /dev/zero bad/$name
		refused "bad/$name" "no plain file"
		ln -sf $name bad/$name
		refused "bad/$name" "symbolic links"
		ln -sf nothing bad/$name
		refused "bad/$name" "No such file"
	done
	rm -rf bad
	ln -s bad bad
	refused "bad/run.json" "symbolic links"
}

@test "a file that may not be read" {
	folder bad
	chmod 000 bad/run.json
	[ ! -r bad/run.json ] || skip "root reads everything"
	refused "bad/run.json" "Permission denied"
}

@test "a last line without its end is an interruption, not damage" {
	folder odd
	row 3 | head -c 100 >>odd/samples.ndjson
	run manyhands export odd --to csv
	exits 0 ",3,3,"
	run manyhands compare odd odd
	exits 0
}

@test "names with quotes, scripts, escapes and paths are told as names" {
	mkdir odd
	printf '{"schema_version":1,"run_id":"%s","host":"%s","revision":"%s","kernel":"%s","compiler":"%s",' \
		"$EVIL" "$EVIL" "$EVIL" "$EVIL" "$EVIL" >odd/run.json
	printf '"machine":{"model":"%s"},"notes":["%s"],"lessons":[{"name":"../../%s","title":"%s","unit":"%s"}]}\n' \
		"$EVIL" "$EVIL" "$EVIL" "$EVIL" "$EVIL" >>odd/run.json
	for block in 0 1 2 3 4 5 6; do
		row $block '"lesson":"sum"' '"lesson":"../../'"$EVIL"'"'
		row $block '"lesson":"sum"' '"lesson":"../../'"$EVIL"'"' '"variant":"serial"' '"variant":"'"$EVIL"'"' \
			'"params":{}' '"params":{"'"$EVIL"'":1e308}'
		row $block '"variant":"serial"' '"variant":"../x"' '"order":0' '"order":1'
		row $block '"variant":"serial"' '"variant":"y"' '"outcome":"ok"' '"outcome":"died","reason":"'"$EVIL"'"'
	done >odd/samples.ndjson
	told
	[ "$(find . -name pwned | wc -l)" -eq 0 ]
}

@test "the largest numbers that are allowed give numbers" {
	folder odd
	for block in 0 1 2 3 4 5; do
		row $block '"wall_ns":1000' '"wall_ns":1000000000000000000' '"n":10' '"n":9223372036854775807' \
			'"workers":1' '"workers":1000000' '"start_ns":5' '"start_ns":9223372036854775807' \
			'"order":0' '"order":1000000'
		row $block '"wall_ns":1000' '"wall_ns":0' '"n":10' '"n":0' '"variant":"serial"' '"variant":"zero"'
	done >>odd/samples.ndjson
	told
}

@test "twins that are not, and a run that is its own twin" {
	folder odd
	sed -i 's/"run_id":"x"/"run_id":"x","twin":"x"/' odd/run.json
	run manyhands compare odd odd
	exits 0 "block by block"
	sed -i 's/"twin":"x"/"twin":7/' odd/run.json
	run manyhands compare odd odd
	exits 1 "twin: expected a text, found 7"
}

@test "a hundred thousand rows are read, compared and exported" {
	mkdir odd
	printf '%s\n' "$RUN" >odd/run.json
	awk -v row="$(row 0)" 'BEGIN {
		for (i = 0; i < 100000; i++) {
			text = row
			sub(/"block":0/, "\"block\":" i % 500, text)
			sub(/"workers":1/, "\"workers\":" int(i / 500) + 1, text)
			print text
		}
	}' >odd/samples.ndjson
	run timeout 100 "$B/manyhands" export odd --to trace -o trace 3>&-
	exits 0
	run timeout 100 "$B/manyhands" export odd --to csv -o csv 3>&-
	exits 0
	[ "$(wc -l <csv)" -eq 201 ]
	head -n 20000 odd/samples.ndjson >short
	mv short odd/samples.ndjson
	run timeout 100 "$B/manyhands" compare odd odd 3>&-
	exits 0
}
