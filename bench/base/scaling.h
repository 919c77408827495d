/* SPDX-License-Identifier: MIT */
/* scaling.h -- the laws that speedups follow, fitted to Karp and Flatt's e(p); and when to refuse.
 *
 * e(p) = (1/S - 1/p) / (1 - 1/p) is the share of the work that would have to be serial to explain S.  With the
 * universal scalability law, S = p / (1 + a (p-1) + b p (p-1)), it is the line a + b p: flat is a serial share
 * (Amdahl), rising is a cost of coherence.  So a law is a weighted line through e, and at its peak S stops growing.
 */
#ifndef BENCH_BASE_SCALING_H
#define BENCH_BASE_SCALING_H

#include "bench/base/stats.h"

enum {
	SCALING_WHY = 200,              /* room for a refusal */
	SCALING_REPLICATES = 2000,
	SCALING_LEAST_BLOCKS = 6,       /* of each point: with fewer it has no 95 % interval */
	SCALING_LEAST_AMDAHL = 3,       /* distinct p > 1 */
	SCALING_LEAST_USL = 6,          /* distinct p > 1; p = 1 does not count: e(1) is 0/0, no point of the line */
	SCALING_LEAST_USL_WORKERS = 16, /* largest p */
};

/* e(p) of a speedup on p > 1 workers (Karp & Flatt 1990).  It falls as the speedup rises, and below 0 above p.
 * A bare formula: NaN or an infinity comes of speedup <= 0 or workers <= 1. */
double scaling_karp_flatt(double speedup, double workers);

/* The same of an interval of speedups: the ends change places, the confidence stays. */
struct stats_interval scaling_karp_flatt_interval(struct stats_interval speedup, double workers);

/* Speedup on p >= 1 workers with serial share a (Amdahl 1967), and with coherence cost b besides (Gunther 2007). */
double scaling_amdahl(double a, double p);
double scaling_usl(double a, double b, double p);

/* a, b >= 0 of the least sum of weight * (e - a - b p)^2 over n points, all p > 0.  n >= 2 distinct p, weights > 0. */
struct scaling_line {
	double a, b;
};
struct scaling_line scaling_fit_line(const double *p, const double *e, const double *weight, size_t n);

/* What was measured with one number of workers > 1: per block ln(serial time / time). */
struct scaling_point {
	unsigned workers, blocks;
	const unsigned *block;          /* ids, strictly ascending; points may have different ones */
	const double *log_speedup;
};

struct scaling_estimate {
	double value, low, high;        /* 95 % */
};

enum scaling_law { SCALING_NONE, SCALING_AMDAHL, SCALING_USL };

struct scaling_fit {
	enum scaling_law law;           /* USL, if both are allowed */
	struct scaling_estimate a, b;   /* of that law, b = 0 in Amdahl's; all NaN without a law */
	struct scaling_estimate peak;   /* p* = sqrt((1-a)/b): S falls beyond; NaN where refused */
	char no_amdahl[SCALING_WHY], no_usl[SCALING_WHY], no_peak[SCALING_WHY];
		/* why not: one sentence of at most 100 characters, or "" if it holds */
};

/* Which law do the points allow?  They are given by ascending p, each p once, each p > 1.
 *
 * e(p) comes from the Hodges-Lehmann centre of a point's log speedups.  Its weight is 1/sd^2 by the delta method,
 * sd(e) = sd(ln S) / (S (1 - 1/p)), where var(ln S) is halfway between the point's own bootstrap variance and the mean
 * over the points: alone, the variance of a few blocks is too unsure to weigh by (coverage of a with six: 89-92 %).
 * Intervals come from 2000 resamples of whole blocks (stats_resample(), stats_expanded_interval()) with those weights.
 * Simulated coverage of the nominal 95 %, over normal and logistic noise, laws and parameters: 92-96 % with 6 blocks,
 * 94-98 % with 10 and 12, 93-97 % with 20, 94-96 % with 60 (600 experiments a figure, 300 with 60 blocks).  Plain
 * percentiles had 85-91 % with 6 blocks and 90-94 % with 10.  All depend on the seed a little, through the resamples.
 *
 * Amdahl's law is allowed with three points whose e is flat: no point lies further from the weighted mean, in standard
 * deviations, than the furthest one does in 95 % of resamples from which the differences found were taken away; chance
 * refuses 1-6 % of truly flat ones, in the same simulations.  a is then that mean, not below 0.  It is refused where a
 * is surely below 0 or above 1, and the universal law where its a is surely above 1.
 * The universal law is allowed with six points, the largest p >= 16, b surely above 0, and `one_regime`: no SMT, socket
 * or core-kind boundary lies between p = 1 and the last.  Whether the points do lie on a line is not asked.
 * The peak is allowed with that law, p* > 1 and p* <= 2 max p; its interval is finite then.
 * A point with fewer than six blocks refuses all three.
 *
 * Returns 0, -ENOMEM, or -EINVAL for points in another order, p <= 1, and for blocks or values that stats_resample()
 * does not take; *out is then left alone. */
int scaling_fit(const struct scaling_point *, size_t count, bool one_regime, uint64_t seed, struct scaling_fit *out);

#endif
