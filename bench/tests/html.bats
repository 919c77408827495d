#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# html.bats -- report.html in a browser: no request, no word on the console, it sorts and filters, by mouse and by keys.

load helper

browser() {
	local name
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		command -v $name && return
	done
}

# One folder for all tests: a lesson as they are, a mistake, a failure, and a lesson that means ill.
setup_file() {
	ODD=$(mktemp -d "${TMPDIR:-/tmp}/manyhands-test.XXXXXX")
	export ODD
	local evil='x\"</script><script>pwned=1</script><img src=x onerror=pwned=1>\u202e' block
	printf '%s' '{"schema_version":1,"run_id":"a run","host":"lab","finished":true,"blocks":7,"seed":9,' \
		'"argv":["manyhands run","--sweep","a=1,2"],' \
		'"machine":{"model":"Test CPU","cores":2,"pus":2},"lessons":[' \
		'{"name":"sum","title":"Sum: of it","unit":"term","question":"How much?","variants":[' \
		'{"name":"serial","expect":"correct"},{"name":"threads","expect":"correct"},' \
		'{"name":"race","expect":"wrong"}],"examples":[{"source":"D1","prints":"6\n","printed":"6\n"}]},' \
		'{"name":"'"$evil"'","title":"'"$evil"'","unit":"'"$evil"'","question":"'"$evil"'"}],' \
		'"notes":["'"$evil"'"]}' >"$ODD/run.json"
	for block in 0 1 2 3 4 5 6; do
		row sum serial warm 1 "\"ok\",\"start_ns\":5,\"wall_ns\":100${block}000"
		row sum serial cold 1 "\"ok\",\"start_ns\":5,\"wall_ns\":110${block}000"
		row sum threads warm 2 "\"ok\",\"start_ns\":9,\"wall_ns\":56${block}000"
		row sum threads warm 4 "\"ok\",\"start_ns\":9,\"wall_ns\":98${block}000"
		row sum threads warm 10 "\"ok\",\"start_ns\":9,\"wall_ns\":208${block}000"
		row sum race warm 2 '"wrong","reason":"lost 3"'
		row "$evil" serial warm 1 "\"ok\",\"start_ns\":5,\"wall_ns\":100${block}000"
		row "$evil" "$evil" warm 2 "\"ok\",\"start_ns\":9,\"wall_ns\":56${block}000"
		row "$evil" dead warm 2 '"died","reason":"'"$evil"'"'
	done >"$ODD/samples.ndjson"
	"$B/manyhands" report "$ODD" >"$ODD/told" 2>&1 3>&-
}

# Of setup_file: LESSON VARIANT REGIME WORKERS REST, in its block.
row() {
	printf '%s' '{"schema_version":1,"block":'"$block"',"order":0,"lesson":"'"$1"'","variant":"'"$2"'",' \
		'"size":"measured","regime":"'"$3"'","workers":'"$4"',' \
		'"n":100,"params":{},"is_warmup":false,"outcome":'"$5"
	echo '}'
}

teardown_file() {
	rm -rf "$ODD"
}

# looked CHECK [PAGE]: one of bench/tests/browser.py finds nothing.
looked() {
	command -v python3 >/dev/null || skip "no python3 here: scripts/setup installs it"
	[ -n "$(browser)" ] || skip "no Chromium here: scripts/setup installs it"
	run timeout 280 python3 "$SOURCE/bench/tests/browser.py" "$(browser)" "${2:-$ODD/report.html}" "$1" 3>&-
	[ "$status" -ne 77 ] || skip "$(browser) does not start here: $output"
	exits 0
}

@test "a report leaves a page with its charts" {
	[ -s "$ODD/report.html" ] && [ ! -e "$ODD/.report.html" ]
	[ "$(grep -c '<svg ' "$ODD/report.html")" -ge 4 ]
	grep -q 'manyhands run --sweep a=1,2 --seed 9</code>' "$ODD/report.html"
}

@test "the page is well-formed XML, too" {
	if command -v xmllint >/dev/null; then
		run xmllint --noout "$ODD/report.html"
	else
		command -v python3 >/dev/null || skip "neither xmllint nor python3 here"
		run python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$ODD/report.html"
	fi
	exits 0
}

@test "links lead to files that are there" {
	local file
	cd "$ODD"
	[ "$(grep -o ' href="[a-z][^":]*"' report.html | wc -l)" -gt 10 ]
	for file in $(grep -o ' href="[a-z][^":]*"' report.html | cut -d '"' -f 2 | sort -u); do
		[ -e "$file" ] || { echo "no $file"; return 1; }
	done
}

@test "without gnuplot there is a page without charts that says so" {
	cp -r "$ODD" odd
	rm -r odd/charts odd/report.html
	mkdir bin
	PATH=$dir/bin run "$B/manyhands" report odd 3>&-
	exits 0 "there is no gnuplot"
	grep -q 'there was no gnuplot' odd/report.html
	! grep -q '<svg' odd/report.html || return 1
}

@test "a page is made again, and the same" {
	cp -r "$ODD" odd
	run manyhands report odd
	exits 0
	cmp odd/report.html "$ODD/report.html"
}

@test "in a browser: no request, no message, no script of the data" {
	looked quiet
}

@test "in a browser: tables sort by click and by keyboard" {
	looked sorts
}

@test "in a browser: the table of all cells filters" {
	looked filters
}

@test "in a browser: headings, names and links are sound, and nothing is too wide for a phone" {
	looked sound
}

@test "in a browser: texts stand out from what is behind them, light and dark" {
	looked contrast
}

@test "the tests in a browser notice what they are for" {
	sed 's|</main>|<img src="http://manyhands.invalid/x"/></main>|' "$ODD/report.html" >bad.html
	looked quiet bad.html && return 1
	[[ $output == *manyhands.invalid* ]]
	sed 's|</main>|<p style="width: 90rem; max-width: none">x</p></main>|' "$ODD/report.html" >bad.html
	looked sound bad.html && return 1
	[[ $output == *"360 pixels"* ]]
	sed 's|</main>|<p style="color: #999; background: #eee">x</p></main>|' "$ODD/report.html" >bad.html
	looked contrast bad.html && return 1
	[[ $output == *"P."* ]]
}
