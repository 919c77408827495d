/* SPDX-License-Identifier: MIT */
/* findings.c -- from cells to laws.  See findings.h; the laws themselves are in base/scaling.h and base/crossing.h. */
#include "bench/report/findings.h"

#include "bench/base/crossing.h"
#include "bench/base/scaling.h"
#include "bench/base/text.h"
#include "bench/report/params.h"
#include "bench/report/words.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_POINTS = 256 };

const char *const finding_kind_name[FINDING_KINDS] = {
	[FINDING_SERIAL_SHARE] = "karp_flatt", [FINDING_AMDAHL] = "amdahl", [FINDING_CONTENTION] = "usl_contention",
	[FINDING_COHERENCE] = "usl_coherence", [FINDING_PEAK] = "peak", [FINDING_CROSSOVER] = "crossover",
	[FINDING_METG] = "metg",
};

struct findings {
	const struct summary *s;
	struct finding *list;
	unsigned count, room;
	int error;
};

static void add(struct findings *f, enum finding_kind kind, const struct summary_cell *cell,
	struct scaling_estimate value, const char *format, ...) __attribute__((format(printf, 5, 6)));

static void add(struct findings *f, enum finding_kind kind, const struct summary_cell *cell,
	struct scaling_estimate value, const char *format, ...)
{
	va_list args;

	if (f->count == f->room) {
		struct finding *more = reallocarray(f->list, f->room + 64, sizeof *more);
		if (!more) {
			f->error = -ENOMEM;
			return;
		}
		f->list = more;
		f->room += 64;
	}
	struct finding *finding = &f->list[f->count++];
	*finding = (struct finding){ .kind = kind, .cell = cell, .value = value.value, .low = value.low,
		.high = value.high };
	va_start(args, format);
	vsnprintf(finding->sentence, sizeof finding->sentence, format, args);
	va_end(args);
}

static const struct scaling_estimate refused = { NAN, NAN, NAN };

/* ---- a cell's blocks ---- */

/* Logarithms of its ratios, by block. */
struct series { unsigned blocks, *block; double *y; };

static bool series_make(struct series *series, const struct summary_measure *m, double minus)
{
	*series = (struct series){ .block = calloc(m->blocks + 1, sizeof *series->block),
		.y = calloc(m->blocks + 1, sizeof *series->y) };
	for (unsigned i = 0; i < m->blocks && series->block && series->y; i++)
		if (!isnan(m->block[i].ratio)) {
			series->block[series->blocks] = m->block[i].block;
			series->y[series->blocks++] = log(m->block[i].ratio) - minus;
		}
	return series->block && series->y;
}

static void series_free(struct series *series, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		free(series[i].block);
		free(series[i].y);
	}
}

static bool has_speedup(const struct summary_cell *cell)
{
	const struct summary_measure *m = &cell->regime[SUMMARY_WARM];
	return !cell->document && m->pairs > 0 && m->verdict != SUMMARY_BASE && m->verdict != SUMMARY_FAILED;
}

/* ---- laws: one problem, one variant, all its numbers of workers ---- */

/* "0.4 % [0.2, 0.7]" */
static char *percent_text(struct scaling_estimate e, char *out, size_t size)
{
	snprintf(out, size, isnan(e.low) ? "%.2g %%" : "%.2g %% [%.2g, %.2g]", 100 * e.value, 100 * e.low,
		100 * e.high);
	return out;
}

static void serial_share(struct findings *f, const struct summary_cell *cell)
{
	const struct summary_measure *m = &cell->regime[SUMMARY_WARM];
	struct stats_interval e = scaling_karp_flatt_interval((struct stats_interval){ m->low, m->high, 0.95 },
		cell->workers);
	struct scaling_estimate share = { scaling_karp_flatt(m->speedup, cell->workers), e.low, e.high };
	char text[64];

	add(f, FINDING_SERIAL_SHARE, cell, share, share.value > 1
		? "%s, p = %u: slower than serial, as if %s of the work were serial"
		: "%s, p = %u: %s behaves as if it were serial", summary_variant_name(f->s, cell), cell->workers,
		percent_text(share, text, sizeof text));
}

