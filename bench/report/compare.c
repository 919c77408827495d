/* SPDX-License-Identifier: MIT */
/* compare.c -- which cells of two runs belong together, how their times relate, and what may be said of it. */
#include "bench/report/compare.h"

#include "bench/base/stats.h"
#include "bench/report/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95

const char *const compare_verdict_name[] = {
	[COMPARE_FASTER] = "faster", [COMPARE_SLOWER] = "slower", [COMPARE_SAME] = "same",
	[COMPARE_UNCLEAR] = "unclear", [COMPARE_TOO_FEW] = "too few",
	[COMPARE_FAILED_A] = "failed in A", [COMPARE_FAILED_B] = "failed in B",
	[COMPARE_FAILED] = "failed", [COMPARE_ONLY_A] = "only in A", [COMPARE_ONLY_B] = "only in B",
};

static const struct compare_ratio no_ratio = { NAN, NAN, NAN };

/* ---- may they be compared? ---- */

/* Cut at 80 columns, two texts could look alike that are not. */
static void text_value(const char *value, char *out, size_t size)
{
	snprintf(out, size, "not told");
	if (*value)
		words_clean(value, 64, out, size);
}

static void add_difference(struct compare *c, const char *what, const char *a, const char *b)
{
	struct compare_difference *d = &c->difference[c->differences];

	if (strcmp(a, b) == 0)
		return;
	d->what = what;
	text_value(a, d->a, sizeof d->a);
	text_value(b, d->b, sizeof d->b);
	c->differences++;
}

static void add_count(struct compare *c, const char *what, unsigned a, unsigned b)
{
	char left[16] = "", right[16] = "";

	if (a > 0)
		snprintf(left, sizeof left, "%u", a);
	if (b > 0)
		snprintf(right, sizeof right, "%u", b);
	add_difference(c, what, left, right);
}

/* Fills in c->difference: the machine's first, then what a reader must know.  Returns -EPERM if it must not be done. */
static int find_differences(struct compare *c, bool other_machine, char *why)
{
	const struct summary *a = c->a, *b = c->b;

	add_difference(c, "host", a->host, b->host);
	add_difference(c, "model", a->model, b->model);
	add_count(c, "cores", a->cores, b->cores);
	add_count(c, "pus", a->pus, b->pus);
	add_difference(c, "kernel", a->kernel, b->kernel);
	if (a->weak != b->weak) {
		snprintf(why, SUMMARY_WHY, "A was measured with %s scaling and B with %s: their cells solve different "
			"problems; measure both alike", a->weak ? "weak" : "strong", b->weak ? "weak" : "strong");
		return -EPERM;
	}
	if (c->differences > 0 && !other_machine) {
		int at = snprintf(why, SUMMARY_WHY, "these are different machines: ");
		for (unsigned i = 0; i < c->differences; i++)
			at += snprintf(why + at, SUMMARY_WHY - (size_t)at, "%s%s is %.40s in A, %.40s in B",
				i > 0 ? "; " : "", c->difference[i].what, c->difference[i].a, c->difference[i].b);
		snprintf(why + at, SUMMARY_WHY - (size_t)at, "; measure both on one, or say --other-machine");
		return -EPERM;
	}
	add_difference(c, "policy", a->policy, b->policy);
	add_difference(c, "compiler", a->compiler, b->compiler);
	return 0;
}

/* ---- which cells belong together ---- */

struct key {                    /* a cell, with the summary that its names are in */
	const struct summary *s;
	unsigned index;
};

static const struct summary_cell *cell_of(const struct key *k)
{
	return k->s->cell[k->index];
}

static int compare_but_n(const struct key *a, const struct key *b)
{
	const struct summary_cell *x = cell_of(a), *y = cell_of(b);
	int order = strcmp(a->s->lesson[x->lesson].name, b->s->lesson[y->lesson].name);

	if (order == 0)
		order = strcmp(summary_variant_name(a->s, x), summary_variant_name(b->s, y));
	if (order == 0)
		order = x->document - y->document;
	if (order == 0)
		order = (x->workers > y->workers) - (x->workers < y->workers);
	return order != 0 ? order : strcmp(x->params, y->params);
}

static int compare_n(const struct key *a, const struct key *b)
{
	return (cell_of(a)->n > cell_of(b)->n) - (cell_of(a)->n < cell_of(b)->n);
}

static int by_key(const void *left, const void *right)
{
	int order = compare_but_n(left, right);
	return order != 0 ? order : compare_n(left, right);
}

