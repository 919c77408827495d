/* SPDX-License-Identifier: MIT */
/* test_stats.c -- stats against R's answers (golden/stats.txt), against its own promises, and against chance.
 * Run from the top of the repository. */
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

static double scratch[STATS_MOST * (STATS_MOST + 1) / 2];

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

static void agrees_with_r(void **state)
{
	static const struct {
		const char *word;
		void (*compare)(const struct sample *, char *rest);
		unsigned least;         /* lines of this kind that the file must have, or something was lost */
	} kinds[] = {
		{ "median ", compare_median, 70 }, { "quantile ", compare_quantile, 350 },
		{ "rank ", compare_rank, 200 }, { "hl ", compare_hl, 200 }, { "k ", compare_k, 160 },
	};
	unsigned seen[5] = { 0 };
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
		for (size_t i = 0; i < 5; i++) {
			if (strncmp(line, kinds[i].word, strlen(kinds[i].word)) != 0)
				continue;
			kinds[i].compare(&sample, line + strlen(kinds[i].word));
			seen[i]++;
		}
	}
	free(line);
	fclose(f);
	for (size_t i = 0; i < 5; i++)
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

/* ---- edges ---- */

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
		cmocka_unit_test(small_samples_have_an_estimate_and_no_interval),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(extremes_stay_finite),
	};
	return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
