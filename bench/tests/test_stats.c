/* SPDX-License-Identifier: MIT */
/* test_stats.c -- stats against R's answers (golden/stats.txt), against its own promises, and against chance.
 * Run from the top of the repository. */
#include "bench/base/random.h"
#include "bench/base/stats.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define GOLDEN "bench/tests/golden/stats.txt"

/* A sample, kept as it was given: each question gets a fresh copy, since the functions reorder theirs. */
struct sample {
	size_t n;
	double x[STATS_MOST];
};

static double scratch[STATS_MOST * STATS_MOST];         /* enough for any pair of samples, and for Walsh averages */
static struct sample second;                            /* the other sample, where two are compared */

static double *copy_of(const struct sample *s)
{
	static double x[STATS_MOST];
	memcpy(x, s->x, sizeof x);
	return x;
}

static void near(double found, double expected)
{
	if (!(fabs(found - expected) <= 1e-13 * (1 + fabs(expected))))
		fail_msg("expected %.17g, found %.17g", expected, found);
}

static double next_number(char **rest)
{
	char *end, *begin = *rest;
	double value = strtod(begin, &end);
	if (end == begin)
		fail_msg("%s: expected a number at \"%.40s\"", GOLDEN, begin);
	*rest = end;
	return value;
}

/* ---- golden ---- */

static void read_sample(struct sample *s, char *rest)
{
	rest = strchr(rest, ' ');       /* past the sample's name */
	s->n = (size_t)next_number(&rest);
	assert_in_range(s->n, 1, STATS_MOST);
	for (size_t i = 0; i < s->n; i++)
		s->x[i] = next_number(&rest);
}

static void compare_quantile(const struct sample *s, char *rest)
{
	double q = next_number(&rest), found;
	assert_int_equal(stats_quantile(copy_of(s), s->n, q, &found), 0);
	near(found, next_number(&rest));
}

static void compare_median(const struct sample *s, char *rest)
{
	double found;
	assert_int_equal(stats_median(copy_of(s), s->n, &found), 0);
	near(found, next_number(&rest));
}

static void compare_rank(const struct sample *s, char *rest)
{
	struct stats_interval found;
	double confidence = next_number(&rest);
	assert_int_equal(stats_median_interval(copy_of(s), s->n, confidence, &found), 0);
	near(found.low, next_number(&rest));
	near(found.high, next_number(&rest));
	near(found.confidence, next_number(&rest));
}

static void compare_hl(const struct sample *s, char *rest)
{
	struct stats_interval found;
	double confidence = next_number(&rest), centre;
	assert_int_equal(stats_hodges_lehmann(copy_of(s), s->n, confidence, scratch, &centre, &found), 0);
	near(centre, next_number(&rest));
	near(found.low, next_number(&rest));
	near(found.high, next_number(&rest));
	assert_true(found.confidence >= confidence && found.confidence < 1);
}

static void compare_k(const struct sample *s, char *rest)
{
	double n = next_number(&rest), confidence = next_number(&rest), actual;
	size_t k;
	(void)s;
	assert_int_equal(stats_signed_rank((size_t)n, confidence, scratch, &k, &actual), 0);
	assert_int_equal(k, (size_t)next_number(&rest));
	near(actual, next_number(&rest));
}

static void compare_groups(const struct sample *s, char *rest)
{
	size_t low;
	double within;
	assert_int_equal(stats_two_groups(copy_of(s), s->n, &low, &within), 0);
	assert_int_equal(low, (size_t)next_number(&rest));
	near(within, next_number(&rest));
}

static void read_other(const struct sample *s, char *rest)
{
	(void)s;
	second.n = (size_t)next_number(&rest);
	assert_in_range(second.n, 1, STATS_MOST);
	for (size_t i = 0; i < second.n; i++)
		second.x[i] = next_number(&rest);
}

static void compare_shift(const struct sample *s, char *rest)
{
	struct stats_interval found;
	double confidence = next_number(&rest), shift;
	assert_int_equal(stats_shift(s->x, s->n, second.x, second.n, confidence, scratch, &shift, &found), 0);
	near(shift, next_number(&rest));
	near(found.low, next_number(&rest));
	near(found.high, next_number(&rest));
	near(found.confidence, next_number(&rest));
}