static struct key *sorted_keys(const struct summary *s)
{
	struct key *key = calloc(s->cells + 1, sizeof *key);

	for (unsigned i = 0; key != NULL && i < s->cells; i++)
		key[i] = (struct key){ s, i };
	if (key != NULL)
		qsort(key, s->cells, sizeof *key, by_key);
	return key;
}

struct match {
	const struct summary_cell **partner;    /* [A's cells]: the one in B, or NULL */
	bool *taken;                            /* [B's cells] */
};

static void marry(const struct match *m, const struct key *a, const struct key *b)
{
	m->partner[a->index] = cell_of(b);
	m->taken[b->index] = true;
}

/* Cells that are alike but for n: equal n first; then what is left, if it is one on each side, and not nothing. */
static void match_group(const struct match *m, const struct key *a, unsigned as, const struct key *b, unsigned bs)
{
	const struct key *left = NULL, *right = NULL;
	unsigned lefts = 0, rights = 0;

	for (unsigned i = 0, j = 0; i < as || j < bs;) {
		int order = i == as ? 1 : j == bs ? -1 : compare_n(&a[i], &b[j]);
		if (order == 0) {
			marry(m, &a[i++], &b[j++]);
		} else if (order < 0) {
			left = &a[i++];
			lefts++;
		} else {
			right = &b[j++];
			rights++;
		}
	}
	if (lefts == 1 && rights == 1 && cell_of(left)->n > 0 && cell_of(right)->n > 0)
		marry(m, left, right);
}

static unsigned group_end(const struct key *key, unsigned begin, unsigned count)
{
	unsigned end = begin + 1;

	while (end < count && compare_but_n(&key[begin], &key[end]) == 0)
		end++;
	return end;
}

static int match_cells(const struct summary *a, const struct summary *b, const struct match *m)
{
	struct key *left = sorted_keys(a), *right = sorted_keys(b);
	int error = left != NULL && right != NULL ? 0 : -ENOMEM;

	for (unsigned i = 0, j = 0; error == 0 && i < a->cells && j < b->cells;) {
		int order = compare_but_n(&left[i], &right[j]);
		unsigned left_end = group_end(left, i, a->cells), right_end = group_end(right, j, b->cells);
		if (order == 0)
			match_group(m, left + i, left_end - i, right + j, right_end - j);
		i = order <= 0 ? left_end : i;
		j = order >= 0 ? right_end : j;
	}
	free(left);
	free(right);
	return error;
}

/* ---- ratios ---- */

struct scratch {
	double *x, *y;          /* [STATS_MOST] each */
	double *differences;    /* for stats_shift() and stats_hodges_lehmann() of so many */
};

static void set_ratio(struct compare_ratio *r, double log_ratio, const struct stats_interval *interval)
{
	*r = (struct compare_ratio){ exp(log_ratio), exp(interval->low), exp(interval->high) };
}

/* The time of a run, or of a unit of n, as a log: sizes that differ must not look like a difference in speed. */
static double log_time(double time_s, const struct summary_cell *cell, bool per_item)
{
	return log(time_s) - (per_item ? log((double)cell->n) : 0);
}

static void independent_ratio(struct compare_row *row, struct scratch *s)
{
	const struct summary_measure *a = &row->a->regime[row->regime], *b = &row->b->regime[row->regime];
	struct stats_interval interval = { NAN, NAN, NAN };
	double shift = NAN;

	for (unsigned i = 0; i < a->blocks; i++)
		s->x[i] = log_time(a->block[i].time_s, row->a, row->per_item);
	for (unsigned i = 0; i < b->blocks; i++)
		s->y[i] = log_time(b->block[i].time_s, row->b, row->per_item);
	row->blocks_a = a->blocks;
	row->blocks_b = b->blocks;
	if (stats_shift(s->x, a->blocks, s->y, b->blocks, CONFIDENCE, s->differences, &shift, &interval) < 0)
		stats_shift(s->x, a->blocks, s->y, b->blocks, CONFIDENCE, s->differences, &shift, NULL);
	set_ratio(&row->alone, shift, &interval);
}

