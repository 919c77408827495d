#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# shared_array.bats -- lesson 09: what a type code means, and whose memory an update changes.

load helper

LESSON=$SOURCE/lessons/09_shared_array
PROGRAMS=$B/lessons/09_shared_array

# typed: a program that calls typed.h.  `typed sizes` tells "code least bytes" of every type; `typed CODE LIST` makes an
# array of at most four and tells its numbers, or Python's words.
typed() {
	cat >typed.c <<-'END'
		#include "typed.h"
		#include <stdio.h>
		#include <string.h>
		int main(int argc, char **argv)
		{
			long long memory[4 * 2] = { 0 };
			size_t count;
			if (argc == 2) {
				for (unsigned i = 0; i < TYPES; i++)
					printf("%c %u %zu\n", types[i].code, types[i].least, types[i].bytes);
				return 0;
			}
			const struct type *type = type_of(*argv[1]);
			const char *error = "no such code";
			if (type)
				error = typed_list(type, (char *)memory, 16, 4, &count, argv[2]);
			if (error)
				return puts(error), 0;
			for (size_t i = 0; i < count; i++) {
				float f;
				double d;
				memcpy(&f, memory + 2 * i, sizeof f);
				memcpy(&d, memory + 2 * i, sizeof d);
				if (type->code == 'f' || type->code == 'd')
					printf("%g ", type->code == 'f' ? (double)f : d);
				else
					printf("%llx ", memory[2 * i]);
			}
			puts("");
		}
	END
	[ -x typed ] || "${CC:-cc}" -std=c17 -Wall -Wextra -Werror -fsanitize=address,undefined -I"$LESSON" \
		-o typed typed.c || return 1
	./typed "$@"
}

# makes CODE LIST WORDS
makes() {
	run typed "$1" "$2"
	exits 0
	[ "$output" = "$3" ] || { echo "$1 $2: '$output' instead of '$3'"; return 1; }
}

# ---- type codes ----

@test "thirteen type codes, each at least as large as it must be" {
	typed sizes >sizes
	[ "$(cut -d ' ' -f 1 sizes | tr -d '\n')" = bBuhHiIlLqQfd ]
	awk '$3 < $2 { print; bad = 1 } END { exit bad }' sizes
}

@test "each as large as in Python" {
	python3 -c '' 2>/dev/null || skip "no python3 here"
	typed sizes | while read -r code _ bytes; do
		[ "$bytes" -eq "$(python3 -W ignore -c "import multiprocessing.sharedctypes as s, ctypes
print(ctypes.sizeof(s.typecode_to_type['$code']))")" ]
	done
}

@test "lists of numbers" {
	makes i "[]" ""
	makes i "[1, 2, 3, 4]" "1 2 3 4 "
	makes h "[-1,10]" "ffff a "
	makes q "[-1]" "ffffffffffffffff "
	makes f "[1.5, -2]" "1.5 -2 "
	makes d "[3.14]" "3.14 "
}

@test "what does not fit is cut off" {
	makes b "[257, 128]" "1 80 "
	makes H "[65536, 65537]" "0 1 "
	makes I "[4294967295, 4294967296]" "ffffffff 0 "
}

@test "what is no number has Python's words" {
	makes i "[[1, 2], [3, 4]]" "an integer is required"
	makes i "[1, 1.5]" "an integer is required"
	makes i "[1, two]" "an integer is required"
	makes d "[[1.0]]" "must be real number"
	makes i "7" "a list is required"
	makes i "[1, 2, 3, 4, 5]" "the list is too long"
	makes z "[1]" "no such code"
}

# ---- whose memory ----

@test "the same array, whatever lies between its elements" {
	for variant in serial pthreads fork fork_pool openmp; do
		for stride in 8 9 16 63 64 255 256; do
			run "$PROGRAMS/$variant" --answer --n 10 --workers 4 --param stride=$stride 3>&-
			exits 0
			[ "$output" = $'10\n3.14\n[4, 5, 5, 6]' ]
		done
	done
}

@test "elements do not touch, even as close as can be, with as many workers as can be" {
	for variant in serial pthreads fork openmp; do
		"$PROGRAMS/$variant" --n 100000 --workers 500 --param stride=8 --runs 1 3>&-
	done
}

@test "private: the parent sees nothing, not one update, every time" {
	for _ in 1 2 3 4 5; do
		seen=$("$PROGRAMS/private" --answer --n 8 --workers 4 2>/dev/null 3>&- || :)
		[ "$seen" = $'0\n3.14\n[1, 2, 3, 4]' ]
		run "$PROGRAMS/private" --n 8 --workers 4 --runs 0 3>&-
		exits 2 "expected 3, found 1"
	done
}

@test "private differs from fork in where the memory comes from, and in nothing else" {
	run diff <(grep -v '^ \*\|^/\*\|^#include\|^$\|\.idea' "$LESSON/fork.c") \
		<(grep -v '^ \*\|^/\*\|^#include\|^$\|\.idea' "$LESSON/private.c")
	[ "$(grep -c '^[<>]' <<<"$output")" -eq 6 ]
}
