/* SPDX-License-Identifier: MIT */
/* compare_chart.c -- the picture of a comparison, as gnuplot's data: which cells, in which order, and the texts. */
#include "bench/report/compare_chart.h"

#include "bench/report/chart.h"
#include "bench/report/export.h"
#include "bench/report/picture.h"
#include "bench/report/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 320, LABEL = 72 };

/* From top to bottom. */
static const struct group_kind {
	enum compare_verdict verdict;
	int code;               /* what compare.gp calls it */
	const char *heading;
} kinds[] = {
	{ COMPARE_SLOWER, -1, "B is slower" }, { COMPARE_FASTER, 1, "B is faster" }, { COMPARE_UNCLEAR, 2, "unclear" },
	{ COMPARE_SAME, 0, "the same" }, { COMPARE_TOO_FEW, 3, "too few blocks" },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct drawing {
	const struct compare *c;
	unsigned cells, drawn;                          /* that have a ratio; the first `drawn` of them are shown */
	const struct compare_row **row;
	unsigned groups, group_of[COMPARE_CHART_ROWS];  /* counted from 1 */
	double y[COMPARE_CHART_ROWS], heading_y[KINDS], span;
	const struct group_kind *kind[KINDS];
	char label[COMPARE_CHART_ROWS][NAME];
};

/* ---- which cells, and in which order ---- */

static unsigned rank(const struct compare_row *row)
{
	unsigned k = 0;

	while (k < KINDS && kinds[k].verdict != row->verdict)
		k++;
	return k;
}

static bool is_sure(const struct compare_row *row)
{
	return row->verdict == COMPARE_SLOWER || row->verdict == COMPARE_FASTER;
}

static double distance(const struct compare_row *row)
{
	return fabs(log(row->ratio.estimate));
}

/* Sure before unsure, large before small; of equals, as they come. */
static int by_weight(const void *left, const void *right)
{
	const struct compare_row *a = *(const struct compare_row *const *)left;
	const struct compare_row *b = *(const struct compare_row *const *)right;

	if (is_sure(a) != is_sure(b))
		return is_sure(b) - is_sure(a);
	if (distance(a) != distance(b))
		return distance(a) < distance(b) ? 1 : -1;
	return (a > b) - (a < b);
}

/* Group by group; what is slower ascends from the worst, all others descend from the best. */
static int by_place(const void *left, const void *right)
{
	const struct compare_row *a = *(const struct compare_row *const *)left;
	const struct compare_row *b = *(const struct compare_row *const *)right;
	double x = a->ratio.estimate, y = b->ratio.estimate;

	if (rank(a) != rank(b))
		return rank(a) < rank(b) ? -1 : 1;
	if (x != y)
		return (x < y) == (a->verdict == COMPARE_SLOWER) ? -1 : 1;
	return (a > b) - (a < b);
}

static bool has_ratio(const struct compare_row *row)
{
	return !row->machine && rank(row) < KINDS && isfinite(row->ratio.estimate) && row->ratio.estimate > 0;
}

/* Where rows and headings stand; the frame's height is d->span rows. */
static void lay_out(struct drawing *d)
{
	double at = 0;

	for (unsigned i = 0; i < d->drawn; i++) {
		if (i == 0 || rank(d->row[i]) != rank(d->row[i - 1])) {
			at += i == 0 ? 0.8 : 1;
			d->kind[d->groups] = &kinds[rank(d->row[i])];
			d->heading_y[d->groups++] = at;
			at += 1.2;
		}
		d->group_of[i] = d->groups;
		d->y[i] = at;
		at += 1;
	}
	d->span = at;
	for (unsigned i = 0; i < d->drawn; i++)
		d->y[i] = d->span - d->y[i];
	for (unsigned g = 0; g < d->groups; g++)
		d->heading_y[g] = d->span - d->heading_y[g];
}

/* ---- what a row is called ---- */

static const char *lesson_name(const struct compare *c, const struct compare_row *row)
{
	return compare_summary(c, row)->lesson[compare_cell(row)->lesson].name;
}

/* "sum_of_powers pthreads p = 2 cold" */
static void name_row(const struct compare *c, const struct compare_row *row, char *out, size_t size)
{
	const struct summary_cell *cell = compare_cell(row);
	char lesson[128], variant[128];

	words_clean(lesson_name(c, row), 24, lesson, sizeof lesson);
	words_clean(summary_variant_name(compare_summary(c, row), cell), 20, variant, sizeof variant);
	snprintf(out, size, "%s %s p = %u%s%s", lesson, variant, cell->workers,
		row->regime == SUMMARY_COLD ? " cold" : "", cell->document ? ", document" : "");
}

/* The first word of x that is no word of y, as far as it fits: what tells two problems apart. */
static void other_word(const char *x, const char *y, char *out, size_t size)
{
	char text[NAME], around[NAME + 2], word[NAME + 2], *rest;

	snprintf(text, sizeof text, "%s", x);
	snprintf(around, sizeof around, " %.254s ", y);
	for (char *w = strtok_r(text, " ", &rest); w != NULL; w = strtok_r(NULL, " ", &rest)) {
		snprintf(word, sizeof word, " %.254s ", w);
		if (strstr(around, word) == NULL) {
			snprintf(out, size, "%s", w);
			return;
		}
	}
}

/* Rows of a sweep differ in a parameter, or in n, alone: then that is part of the name. */
static void name_rows(struct drawing *d)
{
	char name[COMPARE_CHART_ROWS][NAME], more[64], clean[128];

	for (unsigned i = 0; i < d->drawn; i++)
		name_row(d->c, d->row[i], name[i], NAME);
	for (unsigned i = 0; i < d->drawn; i++) {
		const struct summary_cell *cell = compare_cell(d->row[i]);
		more[0] = '\0';
		for (unsigned j = 0; j < d->drawn && !*more; j++) {
			const struct summary_cell *other = compare_cell(d->row[j]);
			if (i == j || strcmp(name[i], name[j]) != 0)
				continue;
			other_word(cell->params, other->params, more, sizeof more);
			if (!*more && cell->n != other->n)
				snprintf(more, sizeof more, "n=%llu", (unsigned long long)cell->n);
		}
		words_clean(more, 24, clean, sizeof clean);
		snprintf(d->label[i], NAME, "%.176s%s%s", name[i], *clean ? ", " : "", clean);
	}
}

/* ---- texts ---- */

static unsigned count(const struct drawing *d, enum compare_verdict verdict)
{
	return d->c->verdicts[verdict];
}

/* The row that counts most comes first: d->row[] is sorted. */
static const struct compare_row *first_of(const struct drawing *d, enum compare_verdict verdict)
{
	for (unsigned i = 0; i < d->drawn; i++)
		if (d->row[i]->verdict == verdict)
			return d->row[i];
	return NULL;
}

/* "by 8 %", "57 times": how much longer, or faster. */
static char *factor_text(double factor, char *out, size_t size)
{
	if (factor < 2)
		snprintf(out, size, "by %.2g %%", 100 * (factor - 1));
	else
		snprintf(out, size, "%.*f times", factor < 10, factor);
	return out;
}

/* "02_sum_of_powers pthreads p = 2" without the number. */
static const char *title_name(const struct drawing *d, const struct compare_row *row, char *out, size_t size)
{
	name_row(d->c, row, out, size);
	size_t number = strspn(out, "0123456789");
	return number > 0 && out[number] == '_' ? out + number + 1 : out;
}

static void write_title(FILE *out, const struct drawing *d)
{
	const struct compare_row *slower = first_of(d, COMPARE_SLOWER), *faster = first_of(d, COMPARE_FASTER);
	char text[CHART_TEXT], name[NAME], factor[40];
	const char *cells = d->cells == 1 ? "cell" : "cells";

	if (slower != NULL)
		snprintf(text, sizeof text, "B is slower in %u of %u %s; at worst %s: %s", count(d, COMPARE_SLOWER),
			d->cells, cells, factor_text(1 / slower->ratio.estimate, factor, sizeof factor),
			title_name(d, slower, name, sizeof name));
	else if (faster != NULL)
		snprintf(text, sizeof text, "B is faster in %u of %u %s; at best %s: %s", count(d, COMPARE_FASTER),
			d->cells, cells, factor_text(faster->ratio.estimate, factor, sizeof factor),
			title_name(d, faster, name, sizeof name));
	else if (count(d, COMPARE_SAME) == d->cells)
		snprintf(text, sizeof text, "B is as fast as A in %s%u %s", d->cells == 1 ? "" : "all ", d->cells,
			cells);
	else
		snprintf(text, sizeof text, "No difference between A and B is sure, in %u %s", d->cells, cells);
	chart_set(out, "title", text, 92);
}

static void run_name(const struct summary *s, bool model, char *out, size_t size)
{
	char id[200], on[200];

	words_clean(*s->run_id ? s->run_id : "a run without a name", 40, id, sizeof id);
	words_clean(s->model, 24, on, sizeof on);
	snprintf(out, size, "%s%s%s", id, model && *on ? " on " : "", model ? on : "");
}

static void write_subtitle(FILE *out, const struct compare *c)
{
	bool one_machine = strcmp(c->a->model, c->b->model) == 0;
	char a[440], b[440], model[200], text[1200];

	run_name(c->a, !one_machine, a, sizeof a);
	run_name(c->b, !one_machine, b, sizeof b);
	words_clean(c->a->model, 40, model, sizeof model);
	snprintf(text, sizeof text, "A: %s · B: %s%s%s", a, b, one_machine && *model ? " · " : "",
		one_machine ? model : "");
	chart_set(out, "subtitle", text, 134);
}

static void write_foot(FILE *out, const struct drawing *d)
{
	const struct compare *c = d->c;
	unsigned failed = count(d, COMPARE_FAILED) + count(d, COMPARE_FAILED_A) + count(d, COMPARE_FAILED_B);
	unsigned alone = count(d, COMPARE_ONLY_A) + count(d, COMPARE_ONLY_B);
	char text[CHART_TEXT], left_out[80] = "";

	snprintf(text, sizeof text, "Estimates with 95 %% intervals; %s", c->twins
		? "the runs took turns, and each block of A is compared with its own of B"
		: isnan(c->drift.low) ? "independent runs, whose machine may have changed in between"
		: "independent runs: widened by what the machine's own loop did (grey band)");
	chart_set(out, "caption", text, 150);
	if (d->cells > d->drawn)
		snprintf(left_out, sizeof left_out, "%u cells with smaller or less sure differences are left out. ",
			d->cells - d->drawn);
	int at = snprintf(text, sizeof text, "%s", left_out);
	if (failed > 0)
		at += snprintf(text + at, sizeof text - (size_t)at,
			"Failed: %u in A alone, %u in B alone, %u in both. ", count(d, COMPARE_FAILED_A),
			count(d, COMPARE_FAILED_B), count(d, COMPARE_FAILED));
	if (alone > 0)
		snprintf(text + at, sizeof text - (size_t)at, "Only in A: %u; only in B: %u.", count(d, COMPARE_ONLY_A),
			count(d, COMPARE_ONLY_B));
	chart_set(out, "missing", text, 150);
}

/* ---- data ---- */

static bool has_interval(const struct compare_ratio *r)
{
	return isfinite(r->low) && isfinite(r->high) && r->low > 0;
}

static void write_ratios(FILE *out, const struct drawing *d)
{
	double low = 1, top = 1;

	fputs("$ratios << EOD\n", out);
	for (unsigned i = 0; i < d->drawn; i++) {
		const struct compare_ratio *r = &d->row[i]->ratio;
		double from = has_interval(r) ? r->low : r->estimate, to = has_interval(r) ? r->high : r->estimate;
		if (i > 0 && d->group_of[i] != d->group_of[i - 1])
			fputs("\n\n", out);
		fprintf(out, "%.4g", d->y[i]);
		chart_number(out, r->estimate);
		chart_number(out, from);
		chart_number(out, to);
		putc('\n', out);
		low = fmin(low, from);
		top = fmax(top, to);
	}
	fputs("EOD\n", out);
	const struct compare_ratio none = { NAN, NAN, NAN };
	const struct compare_ratio *drift = !d->c->twins && has_interval(&d->c->drift) ? &d->c->drift : &none;
	low = fmin(low, drift->low);
	top = fmax(top, drift->high);
	double room = fmax(1.01, pow(top / low, 0.04));
	fprintf(out, "low = %.9g\ntop = %.9g\nfrom =", low / room, top * room);
	chart_number(out, drift->low);
	fputs("\nto =", out);
	chart_number(out, drift->high);
	putc('\n', out);
}

static void write_rows(FILE *out, const struct drawing *d)
{
	char value[80], ratio[16], interval[48];
	size_t letters = 0;

	fprintf(out, "rows = %u\narray y[%u]\narray label[%u]\narray value[%u]\n", d->drawn, d->drawn, d->drawn,
		d->drawn);
	for (unsigned i = 0; i < d->drawn; i++) {
		const struct compare_ratio *r = &d->row[i]->ratio;
		size_t columns = words_columns(d->label[i]);
		letters = columns > letters ? columns : letters;
		fprintf(out, "y[%u] = %.4g\nlabel[%u] = ", i + 1, d->y[i], i + 1);
		chart_quote(out, d->label[i], LABEL);
		snprintf(value, sizeof value, "%s %s", words_ratio(r->estimate, ratio, sizeof ratio),
			words_interval(r->low, r->high, interval, sizeof interval));
		fprintf(out, "\nvalue[%u] = ", i + 1);
		chart_quote(out, value, 24);
		putc('\n', out);
	}
	fprintf(out, "letters = %zu\n", letters > LABEL ? LABEL : letters);
}

static void write_groups(FILE *out, const struct drawing *d)
{
	char text[80];

	fprintf(out, "groups = %u\narray verdict[%u]\narray heading[%u]\narray heading_y[%u]\n", d->groups, d->groups,
		d->groups, d->groups);
	for (unsigned g = 0; g < d->groups; g++) {
		unsigned shown = 0, all = count(d, d->kind[g]->verdict);
		for (unsigned i = 0; i < d->drawn; i++)
			shown += d->group_of[i] == g + 1;
		if (shown < all)
			snprintf(text, sizeof text, "%s: %u of %u cells", d->kind[g]->heading, shown, all);
		else
			snprintf(text, sizeof text, "%s: %u cell%s", d->kind[g]->heading, all, all == 1 ? "" : "s");
		fprintf(out, "verdict[%u] = %d\nheading_y[%u] = %.4g\nheading[%u] = ", g + 1, d->kind[g]->code, g + 1,
			d->heading_y[g], g + 1);
		chart_quote(out, text, 60);
		putc('\n', out);
	}
}

/* ---- the door ---- */

static int no_memory(char *why)
{
	snprintf(why, SUMMARY_WHY, "no memory for the picture of this comparison");
	return -ENOMEM;
}

static int choose(struct drawing *d, char *why)
{
	d->row = calloc(d->c->rows + 1, sizeof *d->row);
	if (d->row == NULL)
		return no_memory(why);
	for (unsigned i = 0; i < d->c->rows; i++)
		if (has_ratio(&d->c->row[i]))
			d->row[d->cells++] = &d->c->row[i];
	if (d->cells == 0) {
		snprintf(why, SUMMARY_WHY, "there is no picture of this comparison: no cell has a time in both runs");
		return -ENODATA;
	}
	qsort(d->row, d->cells, sizeof *d->row, by_weight);
	d->drawn = d->cells < COMPARE_CHART_ROWS ? d->cells : COMPARE_CHART_ROWS;
	qsort(d->row, d->drawn, sizeof *d->row, by_place);
	lay_out(d);
	name_rows(d);
	return 0;
}

static void write_data(FILE *out, const struct drawing *d)
{
	fputs("# Made by `manyhands compare`.  Draw it again, here: gnuplot compare.gp\nout = 'compare'\n", out);
	write_title(out, d);
	write_subtitle(out, d->c);
	write_foot(out, d);
	write_ratios(out, d);
	write_rows(out, d);
	write_groups(out, d);
	fprintf(out, "span = %.4g\nheight = %.0f\n", d->span, 190 + 20 * d->span);
}

int compare_chart_script(const struct compare *c, const char *scripts_dir, char **script, char *why)
{
	struct drawing d = { .c = c };
	size_t size = 0;
	FILE *out = NULL;
	int error = choose(&d, why);

	*script = NULL;
	if (error == 0 && (out = open_memstream(script, &size)) == NULL)
		error = no_memory(why);
	if (out != NULL) {
		write_data(out, &d);
		error = chart_paste(out, scripts_dir, "style", why);
		if (error == 0)
			error = chart_paste(out, scripts_dir, "compare", why);
		if (fclose(out) != 0 && error == 0)
			error = no_memory(why);
	}
	free(d.row);
	if (error < 0) {
		free(*script);
		*script = NULL;
	}
	return error;
}

/* "svg" of "x/compare.svg"; NULL for what is no picture. */
static const char *format_of(const char *path)
{
	static const char *const formats[] = { "svg", "png", "pdf" };
	const char *dot = strrchr(path, '.');

	for (unsigned i = 0; dot != NULL && i < 3; i++)
		if (strcmp(dot + 1, formats[i]) == 0)
			return formats[i];
	return NULL;
}

bool compare_chart_can(const char *path)
{
	return format_of(path) != NULL;
}

int compare_chart_save(const struct compare *c, const char *scripts_dir, const char *path, char *why)
{
	char *script, *drawn = NULL;
	size_t length;
	int error = compare_chart_script(c, scripts_dir, &script, why);

	const struct picture picture = { "the comparison", script, format_of(path) };
	if (error == 0)
		error = picture_draw(&picture, &drawn, &length, why);
	if (error == 0)
		error = export_save(path, drawn, length, why);
	free(drawn);
	free(script);
	return error;
}