static void paired_ratio(struct compare_row *row, struct scratch *s)
{
	const struct summary_measure *a = &row->a->regime[row->regime], *b = &row->b->regime[row->regime];
	struct stats_interval interval = { NAN, NAN, NAN };
	double centre = NAN;
	unsigned pairs = 0;

	for (unsigned i = 0, j = 0; i < a->blocks && j < b->blocks;) {
		if (a->block[i].block == b->block[j].block)
			s->x[pairs++] = log_time(a->block[i].time_s, row->a, row->per_item)
				- log_time(b->block[j].time_s, row->b, row->per_item);
		unsigned at = a->block[i].block;
		i += at <= b->block[j].block;
		j += at >= b->block[j].block;
	}
	row->blocks_a = row->blocks_b = pairs;
	if (pairs > 0 && stats_hodges_lehmann(s->x, pairs, CONFIDENCE, s->differences, &centre, &interval) < 0)
		stats_hodges_lehmann(s->x, pairs, CONFIDENCE, s->differences, &centre, NULL);
	set_ratio(&row->alone, centre, &interval);
}

/* ---- rows ---- */

static bool has_failed(const struct summary_cell *cell)
{
	return cell != NULL && cell->regime[SUMMARY_WARM].verdict == SUMMARY_FAILED;
}

static bool is_broken(const struct summary *s, const struct summary_cell *cell)
{
	return s->lesson[cell->lesson].variant[cell->variant].broken;
}

static bool has_blocks(const struct summary_cell *cell, enum summary_regime regime)
{
	return cell != NULL && cell->regime[regime].blocks > 0 && !has_failed(cell);
}

static double median_of(const struct summary_cell *cell, enum summary_regime regime)
{
	return has_blocks(cell, regime) ? cell->regime[regime].median_s : (double)NAN;
}

static void add_row(struct compare *c, const struct summary_cell *a, const struct summary_cell *b,
	enum summary_regime regime, struct scratch *s)
{
	struct compare_row *row = &c->row[c->rows++];
	bool in_a = has_blocks(a, regime), in_b = has_blocks(b, regime);

	*row = (struct compare_row){ .a = a, .b = b, .regime = regime, .alone = no_ratio, .ratio = no_ratio,
		.per_item = a != NULL && b != NULL && a->n != b->n,
		.time_a_s = median_of(a, regime), .time_b_s = median_of(b, regime) };
	row->machine = compare_summary(c, row)->lesson[compare_cell(row)->lesson].is_capacity;
	if (b == NULL || a == NULL)
		row->verdict = b == NULL ? COMPARE_ONLY_A : COMPARE_ONLY_B;
	else if (has_failed(a) || has_failed(b))
		row->verdict = !has_failed(b) ? COMPARE_FAILED_A : has_failed(a) ? COMPARE_FAILED : COMPARE_FAILED_B;
	else if (!in_a || !in_b)
		row->verdict = in_a ? COMPARE_ONLY_A : COMPARE_ONLY_B;
	else if (c->twins)
		paired_ratio(row, s);
	else
		independent_ratio(row, s);
}

/* Both regimes of a pair or of a cell alone, as far as either side has times in them; one row where there are none. */
static void add_rows(struct compare *c, const struct summary_cell *a, const struct summary_cell *b, struct scratch *s)
{
	unsigned before = c->rows;

	if ((a != NULL && is_broken(c->a, a)) || (b != NULL && is_broken(c->b, b)))
		return;
	if (has_failed(a) || has_failed(b)) {
		add_row(c, a, b, SUMMARY_WARM, s);
		return;
	}
	for (unsigned regime = 0; regime < SUMMARY_REGIMES; regime++)
		if (has_blocks(a, regime) || has_blocks(b, regime))
			add_row(c, a, b, regime, s);
	if (c->rows == before && (a == NULL || b == NULL))
		add_row(c, a, b, SUMMARY_WARM, s);
}

/* ---- verdicts ---- */

static struct compare_ratio find_drift(const struct compare *c)
{
	for (unsigned i = 0; i < c->rows; i++) {
		const struct compare_row *row = &c->row[i];
		if (row->machine && row->regime == SUMMARY_WARM && !isnan(row->alone.low) && !row->a->document
			&& strcmp(summary_variant_name(c->a, row->a), "serial") == 0)
			return row->alone;
	}
	return no_ratio;
}

static enum compare_verdict judge(const struct compare *c, const struct compare_ratio *r)
{
	if (isnan(r->low))
		return COMPARE_TOO_FEW;
	if (r->low > 1)
		return COMPARE_FASTER;
	if (r->high < 1)
		return COMPARE_SLOWER;
	return r->low >= 1 - c->precision && r->high <= 1 + c->precision ? COMPARE_SAME : COMPARE_UNCLEAR;
}

