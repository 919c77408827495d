/* SPDX-License-Identifier: MIT */
/* test_scaling.c -- laws and crossings against R's lines (golden/scaling.txt), and against data whose truth is known.
 * Run from the top of the repository. */
#include "bench/base/crossing.h"
#include "bench/base/random.h"
#include "bench/base/scaling.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define GOLDEN "bench/tests/golden/scaling.txt"

enum { POINTS = 10, BLOCKS = 60 };

static void near(double found, double expected, double tolerance)
{
	if (!(fabs(found - expected) <= tolerance))
		fail_msg("expected %.17g, found %.17g", expected, found);
}

/* ---- made-up measurements ---- */

static double uniform(uint64_t *seed)   /* (0, 1) */
{
	return ((double)(random_next(seed) >> 12) + 0.5) * 0x1p-52;
}

/* Symmetric about 0, tails heavier than the normal's: the logistic, with a standard deviation of 1. */
static double noise(uint64_t *seed)
{
	double u = uniform(seed);
	return log(u / (1 - u)) * sqrt(3) / acos(-1);
}

struct points {
	unsigned id[POINTS][BLOCKS];
	double y[POINTS][BLOCKS];
	struct scaling_point scaling[POINTS];
	struct crossing_point crossing[POINTS];
};

/* Point i lies at height[i]; a block's noise is half the base's, which its points share, and half their own.  With
 * `gaps`, a fifth of the blocks is missing from each point, and not the same fifth. */
static void make_up(struct points *made, const double *height, size_t count, unsigned blocks, double sd, bool gaps,
	uint64_t *seed)
{
	double base[BLOCKS];

	for (unsigned b = 0; b < blocks; b++)
		base[b] = noise(seed);
	for (size_t i = 0; i < count; i++) {
		unsigned kept = 0;
		for (unsigned b = 0; b < blocks; b++) {
			if (gaps && (b + i) % 5 == 0)
				continue;
			made->id[i][kept] = b;
			made->y[i][kept++] = height[i] + sd * (base[b] + noise(seed));
		}
		made->scaling[i] = (struct scaling_point){ 0, kept, made->id[i], made->y[i] };
		made->crossing[i] = (struct crossing_point){ (double)i, kept, made->id[i], made->y[i] };
	}
}

static const unsigned workers_to_32[] = { 2, 4, 8, 16, 24, 32 }, workers_to_16[] = { 2, 3, 4, 8, 12, 16 };
static const unsigned workers_to_15[] = { 2, 3, 4, 8, 12, 15 };

static void make_speedups(struct points *made, double a, double b, const unsigned *workers, size_t count,
	unsigned blocks, double sd, bool gaps, uint64_t *seed)
{
	double height[POINTS] = { 0 };

	for (size_t i = 0; i < count; i++)
		height[i] = log(scaling_usl(a, b, workers[i]));
	make_up(made, height, count, blocks, sd, gaps, seed);
	for (size_t i = 0; i < count; i++)
		made->scaling[i].workers = workers[i];
}

static struct scaling_fit fit(const struct points *made, size_t count, bool one_regime, uint64_t seed)
{
	struct scaling_fit found;
	assert_int_equal(scaling_fit(made->scaling, count, one_regime, seed, &found), 0);
	for (const char *why = found.no_amdahl; why != NULL; why = why == found.no_amdahl ? found.no_usl :
			why == found.no_usl ? found.no_peak : NULL) {
		assert_true(strlen(why) <= 100);
		assert_true(why[0] == '\0' || why[strlen(why) - 1] == '.');
	}
	return found;
}

static struct scaling_fit fit_made(double a, double b, const unsigned *workers, size_t count, unsigned blocks,
	double sd, bool one_regime)
{
	struct points made;
	uint64_t seed = 2;

	make_speedups(&made, a, b, workers, count, blocks, sd, false, &seed);
	return fit(&made, count, one_regime, 1);
}

static void begins(const char *found, const char *expected)
{
	if (strncmp(found, expected, strlen(expected)) != 0 || (expected[0] == '\0' && found[0] != '\0'))
		fail_msg("expected \"%s...\", found \"%s\"", expected, found);
}

/* ---- golden ---- */

