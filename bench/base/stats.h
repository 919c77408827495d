/* SPDX-License-Identifier: MIT */
/* stats.h -- medians, quantiles and rank intervals of small samples: no distribution assumed, nothing allocated.
 *
 * Every function returns 0, or -EINVAL and leaves its results alone: for n = 0, for a value that is NaN or infinite,
 * for a confidence or quantile that is not a probability, for n above STATS_MOST, and where it says so for a small n.
 * Samples are reordered in place.  Results are in the sample's unit.  Checked against R by tests/golden/make_stats.R.
 */
#ifndef BENCH_BASE_STATS_H
#define BENCH_BASE_STATS_H

#include <stddef.h>

enum { STATS_MOST = 512 };      /* largest n with an interval; medians and quantiles know no limit */

struct stats_interval {
	double low, high;
	double confidence;      /* what this interval really has: ranks are whole, so a little more than was asked */
};

/* Quantile q in [0, 1] by linear interpolation between order statistics: R's type 7 (Hyndman & Fan 1996). */
int stats_quantile(double *x, size_t n, double q, double *out);

int stats_median(double *x, size_t n, double *out);

/* Interval of the median: the k-th smallest and k-th largest value, k the largest with P(B <= k-1) <= (1-confidence)/2
 * for B binomial(n, 1/2) (Hollander & Wolfe 1999, section 3.6).  -EINVAL also where no k exists: n < 6 at 95 %. */
int stats_median_interval(double *x, size_t n, double confidence, struct stats_interval *);

/* Number of Walsh averages of n values, and so the room for doubles that the two functions below want as scratch. */
static inline size_t stats_walsh(size_t n)
{
	return n * (n + 1) / 2;
}

/* Largest k with P(T <= k-1) <= (1-confidence)/2, T the signed-rank statistic of n values without ties, exactly.
 * n = 10 at 95 % gives 9.  -EINVAL also where no k exists. */
int stats_signed_rank(size_t n, double confidence, double *scratch, size_t *k, double *actual);

/* Hodges-Lehmann estimate of the centre of n differences, and its exact Wilcoxon interval (Hollander & Wolfe 1999,
 * sections 3.2 and 3.3): median, k-th smallest and k-th largest of the Walsh averages (x[i] + x[j]) / 2, i <= j.
 * With an `interval` of NULL any n >= 1 will do; with one, -EINVAL where n is too small for it: n < 6 at 95 %.
 *
 * As wilcox.test(x, conf.int = TRUE, exact = TRUE) in R, with one exception: given ties or zeros R goes over to a
 * normal approximation, while here it is always the same order statistics.  Ties can only raise their confidence. */
int stats_hodges_lehmann(double *x, size_t n, double confidence, double *scratch, double *centre,
	struct stats_interval *interval);

#endif
