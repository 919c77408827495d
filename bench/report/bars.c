/* SPDX-License-Identifier: MIT */
/* bars.c -- what each variant takes, as gnuplot's data: a row per cell, a panel per size. */
#include "bench/base/text.h"
#include "bench/report/chart.h"
#include "bench/report/words.h"

#include <math.h>
#include <stdlib.h>

/* A panel's unit, and its longest bar in that unit; longer ones, if any, are cut there. */
struct panel {
	const struct group *cells;
	struct chart_scale scale;
	double longest;
	bool cuts;
};

/* Where a bar and its interval end, in seconds. */
static double end_of(const struct summary_measure *m)
{
	return fmax(m->median_s, m->high_s);    /* fmax passes over NAN */
}

static int by_size(const void *left, const void *right)
{
	const double *a = left, *b = right;
	return (*a > *b) - (*a < *b);
}

/* The end of the longest bar of all; or, where a few (Python's) would leave the others no length to be seen, half as
 * much again as the longest of the others. */
static double choose_longest(double *end, unsigned ends, bool *cuts)
{
	*cuts = false;
	qsort(end, ends, sizeof *end, by_size);
	for (unsigned i = (ends + 1) / 2; i < ends; i++)
		if (end[i - 1] > 0 && end[i] > 8 * end[i - 1]) {
			*cuts = true;
			return 1.5 * end[i - 1];
		}
	return ends > 0 ? end[ends - 1] : 0;
}

static struct panel choose_panel(const struct view *v, const struct group *g, const struct chart_rows *rows)
{
	struct panel p = { .cells = g, .longest = 1 };
	double end[SUMMARY_REGIMES * CHART_ROWS], seconds;
	unsigned ends = 0;

	for (unsigned i = 0; i < rows->count; i++)
		for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
			const struct summary_measure *m = chart_timed(chart_in_group(v, g, rows->cell[i]), r);
			if (m != NULL)
				end[ends++] = end_of(m);
		}
	seconds = choose_longest(end, ends, &p.cuts);
	p.scale = chart_scale(seconds);
	if (seconds > 0)
		p.longest = seconds / p.scale.seconds;
	return p;
}

static bool is_cut(const struct summary_measure *m, const struct panel *p)
{
	return m != NULL && end_of(m) / p->scale.seconds > p->longest;
}

/* NAN stays what it is. */
static double within(double seconds, const struct panel *p)
{
	double length = seconds / p->scale.seconds;
	return length > p->longest ? p->longest : length;
}

/* Words stand after the bar and its interval; where there is no bar, at its place. */
static void write_end(FILE *out, const struct summary_measure *m, const struct panel *p)
{
	chart_number(out, m ? within(end_of(m), p) : 0);
}

static void write_bar(FILE *out, const struct summary_measure *m, const struct panel *p)
{
	chart_number(out, m ? within(m->median_s, p) : (double)NAN);
	chart_number(out, m ? within(m->low_s, p) : (double)NAN);
	chart_number(out, m ? within(m->high_s, p) : (double)NAN);
}

static void write_panel(FILE *out, const struct view *v, const struct panel *p, const struct chart_rows *rows)
{
	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_cell *cell = chart_in_group(v, p->cells, rows->cell[i]);
		const struct summary_measure *warm = chart_timed(cell, SUMMARY_WARM);
		const struct summary_measure *cold = chart_timed(cell, SUMMARY_COLD);
		fprintf(out, "%u %.4g", i + 1, rows->y[i]);
		write_bar(out, warm, p);
		write_bar(out, cold, p);
		fprintf(out, " %u", chart_slot(v, rows->cell[i]));
		write_end(out, warm, p);
		write_end(out, cold, p);
		fprintf(out, " %d %d\n", is_cut(warm, p), is_cut(cold, p));
	}
}

/* The time in words, or beside the warm bar's place why there is none. */
static void write_words(FILE *out, const struct view *v, const struct group *g, const struct chart_rows *rows)
{
	char text[64];

	for (unsigned i = 0; i < rows->count; i++)
		for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
			const struct summary_cell *cell = chart_in_group(v, g, rows->cell[i]);
			const struct summary_measure *m = chart_timed(cell, r);
			text[0] = '\0';
			if (m != NULL)
				chart_micro(text_time(m->median_s, text, sizeof text), sizeof text);
			else if (cell != NULL && r == SUMMARY_WARM)
				summary_verdict_text(v->s, cell, r, text, sizeof text);
			fputs(i + r > 0 ? ", " : "", out);
			chart_quote(out, text, 20);
		}
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
	const unsigned panels = v->document.begin < v->document.end ? 2 : 1;
	const struct chart_rows rows = chart_rows(v, true);
	struct panel panel[2];

	chart_title_best(out, v);
	chart_rows_write(out, v, &rows);
	fputs("\n$bars << EOD\n", out);
	for (unsigned i = 0; i < panels; i++) {
		panel[i] = choose_panel(v, groups[i], &rows);
		fputs(i ? "\n\n" : "", out);
		write_panel(out, v, &panel[i], &rows);
	}
	fprintf(out, "EOD\npanels = %u\narray text[%u] = [", panels, 2 * panels * rows.count);
	for (unsigned i = 0; i < panels; i++) {
		fputs(i ? ", " : "", out);
		write_words(out, v, groups[i], &rows);
	}
	fputs("]\n", out);
	fprintf(out, "array heading[%u]\narray unit[%u]\narray longest[%u]\n", panels, panels, panels);
	for (unsigned i = 0; i < panels; i++) {
		fprintf(out, "unit[%u] = '%s'\nlongest[%u] = %.9g\nheading[%u] = ", i + 1, panel[i].scale.unit, i + 1,
			panel[i].longest, i + 1);
		write_heading(out, v, groups[i]);
		putc('\n', out);
	}
	chart_caption(out, v, "Medians of", "");
	if (panel[0].cuts || (panels > 1 && panel[1].cuts))
		fputs("caption = caption.'; what has a gap is longer than drawn'\n", out);
	chart_rows_missing(out, &rows);
	fprintf(out, "height = %.0f\n", chart_rows_height(&rows));
	return true;
}
