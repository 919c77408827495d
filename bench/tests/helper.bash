# SPDX-License-Identifier: MIT
# helper.bash -- what every .bats file begins with.  B names the build folder (default: build).

B=$(cd "${B:-build}" && pwd) || exit 1
SOURCE=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
FAKE=$B/bench/tests/lessons
PATIENCE=60  # seconds after which a test that waits gives up

setup() {
	dir=$(mktemp -d "${TMPDIR:-/tmp}/manyhands-test.XXXXXX")
	cd "$dir" || return 1
}

teardown() {
	[ ! -e "$dir/full" ] || umount "$dir/full" || :
	cd / && rm -rf "$dir"
}

# The command; descriptor 3 is closed because bats waits for whoever holds it.
manyhands() {
	MANYHANDS_TEST=$dir "$B/manyhands" "$@" 3>&-
}

# The smallest measurement that there is, of fake lessons, into $dir/out.
measure() {
	manyhands run --lessons "$FAKE" --quick --blocks 1 --runs 1 --n 1000 -o "$dir/out" "$@"
}

# impostor SCRIPT: a copy of the lesson waiter in $dir, whose pthreads tells its card and then does this instead.
impostor() {
	cp -r "$FAKE/52_waiter" "$dir"
	rm "$dir/52_waiter/pthreads"
	printf '#!/bin/bash\n[ "$1" != --describe ] || exec %s/52_waiter/pthreads "$@"\n%s\n' "$FAKE" "$1" \
		>"$dir/52_waiter/pthreads"
	chmod +x "$dir/52_waiter/pthreads"
}

# exits CODE WORD...: that was the exit code of the last `run`, and its output holds every WORD.
exits() {
	local word
	[ "$status" -eq "$1" ] || { echo "exit code $status instead of $1: $output"; return 1; }
	for word in "${@:2}"; do
		[[ $output == *"$word"* ]] || { echo "'$word' is not in: $output"; return 1; }
	done
}

# fits FILE: no line is wider than 80 columns.
fits() {
	LC_ALL=C.UTF-8 awk 'length($0) > 80 { print "too wide: " $0; bad = 1 } END { exit bad }' "$1"
}

# soon COMMAND...: it succeeds before patience is lost.
soon() {
	local end=$((SECONDS + PATIENCE))
	until "$@"; do
		[ $SECONDS -lt $end ] || { echo "never: $*"; return 1; }
		sleep 0.05
	done
}

# Processes that this test's manyhands started, by the mark in their environment.
processes() {
	grep -lsz "^MANYHANDS_TEST=$dir$" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3
}

nobody_is_left() {
	[ -z "$(processes)" ]
}

# rows PATTERN: how many rows of samples.ndjson match.
rows() {
	grep -c "$1" "$dir/out/samples.ndjson" || :
}

# Every row of samples.ndjson is whole, the last one, too.
rows_are_whole() {
	[ -z "$(tail -c 1 "$dir/out/samples.ndjson")" ] && ! grep -vn '^{.*}$' "$dir/out/samples.ndjson"
}
