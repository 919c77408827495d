/* SPDX-License-Identifier: MIT */
/* chart_rows.c -- what the kinds share that have a row for every cell: time, phases, spread. */
#include "bench/report/chart.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

enum { FEW = 16 };      /* cells: up to FEW show every p */

const struct summary_cell *chart_in_group(const struct view *v, const struct group *g, const struct summary_cell *like)
{
	for (unsigned i = g->begin; i < g->end; i++)
		if (v->s->cell[i]->variant == like->variant && v->s->cell[i]->workers == like->workers)
			return v->s->cell[i];
	return NULL;
}

static void take(struct chart_rows *rows, const struct summary_cell *cell)
{
	if (rows->count < CHART_ROWS)
		rows->cell[rows->count++] = cell;
	else
		rows->left_out++;
}

static bool comes_before(const struct summary_cell *a, const struct summary_cell *b)
{
	return a->variant != b->variant ? a->variant < b->variant : a->workers < b->workers;
}

static void put_in_order(struct chart_rows *rows)
{
	for (unsigned i = 1; i < rows->count; i++)
		for (unsigned j = i; j > 0 && comes_before(rows->cell[j], rows->cell[j - 1]); j--) {
			const struct summary_cell *cell = rows->cell[j];
			rows->cell[j] = rows->cell[j - 1];
			rows->cell[j - 1] = cell;
		}
}

struct chart_rows chart_rows(const struct view *v, bool document_too)
{
	struct chart_rows rows = { 0 };
	bool all = v->main.end - v->main.begin <= FEW;
	double y = 0.7;

	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		if (all || cell->workers == 1 || cell->workers == chart_most_workers(v))
			take(&rows, cell);
		else
			rows.left_out++;
	}
	for (unsigned i = v->document.begin; i < v->document.end && document_too; i++)
		if (chart_in_group(v, &v->main, v->s->cell[i]) == NULL)
			take(&rows, v->s->cell[i]);
	put_in_order(&rows);
	for (unsigned i = rows.count; i-- > 0; y += 1) {
		rows.y[i] = y;
		if (i > 0 && rows.cell[i]->variant != rows.cell[i - 1]->variant)
			y += 0.25;
	}
	return rows;
}

void chart_rows_write(FILE *out, const struct view *v, const struct chart_rows *rows)
{
	char name[128], text[160];

	fprintf(out, "rows = %u\narray y[%u] = [", rows->count, rows->count);
	for (unsigned i = 0; i < rows->count; i++)
		fprintf(out, "%s%.4g", i ? ", " : "", rows->y[i]);
	fprintf(out, "]\narray label[%u] = [", rows->count);
	for (unsigned i = 0; i < rows->count; i++) {
		words_clean(summary_variant_name(v->s, rows->cell[i]), 20, name, sizeof name);
		if (chart_is_serial(v, rows->cell[i]))
			snprintf(text, sizeof text, "%s", name);
		else
			snprintf(text, sizeof text, "%s, p = %u", name, rows->cell[i]->workers);
		fputs(i ? ", " : "", out);
		chart_quote(out, text, 32);
	}
	fputs("]\n", out);
}

void chart_rows_missing(FILE *out, const struct chart_rows *rows)
{
	char text[160] = "";

	if (rows->left_out > 0)
		snprintf(text, sizeof text,
			"Only the smallest and the largest p are shown; all %u cells are in summary.csv",
			rows->count + rows->left_out);
	chart_set(out, "missing", text, 150);
}

double chart_rows_height(const struct chart_rows *rows)
{
	return 254 + 34 * rows->y[0];
}

/* A wrong answer has no time. */
const struct summary_measure *chart_timed(const struct summary_cell *cell, enum summary_regime regime)
{
	if (cell == NULL || cell->regime[regime].verdict == SUMMARY_FAILED || cell->regime[regime].blocks == 0)
		return NULL;
	return &cell->regime[regime];
}

struct chart_scale chart_scale(double seconds)
{
	static const struct chart_scale scales[] = { { "s", 1 }, { "ms", 1e-3 }, { "µs", 1e-6 }, { "ns", 1e-9 } };
	unsigned unit = 0;

	while (unit < 3 && seconds > 0 && seconds < scales[unit].seconds)
		unit++;
	return scales[unit];
}