static double next_number(char **rest)
{
	char *end, *begin = *rest;
	double value = strtod(begin, &end);
	if (end == begin)
		fail_msg("%s: expected a number at \"%.40s\"", GOLDEN, begin);
	*rest = end;
	return value;
}

static void lines_agree_with_r(void **state)
{
	char *line = NULL;
	size_t room = 0;
	unsigned seen = 0;
	FILE *f = fopen(GOLDEN, "re");

	(void)state;
	if (f == NULL)
		fail_msg("cannot open %s: run from the top of the repository", GOLDEN);
	for (; getline(&line, &room, f) > 0; seen++) {
		char *rest = line + strlen("line");
		double column[3][64];
		size_t n = (size_t)next_number(&rest);
		assert_in_range(n, 2, 64);
		for (size_t c = 0; c < 3; c++)
			for (size_t i = 0; i < n; i++)
				column[c][i] = next_number(&rest);
		struct scaling_line found = scaling_fit_line(column[0], column[1], column[2], n);
		near(found.a, next_number(&rest), 1e-13);
		near(found.b, next_number(&rest), 1e-13);
	}
	free(line);
	fclose(f);
	assert_int_equal(seen, 120);
}

/* ---- formulas ---- */

static void formulas_are_each_other_s_inverse(void **state)
{
	(void)state;
	near(scaling_karp_flatt(3.2, 4), 1 / 12.0, 1e-15);
	near(scaling_karp_flatt(8, 8), 0, 1e-15);
	assert_true(scaling_karp_flatt(8.1, 8) < 0);
	near(scaling_amdahl(0.1, 10), 1 / (0.1 + 0.9 / 10), 1e-14);
	near(scaling_usl(0.1, 0.01, 10), 10 / 2.8, 1e-14);
	for (unsigned p = 2; p < 200; p++) {
		near(scaling_karp_flatt(scaling_amdahl(0.07, p), p), 0.07, 1e-14);
		near(scaling_karp_flatt(scaling_usl(0.07, 0.002, p), p), 0.07 + 0.002 * p, 1e-13);
	}
	near(scaling_usl(0.07, 0.002, 1), 1, 0);

	struct stats_interval e = scaling_karp_flatt_interval((struct stats_interval){ 3, 4, 0.97 }, 4);
	near(e.low, 0, 1e-15);
	near(e.high, 1 / 9.0, 1e-15);
	near(e.confidence, 0.97, 0);
}

/* ---- laws ---- */

static void quiet_data_give_the_truth(void **state)
{
	(void)state;
	struct scaling_fit found = fit_made(0.05, 0, workers_to_15, 3, 10, 1e-6, true);
	assert_int_equal(found.law, SCALING_AMDAHL);
	near(found.a.value, 0.05, 1e-5);
	near(found.b.value, 0, 0);
	near(found.b.high, 0, 0);
	begins(found.no_amdahl, "");
	begins(found.no_usl, "The universal law needs six different p above 1; measured: 3.");
	begins(found.no_peak, "A peak needs the universal law");
	assert_true(isnan(found.peak.value));

	found = fit_made(0.05, 0, workers_to_32, 6, 10, 0, true);       /* no block differs: nothing to weigh by */
	assert_int_equal(found.law, SCALING_AMDAHL);
	near(found.a.value, 0.05, 1e-12);
	found = fit_made(0.05, 0.001, workers_to_32, 6, 10, 1e-6, true);
	assert_int_equal(found.law, SCALING_USL);
	near(found.a.value, 0.05, 1e-5);
	near(found.b.value, 0.001, 1e-6);
	near(found.peak.value, sqrt(0.95 / 0.001), 0.01);
	assert_true(found.peak.low < found.peak.value && found.peak.value < found.peak.high);
	begins(found.no_amdahl, "e(p) is not flat");
	begins(found.no_usl, "");
	begins(found.no_peak, "");
}

struct coverage {
	unsigned experiments, lawful, a, b, peak, peaks;
};

static struct coverage cover(double a, double b, const unsigned *workers, size_t count, unsigned blocks, bool gaps,
	enum scaling_law law)
{
	struct coverage c = { .experiments = 250 };
	double top = sqrt((1 - a) / b);
	uint64_t seed = blocks;

