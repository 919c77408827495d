#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# gallery.bats -- the charts and figures on the pages are those that the kept runs give; a small repository shows that
# scripts/gallery would notice if they were not.

load helper

# Pages with two charts and three figures, and the run that they are from: serial takes 1 ms, threads half of it.
repository() {
	mkdir -p repo/lessons/02_sum repo/results/reference-x
	cat >repo/README.md <<-'END'
		![a chart](results/reference-x/charts/02_sum-speedup.svg)
		Threads gain <!-- reference-x 02_sum threads 2 warm speedup -->9.99 here indeed,
		and take <!-- reference-x 02_sum threads 2 warm n=10 time_median_s -->7 us, or
		<!-- reference-x 02_sum threads 2 warm k=1 efficiency -->12.5 %.
	END
	echo '![time](../../results/reference-x/charts/02_sum-time.svg)' >repo/lessons/02_sum/README.md
	printf '{"schema_version":1,"run_id":"kept","finished":true}' >repo/results/reference-x/run.json
	local block
	for block in 0 1 2 3 4 5 6 7; do
		row "$block" serial 1 1000000
		row "$block" threads 2 500000
	done | gzip -n >repo/results/reference-x/samples.ndjson.gz
}

# row BLOCK VARIANT WORKERS NS
row() {
	printf '{"schema_version":1,"block":%d,"order":0,"lesson":"02_sum","variant":"%s",' "$1" "$2"
	printf '"size":"measured","regime":"warm","workers":%d,"n":10,"params":{"k":1},"run":2,' "$3"
	printf '"is_warmup":false,"outcome":"ok","start_ns":%d,"wall_ns":%d}\n' $(($1 * 1000)) "$4"
}

gallery() {
	"$SOURCE/scripts/gallery" "$@" "$B" repo 3>&-
}

@test "gallery: charts, tables and figures on the pages are what the kept runs give" {
	run "$SOURCE/scripts/gallery" --check "$B"
	exits 0
	[ -z "$output" ]
}

@test "gallery makes what pages link to and nothing else, and the figures; then the check is content" {
	repository
	run gallery --check
	exits 1 "README.md:2: 9.99 is 2.00 now" "README.md:3: 7 is 500 now" "README.md:4: 12.5 is 100.0 now" \
		"02_sum-time.svg, which is not there" "summary.csv is not what its rows give"
	[ "$(ls repo/results/reference-x | tr '\n' ' ')" = "run.json samples.ndjson.gz " ]
	touch repo/results/reference-x/report.html
	mkdir repo/results/reference-x/charts
	touch repo/results/reference-x/charts/old.svg
	gallery
	[ "$(ls repo/results/reference-x/charts | tr '\n' ' ')" = \
		"02_sum-speedup.gp 02_sum-speedup.svg 02_sum-time.gp 02_sum-time.svg " ]
	grep -q 'Threads gain <!-- reference-x 02_sum threads 2 warm speedup -->2.00 here indeed' repo/README.md
	grep -q -- '-->500 us, or' repo/README.md
	grep -q -- '-->100.0 %' repo/README.md
	run gallery --check
	exits 0
	[ -z "$output" ]
}

@test "gallery --check: another chart, one too many, one too few, another figure, other rows" {
	repository
	gallery
	charts=repo/results/reference-x/charts
	sed -i 's/threads/strands/' $charts/02_sum-time.svg
	touch $charts/more.svg
	run gallery --check
	exits 1 "02_sum-time.svg is not what" "no page links to results/reference-x/charts/more.svg"
	[ "$(wc -l <<<"$output")" -eq 2 ]
	rm $charts/more.svg
	# another version's is not compared
	sed -i 's/Produced by GNUPLOT [0-9]*/Produced by GNUPLOT 99/' $charts/02_sum-time.svg
	run gallery --check
	exits 0
	echo '# changed' >>$charts/02_sum-time.gp
	sed -i 's/2\.00 here/2.01 here/' repo/README.md
	run gallery --check
	exits 1 "02_sum-time.gp is not what" "README.md:2: 2.01 is 2.00 now"
	gallery
	gunzip -c repo/results/reference-x/samples.ndjson.gz | sed 's/500000/250000/' | gzip -n >other
	mv other repo/results/reference-x/samples.ndjson.gz
	run gallery --check
	exits 1 "summary.csv" "findings.csv" "02_sum-speedup.gp" "02_sum-speedup.svg" "2.00 is 4.00 now"
}

@test "gallery: what a page asks for and no run gives is named, and nothing is changed" {
	repository
	gallery
	cp -r repo before
	echo '![x](results/reference-x/charts/03_gone-time.svg)' >>repo/README.md
	for mark in "x 02_sum threads 3 warm speedup -->1" "x 02_sum threads 2 warm spedup -->1" \
		"y 02_sum threads 2 warm speedup -->1" "x 02_sum threads 2 warm speedup --> fast"; do
		echo "and <!-- reference-$mark" >>repo/README.md
	done
	cp repo/README.md before
	for check in "" --check; do
		# shellcheck disable=SC2086
		run gallery $check
		exits 1 "03_gone-time.svg, which this run does not give" "threads 3 warm speedup\" fits 0 rows" \
			"warm spedup\" fits 1 rows" "names no kept run" "no number stands behind"
		diff -r repo before
	done
	echo '{' | gzip -n >repo/results/reference-x/samples.ndjson.gz
	run gallery
	exits 1 "manyhands report fails"
	diff repo/README.md before/README.md
}
