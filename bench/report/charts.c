/* SPDX-License-Identifier: MIT */
/* charts.c -- which pictures a lesson gets, and their files.  What a kind draws stands in a file of its own beside this
 * one, what it looks like in scripts/. */
#include "bench/report/charts.h"

#include "bench/report/chart.h"
#include "bench/report/draw.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEADLINE_MS = 60000 };

/* NAME.gp in scripts_dir draws what `write` writes, in the frame of layout.gp, if there is one.  `always`: for lessons
 * that do not say what they want. */
static const struct kind {
	const char *name, *heading, *about;
	bool (*write)(FILE *, struct view *);
	bool always;
	const char *layout;
} kinds[] = {
	{ "time", "Time",
		"The bars are medians, their whiskers 95 % intervals; the full bar is warm, the pale one cold.",
		bars_write, true, "rows" },
	{ "speedup", "Speedup", "A point is a variant at a number of workers, its bar the 95 % interval, the small "
		"dots the blocks that it was estimated from. The grey band is what the machine gave to independent "
		"copies of a loop.", speedup_write, true, "workers" },
	{ "efficiency", "Efficiency", "Speedup divided by the number of workers: 1 means that none of them was idle.",
		efficiency_write, true, "workers" },
	{ "serial_share", "Serial share", "Karp and Flatt's e(p): the share of the work that would have to be serial "
		"to explain the speedup. Flat over p it is a serial part, as in Amdahl's law; rising, a cost of "
		"keeping the workers in step.", serial_share_write, true, "workers" },
	{ "phases", "Phases", "Where the time goes: until a worker works, until the last is done, until the caller "
		"has the answer. A cold run also makes its workers before, and ends them after.",
		phases_write, true, "rows" },
	{ "contention", "Contention",
		"Work done in a second, against the number of workers: what they share holds it up.",
		contention_write, false, "workers" },
	{ "spread", "Spread", "A dot is the time of a block, a cross that of a block that something else disturbed; "
		"the tick is the median, the grey band its 95 % interval, "
		"and the number the ninth decile over the first.", spread_write, true, "rows" },
	{ "timeline", "Timeline", "One cold run of each variant. Above, the caller, from start to stop; below it a "
		"lane for each worker, from its first task to the end of its last. How full a lane is says for which "
		"share of that time the worker had a CPU; the rest of it, it waited.", timeline_write, false, NULL },
	{ "sweep", "Sweep", "On the left what a unit of n takes at each value of the parameter, on the right the "
		"speedup over serial at the same value.", sweep_write, false, NULL },
	{ "crossover", "Crossover", "Time against size, both logarithmic. Where a variant passes below serial it "
		"begins to pay: the circle, its bar the 95 % interval.", crossover_write, false, "curves" },
	{ "granularity", "Granularity", "Efficiency against the work that one task holds. The circle is the least "
		"work with which half of the workers' time is put to use (METG), its bar the 95 % interval.",
		granularity_write, false, "curves" },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const char *charts_kind(unsigned i)
{
	return i < KINDS ? kinds[i].name : NULL;
}

/* ---- which charts ---- */

/* "sweep capacity" is of the kind "sweep"; *argument is "capacity", or "". */
static const struct kind *find_kind(const char *asked, const char **argument)
{
	size_t length = strcspn(asked, " ");

	*argument = asked + length + (asked[length] == ' ');
	for (unsigned k = 0; k < KINDS; k++)
		if (strlen(kinds[k].name) == length && strncmp(kinds[k].name, asked, length) == 0)
			return &kinds[k];
	return NULL;
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

static int cannot(const char *doing, const char *path, int error, char *why)
{
	snprintf(why, SUMMARY_WHY, "cannot %s %.300s: %s", doing, path, strerror(-error));
	return error == -ENOENT ? -EIO : error; /* -ENOENT is kept for gnuplot itself */
}

int chart_paste(FILE *out, const char *scripts_dir, const char *name, char *why)
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
	bool lost = ferror(in) != 0;
	fclose(in);
	return lost ? cannot("read", path, -EIO, why) : 0;
}

/* The whole of a .gp file; left NULL when there is nothing to draw. */
static int write_script(struct chart *c, const struct kind *kind, struct view *v, const char *scripts_dir, char *why)
{
	size_t size = 0;
	FILE *out = open_memstream(&c->script, &size);
	int error = 0;

	if (out == NULL)
		return cannot("make", c->name, -ENOMEM, why);
	fprintf(out, "# Made by `manyhands report`.  Draw it again, here: gnuplot %s.gp\nout = '%s'\n", c->name,
		c->name);
	chart_subtitle(out, v);
	bool drawn = kind->write(out, v);
	if (drawn)
		error = chart_paste(out, scripts_dir, "style", why);
	if (drawn && error == 0 && kind->layout != NULL)
		error = chart_paste(out, scripts_dir, kind->layout, why);
	if (drawn && error == 0)
		error = chart_paste(out, scripts_dir, kind->name, why);
	if (fclose(out) != 0 && error == 0)
		error = cannot("make", c->name, -ENOMEM, why);
	if (!drawn || error < 0) {
		free(c->script);
		c->script = NULL;
	}
	snprintf(c->title, sizeof c->title, "%s", v->title);
	return error;
}

static int add_chart(struct charts *list, const struct summary *s, unsigned lesson, const char *asked,
	const char *scripts_dir, char *why)
{
	struct chart *c = &list->chart[list->count];
	struct view v;
	const char *argument;
	char stem[101], name[256];
	const struct kind *kind = find_kind(asked, &argument);

	if (kind == NULL)       /* of a later manyhands, or hostile */
		return 0;
	v = chart_view(s, lesson, argument);
	make_stem(s->lesson[lesson].name, stem, sizeof stem);
	snprintf(name, sizeof name, "%s-%s%s%s", stem, kind->name, *argument ? "-" : "", argument);
	make_stem(name, c->name, sizeof c->name);
	c->lesson = lesson;
	c->kind = kind->name;
	c->heading = kind->heading;
	c->about = kind->about;
	c->argument = argument;
	list->count++;
	return v.main.begin < v.main.end ? write_script(c, kind, &v, scripts_dir, why)
		: (chart_refuse(&v, "nothing was measured"), snprintf(c->title, sizeof c->title, "%s", v.title), 0);
}

static int add_lesson(struct charts *list, const struct summary *s, unsigned i, const char *scripts_dir, char *why)
{
	const struct summary_lesson *lesson = &s->lesson[i];
	unsigned most = list->count + (lesson->charts ? lesson->charts : KINDS);
	struct chart *more = reallocarray(list->chart, most, sizeof *more);
	int error = 0;

	if (more == NULL)
		return cannot("make the charts of", lesson->name, -ENOMEM, why);
	list->chart = more;
	memset(list->chart + list->count, 0, (most - list->count) * sizeof *more);
	for (unsigned c = 0; c < lesson->charts && error == 0; c++)
		error = add_chart(list, s, i, lesson->chart[c], scripts_dir, why);
	for (unsigned k = 0; k < KINDS && lesson->charts == 0 && error == 0; k++)
		if (kinds[k].always)
			error = add_chart(list, s, i, kinds[k].name, scripts_dir, why);
	return error;
}

int charts_make(const struct summary *s, const char *scripts_dir, struct charts *out, char *why)
{
	int error = 0;

	*out = (struct charts){ 0 };
	for (unsigned i = 0; i < s->lessons && error == 0; i++)
		if (!s->lesson[i].is_capacity && !s->lesson[i].is_bandwidth)
			error = add_lesson(out, s, i, scripts_dir, why);
	return error;
}

void charts_free(struct charts *list)
{
	for (unsigned i = 0; i < list->count; i++)
		free(list->chart[i].script);
	free(list->chart);
	*list = (struct charts){ 0 };
}

/* ---- files ---- */

/* Also removes the pictures that an older script made. */
static int save(const char *charts, const struct chart *c, char *why)
{
	static const char *const endings[] = { "gp", "svg", "png", "pdf" };
	char path[PATH_MAX + 160];

	for (size_t i = sizeof endings / sizeof *endings; i-- > 0;) {
		snprintf(path, sizeof path, "%s/%s.%s", charts, c->name, endings[i]);
		unlink(path);
	}
	if (c->script == NULL)
		return 0;
	FILE *out = fopen(path, "we");
	if (out == NULL)
		return cannot("write", path, -errno, why);
	bool lost = fputs(c->script, out) < 0;
	if (fclose(out) != 0 || lost)
		return cannot("write", path, -ENOSPC, why);
	return 0;
}

int charts_save(const char *folder, const struct charts *list, char *why)
{
	char charts[PATH_MAX];
	int error = 0;

	snprintf(charts, sizeof charts, "%s/charts", folder);
	if (mkdir(charts, 0777) < 0 && errno != EEXIST)
		return cannot("make the folder", charts, -errno, why);
	for (unsigned i = 0; i < list->count && error == 0; i++)
		error = save(charts, &list->chart[i], why);
	return error;
}

int charts_draw(const char *folder, const struct charts *list, const char *formats, char *why)
{
	enum { NAME = sizeof list->chart->name + sizeof ".gp" };
	char charts[PATH_MAX], (*file)[NAME] = calloc(list->count + 1, NAME);
	const char **script = calloc(list->count + 1, sizeof *script);
	struct draw draw = { .folder = charts, .script = script, .formats = formats, .deadline_ms = DEADLINE_MS };
	int error = cannot("draw", "charts", -ENOMEM, why);

	snprintf(charts, sizeof charts, "%s/charts", folder);
	if (file != NULL && script != NULL) {
		for (unsigned i = 0; i < list->count; i++) {
			if (list->chart[i].script == NULL)
				continue;
			snprintf(file[draw.count], NAME, "%s.gp", list->chart[i].name);
			script[draw.count] = file[draw.count];
			draw.count++;
		}
		error = draw_run(&draw, why);
	}
	free(file);
	free(script);
	return error;
}
