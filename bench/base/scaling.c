/* SPDX-License-Identifier: MIT */
/* scaling.c -- resample blocks, draw the line through e(p) for each resample, and see how far the lines spread. */
#include "bench/base/scaling.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

double scaling_karp_flatt(double speedup, double workers)
{
	return (1 / speedup - 1 / workers) / (1 - 1 / workers);
}

struct stats_interval scaling_karp_flatt_interval(struct stats_interval speedup, double workers)
{
	return (struct stats_interval){ scaling_karp_flatt(speedup.high, workers),
		scaling_karp_flatt(speedup.low, workers), speedup.confidence };
}

double scaling_usl(double a, double b, double p)
{
	return p / (1 + a * (p - 1) + b * p * (p - 1));
}

double scaling_amdahl(double a, double p)
{
	return scaling_usl(a, 0, p);
}

/* ---- one line ---- */

struct sums {
	double weight, p, e, pp, pe;    /* p and e: weighted means; pp and pe: about those */
};

static struct sums sum_up(const double *p, const double *e, const double *weight, size_t n)
{
	struct sums s = { 0 };

	for (size_t i = 0; i < n; i++) {
		s.weight += weight[i];
		s.p += weight[i] * p[i];
		s.e += weight[i] * e[i];
	}
	s.p /= s.weight;
	s.e /= s.weight;
	for (size_t i = 0; i < n; i++) {
		s.pp += weight[i] * (p[i] - s.p) * (p[i] - s.p);
		s.pe += weight[i] * (p[i] - s.p) * (e[i] - s.e);
	}
	return s;
}

static double squares(struct scaling_line line, const double *p, const double *e, const double *weight, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += weight[i] * pow(e[i] - line.a - line.b * p[i], 2);
	return sum;
}

struct scaling_line scaling_fit_line(const double *p, const double *e, const double *weight, size_t n)
{
	struct sums s = sum_up(p, e, weight, n);
	struct scaling_line line = { .b = s.pe / s.pp };

	line.a = s.e - line.b * s.p;
	if (line.a >= 0 && line.b >= 0)
		return line;

	/* The sum of squares is convex, so its least value lies on an edge: flat, or through the origin. */
	double through = (s.pe + s.weight * s.p * s.e) / (s.pp + s.weight * s.p * s.p);
	struct scaling_line flat = { fmax(0, s.e), 0 }, steep = { 0, fmax(0, through) };
	return squares(flat, p, e, weight, n) <= squares(steep, p, e, weight, n) ? flat : steep;
}

/* ---- the points as e(p), and their resamples ---- */

struct work {
	size_t count;
	double *p, *e, *weight;         /* count each */
	double *again;                  /* e in each resample: a row of count per replicate */
	double *a, *b, *other;          /* a number per replicate each */
	double *scratch;                /* for one point's Walsh averages, then its values */
	struct stats_series *series;
	double *room;
};

static int prepare(struct work *w, const struct scaling_point *points, size_t count)
{
	size_t most = 0;
	for (size_t i = 0; i < count; i++)
		most = points[i].blocks > most ? points[i].blocks : most;
	if (most > STATS_MOST)
		return -EINVAL;

	w->count = count;
	w->room = calloc(3 * count + SCALING_REPLICATES * (count + 3) + stats_walsh(most) + most, sizeof *w->room);
	w->series = calloc(count, sizeof *w->series);
	if (w->room == NULL || w->series == NULL)
		return -ENOMEM;
	w->p = w->room;
	w->e = w->p + count;
	w->weight = w->e + count;
	w->again = w->weight + count;
	w->a = w->again + SCALING_REPLICATES * count;
	w->b = w->a + SCALING_REPLICATES;
	w->other = w->b + SCALING_REPLICATES;
	w->scratch = w->other + SCALING_REPLICATES;
	for (size_t i = 0; i < count; i++)
		w->series[i] = (struct stats_series){ points[i].blocks, points[i].block, points[i].log_speedup };
	return 0;
}

static double variance_of_column(const double *rows, size_t count, size_t column)
{
	double mean = 0, sum = 0;

	for (size_t r = 0; r < SCALING_REPLICATES; r++)
		mean += rows[r * count + column] / SCALING_REPLICATES;
	for (size_t r = 0; r < SCALING_REPLICATES; r++)
		sum += pow(rows[r * count + column] - mean, 2) / SCALING_REPLICATES;
	return sum;
}

/* w->e holds the centres of the log speedups still, w->again their resamples.  A point's variance from few blocks is a
 * guess, and the points that look sure by luck would get the weight; so each goes halfway to the mean of all. */
