/* SPDX-License-Identifier: MIT */
/* stats.c -- statistics by rank: sort, count, pick. */
#include "bench/base/stats.h"

#include "bench/base/random.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* ---- proportions ---- */

/* P(B >= hits), B binomial(n, p): from the term at `hits` upwards, where for p <= hits/n each term is less than the one
 * before. */
static double binomial_upper_tail(size_t hits, size_t n, double p)
{
	double h = (double)hits, m = (double)n, odds = p / (1 - p), sum = 1, term = 1;
	int sign;       /* lgamma() would leave it in a global */
	double ways = lgamma_r(m + 1, &sign) - lgamma_r(h + 1, &sign) - lgamma_r(m - h + 1, &sign);

	for (double k = h; k < m && term > 1e-17 * sum; k++) {
		term *= odds * (m - k) / (k + 1);
		sum += term;
	}
	return sum * exp(ways + h * log(p) + (m - h) * log1p(-p));
}

/* The p at which `hits` or more have probability `tail`: at most hits/n, since at hits/n it is at least 1/2. */
static double least_proportion(size_t hits, size_t n, double tail)
{
	double low = 0, high = (double)hits / (double)n;

	if (hits == n)
		return pow(tail, 1 / (double)n);
	for (;;) {
		double middle = low + (high - low) / 2;
		if (middle <= low || middle >= high)
			return middle;
		if (binomial_upper_tail(hits, n, middle) < tail)
			low = middle;
		else
			high = middle;
	}
}

int stats_proportion_interval(size_t hits, size_t n, double confidence, struct stats_interval *out)
{
	if (n == 0 || hits > n || !is_confidence(confidence))
		return -EINVAL;

	double tail = (1 - confidence) / 2;
	double low = least_proportion(hits, n, tail), high = 1 - least_proportion(n - hits, n, tail);
	*out = (struct stats_interval){ low, high, confidence };
	return 0;
}

/* ---- two samples ---- */

/* p[u] = P(U = u) for u in [0, count), count at most half the range.  Their generating function is the product over
 * i = 1..nx of (1 - q^(ny+i)) / (1 - q^i), times i / (ny+i) to make counts probabilities. */
static void mann_whitney_distribution(size_t nx, size_t ny, double *p, size_t count)
{
	for (size_t u = 0; u < count; u++)
		p[u] = u == 0;
	for (size_t i = 1; i <= nx; i++) {
		for (size_t u = count; u-- > ny + i; )
			p[u] -= p[u - ny - i];
		for (size_t u = i; u < count; u++)
			p[u] += p[u - i];
		for (size_t u = 0; u < count; u++)
			p[u] *= (double)i / (double)(ny + i);
	}
}

/* Largest k with P(U <= k-1) <= (1-confidence)/2, and 0 where there is none. */
static size_t mann_whitney(size_t nx, size_t ny, double confidence, double *scratch, double *actual)
{
	size_t count = nx * ny / 2 + 1, k = 0;
	double below = 0;

	mann_whitney_distribution(nx < ny ? nx : ny, nx < ny ? ny : nx, scratch, count);
	while (k < count && below + scratch[k] <= (1 - confidence) / 2)
		below += scratch[k++];
	*actual = 1 - 2 * below;
	return k;
}

int stats_shift(const double *x, size_t nx, const double *y, size_t ny, double confidence, double *scratch,
	double *shift, struct stats_interval *interval)
{
	size_t k = 0, count = 0;
	double actual = 0;

	if (!usable(x, nx) || !usable(y, ny) || nx > STATS_MOST || ny > STATS_MOST || !is_confidence(confidence))
		return -EINVAL;
	if (interval != NULL && (k = mann_whitney(nx, ny, confidence, scratch, &actual)) == 0)
		return -EINVAL;

	for (size_t i = 0; i < nx; i++)
		for (size_t j = 0; j < ny; j++)
			scratch[count++] = x[i] - y[j];
	if (!usable(scratch, count))
		return -EINVAL;
	qsort(scratch, count, sizeof *scratch, ascending);
	*shift = quantile_sorted(scratch, count, 0.5);
	if (interval != NULL)
		*interval = (struct stats_interval){ scratch[k - 1], scratch[count - k], actual };
	return 0;
}

/* ---- two groups ---- */

static double scaled_mean(const double *x, size_t n, double scale)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i] / scale;
	return sum / (double)n;
}

static double scaled_squares(const double *x, size_t n, double scale)
{
	double mean = scaled_mean(x, n, scale), sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += (x[i] / scale - mean) * (x[i] / scale - mean);
	return sum;
}

