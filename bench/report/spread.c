/* SPDX-License-Identifier: MIT */
/* spread.c -- the raw time of every block, as gnuplot's data: a row of dots per cell, a panel per regime. */
#include "bench/base/text.h"
#include "bench/report/chart.h"
#include "bench/report/words.h"

#include <math.h>

static const char *const heading[SUMMARY_REGIMES] = {
	[SUMMARY_WARM] = "warm: workers stand ready",
	[SUMMARY_COLD] = "cold: start, solve, stop",
};

struct axis {
	struct chart_scale scale;
	bool steep;                     /* logarithmic: more than a decade */
	double low, top;                /* in the unit */
};

/* Times of 0 have no place on a logarithmic axis, and say nothing on any. */
static struct axis choose_axis(const struct chart_rows *rows, enum summary_regime regime)
{
	double least = NAN, most = NAN;

	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_measure *m = chart_timed(rows->cell[i], regime);
		for (unsigned b = 0; m != NULL && b < m->blocks; b++)
			if (m->block[b].time_s > 0) {
				least = fmin(least, m->block[b].time_s);
				most = fmax(most, m->block[b].time_s);
			}
	}
	if (isnan(most))
		return (struct axis){ chart_scale(1), false, 0, 1 };
	struct axis a = { .scale = chart_scale(most), .steep = most > 10 * least };
	least /= a.scale.seconds;
	most /= a.scale.seconds;
	double margin = fmax(0.04 * (most - least), 1e-3 * most);
	a.low = a.steep ? least / 1.15 : fmax(0, least - margin);
	a.top = a.steep ? most * 1.15 : most + margin;
	return a;
}

/* In [-0.5, 0.5), evenly spread however many there are: the golden ratio's multiples. */
static double jitter(unsigned block)
{
	double x = block * 0.6180339887498949;
	return x - floor(x) - 0.5;
}

/* Row, y, time, jitter, slot, disturbed. */
static void write_dots(FILE *out, const struct view *v, const struct chart_rows *rows, enum summary_regime regime,
	double unit)
{
	fputs("0 NaN NaN 0 0 0\n", out);        /* an empty index would be none */
	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_measure *m = chart_timed(rows->cell[i], regime);
		for (unsigned b = 0; m != NULL && b < m->blocks; b++)
			fprintf(out, "%u %.4g %.6g %.3f %u %d\n", i + 1, rows->y[i], m->block[b].time_s / unit,
				jitter(b), chart_slot(v, rows->cell[i]), m->block[b].disturbed);
	}
}

/* Row, y, median, low, high, slot. */
static void write_medians(FILE *out, const struct view *v, const struct chart_rows *rows, enum summary_regime regime,
	double unit)
{
	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_measure *m = chart_timed(rows->cell[i], regime);
		fprintf(out, "%u %.4g", i + 1, rows->y[i]);
		chart_number(out, m ? m->median_s / unit : (double)NAN);
		chart_number(out, m ? m->low_s / unit : (double)NAN);
		chart_number(out, m ? m->high_s / unit : (double)NAN);
		fprintf(out, " %u\n", chart_slot(v, rows->cell[i]));
	}
}

/* The ninth decile over the first; NAN for a single block. */
static double spread_of(const struct summary_measure *m)
{
	return m && m->blocks > 1 && m->p10_s > 0 ? m->p90_s / m->p10_s : (double)NAN;
}

static char *spread_text(double spread, char *out, size_t size)
{
	snprintf(out, size, "%.*f", spread < 1.0995 ? 3 : spread < 9.95 ? 2 : 0, spread);
	return out;
}

/* "× 1.003", "× 2.41, 2 groups"; or why there are no times. */
static void write_words(FILE *out, const struct view *v, const struct chart_rows *rows, enum summary_regime regime)
{
	char spread[32], text[64];

	for (unsigned i = 0; i < rows->count; i++) {
		const struct summary_measure *m = chart_timed(rows->cell[i], regime);
		text[0] = '\0';
		if (m == NULL)
			summary_verdict_text(v->s, rows->cell[i], regime, text, sizeof text);
		else if (!isnan(spread_of(m)))
			snprintf(text, sizeof text, "× %s%s", spread_text(spread_of(m), spread, sizeof spread),
				m->bimodal ? ", 2 groups" : "");
		fputs(i + regime > 0 ? ", " : "", out);
		chart_quote(out, text, 24);
	}
}

