/* SPDX-License-Identifier: MIT */
/* crossing.c -- find two points that surely enclose the crossing, then where the curve between them does cross. */
#include "bench/base/crossing.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

struct work {
	size_t count;
	double *x, *y;                  /* count each; y: the points' centres */
	signed char *side;              /* -1 surely below, 1 surely above, 0 neither */
	double *again;                  /* centres in each resample: a row of count per replicate */
	double *found;                  /* a crossing per replicate */
	double *scratch;                /* for one point's Walsh averages, then its values */
	struct stats_series *series;
	double *room;
};

static int prepare(struct work *w, const struct crossing_point *points, size_t count)
{
	size_t most = 0;
	for (size_t i = 0; i < count; i++)
		most = points[i].blocks > most ? points[i].blocks : most;
	if (most > STATS_MOST)
		return -EINVAL;

	w->count = count;
	w->room = calloc(2 * count + CROSSING_REPLICATES * (count + 1) + stats_walsh(most) + most, sizeof *w->room);
	w->side = calloc(count, sizeof *w->side);
	w->series = calloc(count, sizeof *w->series);
	if (w->room == NULL || w->side == NULL || w->series == NULL)
		return -ENOMEM;
	w->x = w->room;
	w->y = w->x + count;
	w->again = w->y + count;
	w->found = w->again + CROSSING_REPLICATES * count;
	w->scratch = w->found + CROSSING_REPLICATES;
	for (size_t i = 0; i < count; i++)
		w->series[i] = (struct stats_series){ points[i].blocks, points[i].block, points[i].y };
	return 0;
}

static int measure(struct work *w, const struct crossing_point *points, double level)
{
	for (size_t i = 0; i < w->count; i++) {
		size_t n = points[i].blocks;
		double *copy = w->scratch + stats_walsh(n), centre;
		struct stats_interval sure;
		for (size_t j = 0; j < n; j++)
			copy[j] = points[i].y[j];
		if (stats_hodges_lehmann(copy, n, 0.95, w->scratch, &centre, &sure) != 0)
			return -EINVAL;
		w->x[i] = points[i].x;
		w->y[i] = centre;
		w->side[i] = (signed char)((sure.low > level) - (sure.high < level));
	}
	return 0;
}

/* Which reason the sure points give; where it is found, *from and *to are the last below and the first above. */
static enum crossing_reason enclose(const struct work *w, size_t *from, size_t *to)
{
	size_t above = 0, below = 0, changes = 0;
	int first = 0, last = 0;

	for (size_t i = 0; i < w->count; i++) {
		if (w->side[i] == 0)
			continue;
		if (last == 0)
			first = w->side[i];
		if (last < 0 && w->side[i] > 0)
			*to = i;
		if (w->side[i] < 0)
			*from = i;
		changes += last != 0 && w->side[i] != last;
		above += w->side[i] > 0;
		below += w->side[i] < 0;
		last = w->side[i];
	}
	if (above == w->count)
		return CROSSING_BELOW_RANGE;
	if (below == w->count)
		return CROSSING_ABOVE_RANGE;
	if (changes > 1)
		return CROSSING_TWICE;
	if (changes == 0)
		return CROSSING_NOT_BRACKETED;
	return first > 0 ? CROSSING_FALLS : CROSSING_FOUND;
}

/* How much of the straight line from (0, y0) to (1, y1) lies below 0. */
static double share_below(double y0, double y1)
{
	if (y0 < 0 && y1 < 0)
		return 1;
	if (y0 >= 0 && y1 >= 0)
		return 0;
	return y0 < 0 ? y0 / (y0 - y1) : y1 / (y1 - y0);
}

/* Between two points that a resample may have moved to the other side: then out to the next that are where they ought
 * to be. */
static double cross(const struct work *w, const double *y, double level, size_t from, size_t to)
{
	while (y[from] >= level)
		if (from-- == 0)
			return -INFINITY;
	while (y[to] < level)
		if (++to == w->count)
			return INFINITY;

	double x = w->x[from];
	for (size_t i = from; i < to; i++)
		x += (w->x[i + 1] - w->x[i]) * share_below(y[i] - level, y[i + 1] - level);
	return x;
}

static int find(struct work *w, double level, uint64_t seed, size_t from, size_t to, struct crossing *out)
{
	struct stats_interval interval;
	size_t n = w->series[0].n;
	int error = stats_resample(w->series, w->count, CROSSING_REPLICATES, seed, w->again);

	if (error != 0)
		return error;
	for (size_t i = 1; i < w->count; i++)
		n = w->series[i].n < n ? w->series[i].n : n;
	for (size_t r = 0; r < CROSSING_REPLICATES; r++)
		w->found[r] = cross(w, w->again + r * w->count, level, from, to);
	error = stats_expanded_interval(w->found, CROSSING_REPLICATES, n, 0.95, &interval);
	if (error != 0)
		return error;

	double x = cross(w, w->y, level, from, to);
	if (isfinite(interval.low) && isfinite(interval.high))
		*out = (struct crossing){ CROSSING_FOUND, x, fmin(x, interval.low), fmax(x, interval.high) };
	else
		out->reason = CROSSING_NOT_BRACKETED;
	return 0;
}

static int enclose_and_find(const struct crossing_point *points, size_t count, double level, uint64_t seed,
	struct crossing *out)
{
	struct work w = { 0 };
	size_t from = 0, to = 0;
	int error = prepare(&w, points, count);

	if (error == 0)
		error = measure(&w, points, level);
	if (error != 0)
		goto out;
	out->reason = enclose(&w, &from, &to);
	if (out->reason == CROSSING_FOUND)
		error = find(&w, level, seed, from, to, out);
out:
	free(w.series);
	free(w.side);
	free(w.room);
	return error;
}

int crossing_find(const struct crossing_point *points, size_t count, double level, uint64_t seed, struct crossing *out)
{
	struct crossing answer = { CROSSING_TOO_FEW, NAN, NAN, NAN };
	bool enough = count >= 2;

	if (!isfinite(level))
		return -EINVAL;
	for (size_t i = 0; i < count; i++) {
		if (!isfinite(points[i].x) || (i > 0 && points[i].x <= points[i - 1].x))
			return -EINVAL;
		enough = enough && points[i].blocks >= CROSSING_LEAST_BLOCKS;
	}
	if (enough) {
		int error = enclose_and_find(points, count, level, seed, &answer);
		if (error != 0)
			return error;
	}
	*out = answer;
	return 0;
}