static void judge_rows(struct compare *c)
{
	c->drift = find_drift(c);
	for (unsigned i = 0; i < c->rows; i++) {
		struct compare_row *row = &c->row[i];
		row->ratio = row->alone;
		if (!c->twins && !row->machine && !isnan(c->drift.low)) {
			row->ratio.low *= fmin(1, c->drift.low);
			row->ratio.high *= fmax(1, c->drift.high);
		}
		if (row->verdict < COMPARE_FAILED_A)
			row->verdict = judge(c, &row->ratio);
		c->verdicts[row->verdict] += !row->machine;
	}
}

/* ---- the door ---- */

static int compare_cells(struct compare *c)
{
	const struct summary *a = c->a, *b = c->b;
	struct match m = { calloc(a->cells + 1, sizeof *m.partner), calloc(b->cells + 1, sizeof *m.taken) };
	struct scratch s = { calloc(STATS_MOST, sizeof *s.x), calloc(STATS_MOST, sizeof *s.y),
		calloc(stats_differences(STATS_MOST, STATS_MOST), sizeof *s.differences) };
	int error = -ENOMEM;

	c->row = calloc(2 * ((size_t)a->cells + b->cells) + 1, sizeof *c->row);
	if (m.partner != NULL && m.taken != NULL && s.x != NULL && s.y != NULL && s.differences != NULL
		&& c->row != NULL)
		error = match_cells(a, b, &m);
	for (unsigned i = 0; error == 0 && i < a->cells; i++)
		add_rows(c, a->cell[i], m.partner[i], &s);
	for (unsigned i = 0; error == 0 && i < b->cells; i++)
		if (!m.taken[i])
			add_rows(c, NULL, b->cell[i], &s);
	if (error == 0)
		judge_rows(c);
	free(s.differences);
	free(s.y);
	free(s.x);
	free(m.taken);
	free(m.partner);
	return error;
}

static bool names(const char *twin, const char *run_id)
{
	return twin != NULL && *run_id && strcmp(twin, run_id) == 0;
}

int compare_make(const struct summary *a, const struct summary *b, bool other_machine, struct compare **out, char *why)
{
	struct compare *c = calloc(1, sizeof *c);
	int error = -ENOMEM;

	*out = NULL;
	snprintf(why, SUMMARY_WHY, "not enough memory to compare these results folders");
	if (c == NULL)
		return error;
	c->a = a;
	c->b = b;
	c->twins = names(a->twin, b->run_id) && names(b->twin, a->run_id);
	c->precision = fmax(a->precision, b->precision);
	error = find_differences(c, other_machine, why);
	if (error == 0)
		error = compare_cells(c);
	if (error < 0) {
		compare_free(c);
		return error;
	}
	*out = c;
	return 0;
}

void compare_free(struct compare *c)
{
	if (c == NULL)
		return;
	free(c->row);
	free(c);
}

unsigned compare_regressions(const struct compare *c, double least, const struct compare_row **worst)
{
	unsigned count = 0;

	*worst = NULL;
	for (unsigned i = 0; i < c->rows; i++) {
		const struct compare_row *row = &c->row[i];
		bool failed = row->verdict == COMPARE_FAILED_B;
		/* the tolerance is rounding's: 5 % is 5 %, although it went through a logarithm */
		bool slower = row->verdict == COMPARE_SLOWER && 1 / row->ratio.estimate >= (1 + least) * (1 - 1e-12);
		if (row->machine || !(failed || slower))
			continue;
		count++;
		if (*worst == NULL || (failed && (*worst)->verdict != COMPARE_FAILED_B)
			|| (slower && (*worst)->verdict == COMPARE_SLOWER
				&& row->ratio.estimate < (*worst)->ratio.estimate))
			*worst = row;
	}
	return count;
}

char *compare_name(const struct compare *c, const struct compare_row *row, char *out, size_t size)
{
	const struct summary *s = compare_summary(c, row);
	const struct summary_cell *cell = compare_cell(row);
	char lesson[128], variant[128];

	words_clean(s->lesson[cell->lesson].name, 24, lesson, sizeof lesson);
	words_clean(summary_variant_name(s, cell), 24, variant, sizeof variant);
	snprintf(out, size, "%s %s p = %u %s%s", lesson, variant, cell->workers, summary_regime_name[row->regime],
		cell->document ? " (document's size)" : "");
	return out;
}