	for (unsigned e = 0; e < c.experiments; e++) {
		struct points made;
		make_speedups(&made, a, b, workers, count, blocks, 0.02, gaps, &seed);
		struct scaling_fit f = fit(&made, count, true, random_next(&seed));
		if (f.law != law)
			continue;
		c.lawful++;
		c.a += f.a.low <= a && a <= f.a.high;
		c.b += f.b.low <= b && b <= f.b.high;
		if (f.no_peak[0] != '\0')
			continue;
		c.peaks++;
		c.peak += f.peak.low <= top && top <= f.peak.high;
	}
	return c;
}

static void a_share_in(unsigned hits, unsigned of, double least, double most)
{
	if (!(hits >= least * of && hits <= most * of))
		fail_msg("expected between %g and %g, found %u of %u", least, most, hits, of);
}

static void intervals_of_amdahl_cover(void **state)
{
	(void)state;
	for (unsigned blocks = 10; blocks <= 20; blocks += 10) {
		bool gaps = blocks == 20;
		struct coverage c = cover(0.05, 0, workers_to_15, gaps ? 4 : 3, blocks, gaps, SCALING_AMDAHL);
		a_share_in(c.lawful, c.experiments, 0.92, 0.999);       /* chance refuses about 4 % */
		a_share_in(c.a, c.lawful, 0.90, 0.99);
	}
}

static void intervals_of_usl_cover(void **state)
{
	static const unsigned blocks[] = { 6, 10, 20 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct coverage c = cover(0.05, 0.001, workers_to_32, 6, blocks[i], blocks[i] == 20, SCALING_USL);
		assert_int_equal(c.lawful, c.experiments);
		assert_int_equal(c.peaks, c.experiments);
		a_share_in(c.a, c.lawful, 0.90, 0.99);
		a_share_in(c.b, c.lawful, 0.90, 0.99);
		a_share_in(c.peak, c.peaks, 0.90, 0.99);
	}
}

/* Chance may make a cost of coherence out of none in 2.5 % of experiments: one end of b's interval. */
static void no_cost_is_hardly_ever_found_where_there_is_none(void **state)
{
	(void)state;
	struct coverage c = cover(0.05, 0, workers_to_32, 6, 10, false, SCALING_USL);
	a_share_in(c.lawful, c.experiments, 0, 0.05);
}

static void few_points_are_refused(void **state)
{
	struct scaling_fit found = fit_made(0.05, 0, workers_to_32, 1, 10, 0.01, true);

	(void)state;
	assert_int_equal(found.law, SCALING_NONE);
	assert_true(isnan(found.a.value) && isnan(found.b.low));
	begins(found.no_amdahl, "Only e(2) is known");
	begins(found.no_usl, "Only e(2) is known");
	begins(found.no_peak, "A peak needs the universal law");
	found = fit_made(0.05, 0, workers_to_32 + 1, 1, 10, 0.01, true);
	begins(found.no_amdahl, "Amdahl's law needs three different p above 1; measured: 1.");
	found = fit_made(0.05, 0, workers_to_32, 2, 10, 0.01, true);
	begins(found.no_amdahl, "Amdahl's law needs three different p above 1; measured: 2.");
	begins(found.no_usl, "The universal law needs six different p above 1; measured: 2.");
	found = fit_made(0.05, 0, workers_to_32, 0, 10, 0.01, true);
	begins(found.no_amdahl, "Amdahl's law needs three different p above 1; measured: 0.");
	begins(found.no_peak, "A peak needs the universal law");
	found = fit_made(0.05, 0.001, workers_to_32 + 1, 5, 10, 0.001, true);
	begins(found.no_usl, "The universal law needs six different p above 1; measured: 5.");
	assert_int_equal(found.law, SCALING_NONE);
	found = fit_made(0.05, 0.001, workers_to_32, 6, 5, 0.001, true);
	begins(found.no_amdahl, "p = 2 has fewer than six blocks");
	begins(found.no_usl, "p = 2 has fewer than six blocks");
	assert_int_equal(found.law, SCALING_NONE);
}

