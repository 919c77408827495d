/* SPDX-License-Identifier: MIT */
/* compare_text.c -- a comparison for a reader: the machine itself first, the lessons, then what changed most. */
#include "bench/report/compare.h"

#include "bench/base/text.h"
#include "bench/report/paper.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

enum { NAME = 19, TEXT = 1024 };

/* ---- rows ---- */

/* In at most seven columns, whatever the time; an item may take far less than a nanosecond. */
static char *time_text(double seconds, char *out, size_t size)
{
	if (isnan(seconds))
		snprintf(out, size, "-");
	else if (seconds < 0.005e-9 || seconds >= 99999.5)
		snprintf(out, size, "%.0e s", seconds);
	else
		text_time(seconds, out, size);
	return out;
}

/* `named`: the line before it is not of the same cell. */
static void row_line(FILE *out, const struct compare *c, const struct compare_row *row, bool named)
{
	double items_a = row->per_item ? (double)row->a->n : 1, items_b = row->per_item ? (double)row->b->n : 1;
	const struct summary_cell *cell = compare_cell(row);
	char name[4 * NAME + 1] = "", workers[16] = "", time_a[32], time_b[32], ratio[16], interval[48];
	size_t room = NAME;

	if (named) {
		int digits = snprintf(workers, sizeof workers, "%u", cell->workers);
		room -= digits > 3 ? (size_t)digits - 3 : 0;
		words_clean(summary_variant_name(compare_summary(c, row), cell), room, name, sizeof name);
	}
	fprintf(out, "%s%*s %3s %s %7s %7s %6s %-14s %s\n", name, (int)(room - words_columns(name)), "", workers,
		summary_regime_name[row->regime], time_text(row->time_a_s / items_a, time_a, sizeof time_a),
		time_text(row->time_b_s / items_b, time_b, sizeof time_b),
		words_ratio(row->ratio.estimate, ratio, sizeof ratio),
		words_interval(row->ratio.low, row->ratio.high, interval, sizeof interval),
		compare_verdict_name[row->verdict]);
}

/* Rows that stand under one heading: both runs have the cell, of the same problem each. */
static bool same_group(const struct compare_row *x, const struct compare_row *y)
{
	return summary_same_problem(x->a, y->a) && summary_same_problem(x->b, y->b) && x->per_item == y->per_item;
}

static void heading(FILE *out, const struct compare *c, const struct compare_row *row)
{
	const struct summary_lesson *lesson = &c->a->lesson[row->a->lesson];
	const char *params = row->a->params, *weak = c->a->weak && !row->a->document ? " per worker" : "";
	char size[TEXT], other[40];

	putc('\n', out);
	if (row->machine)
		paper_paragraph(out, 2, "The machine itself: a pure loop (%s)", lesson->name);
	else
		paper_paragraph(out, 2, "%s (%s)%s", lesson->title, lesson->name,
			row->a->document ? ", the document's size" : "");
	words_size(row->a->problem, lesson->unit, "", size, sizeof size);
	if (!row->per_item)
		paper_paragraph(out, 2, "%s%s%s%s", size, weak, *params ? ", " : "", params);
	else
		paper_paragraph(out, 2, "%s%s in A, %s in B: times and ratios are per item%s%s", size, weak,
			text_count(row->b->problem, other, sizeof other), *params ? "; " : "", params);
	fprintf(out, "variant               p      %7s %7s  ratio 95 %% interval  B is\n",
		row->per_item ? "A/item" : "A", row->per_item ? "B/item" : "B");
}

static void groups(FILE *out, const struct compare *c, bool machine)
{
	const struct compare_row *last = NULL;

	for (unsigned i = 0; i < c->rows; i++) {
		const struct compare_row *row = &c->row[i];
		if (row->machine != machine || row->a == NULL || row->b == NULL)
			continue;
		if (last == NULL || !same_group(last, row))
			heading(out, c, row);
		row_line(out, c, row, last == NULL || last->a != row->a);
		last = row;
	}
}

/* ---- around the rows ---- */

static void run_line(FILE *out, const char *which, const struct summary *s)
{
	paper_paragraph(out, 2, "%s: %s%s%s%s%s%s", which, *s->run_id ? s->run_id : "a run without a name",
		*s->revision ? ", revision " : "", s->revision, *s->started ? ", " : "", s->started,
		s->finished ? "" : ", which did not come to its end");
}

static void beginning(FILE *out, const struct compare *c)
{
	run_line(out, "A", c->a);
	run_line(out, "B", c->b);
	for (unsigned i = 0; i < c->differences; i++)
		paper_paragraph(out, 2, "Not the same %s: %s in A, %s in B", c->difference[i].what, c->difference[i].a,
			c->difference[i].b);
	paper_paragraph(out, 2, "ratio: time of A / time of B; above 1, B is faster");
}

