/* SPDX-License-Identifier: MIT */
/* charts.c -- a lesson's numbers into self-contained gnuplot scripts.  What a chart looks like stands in scripts/. */
#include "bench/report/charts.h"

#include "bench/report/chart.h"
#include "bench/report/draw.h"
#include "bench/report/words.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEADLINE_MS = 60000 };

/* ---- gnuplot's language ---- */

void chart_quote(FILE *out, const char *text, size_t columns)
{
	char clean[CHART_TEXT];

	putc('\'', out);
	for (const char *c = words_clean(text, columns, clean, sizeof clean); *c; c++)
		fputs(*c == '\'' ? "''" : (const char[]){ *c, '\0' }, out);
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
	char *us = strstr(time, " us"), rest[64];

	if (us != NULL) {
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

/* A name that is safe as a file's, in a gnuplot script and on any system. */
static void make_stem(const char *name, char *out, size_t size)
{
	snprintf(out, size < 101 ? size : 101, "%s", name);
	for (char *c = out; *c; c++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", *c) == NULL)
			*c = '_';
	if (out[0] == '\0' || out[0] == '-')
		snprintf(out, size, "lesson");
}

/* ---- which cells ---- */

/* Of several problems the one with most cells: in a lesson's own sweep that is the default, on all numbers of workers.
 * Empty when there is none. */
static struct group find_group(const struct summary *s, unsigned lesson, bool document)
{
	struct group best = { 0, 0 };

	for (unsigned begin = 0, end; begin < s->cells; begin = end) {
		for (end = begin; end < s->cells && summary_same_problem(s->cell[begin], s->cell[end]); end++)
			;
		if (s->cell[begin]->lesson == lesson && s->cell[begin]->document == document
			&& end - begin > best.end - best.begin)
			best = (struct group){ begin, end };
	}
	return best;
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

/* "Sum of powers: openmp is 1.97 times as fast as serial on 2 workers" */
static void write_title(FILE *out, const struct view *v)
{
	const struct summary_cell *best = best_cell(v);
	char lesson[200], name[100], text[CHART_TEXT];

	words_clean(v->lesson->title, 44, lesson, sizeof lesson);
	lesson[strcspn(lesson, ":")] = '\0';  /* "Sum of powers: split, work, gather": the name will do */
	if (best == NULL) {
		snprintf(text, sizeof text, "%s: no variant has a speedup", lesson);
		chart_set(out, "title", text, 92);
		return;
	}
	const struct summary_measure *m = &best->regime[SUMMARY_WARM];
	words_clean(summary_variant_name(v->s, best), 20, name, sizeof name);
	if (m->verdict == SUMMARY_FASTER)
		snprintf(text, sizeof text, "%s: %s is %.2f times as fast as serial on %u worker%s", lesson, name,
			m->speedup, best->workers, best->workers == 1 ? "" : "s");
	else if (m->verdict == SUMMARY_TOO_FEW)
		snprintf(text, sizeof text, "%s: %s looks %.2f times as fast as serial, from too few blocks", lesson,
			name, m->speedup);
	else
		snprintf(text, sizeof text, "%s: nothing %sbeats serial; %s comes nearest (%.2f)", lesson,
			m->verdict == SUMMARY_UNCLEAR ? "clearly " : "", name, m->speedup);
	chart_set(out, "title", text, 92);
}

static void write_subtitle(FILE *out, const struct view *v)
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
	snprintf(text, sizeof text, "%s · %s · %s, %u core%s%s", serial, size, model, s->cores,
		s->cores == 1 ? "" : "s", s->hypervisor ? " (virtual)" : "");
	chart_set(out, "subtitle", text, 134);
}

void chart_caption(FILE *out, const struct view *v, const char *what, const char *more)
{
	unsigned fewest = UINT_MAX, most = 0;
	char text[CHART_TEXT], count[64];

	for (unsigned i = v->main.begin; i < v->main.end; i++) {
		unsigned blocks = v->s->cell[i]->regime[SUMMARY_WARM].blocks;
		if (blocks == 0)
			continue;
		fewest = blocks < fewest ? blocks : fewest;
		most = blocks > most ? blocks : most;
	}
	if (fewest < most)
		snprintf(count, sizeof count, "%u to %u blocks", fewest, most);
	else
		snprintf(count, sizeof count, "%u block%s", most, most == 1 ? "" : "s");
	if (most == 0)
		snprintf(text, sizeof text, "Nothing gave a time");
	else if (most < SUMMARY_LEAST_BLOCKS)
		snprintf(text, sizeof text, "%s %s%s; a 95 %% interval needs %d", what, count, more,
			SUMMARY_LEAST_BLOCKS);
	else
		snprintf(text, sizeof text, "%s %s%s, with 95 %% intervals", what, count, more);
	chart_set(out, "caption", text, 150);
}

/* Which cells have no speedup, and why: "Not drawn: race, p = 2 (wrong 12/12)". */
void chart_missing(FILE *out, const struct view *v, const char *or_else)
{
	char text[CHART_TEXT] = "", name[100], verdict[64];
	size_t at = 0;

	for (unsigned i = v->main.begin; i < v->main.end && at < sizeof text; i++) {
		const struct summary_cell *cell = v->s->cell[i];
		if (chart_has_speedup(cell) || cell->regime[SUMMARY_WARM].verdict == SUMMARY_BASE)
			continue;
		words_clean(summary_variant_name(v->s, cell), 20, name, sizeof name);
		summary_verdict_text(v->s, cell, SUMMARY_WARM, verdict, sizeof verdict);
		at += (size_t)snprintf(text + at, sizeof text - at, "%s%s, p = %u (%s)", at ? "; " : "Not drawn: ",
			name, cell->workers, verdict);
	}
	chart_set(out, "missing", at ? text : or_else, 150);
}

/* ---- files ---- */

/* One kind of chart: NAME.gp in scripts_dir draws what `write` writes. */
static const struct kind {
	const char *name;
	void (*write)(FILE *, const struct view *);
} kinds[] = { { "time", bars_write }, { "speedup", speedup_write }, { "efficiency", efficiency_write } };

static int cannot(const char *doing, const char *path, int error, char *why)
{
	snprintf(why, SUMMARY_WHY, "cannot %s %.300s: %s", doing, path, strerror(-error));
	return error == -ENOENT ? -EIO : error; /* -ENOENT is kept for gnuplot itself */
}

static int paste(FILE *out, const char *scripts_dir, const char *name, char *why)
{
	char path[PATH_MAX], text[4096];
	size_t got;

	snprintf(path, sizeof path, "%s/%s.gp", scripts_dir, name);
	FILE *in = fopen(path, "re");
	if (in == NULL)
		return cannot("read the style of the charts,", path, -errno, why);
	putc('\n', out);
	while ((got = fread(text, 1, sizeof text, in)) > 0)
		fwrite(text, 1, got, out);
	int error = ferror(in) ? -EIO : 0;
	fclose(in);
	return error < 0 ? cannot("read the style of the charts,", path, error, why) : 0;
}

/* Writes charts/STEM-KIND.gp, and removes the pictures that an older one left. */
static int write_script(const char *charts, const char *scripts_dir, const struct view *v, const struct kind *kind,
	char *why)
{
	char path[PATH_MAX + 256], picture[PATH_MAX + 256];

	snprintf(path, sizeof path, "%s/%s-%s.gp", charts, v->stem, kind->name);
	FILE *out = fopen(path, "we");
	if (out == NULL)
		return cannot("write", path, -errno, why);
	fprintf(out, "# Made by `manyhands report`.  Draw it again, here: gnuplot %s-%s.gp\n", v->stem, kind->name);
	fprintf(out, "out = '%s-%s'\n", v->stem, kind->name);
	write_title(out, v);
	write_subtitle(out, v);
	kind->write(out, v);
	int error = paste(out, scripts_dir, "style", why);
	if (error == 0)
		error = paste(out, scripts_dir, kind->name, why);
	bool lost = ferror(out) != 0;
	if (fclose(out) != 0 || lost)
		error = error < 0 ? error : cannot("write", path, -ENOSPC, why);

	static const char *const endings[] = { "svg", "png" };
	for (int i = 0; i < 2; i++) {
		snprintf(picture, sizeof picture, "%s/%s-%s.%s", charts, v->stem, kind->name, endings[i]);
		unlink(picture);
	}
	return error;
}

static struct view view_of(const struct summary *s, unsigned lesson)
{
	struct view v = { .s = s, .lesson = &s->lesson[lesson] };

	v.main = find_group(s, lesson, false);
	v.document = find_group(s, lesson, true);
	if (v.main.begin == v.main.end) {
		v.main = v.document;
		v.document = (struct group){ 0, 0 };
	}
	make_stem(v.lesson->name, v.stem, sizeof v.stem);
	return v;
}

/* Goes on after a chart that cannot be drawn; *drawing says that there is a gnuplot to try. */
static int write_lesson(const char *charts, const char *scripts_dir, const struct view *v, bool *drawing, char *why)
{
	char script[256], said[DRAW_WHY];
	int first = 0;

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		int error = write_script(charts, scripts_dir, v, &kinds[k], why);
		if (error < 0)
			return error;
		if (!*drawing)
			continue;
		snprintf(script, sizeof script, "%s-%s.gp", v->stem, kinds[k].name);
		error = draw_run(charts, script, DEADLINE_MS, said);
		*drawing = error != -ENOENT;
		if (error < 0 && first == 0) {
			first = error;
			snprintf(why, SUMMARY_WHY, "%s", said);
		}
	}
	return first;
}

int charts_write(const char *folder, const char *scripts_dir, const struct summary *s, char *why)
{
	char charts[PATH_MAX], said[SUMMARY_WHY];
	bool drawing = true;
	int first = 0;

	snprintf(charts, sizeof charts, "%s/charts", folder);
	if (mkdir(charts, 0777) < 0 && errno != EEXIST)
		return cannot("make the folder", charts, -errno, why);
	for (unsigned i = 0; i < s->lessons; i++) {
		struct view v = view_of(s, i);
		if (v.lesson->is_capacity || v.lesson->is_bandwidth || v.main.begin == v.main.end)
			continue;
		int error = write_lesson(charts, scripts_dir, &v, &drawing, said);
		if (error < 0 && first == 0) {
			first = error;
			snprintf(why, SUMMARY_WHY, "%s", said);
		}
	}
	return first;
}