static void compare_proportion(const struct sample *s, char *rest)
{
	struct stats_interval found;
	double hits = next_number(&rest), n = next_number(&rest), confidence = next_number(&rest);
	(void)s;
	assert_int_equal(stats_proportion_interval((size_t)hits, (size_t)n, confidence, &found), 0);
	double low = next_number(&rest), high = next_number(&rest);
	assert_true(fabs(found.low - low) <= 1e-9 * low);       /* ln(n!) of a million loses so much */
	assert_true(fabs(found.high - high) <= 1e-9 * high);
}

static void agrees_with_r(void **state)
{
	static const struct {
		const char *word;
		void (*compare)(const struct sample *, char *rest);
		unsigned least;         /* lines of this kind that the file must have, or something was lost */
	} kinds[] = {
		{ "median ", compare_median, 70 }, { "quantile ", compare_quantile, 350 },
		{ "rank ", compare_rank, 200 }, { "hl ", compare_hl, 200 }, { "k ", compare_k, 160 },
		{ "groups ", compare_groups, 26 }, { "versus ", read_other, 46 }, { "shift ", compare_shift, 120 },
		{ "proportion ", compare_proportion, 64 },
	};
	enum { KINDS = sizeof kinds / sizeof kinds[0] };
	unsigned seen[KINDS] = { 0 };
	struct sample sample = { 0 };
	char *line = NULL;
	size_t room = 0;
	FILE *f = fopen(GOLDEN, "re");

	(void)state;
	if (f == NULL)
		fail_msg("cannot open %s: run from the top of the repository", GOLDEN);
	while (getline(&line, &room, f) > 0) {
		if (strncmp(line, "data ", 5) == 0)
			read_sample(&sample, line + 5);
		for (size_t i = 0; i < KINDS; i++) {
			if (strncmp(line, kinds[i].word, strlen(kinds[i].word)) != 0)
				continue;
			kinds[i].compare(&sample, line + strlen(kinds[i].word));
			seen[i]++;
		}
	}
	free(line);
	fclose(f);
	for (size_t i = 0; i < KINDS; i++)
		assert_in_range(seen[i], kinds[i].least, 100000);
}

/* ---- properties ---- */

/* splitmix64 (Steele, Lea & Flood 2014): the same numbers on every machine. */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static double uniform(uint64_t *state)  /* (0, 1) */
{
	return ((double)(next_random(state) >> 12) + 0.5) * 0x1p-52;
}

/* Symmetric about 0 with tails heavier than the normal's: the logistic. */
static double heavy(uint64_t *state)
{
	double u = uniform(state);
	return log(u / (1 - u));
}

struct answers {
	double median, p10, centre;
	struct stats_interval rank, walsh;
};

static struct answers ask(const struct sample *s)
{
	struct answers a;
	assert_int_equal(stats_median(copy_of(s), s->n, &a.median), 0);
	assert_int_equal(stats_quantile(copy_of(s), s->n, 0.1, &a.p10), 0);
	assert_int_equal(stats_median_interval(copy_of(s), s->n, 0.95, &a.rank), 0);
	assert_int_equal(stats_hodges_lehmann(copy_of(s), s->n, 0.95, scratch, &a.centre, &a.walsh), 0);
	return a;
}

static void order_does_not_matter(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (size_t n = 6; n < 40; n++) {
		struct sample s = { .n = n };
		for (size_t i = 0; i < n; i++)
			s.x[i] = heavy(&seed);
		struct answers before = ask(&s);
		for (size_t i = n; i > 1; i--) {
			size_t other = next_random(&seed) % i;
			double x = s.x[i - 1];
			s.x[i - 1] = s.x[other];
			s.x[other] = x;
		}
		struct answers after = ask(&s);
		assert_memory_equal(&before, &after, sizeof before);
	}
}

/* answers(scale * x + shift) = scale * answers(x) + shift; a negative scale swaps the ends of an interval. */
static void shift_and_scale_carry_through(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (size_t n = 6; n < 40; n++) {
		struct sample s = { .n = n }, moved = { .n = n };
		for (size_t i = 0; i < n; i++) {
			s.x[i] = heavy(&seed);
			moved.x[i] = -3 * s.x[i] + 7;
		}
		struct answers a = ask(&s), b = ask(&moved);
		near(b.median, -3 * a.median + 7);
		near(b.centre, -3 * a.centre + 7);
		near(b.rank.low, -3 * a.rank.high + 7);
		near(b.rank.high, -3 * a.rank.low + 7);
		near(b.walsh.low, -3 * a.walsh.high + 7);
		near(b.walsh.high, -3 * a.walsh.low + 7);
	}
}