static void other_curves_are_refused(void **state)
{
	struct scaling_fit found = fit_made(0.05, 0.001, workers_to_15, 6, 10, 0.001, true);

	(void)state;
	begins(found.no_amdahl, "e(p) is not flat");
	begins(found.no_usl, "The universal law needs p of 16 or more; the largest here is 15.");
	assert_int_equal(found.law, SCALING_NONE);
	found = fit_made(0.05, 0.001, workers_to_16, 6, 10, 0.001, true);
	assert_int_equal(found.law, SCALING_USL);
	found = fit_made(0.05, 0.001, workers_to_16, 6, 10, 0.001, false);
	begins(found.no_usl, "These p cross an SMT, socket or core-kind boundary");
	assert_int_equal(found.law, SCALING_NONE);
	found = fit_made(0.05, 0, workers_to_32, 6, 10, 0.02, true);
	begins(found.no_usl, "e(p) does not surely rise");
	assert_int_equal(found.law, SCALING_AMDAHL);
	found = fit_made(0.05, -0.001, workers_to_32, 6, 10, 0.001, true);
	begins(found.no_usl, "e(p) does not surely rise");
	begins(found.no_amdahl, "e(p) is not flat");
	found = fit_made(-0.02, 0, workers_to_32, 6, 10, 0.001, true);
	begins(found.no_amdahl, "Speedup exceeds p");
	assert_int_equal(found.law, SCALING_NONE);
	found = fit_made(2.5, 0, workers_to_32, 6, 10, 0.001, true);
	begins(found.no_amdahl, "It is slower than serial (e is above 1)");
	assert_int_equal(found.law, SCALING_NONE);
	found = fit_made(2.5, 0.1, workers_to_32, 6, 10, 0.001, true);
	begins(found.no_usl, "It is slower than serial from the first worker added");
	assert_int_equal(found.law, SCALING_NONE);
	found = fit_made(0, 0, workers_to_32, 6, 10, 0.02, true);
	assert_int_equal(found.law, SCALING_AMDAHL);            /* the truth is at the edge */
	assert_true(found.a.low == 0 && found.a.value >= 0 && found.a.high > 0);
}

static void peaks_out_of_sight_are_refused(void **state)
{
	struct scaling_fit found = fit_made(0.01, 1e-4, workers_to_32, 6, 20, 1e-6, true);

	(void)state;
	assert_int_equal(found.law, SCALING_USL);
	begins(found.no_peak, "The peak, p = 99.5, lies beyond twice the largest p, 32");
	assert_true(isnan(found.peak.value));
	found = fit_made(0.01, 0.99 / 63 / 63, workers_to_32, 6, 20, 1e-6, true);
	begins(found.no_peak, "");
	found = fit_made(0.9, 0.2, workers_to_32, 6, 20, 1e-6, true);
	assert_int_equal(found.law, SCALING_USL);
	begins(found.no_peak, "Speedup falls from the first worker added");
}

/* Flatness is a weaker question than a slope: where e is flat enough for the one and b still above 0, b decides. */
static void a_sure_rise_outweighs_flatness(void **state)
{
	unsigned seen = 0;
	uint64_t seed = 3;

	(void)state;
	for (unsigned e = 0; e < 200; e++) {
		struct points made;
		make_speedups(&made, 0.05, 1.5e-4, workers_to_32, 6, 20, 0.02, false, &seed);
		struct scaling_fit found = fit(&made, 6, true, e);
		if (strncmp(found.no_amdahl, "e(p) surely rises", strlen("e(p) surely rises")) != 0)
			continue;
		seen++;
		assert_int_equal(found.law, SCALING_USL);
		assert_true(found.b.low > 0);
	}
	assert_in_range(seen, 1, 199);
}