/* No SMT sibling, second package or other kind of core is used by so many workers. */
static bool one_regime(const struct summary *s, unsigned workers)
{
	bool by_cores = strcmp(s->policy, "cores") == 0 || strcmp(s->policy, "close") == 0;
	unsigned packages = s->packages > 0 ? s->packages : 1;

	return by_cores && s->cores > 0 && s->core_kinds <= 1 && workers <= s->cores / packages
		&& (strcmp(s->policy, "cores") == 0 || s->pus == s->cores);
}

static void law_sentences(struct findings *f, const struct summary_cell *cell, const struct scaling_fit *fit)
{
	const char *name = summary_variant_name(f->s, cell);
	const bool usl = fit->law == SCALING_USL;
	char a[64], b[64];

	percent_text(fit->a, a, sizeof a);
	percent_text(fit->b, b, sizeof b);
	if (*fit->no_amdahl)
		add(f, FINDING_AMDAHL, cell, refused, "%s: Amdahl's law is not fitted.  %s", name, fit->no_amdahl);
	else
		add(f, FINDING_AMDAHL, cell, fit->law == SCALING_AMDAHL ? fit->a : refused,
			"%s follows Amdahl's law: %s of it is serial", name, a);
	if (*fit->no_usl) {
		add(f, FINDING_CONTENTION, cell, refused, "%s: The universal scalability law is not fitted.  %s", name,
			fit->no_usl);
		return;
	}
	add(f, FINDING_CONTENTION, cell, usl ? fit->a : refused, "%s follows the universal law: contention %s", name,
		a);
	add(f, FINDING_COHERENCE, cell, usl ? fit->b : refused, "%s: coherence %s", name, b);
	if (*fit->no_peak)
		add(f, FINDING_PEAK, cell, refused, "%s: No number of workers is called the best.  %s", name,
			fit->no_peak);
	else
		add(f, FINDING_PEAK, cell, fit->peak, "%s is fastest with %.0f workers [%.0f, %.0f]", name,
			fit->peak.value, fit->peak.low, fit->peak.high);
}

/* Cells [begin, end): one variant of one problem, by ascending workers. */
static void variant_laws(struct findings *f, unsigned begin, unsigned end)
{
	struct scaling_point point[MOST_POINTS];
	struct series series[MOST_POINTS];
	struct scaling_fit fit;
	unsigned points = 0;
	const struct summary_cell *last = NULL;

	for (unsigned i = begin; i < end && points < MOST_POINTS; i++) {
		const struct summary_cell *cell = f->s->cell[i];
		if (cell->workers < 2 || !has_speedup(cell))
			continue;
		serial_share(f, cell);
		if (!series_make(&series[points], &cell->regime[SUMMARY_WARM], 0))
			f->error = -ENOMEM;
		point[points] = (struct scaling_point){ .workers = cell->workers, .blocks = series[points].blocks,
			.block = series[points].block, .log_speedup = series[points].y };
		points++;
		last = cell;
	}
	if (last && f->error == 0) {
		int error = scaling_fit(point, points, one_regime(f->s, last->workers), f->s->seed, &fit);
		if (error == 0)
			law_sentences(f, last, &fit);
		else if (error == -ENOMEM)
			f->error = error;
	}
	series_free(series, points);
}

/* ---- sweeps: one variant, one number of workers, many problems ---- */

struct sweep {
	unsigned count;
	const struct summary_cell *cell[MOST_POINTS];
	double x[MOST_POINTS];
};