static void intervals_hold_their_estimate(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (size_t n = 6; n < 80; n++) {
		struct sample s = { .n = n };
		for (size_t i = 0; i < n; i++)
			s.x[i] = heavy(&seed);
		struct answers a = ask(&s);
		assert_true(a.rank.low <= a.median && a.median <= a.rank.high);
		assert_true(a.walsh.low <= a.centre && a.centre <= a.walsh.high);
	}
}

/* Never less than promised, and exactly what is promised: both intervals are exact for symmetric continuous data, so
 * the hits are binomial with the stated confidence.  4.5 standard deviations: one false alarm in 10^5 seeds. */
static void coverage_is_as_stated(void **state)
{
	enum { EXPERIMENTS = 4000 };
	static const size_t sizes[] = { 6, 7, 10, 13, 20, 30 };
	uint64_t seed = 4;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct sample s = { .n = sizes[i] };
		unsigned rank_hits = 0, walsh_hits = 0;
		struct answers a = { 0 };
		for (unsigned e = 0; e < EXPERIMENTS; e++) {
			for (size_t j = 0; j < s.n; j++)
				s.x[j] = 5 + heavy(&seed);
			a = ask(&s);
			rank_hits += a.rank.low <= 5 && 5 <= a.rank.high;
			walsh_hits += a.walsh.low <= 5 && 5 <= a.walsh.high;
		}
		double expected[] = { a.rank.confidence, a.walsh.confidence };
		double found[] = { (double)rank_hits / EXPERIMENTS, (double)walsh_hits / EXPERIMENTS };
		for (int j = 0; j < 2; j++) {
			assert_true(expected[j] >= 0.95);
			double deviation = sqrt(expected[j] * (1 - expected[j]) / EXPERIMENTS);
			assert_true(fabs(found[j] - expected[j]) < 4.5 * deviation);
		}
	}
}

static double normal(uint64_t *state)
{
	return sqrt(-2 * log(uniform(state))) * cos(2 * acos(-1) * uniform(state));
}

static double t3(uint64_t *state)
{
	double a = normal(state), b = normal(state), c = normal(state);
	return normal(state) / sqrt((a * a + b * b + c * c) / 3);
}

/* Exactly what is promised, as for one sample above, whatever the samples' common shape. */
static void coverage_of_a_shift_is_as_stated(void **state)
{
	enum { EXPERIMENTS = 4000 };
	static const size_t sizes[][2] = { { 4, 4 }, { 6, 9 }, { 15, 10 } };
	uint64_t seed = 5;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct stats_interval found = { 0 };
		unsigned hits = 0;
		for (unsigned e = 0; e < EXPERIMENTS; e++) {
			double x[15], y[15], shift;
			for (size_t j = 0; j < 15; j++) {
				x[j] = 5 - log(uniform(&seed));
				y[j] = 3 - log(uniform(&seed));
			}
			assert_int_equal(stats_shift(x, sizes[i][0], y, sizes[i][1], 0.95, scratch, &shift, &found), 0);
			hits += found.low <= 2 && 2 <= found.high;
			assert_true(found.low <= shift && shift <= found.high);
		}
		double deviation = sqrt(found.confidence * (1 - found.confidence) / EXPERIMENTS);
		assert_true(found.confidence >= 0.95);
		assert_true(fabs((double)hits / EXPERIMENTS - found.confidence) < 4.5 * deviation);
	}
}

static void a_shift_turns_with_its_samples(void **state)
{
	struct stats_interval there, back;
	double x[9], y[14], to, fro;
	uint64_t seed = 6;

	(void)state;
	for (size_t i = 0; i < 14; i++)
		y[i] = heavy(&seed);
	for (size_t i = 0; i < 9; i++)
		x[i] = heavy(&seed);
	assert_int_equal(stats_shift(x, 9, y, 14, 0.95, scratch, &to, &there), 0);
	assert_int_equal(stats_shift(y, 14, x, 9, 0.95, scratch, &fro, &back), 0);
	near(to, -fro);
	near(there.low, -back.high);
	near(there.confidence, back.confidence);
}

