/* SPDX-License-Identifier: MIT */
/* chart.c -- what the kinds of charts have in common: gnuplot's language, which cells, and the texts around them. */
#include "bench/report/chart.h"

#include "bench/report/words.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

/* ---- gnuplot's language ---- */

/* '' is a quote only after something else: gnuplot takes it for the string's end at its beginning, and after another
 * one. There the typographic apostrophe stands for it. */
void chart_quote(FILE *out, const char *text, size_t columns)
{
	char clean[CHART_TEXT];
	bool after_quote = true;

	putc('\'', out);
	for (const char *c = words_clean(text, columns, clean, sizeof clean); *c; c++) {
		fputs(*c != '\'' ? (const char[]){ *c, '\0' } : after_quote ? "’" : "''", out);
		after_quote = *c == '\'';
	}
	putc('\'', out);
}

void chart_set(FILE *out, const char *name, const char *text, size_t columns)
{
	fprintf(out, "%s = ", name);
	chart_quote(out, text, columns);
	putc('\n', out);
}

char *chart_micro(char *time, size_t size)
{
	char rest[128];

	for (char *us = time; (us = strstr(us, " us")) != NULL; us++) {
		snprintf(rest, sizeof rest, "%s", us + 3);
		snprintf(us, size - (size_t)(us - time), " µs%s", rest);
	}
	return time;
}

void chart_number(FILE *out, double value)
{
	if (isnan(value))
		fputs(" NaN", out);
	else
		fprintf(out, " %.9g", value);
}

/* ---- which cells ---- */

/* What run.json names as the lesson's problem. */
static bool is_main(const struct summary *s, const struct summary_cell *cell)
{
	const struct summary_lesson *lesson = &s->lesson[cell->lesson];

	return lesson->params && cell->problem == lesson->n && strcmp(cell->params, lesson->params) == 0;
}

struct group chart_group(const struct summary *s, unsigned lesson, bool document)
{
	struct group best = { 0, 0 };

	for (unsigned begin = 0, end; begin < s->cells; begin = end) {
		for (end = begin; end < s->cells && summary_same_problem(s->cell[begin], s->cell[end]); end++)
			;
		if (s->cell[begin]->lesson != lesson || s->cell[begin]->document != document)
			continue;
		if (!document && is_main(s, s->cell[begin]))
			return (struct group){ begin, end };
		if (end - begin > best.end - best.begin)
			best = (struct group){ begin, end };
	}
	return best;
}

struct view chart_view(const struct summary *s, unsigned lesson, const char *argument)
{
	struct view v = { .s = s, .lesson = &s->lesson[lesson], .argument = argument };

	v.main = chart_group(s, lesson, false);
	v.document = chart_group(s, lesson, true);
	if (v.main.begin == v.main.end) {
		v.main = v.document;
		v.document = (struct group){ 0, 0 };
	}
	return v;
}

bool chart_is_serial(const struct view *v, const struct summary_cell *cell)
{
	return strcmp(summary_variant_name(v->s, cell), "serial") == 0;
}

bool chart_has_speedup(const struct summary_cell *cell)
{
	return !isnan(cell->regime[SUMMARY_WARM].speedup);
}

/* What most lessons have looks the same in all of them. */
static const char *const common[] = { "pthreads", "fork_pool", "openmp", "fork" };
enum { COMMON = sizeof common / sizeof *common };

/* COMMON: a variant that is its lesson's own. */
static unsigned common_slot(const char *name)
{
	unsigned slot = 0;

	if (strcmp(name, "serial") == 0)
		return CHART_BASE_SLOT;
	while (slot < COMMON && strcmp(name, common[slot]) != 0)
		slot++;
	return slot;
}

unsigned chart_slot(const struct view *v, const struct summary_cell *cell)
{
	unsigned slot = common_slot(summary_variant_name(v->s, cell));

	if (slot < COMMON || slot == CHART_BASE_SLOT)
		return slot;
	for (unsigned i = 0; i < cell->variant; i++)
		slot += !v->lesson->variant[i].broken && common_slot(v->lesson->variant[i].name) == COMMON;
	return slot < CHART_BASE_SLOT ? slot : slot + 1;
}

unsigned chart_most_workers(const struct view *v)
{
	unsigned most = 1;

	for (unsigned i = v->main.begin; i < v->main.end; i++)
		if (v->s->cell[i]->workers > most)
			most = v->s->cell[i]->workers;
	return most;
}

/* ---- texts ---- */

static const struct summary_cell *best_cell(const struct view *v)
{
	const struct summary_cell *best = NULL;

	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		if (chart_has_speedup(cell)
			&& (best == NULL || cell->regime[SUMMARY_WARM].speedup > best->regime[SUMMARY_WARM].speedup))
			best = cell;
	}
	return best;
}

void chart_title(FILE *out, struct view *v, const char *format, ...)
{
	char lesson[200];
	va_list values;

	words_clean(v->lesson->title, 44, lesson, sizeof lesson);
	lesson[strcspn(lesson, ":")] = '\0';  /* "Sum of powers: split, work, gather": the name will do */
	int length = snprintf(v->title, sizeof v->title, "%s: ", lesson);
	va_start(values, format);
	vsnprintf(v->title + length, sizeof v->title - (size_t)length, format, values);
	va_end(values);
	chart_set(out, "title", v->title, 92);
}

