/* SPDX-License-Identifier: MIT */
/* speedup.c -- speedup and efficiency against p, as gnuplot's data: with what is ideal, what the machine gives at most,
 * and the laws that the findings support. */
#include "bench/base/scaling.h"
#include "bench/report/findings.h"
#include "bench/report/lines.h"
#include "bench/report/words.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct lines_value speedup_of(const struct view *v, const struct summary_cell *cell)
{
	const struct summary_measure *m = &cell->regime[SUMMARY_WARM];
	(void)v;
	return (struct lines_value){ m->speedup, m->low, m->high };
}

/* Efficiency is the same divided by p. */
static struct lines_value efficiency_of(const struct view *v, const struct summary_cell *cell)
{
	struct lines_value e = speedup_of(v, cell);
	return (struct lines_value){ e.value / cell->workers, e.low / cell->workers, e.high / cell->workers };
}

static double block_speedup(const struct summary_cell *cell, const struct summary_block *block)
{
	(void)cell;
	return block->ratio;
}

static double block_efficiency(const struct summary_cell *cell, const struct summary_block *block)
{
	return block->ratio / cell->workers;
}

static const struct lines_kind speedup_kind = { speedup_of, block_speedup, words_ratio };
static const struct lines_kind efficiency_kind = { efficiency_of, block_efficiency, words_ratio };

/* ---- what is ideal, and what the machine gives ---- */

static bool ceiling_is_drawn(const struct lines *l, const struct summary_cell *ceiling)
{
	return !l->v->lesson->waits && ceiling->workers <= l->most;
}

static void write_ceiling(FILE *out, const struct lines *l)
{
	const struct summary *s = l->v->s;
	unsigned ceilings = 0;

	fputs("\n$ceiling << EOD\nNaN NaN NaN NaN\n", out);
	for (unsigned i = 0; i < s->ceilings; i++) {
		if (!ceiling_is_drawn(l, s->ceiling[i]))
			continue;
		lines_row(out, s->ceiling[i]->workers, l->kind->value(l->v, s->ceiling[i]));
		ceilings++;
	}
	fprintf(out, "EOD\nceilings = %u\n", ceilings);
}

/* At one worker and at every p that was measured. */
static void write_ideal(FILE *out, const struct lines *l)
{
	const struct view *v = l->v;
	unsigned last = 1;

	fputs("\n$ideal << EOD\n1 1\n", out);
	while (last < l->most) {
		unsigned next = l->most;
		for (unsigned i = v->main.begin; i < v->main.end; i++)
			if (v->s->cell[i]->workers > last && v->s->cell[i]->workers < next)
				next = v->s->cell[i]->workers;
		fprintf(out, "%u %u\n", next, l->kind == &efficiency_kind ? 1 : next);
		last = next;
	}
	fputs("EOD\n", out);
}

/* The frame holds ideal, ceiling and intervals; the blocks' dots may stretch it by a quarter, no more. */
static void choose_frame(struct lines *l)
{
	const struct summary *s = l->v->s;
	const bool efficiency = l->kind == &efficiency_kind;

	l->top = fmax(efficiency ? 1 : l->most, l->greatest);
	for (unsigned i = 0; i < s->ceilings; i++)
		if (ceiling_is_drawn(l, s->ceiling[i]))
			l->top = fmax(l->top, l->kind->value(l->v, s->ceiling[i]).high);
	l->steep = l->least_value < 0.2 || (l->octaves && !efficiency);
	l->top = fmax(l->top, fmin(l->greatest_block, 1.25 * l->top)) * (l->steep ? 1.2 : 1.06);
	l->low = l->steep ? fmin(0.8, l->least_block) / 1.2 : 0;
}

/* ---- laws ---- */

enum { LAW_POINTS = 48 };

/* What was found about the variant of `cell`, on this problem; NULL: nothing, or refused. */
static const struct finding *supported(const struct view *v, const struct summary_cell *cell, enum finding_kind kind)
{
	for (unsigned i = 0; i < v->s->findings; i++) {
		const struct finding *f = &v->s->finding[i];
		if (f->kind == kind && f->cell->variant == cell->variant && summary_same_problem(f->cell, cell)
			&& !isnan(f->value))
			return f;
	}
	return NULL;
}

/* The last cell of each variant that has a value stands for the variant. */
static bool stands_for_variant(const struct lines *l, unsigned i)
{
	const struct view *v = l->v;

	if (!chart_has_speedup(v->s->cell[i]))
		return false;
	for (unsigned j = i + 1; j < v->main.end; j++)
		if (v->s->cell[j]->variant == v->s->cell[i]->variant && chart_has_speedup(v->s->cell[j]))
			return false;
	return true;
}

/* Rows of p, speedup, and where it ends with the interval of a; the universal law's a and b hang together, so that
 * their intervals make no band. */
static void write_curve(FILE *out, const struct lines *l, const struct finding *a, const struct finding *b)
{
	for (unsigned i = 0; i < LAW_POINTS; i++) {
		double p = pow(l->most, i / (LAW_POINTS - 1.0));
		fprintf(out, "%.6g", p);
		chart_number(out, b ? scaling_usl(a->value, b->value, p) : scaling_amdahl(a->value, p));
		chart_number(out, b ? (double)NAN : scaling_amdahl(a->high, p));
		chart_number(out, b ? (double)NAN : scaling_amdahl(a->low, p));
		putc('\n', out);
	}
}