/* What the limit in stats_is_bimodal() rests on: one clump of any usual shape is hardly ever called two. */
static void one_clump_is_not_bimodal(void **state)
{
	enum { EXPERIMENTS = 2000 };
	static double (*const shapes[])(uint64_t *) = { normal, t3, uniform };
	uint64_t seed = 7;

	(void)state;
	for (size_t shape = 0; shape < 3; shape++) {
		for (size_t n = 10; n <= 60; n += n < 20 ? 1 : 10) {
			unsigned flagged = 0;
			for (unsigned e = 0; e < EXPERIMENTS; e++) {
				double x[60];
				for (size_t i = 0; i < n; i++)
					x[i] = shapes[shape](&seed);
				flagged += stats_is_bimodal(x, n, 0);
			}
			assert_true(flagged <= (shape == 2 ? EXPERIMENTS * 0.01 : EXPERIMENTS * 0.002));
		}
	}
}

static double found_clumps(size_t n, double apart, double least_gap, uint64_t *seed)
{
	enum { EXPERIMENTS = 2000 };
	size_t lower = (size_t)(0.3 * (double)n + 0.5);
	unsigned flagged = 0;

	for (unsigned e = 0; e < EXPERIMENTS; e++) {
		double x[60];
		for (size_t i = 0; i < n; i++)
			x[i] = normal(seed) + (i < lower ? apart : 0);
		flagged += stats_is_bimodal(x, n, least_gap);
	}
	return (double)flagged / EXPERIMENTS;
}

static void two_clumps_are_bimodal(void **state)
{
	uint64_t seed = 8;

	(void)state;
	assert_true(found_clumps(12, 12, 0, &seed) > 0.94);
	assert_true(found_clumps(24, 8, 0, &seed) > 0.95);
	assert_true(found_clumps(60, 6, 0, &seed) > 0.95);
	assert_true(found_clumps(60, 8, 5, &seed) > 0.99);
	assert_true(found_clumps(60, 8, 11, &seed) < 0.01);     /* they differ by less than matters */
}

/* The rule's other halves, each at its edge. */
static void two_clumps_need_room(void **state)
{
	double x[40];

	(void)state;
	for (size_t n = 8; n <= 40; n++) {
		for (size_t low = 1; low < n; low++) {
			size_t smaller = low < n - low ? low : n - low;
			for (size_t i = 0; i < n; i++)
				x[i] = (i < low ? 0 : 1) + (i % 2 == 0 ? 0.001 : 0);
			bool expected = n >= 10 && smaller >= 3 && 100 * smaller >= 15 * n;
			assert_int_equal(stats_is_bimodal(x, n, 0.5), expected);
		}
	}
	for (size_t i = 0; i < 12; i++)
		x[i] = i < 6 ? 0 : 1;
	assert_true(stats_is_bimodal(x, 12, 1));
	assert_false(stats_is_bimodal(x, 12, 1.0001));
	x[3] = NAN;
	assert_false(stats_is_bimodal(x, 12, 0));
}

/* Two resamples in a hand: of one series each centre is the Hodges-Lehmann centre of drawn values, so with the values
 * {0, 1} only 0, 0.5 and 1 can come, with probabilities 1/4, 1/2, 1/4; and all blocks stay together. */
static void resamples_are_of_whole_blocks(void **state)
{
	enum { REPLICATES = 4000 };
	static const unsigned block[] = { 3, 7 }, all[] = { 3, 5, 7 };
	static double centre[REPLICATES * 2];
	double zero_one[] = { 0, 1 }, moved[] = { 10, 11 }, three[] = { 0, 100, 1 };
	struct stats_series two[] = { { 2, block, zero_one }, { 2, block, moved } };
	unsigned halves = 0, ones = 0;

	(void)state;
	assert_int_equal(stats_resample(two, 2, REPLICATES, 9, centre), 0);
	for (size_t r = 0; r < REPLICATES; r++) {
		near(centre[2 * r + 1], centre[2 * r] + 10);
		halves += centre[2 * r] == 0.5;
		ones += centre[2 * r] == 1;
	}
	assert_in_range(halves, REPLICATES * 46 / 100, REPLICATES * 54 / 100);
	assert_in_range(ones, REPLICATES * 21 / 100, REPLICATES * 29 / 100);

	two[1] = (struct stats_series){ 3, all, three };        /* block 5 is absent from the first */
	assert_int_equal(stats_resample(two, 2, REPLICATES, 9, centre), 0);
	for (size_t r = 0; r < REPLICATES; r++)
		assert_true(centre[2 * r] >= 0 && centre[2 * r] <= 1);
}