int stats_two_groups(double *x, size_t n, size_t *low_group, double *within)
{
	if (!usable(x, n))
		return -EINVAL;
	qsort(x, n, sizeof *x, ascending);
	if (x[0] == x[n - 1]) {
		*low_group = n;
		*within = 1;
		return 0;
	}

	/* or squares overflow, or vanish; a power of two, so that dividing by it is exact */
	double scale = scalbn(1, ilogb(fmax(fabs(x[0]), fabs(x[n - 1]))));
	double mean = scaled_mean(x, n, scale), sum = 0, most = -1;
	size_t best = 1;
	for (size_t i = 1; i < n; i++) {
		sum += x[i - 1] / scale - mean;         /* without the mean, large values close together would cancel */
		double between = sum * sum / ((double)i * (double)(n - i));
		if (between > most) {
			most = between;
			best = i;
		}
	}
	*low_group = best;
	*within = (scaled_squares(x, best, scale) + scaled_squares(x + best, n - best, scale)) /
		scaled_squares(x, n, scale);
	return 0;
}

/* What is left within two groups of one clump, and is undercut in 0.3 % of uniform samples of n, the most deceptive. */
static double limit_of_one_clump(size_t n)
{
	return 0.24 - 0.66 / sqrt((double)n);
}

bool stats_is_bimodal(double *x, size_t n, double least_gap)
{
	size_t low;
	double within;

	if (n < 10 || stats_two_groups(x, n, &low, &within) != 0)
		return false;
	size_t smaller = low < n - low ? low : n - low;
	if (smaller < 3 || (double)smaller < 0.15 * (double)n || within > limit_of_one_clump(n))
		return false;
	return quantile_sorted(x + low, n - low, 0.5) - quantile_sorted(x, low, 0.5) >= least_gap;
}

/* ---- resampling ---- */

static int ascending_ids(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
	return (x > y) - (x < y);
}

struct walsh {
	double average;
	uint16_t i, j;          /* of which values; i == j for a value with itself */
};

static int ascending_walsh(const void *a, const void *b)
{
	const struct walsh *x = a, *y = b;
	return (x->average > y->average) - (x->average < y->average);
}

static bool usable_series(const struct stats_series *s)
{
	if (s->n > STATS_MOST || !usable(s->x, s->n))
		return false;
	for (size_t i = 1; i < s->n; i++)
		if (s->block[i - 1] >= s->block[i])
			return false;
	return true;
}

