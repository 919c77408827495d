/* SPDX-License-Identifier: MIT */
/* phases.c -- which share of its time a cell starts, works and ends, as gnuplot's data: a row per cell, a panel per
 * regime. */
#include "bench/base/text.h"
#include "bench/report/chart.h"
#include "bench/report/words.h"

#include <math.h>

static const char *const heading[SUMMARY_REGIMES] = {
	[SUMMARY_WARM] = "warm: workers stand ready",
	[SUMMARY_COLD] = "cold: start, solve, stop",
};

/* Medians add up to about the median of the whole; shares are those of their sum.  NAN where a program does not
 * stamp. */
static double whole(const struct summary_measure *m)
{
	double sum = m ? m->startup_s + m->work_s + m->teardown_s : (double)NAN;
	return sum > 0 ? sum : (double)NAN;
}

static double overhead(const struct summary_measure *m)
{
	return (m->startup_s + m->teardown_s) / whole(m);
}

/* Row, y, and where start-up, work and tear-down end, in percent. */
static void write_panel(FILE *out, const struct chart_rows *rows, enum summary_regime regime)
{
	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_measure *m = chart_timed(rows->cell[i], regime);
		double all = whole(m);
		fprintf(out, "%u %.4g", i + 1, rows->y[i]);
		chart_number(out, isnan(all) ? all : 100 * m->startup_s / all);
		chart_number(out, isnan(all) ? all : 100 * (m->startup_s + m->work_s) / all);
		chart_number(out, isnan(all) ? all : 100);
		putc('\n', out);
	}
}

/* The time in words; or why there is none. */
static void write_words(FILE *out, const struct view *v, const struct chart_rows *rows, enum summary_regime regime)
{
	char text[64];

	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_measure *m = chart_timed(rows->cell[i], regime);
		if (m == NULL)
			summary_verdict_text(v->s, rows->cell[i], regime, text, sizeof text);
		else if (isnan(whole(m)))
			snprintf(text, sizeof text, "phases not known");
		else
			chart_micro(text_time(m->median_s, text, sizeof text), sizeof text);
		fputs(i + regime > 0 ? ", " : "", out);
		chart_quote(out, text, 20);
	}
}

/* Of all variants but serial, the cell that starts and ends longest, with most workers; NULL: none is known. */
static const struct summary_cell *worst(const struct view *v, enum summary_regime regime)
{
	const struct summary_cell *worst = NULL;

	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		const struct summary_measure *m = chart_timed(cell, regime);
		if (isnan(whole(m)) || chart_is_serial(v, cell))
			continue;
		if (worst == NULL || cell->workers > worst->workers || (cell->workers == worst->workers
			&& overhead(m) > overhead(&worst->regime[regime])))
			worst = cell;
	}
	return worst;
}

/* "Pool.map: fork_pool spends 84 % of a cold run on starting and ending 2 workers" */
static void write_title(FILE *out, struct view *v, const struct summary_cell *cell, enum summary_regime regime)
{
	const char *of = summary_regime_name[regime];
	double percent = 100 * overhead(&cell->regime[regime]);
	char name[100];

	words_clean(summary_variant_name(v->s, cell), 20, name, sizeof name);
	if (percent < 1)
		chart_title(out, v, "less than 1 %% of any %s run goes into starting and ending workers", of);
	else
		chart_title(out, v, "%s spends %.0f %% of a %s run on starting and ending %u worker%s", name,
			percent > 99 ? floor(percent) : percent, of, cell->workers, cell->workers == 1 ? "" : "s");
}

static bool anything_is_known(const struct view *v)
{
	for (unsigned i = v->main.begin; i < v->main.end; i++)
		for (unsigned r = 0; r < SUMMARY_REGIMES; r++)
			if (!isnan(whole(chart_timed(v->s->cell[i], r))))
				return true;
	return false;
}

bool phases_write(FILE *out, struct view *v)
{
	const struct chart_rows rows = chart_rows(v, false);
	const struct summary_cell *cold = worst(v, SUMMARY_COLD), *warm = worst(v, SUMMARY_WARM);
	char blocks[64], text[160];

	if (!anything_is_known(v))
		return chart_refuse(v, "no run that gave a right answer says when its workers began and ended");
	if (cold != NULL || warm != NULL)
		write_title(out, v, cold ? cold : warm, cold ? SUMMARY_COLD : SUMMARY_WARM);
	else
		chart_title(out, v, "only serial's phases are known");
	chart_rows_write(out, v, &rows);
	fprintf(out, "panels = %d\narray heading[%d] = [", SUMMARY_REGIMES, SUMMARY_REGIMES);
	for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
		fputs(r ? ", " : "", out);
		chart_quote(out, heading[r], 60);
	}
	fprintf(out, "]\narray text[%u] = [", SUMMARY_REGIMES * rows.count);
	for (unsigned r = 0; r < SUMMARY_REGIMES; r++)
		write_words(out, v, &rows, r);
	fputs("]\n\n$phases << EOD\n", out);
	for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
		fputs(r ? "\n\n" : "", out);
		write_panel(out, &rows, r);
	}
	fputs("EOD\n", out);
	snprintf(text, sizeof text, "Medians of %s; at the end of a bar the whole time",
		chart_blocks(v, blocks, sizeof blocks));
	chart_set(out, "caption", text, 150);
	chart_rows_missing(out, &rows);
	fprintf(out, "height = %.0f\n", chart_rows_height(&rows));
	return true;
}