/* A resample's centre from weighted Walsh averages is the centre of the values drawn, whatever their number. */
static void resampled_centres_are_hodges_lehmann_centres(void **state)
{
	enum { REPLICATES = 50, MOST = 12 };
	static double centre[REPLICATES];
	unsigned block[MOST];
	uint64_t seed = 10;

	(void)state;
	for (unsigned i = 0; i < MOST; i++)
		block[i] = 2 * i;
	for (size_t n = 1; n <= MOST; n++) {
		struct sample s = { .n = n };
		for (size_t i = 0; i < n; i++)
			s.x[i] = heavy(&seed);
		struct stats_series series = { n, block, s.x };
		uint64_t draws = n;
		assert_int_equal(stats_resample(&series, 1, REPLICATES, n, centre), 0);
		for (size_t r = 0; r < REPLICATES; r++) {
			double drawn[MOST], expected;
			for (size_t i = 0; i < n; i++)
				drawn[i] = s.x[random_below(&draws, n)];
			assert_int_equal(stats_hodges_lehmann(drawn, n, 0.95, scratch, &expected, NULL), 0);
			near(centre[r], expected);
		}
	}
}

/* Of the numbers 0 .. 9999, so that an end's value is how many lie beyond it.  In R, cut to a whole number:
 * 10000 * pnorm(-sqrt(n / (n - 1)) * qt((1 + confidence) / 2, n - 1)). */
static void expanded_intervals_take_r_s_quantiles(void **state)
{
	static const struct {
		size_t n;
		double confidence, beyond;
	} golden[] = {
		{ 5, 0.9, 85 }, { 6, 0.9, 136 }, { 6, 0.95, 24 }, { 7, 0.95, 41 }, { 10, 0.95, 85 }, { 11, 0.9, 286 },
		{ 20, 0.9, 380 }, { 20, 0.95, 158 }, { 60, 0.95, 218 }, { 61, 0.9, 460 }, { 512, 0.95, 246 },
	};
	static double x[10000];
	struct stats_interval found;

	(void)state;
	for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
		for (size_t j = 0; j < 10000; j++)
			x[j] = (double)(9999 - j);
		assert_int_equal(stats_expanded_interval(x, 10000, golden[i].n, golden[i].confidence, &found), 0);
		near(found.low, golden[i].beyond);
		near(found.high, 9999 - golden[i].beyond);
	}
	assert_int_equal(stats_expanded_interval(x, 10000, 2, 0.95, &found), -EINVAL);  /* 10^-72 lies beyond */
	assert_int_equal(stats_expanded_interval(x, 10000, 1, 0.95, &found), -EINVAL);
	assert_int_equal(stats_expanded_interval(x, 0, 10, 0.95, &found), -EINVAL);
	x[0] = -INFINITY;
	assert_int_equal(stats_expanded_interval(x, 10000, 10, 0.95, &found), 0);
	x[5] = NAN;
	assert_int_equal(stats_expanded_interval(x, 10000, 10, 0.95, &found), -EINVAL);
}

/* ---- edges ---- */

static void impossible_comparisons_are_refused(void **state)
{
	static double many[STATS_MOST + 1];
	struct stats_interval i = { 1, 2, 3 };
	double x[] = { 1, 2, 4 }, y[] = { 0, 0.5, 7, NAN }, shift = 42, huge = 1.7e308;

	(void)state;
	assert_int_equal(stats_shift(x, 3, y, 3, 0.95, scratch, &shift, &i), -EINVAL);  /* no k */
	assert_int_equal(stats_shift(x, 0, y, 3, 0.5, scratch, &shift, &i), -EINVAL);
	assert_int_equal(stats_shift(x, 3, y, 0, 0.5, scratch, &shift, &i), -EINVAL);
	assert_int_equal(stats_shift(x, 3, y, 4, 0.5, scratch, &shift, &i), -EINVAL);
	assert_int_equal(stats_shift(x, 3, y, 3, 1, scratch, &shift, NULL), -EINVAL);
	assert_int_equal(stats_shift(many, STATS_MOST + 1, y, 3, 0.5, scratch, &shift, &i), -EINVAL);
	assert_int_equal(stats_shift(&huge, 1, (double[]){ -huge }, 1, 0.5, scratch, &shift, NULL), -EINVAL);
	assert_int_equal(shift, 42);
	near(i.low, 1);
	assert_int_equal(stats_shift(x, 3, y, 3, 0.95, scratch, &shift, NULL), 0);
	near(shift, 1);         /* of -6 -5 -3 0.5 1 1.5 2 3.5 4 */
	assert_int_equal(stats_shift(x, 1, y, 1, 0.5, scratch, &shift, NULL), 0);
	near(shift, 1);
	assert_int_equal(stats_shift(many, STATS_MOST, many, STATS_MOST, 0.95, scratch, &shift, &i), 0);
	assert_true(i.confidence >= 0.95 && i.confidence < 0.9501);
}

