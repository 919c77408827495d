/* SPDX-License-Identifier: MIT */
/* sweep.h -- --sizes and --sweep: one lesson, many problems. */
#ifndef BENCH_RUN_SWEEP_H
#define BENCH_RUN_SWEEP_H

#include "bench/run/plan.h"

enum { SWEEP_MOST_VALUES = 64, SWEEP_MOST_PROBLEMS = 256 };

struct problem {
	uint64_t n;                     /* 0: to be calibrated */
	uint64_t param[MAX_PARAMS];
	bool fixed;                     /* n stays */
	bool aside;                     /* of the lesson's own sweep, and not at the default: most workers will do */
};

/* "1,10,100" or "1..64" (1 2 4 ... 64: doubled until the last, which is taken, too), also mixed, into values that lie
 * in [least, most], ascending, each once.  0 or -EINVAL and a sentence that begins with `option`. */
int sweep_values(const char *option, const char *text, uint64_t least, uint64_t most, uint64_t *values, unsigned *count,
	char *why);

/* Every combination of sizes and swept parameters (the user's, or else the lesson's own) for one lesson, in
 * problem[0..*count); a single problem when nothing is swept.  Those that are not aside come first; the lesson's own
 * sizes are measured with its parameters as they are.  *count is 0 when a swept parameter is not one of this
 * lesson's and no lesson was named.  0 or -EINVAL and a sentence. */
int sweep_problems(const struct settings *, const struct card *, struct problem problem[SWEEP_MOST_PROBLEMS],
	unsigned *count, char *why);

#endif