static void impossible_points_are_refused(void **state)
{
	struct scaling_fit out = { .law = SCALING_USL }, again;
	struct points made;
	uint64_t seed = 4;

	(void)state;
	make_speedups(&made, 0.05, 0.001, workers_to_32, 6, 10, 0.01, false, &seed);
	made.scaling[0].workers = 1;
	assert_int_equal(scaling_fit(made.scaling, 6, true, 1, &out), -EINVAL);
	made.scaling[0].workers = 4;
	assert_int_equal(scaling_fit(made.scaling, 6, true, 1, &out), -EINVAL);
	made.scaling[0].workers = 2;
	made.y[3][3] = NAN;
	assert_int_equal(scaling_fit(made.scaling, 6, true, 1, &out), -EINVAL);
	made.y[3][3] = 1;
	made.id[3][3] = 2;
	assert_int_equal(scaling_fit(made.scaling, 6, true, 1, &out), -EINVAL);
	made.id[3][3] = 3;
	made.scaling[5].blocks = STATS_MOST + 1;
	assert_int_equal(scaling_fit(made.scaling, 6, true, 1, &out), -EINVAL);
	made.scaling[5].blocks = 10;
	assert_int_equal(out.law, SCALING_USL);
	out = fit(&made, 6, true, 5);
	again = fit(&made, 6, true, 5);
	assert_memory_equal(&out.a, &again.a, sizeof out.a);
	again = fit(&made, 6, true, 6);
	assert_true(out.b.low != again.b.low);
}

static void the_largest_plan_is_quick(void **state)
{
	static const unsigned workers[POINTS] = { 2, 3, 4, 6, 8, 12, 16, 24, 32, 48 };
	struct points made;
	struct timespec begin, end;
	uint64_t seed = 7;

	(void)state;
	make_speedups(&made, 0.05, 0.001, workers, POINTS, BLOCKS, 0.02, false, &seed);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
	fit(&made, POINTS, true, 1);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	assert_true(end.tv_sec - begin.tv_sec <= 1);            /* 0.05 s; sanitizers and old machines get more */
}

/* ---- crossings ---- */

static struct crossing cross(const struct points *made, size_t count, double level)
{
	struct crossing found;
	assert_int_equal(crossing_find(made->crossing, count, level, 1, &found), 0);
	bool finite = isfinite(found.x) && isfinite(found.low) && isfinite(found.high);
	assert_int_equal(found.reason == CROSSING_FOUND, finite);
	return found;
}

static struct crossing cross_made(const double *height, size_t count, unsigned blocks, double sd, double level)
{
	struct points made;
	uint64_t seed = 2;

	make_up(&made, height, count, blocks, sd, false, &seed);
	return cross(&made, count, level);
}

static void crossings_of_quiet_curves(void **state)
{
	static const double rising[] = { -2, -1, 0.25, 3, 3.5, 3.25 };
	struct crossing found = cross_made(rising, 6, 6, 1e-6, 0);

	(void)state;
	assert_int_equal(found.reason, CROSSING_FOUND);
	near(found.x, 1.8, 1e-5);
	assert_true(found.low < found.x && found.x < found.high);
	near(found.low, found.high, 1e-5);
	near(cross_made(rising, 6, 6, 1e-6, -1.5).x, 0.5, 1e-5);
	near(cross_made(rising, 6, 6, 1e-6, 2).x, 2 + 1.75 / 2.75, 1e-5);

	struct points made;                     /* x need not be 0, 1, 2 ... */
	uint64_t seed = 1;
	make_up(&made, rising, 6, 6, 1e-6, false, &seed);
	for (size_t i = 0; i < 6; i++)
		made.crossing[i].x = 10 + 2 * (double)i;
	near(cross(&made, 6, 0).x, 13.6, 1e-5);
}

/* On a quiet curve, points first and second are loud: no sure side. */
static struct crossing cross_with_loud(const double *height, size_t count, size_t first, size_t second)
{
	struct points made;
	uint64_t seed = 1;

	make_up(&made, height, count, 10, 1e-9, false, &seed);
	for (size_t b = 0; b < 10; b++) {
		made.y[first][b] += b % 2 == 0 ? 2 : -2;
		if (second != first)
			made.y[second][b] += b % 2 == 0 ? 2 : -2;
	}
	return cross(&made, count, 0);
}

/* Between two sure points stand two unsure ones, each on the wrong side. */
static void three_crossings_by_noise_are_made_one(void **state)
{
	static const double height[] = { -1, 0.5, -0.25, 1 };
	struct crossing found = cross_with_loud(height, 4, 1, 2);

	(void)state;
	assert_int_equal(found.reason, CROSSING_FOUND);
	near(found.x, 2 / 3.0 + 1 / 3.0 + 0.2, 1e-6);
}