static void impossible_proportions_are_refused(void **state)
{
	struct stats_interval i = { 1, 2, 3 };

	(void)state;
	assert_int_equal(stats_proportion_interval(0, 0, 0.95, &i), -EINVAL);
	assert_int_equal(stats_proportion_interval(2, 1, 0.95, &i), -EINVAL);
	assert_int_equal(stats_proportion_interval(1, 2, 1, &i), -EINVAL);
	assert_int_equal(stats_proportion_interval(1, 2, NAN, &i), -EINVAL);
	near(i.high, 2);
}

static void groups_of_extremes(void **state)
{
	double equal[] = { 0.1, 0.1, 0.1 }, huge[] = { 1.7e308, -1.7e308, 1.6e308 }, tiny[] = { 5e-324, 0, 0, 5e-324 };
	double close[] = { 1e9 + 3e-6, 1e9, 1e9 + 3e-6, 1e9 }, bad[] = { 1, NAN }, within = 42;
	size_t low = 42;

	(void)state;
	assert_int_equal(stats_two_groups(bad, 2, &low, &within), -EINVAL);
	assert_int_equal(stats_two_groups(equal, 0, &low, &within), -EINVAL);
	assert_true(low == 42 && within == 42);
	assert_int_equal(stats_two_groups(equal, 3, &low, &within), 0);
	assert_true(low == 3 && within == 1);
	assert_int_equal(stats_two_groups(huge, 3, &low, &within), 0);
	assert_true(low == 1 && within < 0.01);
	assert_int_equal(stats_two_groups(tiny, 4, &low, &within), 0);
	assert_true(low == 2 && within == 0);
	assert_int_equal(stats_two_groups(close, 4, &low, &within), 0);
	assert_true(low == 2 && within < 1e-6);
}

static void impossible_series_are_refused(void **state)
{
	static const unsigned ascending[] = { 1, 2, 3 }, twice[] = { 1, 2, 2 };
	static double many[STATS_MOST + 1];
	static unsigned ids[STATS_MOST + 1];
	double x[] = { 1, 2, 3 }, bad[] = { 1, INFINITY, 3 }, centre[4] = { 42 };

	(void)state;
	for (unsigned i = 0; i <= STATS_MOST; i++)
		ids[i] = i;
	assert_int_equal(stats_resample(NULL, 0, 4, 1, centre), -EINVAL);
	assert_int_equal(stats_resample(&(struct stats_series){ 3, twice, x }, 1, 4, 1, centre), -EINVAL);
	assert_int_equal(stats_resample(&(struct stats_series){ 3, ascending, bad }, 1, 4, 1, centre), -EINVAL);
	assert_int_equal(stats_resample(&(struct stats_series){ 0, ascending, x }, 1, 4, 1, centre), -EINVAL);
	assert_int_equal(stats_resample(&(struct stats_series){ 3, ascending, x }, 1, 0, 1, centre), -EINVAL);
	assert_int_equal(stats_resample(&(struct stats_series){ STATS_MOST + 1, ids, many }, 1, 4, 1, centre), -EINVAL);
	assert_int_equal(centre[0], 42);
	assert_int_equal(stats_resample(&(struct stats_series){ STATS_MOST, ids, many }, 1, 4, 1, centre), 0);
	assert_int_equal(centre[0], 0);
}


static void small_samples_have_an_estimate_and_no_interval(void **state)
{
	struct stats_interval interval = { 1, 2, 3 };
	double x[] = { 1, 4, 2, 8, 16 }, centre = 0;

	(void)state;
	for (size_t n = 1; n < 6; n++) {
		assert_int_equal(stats_hodges_lehmann(x, n, 0.95, scratch, &centre, NULL), 0);
		assert_int_equal(stats_hodges_lehmann(x, n, 0.95, scratch, &centre, &interval), -EINVAL);
		assert_int_equal(stats_median_interval(x, n, 0.95, &interval), -EINVAL);
	}
	near(centre, 5);        /* of 1 2 4 8 16: the 8th of 15 Walsh averages */
	near(interval.low, 1);
	near(interval.confidence, 3);
	assert_int_equal(stats_median_interval(x, 2, 0.5, &interval), 0);
	near(interval.confidence, 0.5);
}

