/* SPDX-License-Identifier: MIT */
/* serial_share.c -- Karp and Flatt's e(p) of each variant, as gnuplot's data: flat as a serial share is, or rising. */
#include "bench/base/scaling.h"
#include "bench/report/findings.h"
#include "bench/report/lines.h"
#include "bench/report/words.h"

#include <math.h>

static const struct finding *share_of(const struct view *v, const struct summary_cell *cell)
{
	for (unsigned i = 0; i < v->s->findings; i++)
		if (v->s->finding[i].kind == FINDING_SERIAL_SHARE && v->s->finding[i].cell == cell)
			return &v->s->finding[i];
	return NULL;
}

/* In percent.  Above 100 the variant is slower than serial: then this is no share of anything. */
static struct lines_value value(const struct view *v, const struct summary_cell *cell)
{
	const struct finding *f = share_of(v, cell);

	if (f == NULL || !(f->value <= 1))
		return (struct lines_value){ NAN, NAN, NAN };
	return (struct lines_value){ 100 * f->value, 100 * f->low, 100 * f->high };
}

static double of_block(const struct summary_cell *cell, const struct summary_block *block)
{
	return block->ratio > 0 ? 100 * scaling_karp_flatt(block->ratio, cell->workers) : (double)NAN;
}

static char *words(double percent, char *out, size_t size)
{
	snprintf(out, size, "%.*f %%", fabs(percent) < 9.95 ? 1 : 0, percent);
	return out;
}

static const struct lines_kind kind = { value, of_block, words };

/* The frame holds 0 and all intervals, but nothing above 110 %; blocks may stretch it by a quarter. */
static void choose_frame(struct lines *l)
{
	double low = fmin(0, l->least), top = fmin(110, fmax(1, l->greatest)), span = top - low;

	l->top = fmax(top, fmin(l->greatest_block, top + 0.25 * span)) + 0.03 * span;
	l->low = low < 0 || l->least_block < 0 ? fmin(low, fmax(l->least_block, low - 0.25 * span)) - 0.03 * span : 0;
}

/* The least share with most workers: what the best variant leaves undivided. */
static const struct summary_cell *least_share(const struct lines *l)
{
	const struct summary_cell *best = NULL;

	for (unsigned i = l->v->main.begin; i < l->v->main.end; i++) {
		const struct summary_cell *cell = l->v->s->cell[i];
		double share = value(l->v, cell).value;
		if (!isnan(share) && (best == NULL || cell->workers > best->workers
			|| (cell->workers == best->workers && share < value(l->v, best).value)))
			best = cell;
	}
	return best;
}

static void write_title(FILE *out, struct view *v, const struct lines *l)
{
	const struct summary_cell *best = least_share(l);
	struct lines_value share = value(v, best);
	char name[100], text[40];

	words_clean(summary_variant_name(v->s, best), 20, name, sizeof name);
	words(share.value, text, sizeof text);
	if (share.high < 0)
		chart_title(out, v, "%s gains more than its %u workers explain", name, best->workers);
	else if (!(share.low > 0))
		chart_title(out, v, "no serial part is to be seen in %s with %u workers", name, best->workers);
	else
		chart_title(out, v, "%s of %s behaves as if it were serial, with %u workers", text, name,
			best->workers);
}

/* "slower than serial", or as chart_missing() says it. */
static const char *why_not(const struct view *v, const struct summary_cell *cell, char *out, size_t size)
{
	const struct finding *f = share_of(v, cell);

	if (cell->workers < 2 && chart_has_speedup(cell))
		return NULL;
	if (f == NULL)
		return chart_why_missing(v, cell, out, size);
	return f->value <= 1 ? NULL : "slower than serial";
}

bool serial_share_write(FILE *out, struct view *v)
{
	struct lines l = lines_make(v, &kind);

	if (chart_most_workers(v) < 2)
		return chart_refuse(v, "a serial share shows with two workers or more: run with --workers 1,2,4");
	if (v->s->cell[v->main.begin]->document)
		return chart_refuse(v, "the serial share needs a measured size, and only the document's was run");
	if (l.drawn == 0)
		return chart_refuse(v, "no variant with two workers or more is faster than serial: none has a share");
	choose_frame(&l);
	write_title(out, v, &l);
	lines_write(out, &l);
	lines_caption(out, &l, "e(p) = (1/S - 1/p) / (1 - 1/p) of speedups S from");
	chart_missing_because(out, v, why_not, "");
	return true;
}
