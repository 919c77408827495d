#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# pages.bats -- every command on a lesson's page is run, as it stands there; the question is the one of its card.
#
# A command is an indented block that begins with a word of a shell.  It is run where `build` is this build.  Two words
# have stand-ins: `make` alone builds nothing anew, and `make bench` and `manyhands run` measure one block, not for
# minutes.  And what the page keeps in /tmp goes to a folder of ours.

load helper

setup_file() {
	export PAGES
	PAGES=$(mktemp -d)
	mkdir "$PAGES/build"
	ln -s "$B/lessons" "$B/bench" "$PAGES/build"
	cat >"$PAGES/build/manyhands" <<-END
		#!/bin/sh
		[ "\$1" = run ] && exec "$B/manyhands" "\$@" --quick --blocks 1 --runs 1
		exec "$B/manyhands" "\$@"
	END
	chmod +x "$PAGES/build/manyhands"
	ln -s "$SOURCE/lessons" "$SOURCE/bench" "$SOURCE/scripts" "$PAGES"
	cat >"$PAGES/make" <<'END'
#!/bin/bash
for word; do
	case $word in
	bench | bench-quick | show) target=$word ;;
	LESSON=*) lesson=${word#*=} ;;
	WORKERS=* | POLICY=* | SIZES=* | SWEEP=* | VARIANTS=*)
		option=${word%%=*}
		options+=("--${option,,}" "${word#*=}") ;;
	BUDGET=*) ;;
	*) exec /usr/bin/env -u MAKEFLAGS make -n "$@" ;;
	esac
done
case $target in
"") ;;
show) exec build/manyhands show "$lesson" ;;
*) exec build/manyhands run $lesson "${options[@]}" -o "$(mktemp -d)/out" ;;
esac
END
	chmod +x "$PAGES/make"
}

teardown_file() {
	rm -rf "$PAGES"
}

# blocks PAGE: its indented blocks that are commands, each ended by a NUL.
blocks() {
	awk '
		function finish() {
			if (text ~ /^(make|build|strace|taskset|timeout|for|python3|perf|gdb|scripts)[ \/\n]/)
				printf "%s%c", text, 0
			text = ""
		}
		/^    / { text = text substr($0, 5) "\n"; next }
		/^$/ && text { next }
		{ finish() }
		END { finish() }' "$1"
}

# may_end CODE BLOCK: what is wrong on purpose ends with 2, and nothing else does.
may_end() {
	[ "$1" -eq 0 ] && return
	[ "$1" -eq 2 ] || return 1
	local program
	for program in $(grep -oE 'build/lessons/[a-z0-9_]+/[a-z_]+' <<<"$2"); do
		"$PAGES/$program" --describe | grep -q '"expect":"wrong"' && return
	done
	return 1
}

# page NAME: runs all of it.
page() {
	local block code ran=0
	mkdir "$dir/$1"
	while IFS= read -r -d '' block; do
		if [[ $block == *strace* ]] && ! command -v strace >/dev/null; then
			continue
		fi
		code=0
		block=${block//\/tmp\//$dir/$1/}
		(cd "$PAGES" && PATH=$PAGES:$PATH TMPDIR=$dir/$1 MANYHANDS_TEST=$dir timeout 100 bash -c "$block" \
			>"$dir/said.$1" 2>&1 3>&- </dev/null) || code=$?
		ran=$((ran + 1))
		may_end "$code" "$block" || {
			echo "exit code $code of: $block"
			tail -n 15 "$dir/said.$1"
			return 1
		}
	done < <(blocks "$SOURCE/lessons/$1/README.md")
	[ "$ran" -ge 2 ] || echo "only $ran commands on the page of $1"
}

# Two pages at a time: much of what is shown on them is waiting.
@test "every command on every lesson's page can be run as it stands" {
	for folder in "$SOURCE"/lessons/[0-9]*/; do
		[ "$(jobs -rp | wc -l)" -lt 2 ] || wait -n || :
		page "$(basename "$folder")" >"$dir/bad.$(basename "$folder")" &
	done
	wait
	cat "$dir"/bad.*
	[ -z "$(cat "$dir"/bad.*)" ]
	soon nobody_is_left
}

@test "a page begins with the question that its lesson's card asks" {
	for folder in "$SOURCE"/lessons/[0-9]*/; do
		name=$(basename "$folder")
		question=$("$B/lessons/$name/serial" --describe | jq -r .question)
		[ "$(sed -n '/^\*\*/ { s/\*\*//g; p; q }' "$folder/README.md")" = "$question" ] || {
			echo "$name: the page does not ask: $question"
			return 1
		}
	done
}