/* "Sum of powers: openmp is 1.97 times as fast as serial on 2 workers" */
void chart_title_best(FILE *out, struct view *v)
{
	const struct summary_cell *best = best_cell(v);
	char name[100];

	if (best == NULL) {
		chart_title(out, v, "no variant has a speedup");
		return;
	}
	const struct summary_measure *m = &best->regime[SUMMARY_WARM];
	words_clean(summary_variant_name(v->s, best), 20, name, sizeof name);
	if (m->verdict == SUMMARY_FASTER)
		chart_title(out, v, "%s is %.2f times as fast as serial on %u worker%s", name, m->speedup,
			best->workers, best->workers == 1 ? "" : "s");
	else if (m->verdict == SUMMARY_TOO_FEW)
		chart_title(out, v, "%s looks %.2f times as fast as serial, from too few blocks", name, m->speedup);
	else
		chart_title(out, v, "nothing %sbeats serial; %s comes nearest (%.2f)",
			m->verdict == SUMMARY_UNCLEAR ? "clearly " : "", name, m->speedup);
}

bool chart_refuse(struct view *v, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	vsnprintf(v->title, sizeof v->title, format, values);
	va_end(values);
	return false;
}

void chart_subtitle(FILE *out, const struct view *v)
{
	const struct summary *s = v->s;
	const struct summary_cell *first = s->cell[v->main.begin], *base = summary_base(s, first);
	char serial[128] = "no serial time", time[64], size[CHART_TEXT], model[200], text[4 * CHART_TEXT];

	if (base != NULL && base->regime[SUMMARY_WARM].blocks > 0) {
		const struct summary_measure *m = &base->regime[SUMMARY_WARM];
		words_time_interval(m->median_s, m->low_s, m->high_s, time, sizeof time);
		snprintf(serial, sizeof serial, "serial takes %s", chart_micro(time, sizeof time));
	}
	words_size(first->n, v->lesson->unit, first->params, size, sizeof size);
	words_clean(s->model, 44, model, sizeof model);
	/* the size at the end: of many parameters the last may be cut off */
	snprintf(text, sizeof text, "%s · %s%s%u core%s%s · %s", serial, model, *model ? ", " : "", s->cores,
		s->cores == 1 ? "" : "s", s->hypervisor ? " (virtual)" : "", size);
	chart_set(out, "subtitle", text, 134);
}

/* The fewest and the most blocks of a cell that has a time; 0 when none has. */
static void count_blocks(const struct view *v, unsigned *fewest, unsigned *most)
{
	*fewest = UINT_MAX;
	*most = 0;
	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		unsigned blocks = v->s->cell[i]->regime[SUMMARY_WARM].blocks;
		if (blocks == 0)
			continue;
		*fewest = blocks < *fewest ? blocks : *fewest;
		*most = blocks > *most ? blocks : *most;
	}
}

char *chart_blocks(const struct view *v, char *out, size_t size)
{
	unsigned fewest, most;

	count_blocks(v, &fewest, &most);
	if (most == 0)
		snprintf(out, size, "no block");
	else if (fewest < most)
		snprintf(out, size, "%u to %u blocks", fewest, most);
	else
		snprintf(out, size, "%u block%s", most, most == 1 ? "" : "s");
	return out;
}

void chart_caption(FILE *out, const struct view *v, const char *what, const char *more)
{
	unsigned fewest, most;
	char text[CHART_TEXT], count[64];

	count_blocks(v, &fewest, &most);
	chart_blocks(v, count, sizeof count);
	if (most == 0)
		snprintf(text, sizeof text, "Nothing gave a time");
	else if (most < SUMMARY_LEAST_BLOCKS)
		snprintf(text, sizeof text, "%s %s%s; a 95 %% interval needs %d", what, count, more,
			SUMMARY_LEAST_BLOCKS);
	else
		snprintf(text, sizeof text, "%s %s%s, with 95 %% intervals", what, count, more);
	chart_set(out, "caption", text, 150);
}

const char *chart_why_missing(const struct view *v, const struct summary_cell *cell, char *out, size_t size)
{
	if (chart_has_speedup(cell) || cell->regime[SUMMARY_WARM].verdict == SUMMARY_BASE)
		return NULL;
	return summary_verdict_text(v->s, cell, SUMMARY_WARM, out, size);
}

/* Which cells are not drawn, and why: "Not drawn: race, p = 2 (wrong 12/12)".  What several have in common is said
 * once, after the last of them. */
void chart_missing_because(FILE *out, const struct view *v, chart_why *why, const char *or_else)
{
	char text[CHART_TEXT] = "", name[100], room[64], reason[64] = "";
	const struct summary_cell *last = NULL;
	size_t at = 0;

	for (unsigned i = v->main.begin; i < v->main.end && at < sizeof text; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		const char *said = why(v, cell, room, sizeof room);
		if (said == NULL)
			continue;
		bool more = last != NULL && strcmp(said, reason) == 0;
		if (last != NULL && !more)
			at += (size_t)snprintf(text + at, sizeof text - at, " (%s)", reason);
		words_clean(summary_variant_name(v->s, cell), 20, name, sizeof name);
		if (at < sizeof text && more && last->variant == cell->variant)
			at += (size_t)snprintf(text + at, sizeof text - at, ", %u", cell->workers);
		else if (at < sizeof text)
			at += (size_t)snprintf(text + at, sizeof text - at, "%s%s, p = %u",
				last ? "; " : "Not drawn: ", name, cell->workers);
		snprintf(reason, sizeof reason, "%s", said);
		last = cell;
	}
	if (last != NULL && at < sizeof text)
		snprintf(text + at, sizeof text - at, " (%s)", reason);
	chart_set(out, "missing", last ? text : or_else, 150);
}

void chart_missing(FILE *out, const struct view *v, const char *or_else)
{
	chart_missing_because(out, v, chart_why_missing, or_else);
}