/* "Locked counter: openmp_atomic, p = 2, is the noisiest: p90 is 4.92 times p10" */
static void write_title(FILE *out, struct view *v, const struct chart_rows *rows)
{
	const struct summary_cell *worst = NULL;
	char name[100], text[32];

	for (unsigned i = 0; i < rows->count; i++) {
		double spread = spread_of(chart_timed(rows->cell[i], SUMMARY_WARM));
		if (!isnan(spread) && (worst == NULL || spread > spread_of(&worst->regime[SUMMARY_WARM])))
			worst = rows->cell[i];
	}
	if (worst == NULL) {
		chart_title(out, v, "too few blocks to say how much the times spread");
		return;
	}
	words_clean(summary_variant_name(v->s, worst), 20, name, sizeof name);
	spread_text(spread_of(&worst->regime[SUMMARY_WARM]), text, sizeof text);
	if (spread_of(&worst->regime[SUMMARY_WARM]) < 1.01)
		chart_title(out, v, "all warm times are steady: nowhere is p90 above %s times p10", text);
	else
		chart_title(out, v, "%s, p = %u, is the noisiest: p90 is %s times p10", name, worst->workers, text);
}

static void count_disturbed(const struct chart_rows *rows, unsigned *dots, unsigned *disturbed)
{
	*dots = *disturbed = 0;
	for (unsigned i = 0; i < rows->count; i++)
		for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
			const struct summary_measure *m = chart_timed(rows->cell[i], r);
			for (unsigned b = 0; m != NULL && b < m->blocks; b++)
				*disturbed += m->block[b].disturbed;
			*dots += m ? m->blocks : 0;
		}
}

static void write_foot(FILE *out, const struct view *v, const struct chart_rows *rows, unsigned dots,
	unsigned disturbed)
{
	char blocks[64], text[CHART_TEXT];

	snprintf(text, sizeof text, "%s; tick and band: median, 95 %% interval; ×: p90 over p10.  A cross: disturbed "
		"by something else (%u of %u)", chart_blocks(v, blocks, sizeof blocks), disturbed, dots);
	chart_set(out, "caption", text, 150);
	chart_rows_missing(out, rows);
	fprintf(out, "height = %.0f\n", chart_rows_height(rows));
}

bool spread_write(FILE *out, struct view *v)
{
	const struct chart_rows rows = chart_rows(v, false);
	struct axis axis[SUMMARY_REGIMES];
	unsigned dots, disturbed;

	count_disturbed(&rows, &dots, &disturbed);
	if (dots == 0)
		return chart_refuse(v, "no run gave a right answer, so there is no time to show");
	write_title(out, v, &rows);
	chart_rows_write(out, v, &rows);
	fprintf(out, "panels = %d\narray heading[%d]\narray unit[%d]\narray steep[%d]\narray low[%d]\narray top[%d]\n",
		SUMMARY_REGIMES, SUMMARY_REGIMES, SUMMARY_REGIMES, SUMMARY_REGIMES, SUMMARY_REGIMES, SUMMARY_REGIMES);
	for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
		axis[r] = choose_axis(&rows, r);
		fprintf(out, "unit[%u] = '%s'; steep[%u] = %d; low[%u] = %.6g; top[%u] = %.6g\nheading[%u] = ", r + 1,
			axis[r].scale.unit, r + 1, axis[r].steep, r + 1, axis[r].low, r + 1, axis[r].top, r + 1);
		chart_quote(out, heading[r], 60);
		putc('\n', out);
	}
	fprintf(out, "array text[%u] = [", SUMMARY_REGIMES * rows.count);
	for (unsigned r = 0; r < SUMMARY_REGIMES; r++)
		write_words(out, v, &rows, r);
	fputs("]\n\n$dots << EOD\n", out);
	for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
		fputs(r ? "\n\n" : "", out);
		write_dots(out, v, &rows, r, axis[r].scale.seconds);
	}
	fputs("EOD\n\n$medians << EOD\n", out);
	for (unsigned r = 0; r < SUMMARY_REGIMES; r++) {
		fputs(r ? "\n\n" : "", out);
		write_medians(out, v, &rows, r, axis[r].scale.seconds);
	}
	fputs("EOD\n", out);
	write_foot(out, v, &rows, dots, disturbed);
	return true;
}