static void weigh(struct work *w)
{
	double all = 0;

	for (size_t i = 0; i < w->count; i++)
		all += w->weight[i] = variance_of_column(w->again, w->count, i);
	all = all / (double)w->count + 1e-20;   /* for blocks that are all alike; no clock tells 1e-10 */
	for (size_t i = 0; i < w->count; i++) {
		double slope = exp(-w->e[i]) / (1 - 1 / w->p[i]);       /* -de / d(ln S) */
		w->weight[i] = 1 / ((w->weight[i] + all) / 2 * slope * slope);
	}
}

static int measure(struct work *w, const struct scaling_point *points, uint64_t seed)
{
	for (size_t i = 0; i < w->count; i++) {
		size_t n = points[i].blocks;
		double *copy = w->scratch + stats_walsh(n);
		for (size_t j = 0; j < n; j++)
			copy[j] = points[i].log_speedup[j];
		if (stats_hodges_lehmann(copy, n, 0.95, w->scratch, &w->e[i], NULL) != 0)
			return -EINVAL;
		w->p[i] = points[i].workers;
	}
	int error = stats_resample(w->series, w->count, SCALING_REPLICATES, seed, w->again);
	if (error != 0)
		return error;

	weigh(w);
	for (size_t i = 0; i < w->count; i++) {
		w->e[i] = scaling_karp_flatt(exp(w->e[i]), w->p[i]);
		for (size_t r = 0; r < SCALING_REPLICATES; r++) {
			double *again = &w->again[r * w->count + i];
			*again = scaling_karp_flatt(exp(*again), w->p[i]);
		}
	}
	return 0;
}

/* Of a parameter and its replicates on n blocks. */
static struct scaling_estimate estimate(double value, double *replicate, size_t n)
{
	struct stats_interval i = { NAN, NAN, NAN };

	stats_expanded_interval(replicate, SCALING_REPLICATES, n, 0.95, &i);    /* n >= 6: cannot fail */
	return (struct scaling_estimate){ value, fmin(i.low, value), fmax(i.high, value) };
}

/* ---- the laws ---- */

__attribute__((format(printf, 2, 3))) static void refuse(char why[SCALING_WHY], const char *format, ...)
{
	va_list rest;

	va_start(rest, format);
	vsnprintf(why, SCALING_WHY, format, rest);
	va_end(rest);
}

static const struct scaling_estimate nothing = { NAN, NAN, NAN };

/* The largest distance of e from the row's own mean, in standard deviations; `from`: distances to leave out of it. */
static double unevenness(const struct work *w, const double *e, double mean, const double *from, double from_mean)
{
	double most = 0;

	for (size_t i = 0; i < w->count; i++) {
		double left_out = from != NULL ? from[i] - from_mean : 0;
		most = fmax(most, fabs(e[i] - mean - left_out) * sqrt(w->weight[i]));
	}
	return most;
}

static void try_amdahl(struct work *w, size_t n, struct scaling_fit *out, struct scaling_estimate *a)
{
	struct stats_interval chance = { NAN, NAN, NAN };
	double mean = sum_up(w->p, w->e, w->weight, w->count).e;

	for (size_t r = 0; r < SCALING_REPLICATES; r++) {
		const double *e = w->again + r * w->count;
		w->a[r] = sum_up(w->p, e, w->weight, w->count).e;
		w->other[r] = unevenness(w, e, w->a[r], w->e, mean);
	}
	stats_expanded_interval(w->other, SCALING_REPLICATES, n, 0.90, &chance);        /* 5 % beyond its upper end */
	*a = estimate(mean, w->a, n);
	if (unevenness(w, w->e, mean, NULL, 0) > chance.high + 1e-3)    /* rounding, if all blocks are alike */
		refuse(out->no_amdahl, "e(p) is not flat within its intervals, as a serial share alone would make it.");
	else if (a->high < 0)
		refuse(out->no_amdahl, "Speedup exceeds p (e is below 0): no serial share explains that.");
	else if (a->low > 1)
		refuse(out->no_amdahl, "It is slower than serial (e is above 1): no share of a whole explains that.");
	*a = (struct scaling_estimate){ fmax(0, mean), fmax(0, a->low), fmax(0, a->high) };
}

/* Where S of the line stops growing: infinity without a cost of coherence, 0 when it never grows. */
static double peak_of(struct scaling_line line)
{
	return line.a < 1 ? sqrt((1 - line.a) / line.b) : 0;
}

static void try_usl(struct work *w, size_t n, struct scaling_fit *out, struct scaling_estimate *a,
	struct scaling_estimate *b, struct scaling_estimate *peak)
{
	struct scaling_line line = scaling_fit_line(w->p, w->e, w->weight, w->count);

