/* SPDX-License-Identifier: MIT */
/* lines.c -- values against the number of workers, as gnuplot's data.  See lines.h. */
#include "bench/report/lines.h"

#include "bench/report/words.h"

#include <limits.h>
#include <math.h>

static const struct summary_measure *warm(const struct summary_cell *cell)
{
	return &cell->regime[SUMMARY_WARM];
}

static bool is_drawn(const struct lines *l, const struct summary_cell *cell)
{
	return isfinite(l->kind->value(l->v, cell).value);
}

/* fmin and fmax pass over NAN. */
static void look_at(struct lines *l, const struct summary_cell *cell)
{
	struct lines_value e = l->kind->value(l->v, cell);

	l->least_value = fmin(l->least_value, e.value);
	l->most_value = fmax(l->most_value, e.value);
	l->least = fmin(l->least, fmin(e.value, e.low));
	l->greatest = fmax(l->greatest, fmax(e.value, e.high));
	for (unsigned b = 0; b < warm(cell)->blocks; b++) {
		double block = l->kind->block(cell, &warm(cell)->block[b]);
		l->least_block = fmin(l->least_block, block);
		l->greatest_block = fmax(l->greatest_block, block);
	}
}

struct lines lines_make(const struct view *v, const struct lines_kind *kind)
{
	struct lines l = { .v = v, .kind = kind, .most = chart_most_workers(v), .least_value = NAN, .most_value = NAN,
		.least = NAN, .greatest = NAN, .least_block = NAN, .greatest_block = NAN, .top = 1 };
	unsigned last = UINT_MAX, workers = 0;

	l.octaves = l.most > 16;
	l.single = true;
	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		if (!is_drawn(&l, v->s->cell[i]))
			continue;
		look_at(&l, v->s->cell[i]);
		l.single = l.single && (workers == 0 || v->s->cell[i]->workers == workers);
		workers = v->s->cell[i]->workers;
		l.drawn += v->s->cell[i]->variant != last;
		last = v->s->cell[i]->variant;
	}
	if (l.single && l.drawn > 0)
		l.most = workers;
	return l;
}

/* In [-0.5, 0.5), evenly spread however many there are: the golden ratio's multiples. */
static double jitter(unsigned block)
{
	double x = block * 0.6180339887498949;
	return x - floor(x) - 0.5;
}

static void write_points(FILE *out, const struct lines *l, const struct summary_cell *cell)
{
	for (unsigned b = 0; b < warm(cell)->blocks; b++) {
		double block = l->kind->block(cell, &warm(cell)->block[b]);
		if (isfinite(block))
			fprintf(out, "%u %.9g %.3f\n", cell->workers, block, jitter(b));
	}
}

void lines_row(FILE *out, unsigned workers, struct lines_value e)
{
	bool has_interval = isfinite(e.low) && isfinite(e.high);

	fprintf(out, "%u", workers);
	chart_number(out, e.value);
	chart_number(out, has_interval ? e.low : e.value);
	chart_number(out, has_interval ? e.high : e.value);
	putc('\n', out);
}

static void write_estimate(FILE *out, const struct lines *l, const struct summary_cell *cell)
{
	lines_row(out, cell->workers, l->kind->value(l->v, cell));
}

/* An index per variant: two empty lines between them. */
static void per_variant(FILE *out, const struct lines *l, const char *block,
	void (*write)(FILE *, const struct lines *, const struct summary_cell *))
{
	unsigned last = UINT_MAX;

	fprintf(out, "\n$%s << EOD\n", block);
	for (unsigned i = l->v->main.begin; i < l->v->main.end; i++) {
		const struct summary_cell *cell = l->v->s->cell[i];
		if (!is_drawn(l, cell))
			continue;
		if (last != UINT_MAX && cell->variant != last)
			fputs("\n\n", out);
		last = cell->variant;
		write(out, l, cell);
	}
	fputs("EOD\n", out);
}

/* What the key says: the variant, and its value at its largest p. */
static void write_names(FILE *out, const struct lines *l)
{
	char name[100], value[40], text[CHART_TEXT];
	unsigned last = UINT_MAX, at = 0;

	/* one more than are drawn: gnuplot looks at the first even when there is none */
	fprintf(out, "array slot[%u]\narray name[%u]\n", l->drawn + 1, l->drawn + 1);
	fprintf(out, "slot[%u] = 0\nname[%u] = ''\n", l->drawn + 1, l->drawn + 1);
	for (unsigned i = l->v->main.begin; i < l->v->main.end; i++) {
		const struct summary_cell *cell = l->v->s->cell[i];
		if (!is_drawn(l, cell))
			continue;
		at += cell->variant != last;
		last = cell->variant;
		words_clean(summary_variant_name(l->v->s, cell), 20, name, sizeof name);
		l->kind->words(l->kind->value(l->v, cell).value, value, sizeof value);
		if (cell->workers == l->most)
			snprintf(text, sizeof text, "%s: %s", name, value);
		else
			snprintf(text, sizeof text, "%s: %s (p = %u)", name, value, cell->workers);
		fprintf(out, "slot[%u] = %u\nname[%u] = ", at, chart_slot(l->v, cell), at);
		chart_quote(out, text, 36);
		putc('\n', out);
	}
}

void lines_write(FILE *out, const struct lines *l)
{
	per_variant(out, l, "points", write_points);
	per_variant(out, l, "estimates", write_estimate);
	write_names(out, l);
	fprintf(out, "drawn = %u\nmost = %u\nsingle = %d\noctaves = %d\nsteep = %d\nlow = %.9g\ntop = %.9g\n"
		"height = 600\n", l->drawn, l->most, l->single, l->octaves, l->steep, l->low, l->top);
}

void lines_caption(FILE *out, const struct lines *l, const char *what)
{
	unsigned dots = 0, beyond = 0;
	char more[160] = " (small dots)";

	for (unsigned i = l->v->main.begin; i < l->v->main.end; i++) {
		const struct summary_cell *cell = l->v->s->cell[i];
		for (unsigned b = 0; b < warm(cell)->blocks && is_drawn(l, cell); b++) {
			double block = l->kind->block(cell, &warm(cell)->block[b]);
			dots += isfinite(block) ? 1 : 0;
			beyond += isfinite(block) && (block > l->top || block < l->low) ? 1 : 0;
		}
	}
	if (beyond > 0)
		snprintf(more, sizeof more, " (small dots; %u of %u lie beyond the frame)", beyond, dots);
	chart_caption(out, l->v, what, more);
}
