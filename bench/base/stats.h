/* SPDX-License-Identifier: MIT */
/* stats.h -- medians, quantiles and rank intervals of small samples: no distribution assumed.
 *
 * Every function returns 0, or -EINVAL and leaves its results alone: for n = 0, for a value that is NaN or infinite,
 * for a confidence or quantile that is not a probability, for n above STATS_MOST, and where it says so for a small n.
 * Samples that are not const are reordered in place.  Results are in the sample's unit.  Checked against R by
 * tests/golden/make_stats.R.  Only stats_resample() allocates.
 */
#ifndef BENCH_BASE_STATS_H
#define BENCH_BASE_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* Interval of the probability that gave `hits` in n independent trials (Clopper & Pearson 1934), as binom.test() in R.
 * Its confidence is at least what was asked, whatever the probability.  -EINVAL for n = 0 and for hits > n, but not for
 * n above STATS_MOST: the time grows with sqrt(n), to about a millisecond for a million trials. */
int stats_proportion_interval(size_t hits, size_t n, double confidence, struct stats_interval *);

/* Number of differences between two samples, and so the room for doubles that stats_shift() wants as scratch. */
static inline size_t stats_differences(size_t nx, size_t ny)
{
	return nx * ny;
}

/* How far x lies above y: the Hodges-Lehmann estimate for two samples, and its exact Mann-Whitney interval (Hollander &
 * Wolfe 1999, sections 4.2 and 4.3): median, k-th smallest and k-th largest of the differences x[i] - y[j], k the
 * largest with P(U <= k-1) <= (1-confidence)/2.  As wilcox.test(x, y, conf.int = TRUE, exact = TRUE) in R without ties;
 * with ties it is still the same order statistics.  Exact for all sizes: 60 and 60 values take 0.3 ms, 512 and 512 take
 * 0.2 s.  With an `interval` of NULL any nx, ny >= 1 will do; with one, -EINVAL where no k exists: 3 and 3 values at
 * 95 %.  -EINVAL, too, where a difference overflows. */
int stats_shift(const double *x, size_t nx, const double *y, size_t ny, double confidence, double *scratch,
	double *shift, struct stats_interval *interval);

/* The cut of a sample into a lower and an upper group that leaves the least sum of squares within them (Fisher 1958;
 * Engelman & Hartigan 1969).  *low_group: how many values lie in the lower; the first such cut, if several are best.
 * *within: that sum over the sum of squares of the whole, in [0, 1).  x is left sorted.
 * All values equal: *low_group = n and *within = 1.  Any n >= 1. */
int stats_two_groups(double *x, size_t n, size_t *low_group, double *within);

/* Do the values lie in two clumps, and not in one?  Rule: n >= 10; in the best cut each group has at least 3 values and
 * 15 %; what is left within the groups is at most 0.24 - 0.66 / sqrt(n); and the groups' medians differ by at least
 * `least_gap`, in the sample's unit: less is too little to matter.  False, too, for a value that is NaN or infinite.
 * x is left sorted, if it is usable.
 *
 * The limit comes from a simulation that tests/test_stats.c repeats: with any n it flags 0.1-0.4 % of uniform samples,
 * and at most 0.03 % of normal and of t3 ones.  So few values tell little of their shape: two normals with shares 30:70
 * are found in 95 % of samples when they lie 12 standard deviations apart at n = 12, 8 at n = 24, and 6 at n = 60. */
bool stats_is_bimodal(double *x, size_t n, double least_gap);

/* Values of blocks: x[i] was found in block[i], ids strictly ascending, 1 <= n <= STATS_MOST. */
struct stats_series {
	size_t n;
	const unsigned *block;
	const double *x;
};

/* Draws blocks with replacement, as many as there are in all series together, and takes of each series the Hodges-
 * Lehmann centre of the drawn blocks that it has; so values that share a block stay together (Efron & Tibshirani 1993,
 * chapter 8).  A draw that leaves a series empty is drawn again.  centres[r * count + s] is replicate r of series s.
 * The same seed gives the same numbers everywhere.  -EINVAL for unusable series and for no replicates, or -ENOMEM. */
int stats_resample(const struct stats_series *, size_t count, size_t replicates, uint64_t seed, double *centres);

/* Interval from replicates of an estimate on n blocks, by percentiles that lie further out than (1-confidence)/2: at
 * normal(-sqrt(n/(n-1)) t), t the quantile of Student's t with n - 1 degrees of freedom, since few blocks understate
 * their own spread (Hesterberg 2015, "What teachers should know about the bootstrap").  95 % on 10 blocks takes the
 * 0.9 % quantile.  Reorders the replicates, which may be infinite but not NaN.
 * -EINVAL for n < 2, and for fewer replicates than make one beyond each end. */
int stats_expanded_interval(double *replicate, size_t replicates, size_t n, double confidence, struct stats_interval *);

#endif
