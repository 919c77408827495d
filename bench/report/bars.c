/* SPDX-License-Identifier: MIT */
/* bars.c -- what each variant takes, as gnuplot's data: a row per cell, a panel per size. */
#include "bench/base/text.h"
#include "bench/report/chart.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

enum { FEW = 16, MOST = 64 };   /* rows: up to FEW show every p; MOST at all */

struct bar_rows {
	unsigned count, left_out;
	double y[MOST];                 /* from the bottom of the frame; variants stand apart */
	const struct summary_cell *cell[MOST];
};

struct scale {
	const char *unit;
	double seconds, longest;        /* longest: in that unit */
};

/* Every p where there are few, else the first and the last. */
static struct bar_rows choose_rows(const struct view *v)
{
	struct bar_rows rows = { 0 };
	bool all = v->main.end - v->main.begin <= FEW;
	double y = 0.7;

	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		if ((all || cell->workers == 1 || cell->workers == chart_most_workers(v)) && rows.count < MOST)
			rows.cell[rows.count++] = cell;
		else
			rows.left_out++;
	}
	for (unsigned i = rows.count; i-- > 0; y += 1) {
		rows.y[i] = y;
		if (i > 0 && rows.cell[i]->variant != rows.cell[i - 1]->variant)
			y += 0.25;
	}
	return rows;
}

static const struct summary_cell *in_group(const struct view *v, const struct group *g, const struct summary_cell *row)
{
	for (unsigned i = g->begin; i < g->end; i++)
		if (v->s->cell[i]->variant == row->variant && v->s->cell[i]->workers == row->workers)
			return v->s->cell[i];
	return NULL;
}

/* A wrong answer has no time, and so no bar. */
static const struct summary_measure *bar_of(const struct summary_cell *cell, enum summary_regime regime)
{
	if (cell == NULL || cell->regime[regime].verdict == SUMMARY_FAILED || cell->regime[regime].blocks == 0)
		return NULL;
	return &cell->regime[regime];
}

static struct scale choose_scale(const struct view *v, const struct group *g, const struct bar_rows *rows)
{
	static const struct scale scales[] = {
		{ "s", 1, 1 }, { "ms", 1e-3, 1 }, { "µs", 1e-6, 1 }, { "ns", 1e-9, 1 },
	};
	double seconds = 0;
	unsigned unit = 0;

	for (unsigned i = 0; i < rows->count; i++)
		for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
			const struct summary_measure *m = bar_of(in_group(v, g, rows->cell[i]), r);
			if (m != NULL)
				seconds = fmax(seconds, fmax(m->median_s, m->high_s));  /* fmax passes over NAN */
		}
	while (unit < 3 && seconds > 0 && seconds < scales[unit].seconds)
		unit++;
	struct scale scale = scales[unit];
	if (seconds > 0)
		scale.longest = seconds / scale.seconds;
	return scale;
}

/* Words stand after the bar and its interval; where there is no bar, at its place. */
static void write_end(FILE *out, const struct summary_measure *m, double unit)
{
	chart_number(out, m ? fmax(m->median_s, m->high_s) / unit : 0);
}

static void write_bar(FILE *out, const struct summary_measure *m, double unit)
{
	chart_number(out, m ? m->median_s / unit : (double)NAN);
	chart_number(out, m ? m->low_s / unit : (double)NAN);
	chart_number(out, m ? m->high_s / unit : (double)NAN);
}

static void write_panel(FILE *out, const struct view *v, const struct group *g, const struct bar_rows *rows,
	double unit)
{
	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_cell *cell = in_group(v, g, rows->cell[i]);
		fprintf(out, "%u %.4g", i + 1, rows->y[i]);
		write_bar(out, bar_of(cell, SUMMARY_WARM), unit);
		write_bar(out, bar_of(cell, SUMMARY_COLD), unit);
		fprintf(out, " %u", chart_slot(v, rows->cell[i]));
		write_end(out, bar_of(cell, SUMMARY_WARM), unit);
		write_end(out, bar_of(cell, SUMMARY_COLD), unit);
		putc('\n', out);
	}
}

/* The time in words, or beside the warm bar's place why there is none. */
static void write_words(FILE *out, const struct view *v, const struct group *g, const struct bar_rows *rows)
{
	char text[64];

	for (unsigned i = 0; i < rows->count; i++)
		for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
			const struct summary_cell *cell = in_group(v, g, rows->cell[i]);
			const struct summary_measure *m = bar_of(cell, r);
			text[0] = '\0';
			if (m != NULL)
				chart_micro(text_time(m->median_s, text, sizeof text), sizeof text);
			else if (cell != NULL && r == SUMMARY_WARM)
				summary_verdict_text(v->s, cell, r, text, sizeof text);
			fputs(i + r > 0 ? ", " : "", out);
			chart_quote(out, text, 20);
		}
}

static void write_rows(FILE *out, const struct view *v, const struct bar_rows *rows)
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

static void write_heading(FILE *out, const struct view *v, const struct group *g)
{
	char n[32], text[CHART_TEXT];
	const struct summary_cell *first = v->s->cell[g->begin];

	snprintf(text, sizeof text, "%s: n = %s", first->document ? "the document's size" : "measured",
		text_count(first->n, n, sizeof n));
	chart_quote(out, text, 48);
}

bool bars_write(FILE *out, struct view *v)
{
	const struct group *groups[] = { &v->main, &v->document };
	unsigned panels = v->document.begin < v->document.end ? 2 : 1;
	struct bar_rows rows = choose_rows(v);
	struct scale scale[2];
	char or_else[160] = "";

	chart_title_best(out, v);
	write_rows(out, v, &rows);
	fputs("\n$bars << EOD\n", out);
	for (unsigned i = 0; i < panels; i++) {
		scale[i] = choose_scale(v, groups[i], &rows);
		fputs(i ? "\n\n" : "", out);
		write_panel(out, v, groups[i], &rows, scale[i].seconds);
	}
	fprintf(out, "EOD\npanels = %u\narray text[%u] = [", panels, 2 * panels * rows.count);
	for (unsigned i = 0; i < panels; i++) {
		fputs(i ? ", " : "", out);
		write_words(out, v, groups[i], &rows);
	}
	fputs("]\n", out);
	fprintf(out, "array heading[%u]\narray unit[%u]\narray longest[%u]\n", panels, panels, panels);
	for (unsigned i = 0; i < panels; i++) {
		fprintf(out, "unit[%u] = '%s'\nlongest[%u] = %.9g\nheading[%u] = ", i + 1, scale[i].unit, i + 1,
			scale[i].longest, i + 1);
		write_heading(out, v, groups[i]);
		putc('\n', out);
	}
	chart_caption(out, v, "Medians of", "");
	if (rows.left_out > 0)
		snprintf(or_else, sizeof or_else, "Only the smallest and the largest p are shown; all %u cells are in "
			"summary.csv", rows.count + rows.left_out);
	chart_set(out, "missing", or_else, 150);
	fprintf(out, "height = %.0f\n", 254 + 34 * rows.y[0]);
	return true;
}
