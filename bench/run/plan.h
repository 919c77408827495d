/* SPDX-License-Identifier: MIT */
/* plan.h -- what is to be measured: the cells, lesson by lesson.
 *
 * A cell is lesson x variant x workers x size.  The cells of one lesson lie side by side and begin with serial at the
 * measured size; a block of a lesson is each of its cells once, in a fresh order.
 */
#ifndef BENCH_RUN_PLAN_H
#define BENCH_RUN_PLAN_H

#include "bench/place/place.h"
#include "bench/run/card.h"

enum { PLAN_MAX_NAMES = 64, PLAN_MAX_COUNTS = 128 };
enum mode { QUICK, NORMAL, RIGOROUS };

/* What the user asked for. */
struct settings {
	const char *programs;                   /* folder of the lessons' programs */
	const char *capacity;                   /* folder that holds the program folder `capacity` */
	const char *lesson[PLAN_MAX_NAMES];     /* none: all */
	unsigned lessons;
	const char *variants;                   /* "fork,openmp"; NULL: all that are correct */
	const char *workers;                    /* "1,2,4..max"; NULL: 1..max */
	const char *params[MAX_PARAMS];         /* NAME=VALUE */
	unsigned param_count;
	struct place_policy policy;
	bool oversubscribe;
	enum mode mode;
	uint64_t n, seed;                       /* n 0: calibrated */
	unsigned runs;                          /* timed runs per trial; 0: as fits */
	unsigned blocks;                        /* exactly so many; 0: by the stopping rule */
	double budget_s, precision, deadline_s;
	bool precision_asked;                   /* then missing it is exit code 3 */
	const char *folder;                     /* results; NULL: results/<date>-<host>-<rev> */
};

struct cell {
	const struct card *card;
	unsigned variant, workers;
	bool document;                          /* the document's own size and parameters */
	uint64_t n, param[MAX_PARAMS];
	unsigned runs;
	double solve_s;                         /* about how long one solve takes; 0: not known yet */
	char *left_out;                         /* why it is not measured; NULL: it is */
};

struct plan {
	struct catalogue lessons, capacity;
	unsigned count;
	struct cell *cell;
	unsigned groups;                        /* lessons, the capacity one included and last */
	unsigned first[CARD_MAX_LESSONS + 2];   /* cells of group g: [first[g], first[g + 1]) */
};

/* "1,2,4..max" into counts, ascending, each once; `most` is what max stands for.  0 or -EINVAL and a sentence. */
int plan_parse_workers(const char *text, unsigned most, unsigned *counts, unsigned *count, char *why);

/* How many workers the policy has a PU for. */
unsigned plan_most_workers(hwloc_topology_t, const struct place_policy *);

/* Makes the cells; sizes are the lessons' own, times unknown.  0 or -errno and a sentence.  Free it in both cases. */
int plan_make(struct plan *, const struct settings *, hwloc_topology_t, char *why);
void plan_free(struct plan *);

#endif