	for (size_t r = 0; r < SCALING_REPLICATES; r++) {
		struct scaling_line again = scaling_fit_line(w->p, w->again + r * w->count, w->weight, w->count);
		w->a[r] = again.a;
		w->b[r] = again.b;
		w->other[r] = peak_of(again);
	}
	*a = estimate(line.a, w->a, n);
	*b = estimate(line.b, w->b, n);
	*peak = estimate(peak_of(line), w->other, n);
	if (!(b->low > 0))
		refuse(out->no_usl, "e(p) does not surely rise: b may be 0, so no cost of coherence can be stated.");
	else if (a->low > 1)
		refuse(out->no_usl, "It is slower than serial from the first worker added: a is no share then.");
}

/* The peak's interval is finite here: as few resamples have no peak as have b = 0, and b's lower bound is above 0. */
static void judge_peak(struct scaling_fit *out, struct scaling_estimate peak, unsigned most)
{
	if (out->law != SCALING_USL)
		refuse(out->no_peak, "A peak needs the universal law, which is refused here.");
	else if (peak.value <= 1)
		refuse(out->no_peak, "Speedup falls from the first worker added: there is no peak above p = 1.");
	else if (peak.value > 2.0 * most)
		refuse(out->no_peak, "The peak, p = %.4g, lies beyond twice the largest p, %u: too far to state.",
			peak.value, most);
	else
		out->peak = peak;
}

/* What needs no arithmetic. */
static void refuse_by_plan(const struct scaling_point *points, size_t count, bool one_regime, struct scaling_fit *out)
{
	unsigned most = count > 0 ? points[count - 1].workers : 1;

	for (size_t i = 0; i < count; i++) {
		if (points[i].blocks >= SCALING_LEAST_BLOCKS)
			continue;
		refuse(out->no_amdahl, "p = %u has fewer than six blocks: no interval.", points[i].workers);
		refuse(out->no_usl, "%s", out->no_amdahl);
		return;
	}
	if (count == 1 && most == 2)
		refuse(out->no_amdahl, "Only e(2) is known: one point cannot show whether e is flat.");
	else if (count < SCALING_LEAST_AMDAHL)
		refuse(out->no_amdahl, "Amdahl's law needs three different p above 1; measured: %zu.", count);

	if (count == 1 && most == 2)
		refuse(out->no_usl, "Only e(2) is known: one point cannot show whether e rises.");
	else if (count < SCALING_LEAST_USL)
		refuse(out->no_usl, "The universal law needs six different p above 1; measured: %zu.", count);
	else if (most < SCALING_LEAST_USL_WORKERS)
		refuse(out->no_usl, "The universal law needs p of 16 or more; the largest here is %u.", most);
	else if (!one_regime)
		refuse(out->no_usl, "These p cross an SMT, socket or core-kind boundary: one law cannot hold.");
}

static int judge_laws(const struct scaling_point *points, size_t count, uint64_t seed, struct scaling_fit *out)
{
	struct work w = { 0 };
	struct scaling_estimate serial, a, b, peak = nothing;
	size_t n = points[0].blocks;
	int error = prepare(&w, points, count);

	if (error == 0)
		error = measure(&w, points, seed);
	if (error != 0)
		goto out;
	for (size_t i = 1; i < count; i++)
		n = points[i].blocks < n ? points[i].blocks : n;

	if (out->no_usl[0] == '\0')
		try_usl(&w, n, out, &a, &b, &peak);
	try_amdahl(&w, n, out, &serial);
	if (out->no_usl[0] == '\0') {
		out->law = SCALING_USL;
		out->a = a;
		out->b = b;
		if (out->no_amdahl[0] == '\0')
			refuse(out->no_amdahl, "e(p) surely rises with p: a serial share alone does not.");
	} else if (out->no_amdahl[0] == '\0') {
		out->law = SCALING_AMDAHL;
		out->a = serial;
		out->b = (struct scaling_estimate){ 0, 0, 0 };
	}
	judge_peak(out, peak, points[count - 1].workers);
out:
	free(w.series);
	free(w.room);
	return error;
}

int scaling_fit(const struct scaling_point *points, size_t count, bool one_regime, uint64_t seed,
	struct scaling_fit *out)
{
	struct scaling_fit fit = { .law = SCALING_NONE, .a = nothing, .b = nothing, .peak = nothing };

	for (size_t i = 0; i < count; i++)
		if (points[i].workers <= (i > 0 ? points[i - 1].workers : 1))
			return -EINVAL;
	refuse_by_plan(points, count, one_regime, &fit);
	if (fit.no_amdahl[0] != '\0') {         /* and so is the universal law, which needs more points */
		judge_peak(&fit, nothing, 1);
	} else {
		int error = judge_laws(points, count, seed, &fit);
		if (error != 0)
			return error;
	}
	*out = fit;
	return 0;
}
