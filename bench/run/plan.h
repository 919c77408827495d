/* SPDX-License-Identifier: MIT */
/* plan.h -- what is to be measured: the cells, problem by problem.
 *
 * A problem is a lesson with its size and parameters: one a lesson, or more by --sizes and --sweep.  A cell is problem
 * x variant x workers.  The cells of one problem lie side by side and begin with serial, their base; a block of a
 * problem is each of its cells once, in a fresh order.
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
	const char *variants;                   /* "fork,openmp", "+python"; NULL: all correct ones in C */
	const char *workers;                    /* "1,2,4..max"; NULL: 1..max */
	const char *params[MAX_PARAMS];         /* NAME=VALUE */
	unsigned param_count;
	const char *sizes;                      /* "1000,2000" or "1000..64000"; NULL: one */
	const char *sweep[MAX_PARAMS];          /* NAME=VALUE,VALUE...: see sweep.h */
	unsigned sweeps;
	bool weak;                              /* n grows with the workers */
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
	bool fixed;                             /* n is not to be changed: by the user, or for a sweep of sizes */
	uint64_t n, param[MAX_PARAMS];
	unsigned runs;
	double solve_s;                         /* about how long one solve takes; 0: not known yet */
	double apart_s;                         /* what a trial takes besides: exec, prepare, start, stop */
	char *left_out;                         /* why it is not measured; NULL: it is */
	unsigned precise;                       /* checks in a row that found it precise enough */
	bool sits_out;                          /* it is known well enough: the time goes to the others */
};

struct plan {
	struct catalogue lessons, capacity, bandwidth;  /* the last one only if a lesson's pace is the memory's */
	unsigned count;
	struct cell *cell;
	unsigned groups;                        /* problems; last, the capacity's, and the bandwidth's */
	unsigned *first;                        /* cells of problem g: [first[g], first[g + 1]) */
};

/* "1,2,4..max" into counts, ascending, each once; `most` is what max stands for.  0 or -EINVAL and a sentence. */
int plan_parse_workers(const char *text, unsigned most, unsigned *counts, unsigned *count, char *why);

/* How many workers the policy has a PU for. */
unsigned plan_most_workers(hwloc_topology_t, const struct place_policy *);

/* The machine's capacity or bandwidth, and no lesson. */
bool plan_is_yardstick(const struct plan *, unsigned group);

/* Gives a problem its size: every cell of it, but for the document's, which keep theirs.  With `weak`, n for each
 * worker; a cell whose n would pass what the lesson can take is left out. */
void plan_set_n(struct plan *, unsigned group, uint64_t n, bool weak);

/* Makes the cells; sizes are the lessons' own, times unknown.  0 or -errno and a sentence.  Free it in both cases. */
int plan_make(struct plan *, const struct settings *, hwloc_topology_t, char *why);
void plan_free(struct plan *);

#endif
