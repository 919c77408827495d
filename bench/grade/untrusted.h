/* SPDX-License-Identifier: MIT */
/* untrusted.h -- the one door through which an answer, or anything that reads it, is started.
 *
 * Whatever runs here may be hostile: its compiler, what lists its symbols, the program itself.  With --sandbox all of
 * it runs in one: sandbox.h.
 */
#ifndef BENCH_GRADE_UNTRUSTED_H
#define BENCH_GRADE_UNTRUSTED_H

#include "bench/run/spawn.h"

enum { UNTRUSTED_WORDS = 256 };

struct untrusted {
	const char *folder;             /* where it runs */
	bool builds;                    /* it is a compiler: reads headers, and writes to the folder */
	char *const *argv;              /* NULL at the end; fewer than UNTRUSTED_WORDS words */
	char *const *env;               /* NULL: as ours */
	double deadline_s;
};

/* As spawn_run(). */
int untrusted_run(const struct untrusted *, struct spawned *);

#endif
