/* SPDX-License-Identifier: MIT */
/* stats.c -- statistics by rank: sort, count, pick. */
#include "bench/base/stats.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static bool usable(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isfinite(x[i]))
			return false;
	return n > 0;
}

static bool is_confidence(double c)
{
	return c > 0 && c < 1;  /* false for NaN */
}

/* x is sorted. */
static double quantile_sorted(const double *x, size_t n, double q)
{
	double place = (double)(n - 1) * q;
	size_t below = (size_t)place;
	double share = place - (double)below;

	/* not a + share * (b - a), which overflows; and x[n] does not exist */
	return share > 0 ? (1 - share) * x[below] + share * x[below + 1] : x[below];
}

int stats_quantile(double *x, size_t n, double q, double *out)
{
	if (!usable(x, n) || !(q >= 0 && q <= 1))
		return -EINVAL;
	qsort(x, n, sizeof *x, ascending);
	*out = quantile_sorted(x, n, q);
	return 0;
}

int stats_median(double *x, size_t n, double *out)
{
	return stats_quantile(x, n, 0.5, out);
}

int stats_median_interval(double *x, size_t n, double confidence, struct stats_interval *out)
{
	if (!usable(x, n) || n > STATS_MOST || !is_confidence(confidence))
		return -EINVAL;

	double term = ldexp(1, -(int)n), below = 0;     /* P(B = k), P(B < k) */
	size_t k = 0;
	while (below + term <= (1 - confidence) / 2) {
		below += term;
		term *= (double)(n - k) / (double)(k + 1);
		k++;
	}
	if (k == 0)
		return -EINVAL;

	qsort(x, n, sizeof *x, ascending);
	*out = (struct stats_interval){ x[k - 1], x[n - k], 1 - 2 * below };
	return 0;
}

/* p[t] = P(T = t) for t in [0, count).  Rank j is in the sum T or is not, each with probability 1/2. */
static void signed_rank_distribution(size_t n, double *p, size_t count)
{
	for (size_t t = 0; t < count; t++)
		p[t] = t == 0;
	for (size_t j = 1; j <= n; j++)
		for (size_t t = count; t-- > 0;)        /* downwards, so that p[t - j] is still without rank j */
			p[t] = 0.5 * (p[t] + (t >= j ? p[t - j] : 0));
}

int stats_signed_rank(size_t n, double confidence, double *scratch, size_t *k, double *actual)
{
	if (n == 0 || n > STATS_MOST || !is_confidence(confidence))
		return -EINVAL;

	size_t count = stats_walsh(n) / 2 + 1;  /* T is symmetric: its lower half is enough */
	double below = 0;
	size_t t = 0;

	signed_rank_distribution(n, scratch, count);
	while (t < count && below + scratch[t] <= (1 - confidence) / 2)
		below += scratch[t++];
	if (t == 0)
		return -EINVAL;
	*k = t;
	*actual = 1 - 2 * below;
	return 0;
}

int stats_hodges_lehmann(double *x, size_t n, double confidence, double *scratch, double *centre,
	struct stats_interval *interval)
{
	size_t k = 0, count = 0;
	double actual = 0;

	if (!usable(x, n) || n > STATS_MOST)
		return -EINVAL;
	if (interval != NULL && stats_signed_rank(n, confidence, scratch, &k, &actual) != 0)
		return -EINVAL;

	for (size_t i = 0; i < n; i++)
		for (size_t j = i; j < n; j++)
			scratch[count++] = 0.5 * x[i] + 0.5 * x[j];
	qsort(scratch, count, sizeof *scratch, ascending);
	*centre = quantile_sorted(scratch, count, 0.5);
	if (interval != NULL)
		*interval = (struct stats_interval){ scratch[k - 1], scratch[count - k], actual };
	return 0;
}