static void nonsense_is_refused(void **state)
{
	static double many[STATS_MOST + 1];
	static const double bad[] = { NAN, INFINITY, -INFINITY };
	struct stats_interval interval;
	double x[6], out = 42, actual;
	size_t k;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		double y[] = { 1, 2, 3, bad[i], 5, 6 };
		assert_int_equal(stats_median(y, 6, &out), -EINVAL);
		assert_int_equal(stats_quantile(y, 6, 0.5, &out), -EINVAL);
		assert_int_equal(stats_median_interval(y, 6, 0.95, &interval), -EINVAL);
		assert_int_equal(stats_hodges_lehmann(y, 6, 0.95, scratch, &out, &interval), -EINVAL);
	}
	static const double probabilities[] = { -0.1, 0, 1, 1.1, NAN };
	for (size_t i = 0; i < 5; i++) {
		memcpy(x, (double[]){ 1, 2, 3, 4, 5, 6 }, sizeof x);
		assert_int_equal(stats_median_interval(x, 6, probabilities[i], &interval), -EINVAL);
		assert_int_equal(stats_signed_rank(6, probabilities[i], scratch, &k, &actual), -EINVAL);
		if (probabilities[i] != 0 && probabilities[i] != 1)
			assert_int_equal(stats_quantile(x, 6, probabilities[i], &out), -EINVAL);
	}
	assert_int_equal(stats_median(x, 0, &out), -EINVAL);
	assert_int_equal(stats_median_interval(many, STATS_MOST + 1, 0.95, &interval), -EINVAL);
	assert_int_equal(stats_hodges_lehmann(many, STATS_MOST + 1, 0.95, scratch, &out, &interval), -EINVAL);
	assert_int_equal(stats_signed_rank(STATS_MOST + 1, 0.95, scratch, &k, &actual), -EINVAL);
	assert_int_equal(out, 42);
}

static void extremes_stay_finite(void **state)
{
	struct sample s = { .n = 6, .x = { 1e308, 1.1e308, 1.2e308, -1.3e308, 1.4e308, 1.5e308 } };
	struct sample one = { 1, { 3, NAN } };
	double out;

	(void)state;
	struct answers a = ask(&s);
	assert_true(isfinite(a.median) && isfinite(a.centre) && isfinite(a.walsh.high) && isfinite(a.p10));
	assert_int_equal(stats_quantile(copy_of(&one), 1, 1, &out), 0);
	near(out, 3);

	s = (struct sample){ .n = STATS_MOST };         /* the largest sample still has exact tails */
	for (size_t i = 0; i < s.n; i++)
		s.x[i] = (double)i;
	a = ask(&s);
	near(a.centre, (STATS_MOST - 1) / 2.0);
	assert_true(a.walsh.confidence >= 0.95 && a.walsh.confidence < 0.9501);
	assert_true(a.rank.confidence >= 0.95 && a.rank.confidence < 0.96);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(agrees_with_r),
		cmocka_unit_test(order_does_not_matter),
		cmocka_unit_test(shift_and_scale_carry_through),
		cmocka_unit_test(intervals_hold_their_estimate),
		cmocka_unit_test(coverage_is_as_stated),
		cmocka_unit_test(coverage_of_a_shift_is_as_stated),
		cmocka_unit_test(a_shift_turns_with_its_samples),
		cmocka_unit_test(one_clump_is_not_bimodal),
		cmocka_unit_test(two_clumps_are_bimodal),
		cmocka_unit_test(two_clumps_need_room),
		cmocka_unit_test(resamples_are_of_whole_blocks),
		cmocka_unit_test(resampled_centres_are_hodges_lehmann_centres),
		cmocka_unit_test(expanded_intervals_take_r_s_quantiles),
		cmocka_unit_test(impossible_comparisons_are_refused),
		cmocka_unit_test(impossible_proportions_are_refused),
		cmocka_unit_test(groups_of_extremes),
		cmocka_unit_test(impossible_series_are_refused),
		cmocka_unit_test(small_samples_have_an_estimate_and_no_interval),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(extremes_stay_finite),
	};
	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
