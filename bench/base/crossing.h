/* SPDX-License-Identifier: MIT */
/* crossing.h -- from which x on a measured curve lies above a level, with an interval; or why that cannot be said.
 *
 * For the size from which a variant beats serial (x = ln n, y = ln speedup, level 0), and for the shortest task that
 * keeps half the machine busy (x = ln task seconds, y = ln efficiency, level ln 0.5: METG(50 %) of Slaughter et al.,
 * "Task Bench", SC20).
 */
#ifndef BENCH_BASE_CROSSING_H
#define BENCH_BASE_CROSSING_H

#include "bench/base/stats.h"

enum {
	CROSSING_REPLICATES = 2000,
	CROSSING_LEAST_BLOCKS = 6,      /* of each point: with fewer it has no 95 % interval */
};

struct crossing_point {
	double x;
	unsigned blocks;
	const unsigned *block;          /* ids, strictly ascending; points may have different ones */
	const double *y;                /* one per block */
};

/* A point is surely below the level, or surely above, when the 95 % interval of its Hodges-Lehmann centre is. */
enum crossing_reason {
	CROSSING_FOUND,
	CROSSING_TOO_FEW,       /* fewer than 2 points, or a point with fewer than 6 blocks */
	CROSSING_BELOW_RANGE,   /* all points surely above: it would lie below the smallest x */
	CROSSING_ABOVE_RANGE,   /* all points surely below: it would lie above the largest x */
	CROSSING_FALLS,         /* surely above, later surely below, and that is all: it crosses downwards */
	CROSSING_TWICE,         /* surely below, above and below, or the reverse: it crosses more than once */
	CROSSING_NOT_BRACKETED, /* no point is surely below with a later one surely above, or the interval has no end */
};

struct crossing {
	enum crossing_reason reason;
	double x, low, high;    /* and its 95 % interval, in the unit of x; NaN unless found */
};

/* Finds it on the curve that joins the points' centres by straight lines, between the last point surely below and the
 * first surely above.  Where noise has the curve cross three times in between, the three are made one: the x with as
 * much of that stretch below it as lies under the level.
 *
 * The interval comes from resampling whole blocks, with stats_resample() and stats_expanded_interval(), and the same
 * curve through each resample; one that does not cross at all counts as infinite.  Simulated coverage of the nominal
 * 95 %: 95-97 % with 6 to 20 blocks, 96-98 % with 60 (600 and 300 experiments a figure).
 *
 * Returns 0, also for a refusal; -ENOMEM; or -EINVAL, and leaves *out alone, for x that are not strictly ascending or
 * not finite, for a level that is not finite, and for blocks or values that stats_resample() does not take. */
int crossing_find(const struct crossing_point *, size_t count, double level, uint64_t seed, struct crossing *out);

#endif