static void noise_outside_the_sure_points_does_not_count(void **state)
{
	static const double after[] = { -1, 1, -0.25, 1 }, before[] = { -1, 0.25, -1, 1 };

	(void)state;
	near(cross_with_loud(after, 4, 2, 2).x, 0.5, 1e-6);
	near(cross_with_loud(before, 4, 1, 1).x, 2.5, 1e-6);
}

static void intervals_of_crossings_cover(void **state)
{
	static const double height[] = { -0.35, -0.2, -0.05, 0.1, 0.25, 0.4 };
	static const unsigned blocks[] = { 6, 10, 20 };
	const double truth = 0.35 / 0.15;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		unsigned found = 0, hits = 0;
		uint64_t seed = blocks[i];
		for (unsigned e = 0; e < 250; e++) {
			struct points made;
			struct crossing c;
			make_up(&made, height, 6, blocks[i], 0.06, blocks[i] == 20, &seed);
			assert_int_equal(crossing_find(made.crossing, 6, 0, random_next(&seed), &c), 0);
			found += c.reason == CROSSING_FOUND;
			hits += c.low <= truth && truth <= c.high;
		}
		a_share_in(found, 250, 0.95, 1);
		a_share_in(hits, found, 0.90, 0.99);
	}
}

static void crossings_are_refused(void **state)
{
	static const double above[] = { 1, 2, 3 }, below[] = { -1, -2, -3 }, falls[] = { 1, 0, -1 };
	static const double up[] = { -1, 1, 2 };
	static const double up_down[] = { -1, 1, 1, -1 }, down_up[] = { 1, -1, 1 }, unsure[] = { -1, -1, 0.001 };
	struct crossing found = cross_made(up, 1, 10, 0.01, 0);

	(void)state;
	assert_int_equal(found.reason, CROSSING_TOO_FEW);
	assert_true(isnan(found.x) && isnan(found.low) && isnan(found.high));
	assert_int_equal(cross_made(up, 0, 10, 0.01, 0).reason, CROSSING_TOO_FEW);
	assert_int_equal(cross_made(up, 2, 5, 0.01, 0).reason, CROSSING_TOO_FEW);
	assert_int_equal(cross_made(up, 2, 6, 0.01, 0).reason, CROSSING_FOUND);
	assert_int_equal(cross_made(above, 3, 10, 0.01, 0).reason, CROSSING_BELOW_RANGE);
	assert_int_equal(cross_made(below, 3, 10, 0.01, 0).reason, CROSSING_ABOVE_RANGE);
	assert_int_equal(cross_made(falls, 3, 10, 0.01, 0).reason, CROSSING_FALLS);
	assert_int_equal(cross_made(up_down, 4, 10, 0.01, 0).reason, CROSSING_TWICE);
	assert_int_equal(cross_made(down_up, 3, 10, 0.01, 0).reason, CROSSING_TWICE);
	assert_int_equal(cross_made(unsure, 3, 10, 0.1, 0).reason, CROSSING_NOT_BRACKETED);
	assert_int_equal(cross_made(up, 3, 10, 100, 0).reason, CROSSING_NOT_BRACKETED);
	assert_int_equal(cross_made(unsure + 1, 2, 10, 0.1, -0.5).reason, CROSSING_FOUND);
}

/* The two ways to an interval do not quite agree: where a point is barely sure, so many resamples may lack a crossing
 * that its interval has no end.  Then nothing is claimed.  `faint`: the point near the level, 0 or 1. */
static void look_for_intervals_without_an_end(size_t faint)
{
	const double height[] = { faint == 0 ? -0.35 : -5, faint == 0 ? 5 : 0.35 };
	unsigned bracketed = 0, refused = 0;
	uint64_t seed = 1;

	for (unsigned e = 0; e < 300; e++) {
		double scratch[210], y[20], centre;
		struct stats_interval sure;
		struct points made;
		make_up(&made, height, 2, 20, 0.5, false, &seed);
		memcpy(y, made.y[faint], sizeof y);
		assert_int_equal(stats_hodges_lehmann(y, 20, 0.95, scratch, &centre, &sure), 0);
		struct crossing found = cross(&made, 2, 0);
		if (faint == 0 ? sure.high >= 0 : sure.low <= 0) {
			assert_int_equal(found.reason, CROSSING_NOT_BRACKETED);
			continue;
		}
		bracketed++;
		refused += found.reason == CROSSING_NOT_BRACKETED;
		assert_true(found.reason == CROSSING_NOT_BRACKETED || found.reason == CROSSING_FOUND);
	}
	assert_in_range(refused, 1, bracketed / 4);
}

