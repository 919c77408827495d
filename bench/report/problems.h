/* SPDX-License-Identifier: MIT */
/* problems.h -- what the charts over a parameter or over n have in common: the problems that differ from a chart's main
 * one in that alone, and who was measured on them.  Private to this room. */
#ifndef BENCH_REPORT_PROBLEMS_H
#define BENCH_REPORT_PROBLEMS_H

#include "bench/report/chart.h"

enum { PROBLEMS_MOST = 64, PROBLEMS_VARIANTS = 64 };

struct problem {
	double value;                   /* of the parameter, or n */
	struct group group;
};

/* By value, ascending, each once. */
struct problems {
	const char *name;               /* of the parameter; NULL: along n */
	unsigned count, left_out;       /* left_out: more than there is room for */
	struct problem of[PROBLEMS_MOST];
};

/* Along a parameter n may be another in each problem, for each is calibrated by itself. */
struct problems problems_along(const struct view *, const char *name);

/* A variant at the number of workers that it is shown with: the most of those that it has on most problems. */
struct line {
	unsigned variant, workers;
};

/* Variants that have a time, in reading order; how many, at most PROBLEMS_VARIANTS. */
unsigned problems_lines(const struct view *, const struct problems *, bool serial_too, struct line *);
unsigned problems_workers(const struct line *, unsigned lines);         /* the largest of theirs */

/* NULL when that problem was not measured so. */
const struct summary_cell *problems_cell(const struct view *, const struct problem *, struct line);

/* "pthreads", or "pthreads, p = 1" where it is not the workers of the chart. */
void problems_name(const struct view *, struct line, unsigned workers, char *out, size_t size);

/* Sets `missing`: which cells have no time, and why; else `or_else`. */
void problems_missing(FILE *, const struct view *, const struct problems *, const char *or_else);

/* Sets `caption`: "WHAT 6 to 12 blocks, with 95 % intervals". */
void problems_caption(FILE *, const struct view *, const struct problems *, const char *what);

#endif