/* Cells that only one run has, a line each. */
static void alone(FILE *out, const struct compare *c, bool in_a)
{
	bool first = true;
	char name[512], count[40];

	for (unsigned i = 0; i < c->rows; i++) {
		const struct compare_row *row = &c->row[i];
		if ((in_a ? row->b : row->a) != NULL)
			continue;
		if (first)
			fprintf(out, "\nOnly in %s\n", in_a ? "A" : "B");
		first = false;
		paper_paragraph(out, 2, "  %s, n = %s%s%s", compare_name(c, row, name, sizeof name),
			text_count(compare_cell(row)->n, count, sizeof count), *compare_cell(row)->params ? ", " : "",
			compare_cell(row)->params);
	}
}

/* The row that changed most in one direction, of those that did for sure. */
static const struct compare_row *most(const struct compare *c, enum compare_verdict verdict)
{
	const struct compare_row *found = NULL;

	for (unsigned i = 0; i < c->rows; i++) {
		const struct compare_row *row = &c->row[i];
		if (row->machine || row->verdict != verdict)
			continue;
		if (found == NULL || (verdict == COMPARE_FASTER ? row->ratio.estimate > found->ratio.estimate
				: row->ratio.estimate < found->ratio.estimate))
			found = row;
	}
	return found;
}

static void closing(FILE *out, const struct compare *c)
{
	const struct compare_row *up = most(c, COMPARE_FASTER), *down = most(c, COMPARE_SLOWER);
	char faster[600] = "", slower[600] = "", name[512];
	const unsigned *v = c->verdicts;

	if (up != NULL)
		snprintf(faster, sizeof faster, " (most: %s, by %.3g %%)", compare_name(c, up, name, sizeof name),
			100 * (up->ratio.estimate - 1));
	if (down != NULL)
		snprintf(slower, sizeof slower, " (most: %s, by %.3g %%)", compare_name(c, down, name, sizeof name),
			100 * (1 / down->ratio.estimate - 1));
	putc('\n', out);
	paper_paragraph(out, 2, "B is faster in %u%s, slower in %u%s, the same in %u, unclear in %u.",
		v[COMPARE_FASTER], faster,
		v[COMPARE_SLOWER], slower, v[COMPARE_SAME], v[COMPARE_UNCLEAR]);
	if (v[COMPARE_TOO_FEW] > 0)
		paper_paragraph(out, 2, "%u ha%s too few blocks for an interval.", v[COMPARE_TOO_FEW],
			v[COMPARE_TOO_FEW] == 1 ? "s" : "ve");
	if (v[COMPARE_FAILED_A] + v[COMPARE_FAILED_B] + v[COMPARE_FAILED] > 0)
		paper_paragraph(out, 2, "Failed: %u in A alone, %u in B alone, %u in both.", v[COMPARE_FAILED_A],
			v[COMPARE_FAILED_B], v[COMPARE_FAILED]);
}

/* So many intervals, and each is wrong now and then. */
static void chance(FILE *out, const struct compare *c)
{
	unsigned judged = c->verdicts[COMPARE_FASTER] + c->verdicts[COMPARE_SLOWER] + c->verdicts[COMPARE_SAME]
		+ c->verdicts[COMPARE_UNCLEAR];

	if (judged >= 20)
		paper_paragraph(out, 2,
			"Of %u intervals at 95 %%, about %.0f miss by chance alone: believe a single change "
			"when a second run shows it, too.", judged, 0.05 * judged);
}

/* Per item is not quite alike: start-up costs the same for any n. */
static void sizes(FILE *out, const struct compare *c)
{
	unsigned count = 0;

	for (unsigned i = 0; i < c->rows; i++)
		count += c->row[i].per_item && !c->row[i].machine;
	if (count > 0)
		paper_paragraph(out, 2,
			"%u of them compare%s different n, per item: a larger n spreads what start-up costs "
			"over more items, and looks faster for it.  Measure both with one --n to be sure.", count,
			count == 1 ? "s" : "");
}

/* What the intervals have in them, and what would make them narrower. */
static void method(FILE *out, const struct compare *c)
{
	char ratio[16], interval[48];

	if (c->twins) {
		paper_paragraph(out, 2,
			"The two took turns, block by block: each block of A is compared with its own of B.");
		return;
	}
	if (isnan(c->drift.low))
		paper_paragraph(out, 2,
			"Two runs, one after the other: the machine may have changed in between.  Its own loop "
			"was not measured often enough in both to tell, so no interval is widened by that.");
	else
		paper_paragraph(out, 2,
			"Two runs, one after the other: the machine may have changed in between, "
			"so every interval is widened by what its own loop shows, %s %s.",
			words_ratio(c->drift.estimate, ratio, sizeof ratio),
			words_interval(c->drift.low, c->drift.high, interval, sizeof interval));
	if (c->verdicts[COMPARE_UNCLEAR] > 0)
		paper_paragraph(out, 2,
			"Where it is unclear, two builds that take turns tell more: "
			"manyhands compare --ab BUILD1 BUILD2");
}

void compare_text(FILE *out, const struct compare *c)
{
	beginning(out, c);
	groups(out, c, true);
	groups(out, c, false);
	alone(out, c, true);
	alone(out, c, false);
	closing(out, c);
	chance(out, c);
	sizes(out, c);
	method(out, c);
}
