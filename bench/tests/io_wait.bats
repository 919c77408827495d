#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# io_wait.bats -- the lesson's own client: what the environment says, who is killed, and what is left.

load helper

FOLDER=$B/lessons/14_io_wait
VARIANTS="serial pthreads fork_pool openmp event_loop"

# long VARIANT: starts it with requests that nobody will see answered, and waits until its server is there.
long() {
	MANYHANDS_TEST=$dir "$FOLDER/$1" --n 50 --workers 8 --param delay_ms=60000 >"$dir/out" 2>"$dir/err" 3>&- &
	program=$!
	soon clients_wait
}

# Its server has a connection that was made.
clients_wait() {
	local inode
	for inode in $(awk '$4 == "01" { print $10 }' /proc/net/tcp); do
		ls -l /proc/"$(server)"/fd 2>/dev/null | grep -q "socket:\[$inode\]" && return
	done
	return 1
}

# The oldest child of the program is its server.
server() {
	pgrep -o -P "$program"
}

# ends_in_error: the program ends, and not well.
ends_in_error() {
	local code=0
	wait "$program" || code=$?
	[ $code -ne 0 ]
}

@test "a proxy in the environment is not asked" {
	for variant in $VARIANTS; do
		run env http_proxy=http://127.0.0.1:9 all_proxy=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 \
			"$FOLDER/$variant" --show
		exits 0 "5 pages, 5010 bytes, 5 callbacks in the parent"
	done
}

@test "pages of any length, and none" {
	for bytes in 0 1 65536; do
		for variant in $VARIANTS; do
			run "$FOLDER/$variant" --n 100 --workers 8 --param page_bytes=$bytes --param delay_ms=0 --runs 1
			exits 0 "every answer was verified"
		done
	done
}

@test "the server is killed: every variant says so, and ends" {
	for variant in $VARIANTS; do
		long $variant
		kill -KILL "$(server)"
		ends_in_error
		grep -q 'page [0-9]* cannot be fetched: ' "$dir/err"
		soon nobody_is_left
	done
}

@test "the program is killed: no server and no worker is left" {
	for variant in $VARIANTS; do
		long $variant
		kill -KILL $program
		ends_in_error
		soon nobody_is_left
	done
}

@test "too few descriptors: a message, and nobody is left" {
	run env MANYHANDS_TEST="$dir" bash -c "ulimit -n 24; '$FOLDER/pthreads' --n 50 --workers 50 --runs 0 3>&-"
	exits 1 "cannot be fetched"
	soon nobody_is_left
}