/* All the series' blocks, each once, ascending. */
static size_t all_blocks(const struct stats_series *series, size_t count, unsigned *ids)
{
	size_t found = 0, kept = 0;

	for (size_t s = 0; s < count; s++)
		for (size_t i = 0; i < series[s].n; i++)
			ids[found++] = series[s].block[i];
	qsort(ids, found, sizeof *ids, ascending_ids);
	for (size_t i = 0; i < found; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			ids[kept++] = ids[i];
	return kept;
}

static size_t place_of(unsigned id, const unsigned *ids, size_t blocks)
{
	const unsigned *place = bsearch(&id, ids, blocks, sizeof *ids, ascending_ids);
	return (size_t)(place - ids);
}

static bool each_has_some(const struct stats_series *series, size_t count, const unsigned *ids, size_t blocks,
	const uint16_t *times)
{
	for (size_t s = 0; s < count; s++) {
		size_t i = 0;
		if (series[s].n == blocks)      /* it has them all, so whatever was drawn */
			continue;
		while (i < series[s].n && times[place_of(series[s].block[i], ids, blocks)] == 0)
			i++;
		if (i == series[s].n)
			return false;
	}
	return true;
}

static void draw_blocks(const struct stats_series *series, size_t count, const unsigned *ids, size_t blocks,
	uint64_t *seed, uint16_t *times)
{
	do {
		memset(times, 0, blocks * sizeof *times);
		for (size_t i = 0; i < blocks; i++)
			times[random_below(seed, blocks)]++;
	} while (!each_has_some(series, count, ids, blocks, times));
}

static void sorted_walsh(const struct stats_series *s, struct walsh *walsh)
{
	size_t k = 0;

	for (size_t i = 0; i < s->n; i++)
		for (size_t j = i; j < s->n; j++)
			walsh[k++] = (struct walsh){ 0.5 * s->x[i] + 0.5 * s->x[j], (uint16_t)i, (uint16_t)j };
	qsort(walsh, k, sizeof *walsh, ascending_walsh);
}

static size_t weight_of(const struct walsh *w, const uint16_t *times)
{
	size_t i = times[w->i], j = times[w->j];
	return w->i == w->j ? i * (i + 1) / 2 : i * j;
}

/* The Walsh averages of a resample are the sample's own with other weights, so they need no sorting again.  times[i]:
 * how often value i was drawn; drawn: how many draws that makes. */
static double weighted_centre(const struct walsh *walsh, const uint16_t *times, size_t drawn)
{
	size_t all = stats_walsh(drawn), seen = weight_of(walsh, times);

	while (2 * seen < all)
		seen += weight_of(++walsh, times);
	if (2 * seen > all)
		return walsh->average;

	double lower = walsh->average;          /* it ends the lower half, and the next drawn begins the upper */
	do
		walsh++;
	while (weight_of(walsh, times) == 0);
	return 0.5 * lower + 0.5 * walsh->average;
}

static double resampled_centre(const struct stats_series *s, const struct walsh *walsh, const size_t *place,
	const uint16_t *times)
{
	uint16_t own[STATS_MOST];
	size_t drawn = 0;

	for (size_t i = 0; i < s->n; i++) {
		own[i] = times[place[i]];
		drawn += own[i];
	}
	return weighted_centre(walsh, own, drawn);
}

int stats_resample(const struct stats_series *series, size_t count, size_t replicates, uint64_t seed, double *centres)
{
	size_t values = 0, most = 0;
	for (size_t s = 0; s < count; s++) {
		if (!usable_series(&series[s]))
			return -EINVAL;
		values += series[s].n;
		most = series[s].n > most ? series[s].n : most;
	}
	if (values == 0 || replicates == 0)
		return -EINVAL;

	int error = -ENOMEM;
	unsigned *ids = malloc(values * sizeof *ids);
	struct walsh *walsh = malloc(stats_walsh(most) * sizeof *walsh);
	size_t blocks = ids != NULL ? all_blocks(series, count, ids) : 0;
	uint16_t *times = blocks > 0 ? calloc(replicates * blocks, sizeof *times) : NULL;     /* a row per replicate */
	if (walsh == NULL || times == NULL)
		goto out;

	for (size_t r = 0; r < replicates; r++)
		draw_blocks(series, count, ids, blocks, &seed, times + r * blocks);
	for (size_t s = 0; s < count; s++) {
		size_t place[STATS_MOST];
		for (size_t i = 0; i < series[s].n; i++)
			place[i] = place_of(series[s].block[i], ids, blocks);
		sorted_walsh(&series[s], walsh);
		for (size_t r = 0; r < replicates; r++)
			centres[r * count + s] = resampled_centre(&series[s], walsh, place, times + r * blocks);
	}
	error = 0;
out:
	free(times);
	free(walsh);
	free(ids);
	return error;
}

/* P(|T| <= t), T Student's with `freedom` degrees of freedom: the finite sums of Abramowitz & Stegun 26.7.3 and 4. */
static double student_within(double t, size_t freedom)
{
	double angle = atan(t / sqrt((double)freedom)), square = cos(angle) * cos(angle);
	size_t odd = freedom % 2;
	double term = odd ? cos(angle) : 1, sum = 0;

	for (size_t k = odd; k + 1 < freedom; k += 2) {
		sum += term;
		term *= square * (double)(k + 1) / (double)(k + 2);
	}
	return odd ? (angle + sin(angle) * sum) * 2 / acos(-1) : sin(angle) * sum;
}

static double student_quantile(double confidence, size_t freedom)
{
	double low = 0, high = 1;

	while (student_within(high, freedom) < confidence && high < 1e300)
		high *= 2;
	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;
		if (student_within(middle, freedom) < confidence)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

int stats_expanded_interval(double *replicate, size_t replicates, size_t n, double confidence,
	struct stats_interval *out)
{
	if (n < 2 || replicates == 0 || !is_confidence(confidence))
		return -EINVAL;
	for (size_t r = 0; r < replicates; r++)
		if (isnan(replicate[r]))
			return -EINVAL;

	double t = sqrt((double)n / (double)(n - 1)) * student_quantile(confidence, n - 1);
	size_t beyond = (size_t)(erfc(t / sqrt(2)) / 2 * (double)replicates);
	if (beyond == 0)
		return -EINVAL;
	qsort(replicate, replicates, sizeof *replicate, ascending);
	*out = (struct stats_interval){ replicate[beyond], replicate[replicates - 1 - beyond], confidence };
	return 0;
}
