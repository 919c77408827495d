/* SPDX-License-Identifier: MIT */
/* build.h -- an answer made into programs, with the words that the lessons are built with (BUILD/words). */
#ifndef BENCH_GRADE_BUILD_H
#define BENCH_GRADE_BUILD_H

#include "bench/grade/lab.h"

enum build_kind {
	BUILD_PLAIN,    /* as a lesson's variant: what is measured */
	BUILD_SHAKEN,   /* the same object, but locks, waits and forks may yield (interposed.c) */
	BUILD_THREAD,   /* thread sanitizer, by clang where there is one */
	BUILD_ADDRESS,  /* address, leak and undefined-behaviour sanitizers */
	BUILD_KINDS
};

/* An answer on its way up. */
struct answer {
	const struct lab *lab;
	const struct lab_places *places;
	enum mechanism by;
	char path[PATH_MAX];            /* the file, wherever it lies */
	char file[NAME_MAX + 1];        /* its name, as messages say it */
	char folder[PATH_MAX];          /* its copy lies here, and all that is made of it; ours to remove */
};

enum build_result { BUILD_DONE, BUILD_REFUSED, BUILD_UNABLE };

/* Makes the folder, with a copy of the file in it; -ENOENT when there is no such file.  0 or -errno and a sentence. */
int build_begin(struct answer *, char *why);
void build_end(struct answer *);

/* BUILD_DONE: folder/program (PATH_MAX bytes) is there.  BUILD_REFUSED: the compiler or the linker said no, or warned;
 * *said has its words (malloc'd).  BUILD_UNABLE: this machine cannot make such a build; *said tells why.  Or -errno and
 * a sentence. */
int build_make(struct answer *, enum build_kind, char *program, char **said, char *why);

/* The symbols of the plain object, after BUILD_PLAIN or BUILD_SHAKEN: a line for each, "U fork" or "D variant".
 * 0 or -errno and a sentence; *list is malloc'd. */
int build_symbols(struct answer *, char **list, char *why);

#endif