static void intervals_without_an_end_are_refused(void **state)
{
	(void)state;
	look_for_intervals_without_an_end(0);
	look_for_intervals_without_an_end(1);
}

/* An interval is as wide as the point with the fewest blocks makes it, even one that hardly moves the estimate: by the
 * quantiles of 6 blocks, not of 40, it is 1.4 times as wide. */
static void the_fewest_blocks_decide(void **state)
{
	static const double height[] = { -9, -2, -1, 1, 2 };
	struct points made;
	uint64_t seed = 8;

	(void)state;
	make_up(&made, height, 5, 40, 0.05, false, &seed);
	struct crossing all = cross(&made, 5, 0);
	made.crossing[0].blocks = 6;
	struct crossing few = cross(&made, 5, 0);
	near((few.high - few.low) / (all.high - all.low), 1.4, 0.2);

	make_speedups(&made, 0.05, 0.001, workers_to_32, 6, 40, 0.02, false, &seed);
	struct scaling_fit many = fit(&made, 6, true, 1);
	made.scaling[1].blocks = 6;
	struct scaling_fit some = fit(&made, 6, true, 1);
	near((some.b.high - some.b.low) / (many.b.high - many.b.low), 1.4, 0.2);
}

static void impossible_curves_are_refused(void **state)
{
	static const double height[] = { -1, 1, 2 };
	struct crossing out = { .reason = CROSSING_TWICE };
	struct points made;
	uint64_t seed = 1;

	(void)state;
	make_up(&made, height, 3, 10, 0.01, false, &seed);
	assert_int_equal(crossing_find(made.crossing, 3, NAN, 1, &out), -EINVAL);
	made.crossing[1].x = 0;
	assert_int_equal(crossing_find(made.crossing, 3, 0, 1, &out), -EINVAL);
	made.crossing[1].x = NAN;
	assert_int_equal(crossing_find(made.crossing, 3, 0, 1, &out), -EINVAL);
	made.crossing[1].x = 1;
	made.y[1][4] = INFINITY;
	assert_int_equal(crossing_find(made.crossing, 3, 0, 1, &out), -EINVAL);
	made.y[1][4] = 1;
	made.id[1][4] = 9;
	assert_int_equal(crossing_find(made.crossing, 3, 0, 1, &out), -EINVAL);
	made.id[1][4] = 4;
	made.crossing[2].blocks = STATS_MOST + 1;
	assert_int_equal(crossing_find(made.crossing, 3, 0, 1, &out), -EINVAL);
	assert_int_equal(out.reason, CROSSING_TWICE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_agree_with_r),
		cmocka_unit_test(formulas_are_each_other_s_inverse),
		cmocka_unit_test(quiet_data_give_the_truth),
		cmocka_unit_test(intervals_of_amdahl_cover),
		cmocka_unit_test(intervals_of_usl_cover),
		cmocka_unit_test(no_cost_is_hardly_ever_found_where_there_is_none),
		cmocka_unit_test(few_points_are_refused),
		cmocka_unit_test(other_curves_are_refused),
		cmocka_unit_test(peaks_out_of_sight_are_refused),
		cmocka_unit_test(a_sure_rise_outweighs_flatness),
		cmocka_unit_test(impossible_points_are_refused),
		cmocka_unit_test(the_largest_plan_is_quick),
		cmocka_unit_test(crossings_of_quiet_curves),
		cmocka_unit_test(three_crossings_by_noise_are_made_one),
		cmocka_unit_test(noise_outside_the_sure_points_does_not_count),
		cmocka_unit_test(intervals_of_crossings_cover),
		cmocka_unit_test(crossings_are_refused),
		cmocka_unit_test(intervals_without_an_end_are_refused),
		cmocka_unit_test(the_fewest_blocks_decide),
		cmocka_unit_test(impossible_curves_are_refused),
	};
	return cmocka_run_group_tests_name("scaling", tests, NULL, NULL);
}