static void key_line(FILE *key, unsigned *lines, unsigned slot, const char *what, const struct finding *f)
{
	const char *format = f->value < 0.995 ? "%s = %.2g %% [%.2g, %.2g]" : "%s = %.0f %% [%.0f, %.0f]";
	char text[80];

	snprintf(text, sizeof text, format, what, 100 * f->value, 100 * f->low, 100 * f->high);
	++*lines;
	fprintf(key, "law_slot[%u] = %u\nlaw[%u] = ", *lines, slot, *lines);
	chart_quote(key, text, 36);
	putc('\n', key);
}

/* Why the first law is refused that is; NULL where none is.  It stands after two spaces in the finding's sentence. */
static const char *refusal(const struct lines *l)
{
	const struct summary *s = l->v->s;

	for (unsigned i = 0; i < s->findings; i++) {
		const struct finding *f = &s->finding[i];
		const char *reason = strstr(f->sentence, ".  ");
		if (f->kind == FINDING_AMDAHL && isnan(f->value) && reason
			&& summary_same_problem(f->cell, s->cell[l->v->main.begin]))
			return reason + strlen(".  ");
	}
	return NULL;
}

/* $laws (an index per law: p, speedup, low, high), laws, curve_slot[], and the key's lines of them: law[], law_slot[],
 * law_lines. */
static unsigned write_laws(FILE *out, const struct lines *l)
{
	const struct view *v = l->v;
	unsigned laws = 0, lines = 0;
	char *key = NULL;
	size_t size = 0;
	FILE *keys = open_memstream(&key, &size);

	fputs("\n$laws << EOD\n", out);
	for (unsigned i = v->main.begin; i < v->main.end && keys != NULL; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		const struct finding *amdahl = supported(v, cell, FINDING_AMDAHL);
		const struct finding *a = supported(v, cell, FINDING_CONTENTION);
		const struct finding *b = supported(v, cell, FINDING_COHERENCE);
		if (!stands_for_variant(l, i) || !(amdahl || (a && b)))
			continue;
		fputs(laws++ > 0 ? "\n\n" : "", out);
		write_curve(out, l, amdahl ? amdahl : a, amdahl ? NULL : b);
		fprintf(keys, "curve_slot[%u] = %u\n", laws, chart_slot(v, cell));
		key_line(keys, &lines, chart_slot(v, cell), amdahl ? "Amdahl: a" : "USL: a", amdahl ? amdahl : a);
		if (!amdahl)
			key_line(keys, &lines, chart_slot(v, cell), "USL: b", b);
	}
	fputs("EOD\n", out);
	if (keys != NULL && fclose(keys) == 0)
		fprintf(out, "laws = %u\nlaw_lines = %u\narray curve_slot[%u]\narray law[%u]\narray law_slot[%u]\n"
			"law[%u] = ''\nlaw_slot[%u] = 0\ncurve_slot[%u] = 0\n%s", laws, lines, laws + 1, lines + 1,
			lines + 1, lines + 1, lines + 1, laws + 1, key);
	free(key);
	return laws;
}

/* ---- the charts ---- */

/* "Sum of powers: openmp puts 98 % of 2 workers to use" */
static void title_efficiency(FILE *out, struct view *v)
{
	const unsigned most = chart_most_workers(v);
	const struct summary_cell *best = NULL;
	char name[100];

	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		if (cell->workers == most && chart_has_speedup(cell) && (best == NULL
			|| cell->regime[SUMMARY_WARM].speedup > best->regime[SUMMARY_WARM].speedup))
			best = cell;
	}
	if (best == NULL) {
		chart_title_best(out, v);
		return;
	}
	const double used = best->regime[SUMMARY_WARM].speedup / most;
	words_clean(summary_variant_name(v->s, best), 20, name, sizeof name);
	if (most == 1)
		chart_title(out, v, "with one worker, %s runs at %.0f %% of serial's speed", name, 100 * used);
	else
		chart_title(out, v, "at best (%s) %.*f %% of %u workers is put to use", name, used < 0.095, 100 * used,
			most);
}

static void write_ends(FILE *out, struct lines *l)
{
	choose_frame(l);
	lines_write(out, l);
	write_ceiling(out, l);
	write_ideal(out, l);
	lines_caption(out, l, "Paired Hodges-Lehmann estimates from");
	chart_missing(out, l->v,
		l->v->lesson->waits ? "These workers wait rather than compute: the cores are no bound" : "");
}

bool speedup_write(FILE *out, struct view *v)
{
	struct lines l = lines_make(v, &speedup_kind);
	const char *reason = refusal(&l);
	char text[CHART_TEXT];

	chart_title_best(out, v);
	write_ends(out, &l);
	if (write_laws(out, &l) == 0 && reason != NULL) {
		bool name = strncmp(reason, "Amdahl", strlen("Amdahl")) == 0;
		snprintf(text, sizeof text, ".  No law is fitted: %c%.*s", name ? 'A' : tolower(reason[0]),
			(int)strcspn(reason + 1, ":;,."), reason + 1);
		fputs("caption = caption.", out);
		chart_quote(out, text, 80);
		putc('\n', out);
	}
	return true;
}

bool efficiency_write(FILE *out, struct view *v)
{
	struct lines l = lines_make(v, &efficiency_kind);

	title_efficiency(out, v);
	write_ends(out, &l);
	return true;
}