static void sort_sweep(struct sweep *w)
{
	for (unsigned i = 1; i < w->count; i++)
		for (unsigned j = i; j > 0 && w->x[j] < w->x[j - 1]; j--) {
			double x = w->x[j];
			const struct summary_cell *cell = w->cell[j];
			w->x[j] = w->x[j - 1];
			w->cell[j] = w->cell[j - 1];
			w->x[j - 1] = x;
			w->cell[j - 1] = cell;
		}
}

/* Where ln(speedup) + `minus` crosses 0.  -EINVAL when the points are no curve (two with one x). */
static int cross(const struct summary *s, struct sweep *w, double minus, struct crossing *out)
{
	struct crossing_point point[MOST_POINTS];
	struct series series[MOST_POINTS];
	unsigned points = 0;
	int error = 0;

	sort_sweep(w);
	for (; points < w->count; points++) {
		if (!series_make(&series[points], &w->cell[points]->regime[SUMMARY_WARM], minus))
			error = -ENOMEM;
		point[points] = (struct crossing_point){ .x = w->x[points], .blocks = series[points].blocks,
			.block = series[points].block, .y = series[points].y };
	}
	if (error == 0)
		error = crossing_find(point, points, 0, s->seed, out);
	series_free(series, points);
	return error;
}

static void crossover_sentence(struct findings *f, const struct sweep *w, const struct crossing *c)
{
	const struct summary_cell *cell = w->cell[w->count - 1];
	struct scaling_estimate n = { exp(c->x), exp(c->low), exp(c->high) };
	char name[128], at[40], low[40], high[40];

	snprintf(name, sizeof name, "%.80s, p = %u", summary_variant_name(f->s, cell), cell->workers);
	if (c->reason == CROSSING_FOUND)
		add(f, FINDING_CROSSOVER, cell, n, "%s, beats serial from n = %s [%s, %s] on", name,
			text_count((uint64_t)llround(n.value), at, sizeof at),
			text_count((uint64_t)llround(n.low), low, sizeof low),
			text_count((uint64_t)llround(n.high), high, sizeof high));
	else if (c->reason == CROSSING_BELOW_RANGE)
		add(f, FINDING_CROSSOVER, cell, refused, "%s, beats serial at every size measured, from n = %s on",
			name, text_count(w->cell[0]->n, at, sizeof at));
	else if (c->reason == CROSSING_ABOVE_RANGE)
		add(f, FINDING_CROSSOVER, cell, refused, "%s, loses to serial at every size measured, up to n = %s",
			name, text_count(cell->n, at, sizeof at));
	else if (c->reason == CROSSING_FALLS)
		add(f, FINDING_CROSSOVER, cell, refused, "%s, beats serial at small sizes and loses at large ones",
			name);
	else if (c->reason == CROSSING_TWICE)
		add(f, FINDING_CROSSOVER, cell, refused,
			"%s, passes serial and falls behind again: more than one crossover", name);
	else
		add(f, FINDING_CROSSOVER, cell, refused, "%s: %s", name, c->reason == CROSSING_TOO_FEW
			? "a crossover needs two sizes or more, of six blocks each"
			: "no crossover: it wants a size where serial surely wins, "
			"and a larger one where it surely loses");
}

/* Work in one unit of n, in seconds: what a task holds when it is one unit. */
static double task_s(const struct summary *s, const struct summary_cell *cell)
{
	const struct summary_cell *base = summary_base(s, cell);
	return base && base->n > 0 ? base->regime[SUMMARY_WARM].median_s / (double)base->n : (double)NAN;
}

static void metg_sentence(struct findings *f, const struct sweep *w, const struct crossing *c)
{
	const struct summary_cell *cell = w->cell[w->count - 1];
	struct scaling_estimate task = { exp(c->x), exp(c->low), exp(c->high) };
	char name[128], text[64];

	snprintf(name, sizeof name, "%.80s, p = %u", summary_variant_name(f->s, cell), cell->workers);
	if (c->reason == CROSSING_FOUND)
		add(f, FINDING_METG, cell, task, "%s: a task must be at least %s to run at half efficiency", name,
			words_time_interval(task.value, task.low, task.high, text, sizeof text));
	else if (c->reason == CROSSING_BELOW_RANGE)
		add(f, FINDING_METG, cell, refused,
			"%s, runs above half efficiency with every task measured, from %s on", name,
			text_time(exp(w->x[0]), text, sizeof text));
	else if (c->reason == CROSSING_ABOVE_RANGE)
		add(f, FINDING_METG, cell, refused,
			"%s, stays below half efficiency with every task measured, up to %s", name,
			text_time(exp(w->x[w->count - 1]), text, sizeof text));
	else
		add(f, FINDING_METG, cell, refused, "%s: %s", name, c->reason == CROSSING_TOO_FEW
			? "the least task for half efficiency needs two sizes of task or more, of six blocks each"
			: c->reason == CROSSING_NOT_BRACKETED
			? "no least task for half efficiency: it wants one surely below, and a larger one surely above"
			: "no least task for half efficiency: larger tasks are not always better here");
}

/* The same variant and workers: along n when all parameters agree, along the grain when all others do. */
static bool belongs(const struct summary *s, const struct summary_cell *first, const struct summary_cell *cell,
	const char *grain)
{
	if (cell->lesson != first->lesson || cell->variant != first->variant || cell->workers != first->workers
		|| !has_speedup(cell) || isnan(task_s(s, cell)))
		return false;
	return params_agree(cell->params, first->params, grain);
}

/* All cells of the sweep that cell `at` begins; empty when an earlier cell began it. */
static struct sweep gather(const struct summary *s, unsigned at, const char *grain)
{
	struct sweep w = { 0 };

	for (unsigned i = 0; i < s->cells && w.count < MOST_POINTS; i++) {
		if (!belongs(s, s->cell[at], s->cell[i], grain))
			continue;
		if (i < at)
			return (struct sweep){ 0 };
		w.x[w.count] = log(grain ? task_s(s, s->cell[i]) : (double)s->cell[i]->n);
		w.cell[w.count++] = s->cell[i];
	}
	return w;
}

static bool same_params(const struct sweep *w)
{
	for (unsigned i = 1; i < w->count; i++)
		if (strcmp(w->cell[i]->params, w->cell[0]->params) != 0)
			return false;
	return true;
}

static void variant_sweeps(struct findings *f, unsigned at)
{
	const struct summary_cell *cell = f->s->cell[at];
	const char *grain = f->s->lesson[cell->lesson].grain;
	struct crossing crossing;

	if (!has_speedup(cell) || isnan(task_s(f->s, cell)))
		return;
	struct sweep sizes = gather(f->s, at, NULL);
	if (!f->s->weak && sizes.count > 1 && cross(f->s, &sizes, 0, &crossing) == 0)
		crossover_sentence(f, &sizes, &crossing);
	struct sweep grains = grain ? gather(f->s, at, grain) : (struct sweep){ 0 };
	if (grains.count > 1 && !same_params(&grains)
		&& cross(f->s, &grains, log(0.5 * cell->workers), &crossing) == 0)
		metg_sentence(f, &grains, &crossing);
}

/* ---- all of them ---- */

int findings_make(struct summary *s)
{
	struct findings f = { .s = s };

	for (unsigned begin = 0, end; begin < s->cells; begin = end) {
		const struct summary_cell *first = s->cell[begin];
		for (end = begin; end < s->cells && summary_same_problem(first, s->cell[end])
			&& s->cell[end]->variant == first->variant; end++)
			;
		if (s->lesson[first->lesson].is_capacity || s->lesson[first->lesson].is_bandwidth || first->document)
			continue;
		variant_laws(&f, begin, end);
		for (unsigned i = begin; i < end; i++)
			variant_sweeps(&f, i);
	}
	if (f.error < 0) {
		free(f.list);
		return f.error;
	}
	free(s->finding);
	s->finding = f.list;
	s->findings = f.count;
	return 0;
}
