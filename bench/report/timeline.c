/* SPDX-License-Identifier: MIT */
/* timeline.c -- who worked when, as gnuplot's data: one cold run of each variant, a lane for the caller and for each
 * worker.
 *
 * "timeline": the lesson's main problem with most workers; "timeline NAME=VALUE": that with another value of a
 * parameter.  A row of samples.ndjson knows when a worker entered and left, and its CPU time in between, not when it
 * had it: so a lane is as full as the share that it had.  The run's tear-down comes after the trial's other runs and is
 * drawn right behind its work.
 */
#include "bench/base/text.h"
#include "bench/report/chosen.h"
#include "bench/report/params.h"
#include "bench/report/problems.h"
#include "bench/report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STRIPS = 20, MOST_LANES = 16, ROOM = 36, MOST_PANELS = 3, ROW_PIXELS = 17 };

static const double far_longer = 6;     /* runs that take so many times as long have an axis of their own */
static const double worth_telling = 0.1;        /* of a run */

struct lane {
	unsigned worker;
	bool seen;                      /* it worked, and its stamps lie within the run */
	double enter_s, leave_s, share; /* since the run's start; of a CPU, 0 to 1, NAN: not known */
	json_int_t pu;                  /* -1: not known */
};

struct strip {                  /* a variant's run */
	const struct summary_cell *cell;
	enum summary_regime regime;
	double start_s, solve_s, stop_s;        /* how long each part took; start and stop 0 in a warm run */
	unsigned workers, lanes, panel;
	struct lane lane[MOST_LANES];
	double y;                       /* of the caller; the lanes follow below */
};

struct timeline {
	const struct view *v;
	unsigned wanted, strips, panels, left_out, rows;        /* left_out: variants that there is no room for */
	struct strip strip[MOST_STRIPS];
	double longest[MOST_PANELS];    /* run, s */
	unsigned rows_of[MOST_PANELS];
};

static double end_of(const struct strip *s)
{
	return s->start_s + s->solve_s + s->stop_s;
}

/* ---- from a row ---- */

static double field_s(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_integer(value) && json_integer_value(value) >= 0 ? (double)json_integer_value(value) * 1e-9
		: (double)NAN;
}

static struct lane read_lane(const json_t *row, unsigned worker, double begin_ns, double end_ns)
{
	const json_t *lane = json_array_get(json_object_get(row, "lanes"), worker);
	const json_t *pu = json_array_get(json_object_get(row, "pus_seen"), worker);
	double enter_ns = (double)json_integer_value(json_object_get(lane, "enter_ns"));
	double leave_ns = (double)json_integer_value(json_object_get(lane, "leave_ns"));
	struct lane out = { .worker = worker, .share = NAN, .pu = json_is_integer(pu) ? json_integer_value(pu) : -1 };

	out.seen = begin_ns <= enter_ns && enter_ns <= leave_ns && leave_ns <= end_ns;
	if (!out.seen)
		return out;
	out.enter_s = (enter_ns - begin_ns) * 1e-9;
	out.leave_s = (leave_ns - begin_ns) * 1e-9;
	if (leave_ns > enter_ns)
		out.share = fmin(1, field_s(lane, "cpu_ns") / (out.leave_s - out.enter_s));
	return out;
}

/* All lanes; or of many, those that were seen, and some of these, evenly, with the longest and the shortest. */
static void choose_lanes(struct strip *s, const json_t *row, unsigned room, double begin_ns, double end_ns)
{
	unsigned longest = 0, shortest = 0, seen = 0, all = s->workers <= room, next = 0, at = 0;
	double most = -1, least = INFINITY;

	for (unsigned i = 0; i < s->workers; i++) {
		const struct lane lane = read_lane(row, i, begin_ns, end_ns);
		double length = lane.leave_s - lane.enter_s;
		seen += lane.seen;
		if (lane.seen && length > most)
			most = length, longest = i;
		if (lane.seen && length < least)
			least = length, shortest = i;
	}
	unsigned even = seen <= room ? seen : room - 2;
	for (unsigned i = 0; i < s->workers && s->lanes < room; i++) {
		const struct lane lane = read_lane(row, i, begin_ns, end_ns);
		if (!lane.seen && !all)
			continue;
		bool in_turn = next < even && at == (even > 1 ? next * (seen - 1) / (even - 1) : 0);
		next += in_turn;
		at++;
		if (all || in_turn || i == longest || i == shortest)
			s->lane[s->lanes++] = lane;
	}
}

/* The cold row of the trial; or, where it has none, its first warm one. */
static const json_t *row_of(const struct chosen *c, enum summary_regime regime)
{
	const json_t *row;
	size_t i;

	json_array_foreach(c->rows, i, row) {
		const char *name = json_string_value(json_object_get(row, "regime"));
		if (name && strcmp(name, summary_regime_name[regime]) == 0
			&& !json_is_true(json_object_get(row, "is_warmup")))
			return row;
	}
	return NULL;
}

static bool read_strip(struct strip *s, const struct chosen *c, unsigned room)
{
	const json_t *row = row_of(c, s->regime);
	double start_ns = (double)json_integer_value(json_object_get(row, "start_ns"));

	if (row == NULL)
		return false;
	s->start_s = field_s(row, "startup_ns");
	s->solve_s = field_s(row, "solve_ns");
	s->stop_s = field_s(row, "stop_ns");
	if (s->regime == SUMMARY_WARM || isnan(s->start_s) || isnan(s->solve_s) || isnan(s->stop_s)) {
		s->start_s = s->stop_s = 0;
		s->solve_s = field_s(row, "wall_ns");
	}
	if (!(s->solve_s > 0 && end_of(s) < 1e9))
		return false;
	size_t lanes = json_array_size(json_object_get(row, "lanes"));
	s->workers = lanes < s->cell->workers ? (unsigned)lanes : s->cell->workers;
	choose_lanes(s, row, room, start_ns, start_ns + (s->start_s + s->solve_s) * 1e9);
	return true;
}

/* ---- which runs ---- */

static enum summary_regime regime_of(const struct summary_cell *cell)
{
	return chart_timed(cell, SUMMARY_COLD) ? SUMMARY_COLD : SUMMARY_WARM;
}

/* The cell of each variant with its most workers, where it has a time. */
static unsigned choose_cells(struct timeline *t, struct chosen *chosen)
{
	unsigned count = 0;

	for (unsigned i = t->v->main.begin, next; i < t->v->main.end; i = next) {
		const struct summary_cell *cell = NULL;
		const unsigned variant = t->v->s->cell[i]->variant;
		for (next = i; next < t->v->main.end && t->v->s->cell[next]->variant == variant; next++)
			if (chart_timed(t->v->s->cell[next], regime_of(t->v->s->cell[next])) != NULL)
				cell = t->v->s->cell[next];
		if (cell == NULL)
			continue;
		if (count == MOST_STRIPS)
			t->left_out++;
		else if (chosen_find(cell, regime_of(cell), &chosen[count]))
			count++;
	}
	return count;
}

static unsigned room_for_lanes(unsigned strips)
{
	unsigned room = strips > 0 ? (ROOM - strips) / strips : ROOM;
	return room < 3 ? 3 : room > MOST_LANES ? MOST_LANES : room;
}

static int read_strips(struct timeline *t, char *why)
{
	struct chosen chosen[MOST_STRIPS] = { 0 };
	unsigned count = choose_cells(t, chosen), parallel = 0;
	int error = chosen_read(t->v->s, chosen, count, why);

	t->wanted = count;
	for (unsigned i = 0; i < count; i++)
		parallel += chosen[i].cell->workers > 1;
	for (unsigned i = 0; i < count && error == 0; i++) {
		struct strip *s = &t->strip[t->strips];
		*s = (struct strip){ .cell = chosen[i].cell, .regime = regime_of(chosen[i].cell) };
		t->strips += read_strip(s, &chosen[i], room_for_lanes(parallel));
	}
	chosen_free(chosen, count);
	return error;
}

/* ---- panels ---- */

/* Splits the runs, by their length, where the largest gaps are. */
static void choose_panels(struct timeline *t)
{
	double length[MOST_STRIPS], bound[MOST_PANELS - 1];
	unsigned bounds = 0;

	for (unsigned i = 0; i < t->strips; i++) {
		unsigned at = i;
		for (; at > 0 && length[at - 1] > end_of(&t->strip[i]); at--)
			length[at] = length[at - 1];
		length[at] = end_of(&t->strip[i]);
	}
	for (; bounds < MOST_PANELS - 1; bounds++) {
		double widest = far_longer;
		bound[bounds] = 0;
		for (unsigned i = 1; i < t->strips; i++) {
			bool taken = bounds == 1 && length[i] <= bound[0] && length[i] >= bound[0];
			if (taken || length[i] / length[i - 1] < widest)
				continue;
			widest = length[i] / length[i - 1];
			bound[bounds] = length[i];
		}
		if (bound[bounds] <= 0)
			break;
	}
	for (unsigned i = 0; i < t->strips; i++)
		for (unsigned b = 0; b < bounds; b++)
			t->strip[i].panel += end_of(&t->strip[i]) >= bound[b];
	t->panels = bounds + 1;
}

/* From the bottom of its panel's frame upwards, so strips from the last to the first. */
static void place_rows(struct timeline *t)
{
	double y[MOST_PANELS] = { 0 };

	for (unsigned i = t->strips; i-- > 0;) {
		struct strip *s = &t->strip[i];
		y[s->panel] += s->lanes + 1.4;
		s->y = y[s->panel] - 0.4;
		t->longest[s->panel] = fmax(t->longest[s->panel], end_of(s));
		t->rows_of[s->panel] += s->lanes + 1;
		t->rows += s->lanes + 1;
	}
}

/* ---- data ---- */

static void write_caller(FILE *out, const struct timeline *t, unsigned panel, double unit)
{
	for (unsigned i = 0; i < t->strips; i++) {
		const struct strip *s = &t->strip[i];
		if (s->panel == panel)
			fprintf(out, "%.4g %.9g %.9g %.9g %u\n", s->y, s->start_s / unit,
				(s->start_s + s->solve_s) / unit, end_of(s) / unit, i + 1);
	}
}

static void write_lanes(FILE *out, const struct timeline *t, unsigned panel, double unit)
{
	fputs("NaN NaN NaN NaN 0\n", out);
	for (unsigned i = 0; i < t->strips; i++) {
		const struct strip *s = &t->strip[i];
		for (unsigned k = 0; k < s->lanes && s->panel == panel; k++) {
			const struct lane *lane = &s->lane[k];
			if (!lane->seen)
				continue;
			fprintf(out, "%.4g %.9g %.9g", s->y - 1 - k, lane->enter_s / unit, lane->leave_s / unit);
			chart_number(out, isnan(lane->share) ? 0 : lane->share);
			fprintf(out, " %u\n", chart_slot(t->v, s->cell));
		}
	}
}

static void write_panels(FILE *out, const struct timeline *t,
	void (*write)(FILE *, const struct timeline *, unsigned, double), const char *block)
{
	fprintf(out, "\n$%s << EOD\n", block);
	for (unsigned p = 0; p < t->panels; p++) {
		fputs(p ? "\n\n" : "", out);
		write(out, t, p, chart_scale(t->longest[p]).seconds);
	}
	fputs("EOD\n", out);
}

/* What stands before each row. */
static void write_labels(FILE *out, const struct timeline *t)
{
	unsigned at = 0;
	char text[160], name[100];

	fprintf(out, "rows = %u\narray y[%u]\narray label[%u]\narray of[%u]\narray head[%u]\n", t->rows, t->rows,
		t->rows, t->rows, t->rows);
	for (unsigned i = 0; i < t->strips; i++) {
		const struct strip *s = &t->strip[i];
		for (unsigned k = 0; k <= s->lanes; k++) {
			const struct lane *lane = &s->lane[k > 0 ? k - 1 : 0];
			if (k == 0)
				snprintf(text, sizeof text, "%s",
					words_clean(summary_variant_name(t->v->s, s->cell), 20, name, sizeof name));
			else if (!lane->seen)
				snprintf(text, sizeof text, "worker %u: not seen", lane->worker);
			else if (lane->pu >= 0 && lane->pu < 1000000)
				snprintf(text, sizeof text, "worker %u on PU %d", lane->worker, (int)lane->pu);
			else
				snprintf(text, sizeof text, "worker %u", lane->worker);
			at++;
			fprintf(out, "y[%u] = %.4g; of[%u] = %u; head[%u] = %d; label[%u] = ", at, s->y - k, at,
				s->panel + 1, at, k == 0, at);
			chart_quote(out, text, 32);
			putc('\n', out);
		}
	}
}

/* What stands behind the caller's lane: "52.1 ms; start 310 µs, stop 12.3 µs". */
static void write_words(FILE *out, const struct timeline *t)
{
	char text[160], all[40], start[40], stop[40];

	fprintf(out, "array spoken[%u]\n", t->strips);
	for (unsigned i = 0; i < t->strips; i++) {
		const struct strip *s = &t->strip[i];
		chart_micro(text_time(end_of(s), all, sizeof all), sizeof all);
		chart_micro(text_time(s->start_s, start, sizeof start), sizeof start);
		chart_micro(text_time(s->stop_s, stop, sizeof stop), sizeof stop);
		if (s->start_s < 1e-3 * end_of(s) && s->stop_s < 1e-3 * end_of(s))
			snprintf(text, sizeof text, "%s", all);
		else
			snprintf(text, sizeof text, "%s; start %s, stop %s", all, start, stop);
		fprintf(out, "spoken[%u] = ", i + 1);
		chart_quote(out, text, 50);
		putc('\n', out);
	}
}

/* Panels from top to bottom: where their frames begin and end, in pixels. */
static void write_frames(FILE *out, const struct timeline *t)
{
	double at = 96;

	fprintf(out, "panels = %u\narray unit[%u]\narray longest[%u]\narray above_frame[%u]\narray below_frame[%u]\n"
		"array highest[%u]\n", t->panels, t->panels, t->panels, t->panels, t->panels, t->panels);
	for (unsigned p = 0; p < t->panels; p++) {
		const struct chart_scale scale = chart_scale(t->longest[p]);
		double highest = 0;
		for (unsigned i = 0; i < t->strips; i++)
			if (t->strip[i].panel == p)
				highest = fmax(highest, t->strip[i].y + 0.8);
		fprintf(out, "unit[%u] = '%s'; longest[%u] = %.9g; highest[%u] = %.4g\n", p + 1, scale.unit, p + 1,
			t->longest[p] / scale.seconds, p + 1, highest);
		fprintf(out, "above_frame[%u] = %.6g; below_frame[%u] = %.6g\n", p + 1, at, p + 1,
			at + highest * ROW_PIXELS);
		at += highest * ROW_PIXELS + 56;
	}
	fprintf(out, "height = %.0f\n", at + 36);
}

/* ---- texts ---- */

/* Which variant loses most, to starting or to uneven work; medians over all trials, not the one that is drawn. */
static void write_title(FILE *out, struct view *v, const struct timeline *t)
{
	double most = 0;
	const struct strip *worst = NULL;
	bool starting = false;
	char name[100];

	for (unsigned i = 0; i < t->strips; i++) {
		const struct strip *s = &t->strip[i];
		const struct summary_measure *m = &s->cell->regime[s->regime];
		double uneven = s->cell->workers > 1 ? (1 - 1 / m->imbalance) * m->work_s / m->median_s : 0;
		double start = s->cell->workers > 1 ? m->startup_s / m->median_s : 0;
		double lost = fmax(uneven, start);      /* fmax passes over NAN */
		if (isnan(lost) || lost <= most)
			continue;
		most = lost;
		worst = s;
		starting = !(uneven >= start);
	}
	if (worst == NULL || most < worth_telling) {
		chart_title(out, v, worst ? "no variant loses a tenth of its time to starting or to uneven work"
			: "who worked when");
		return;
	}
	const struct summary_measure *m = &worst->cell->regime[worst->regime];
	words_clean(summary_variant_name(v->s, worst->cell), 20, name, sizeof name);
	if (starting)
		chart_title(out, v, "%s spends %.0f %% of a %s run before its first worker works", name,
			100 * m->startup_s / m->median_s, summary_regime_name[worst->regime]);
	else
		chart_title(out, v, "the longest worker of %s works %.2f times as long as the mean", name,
			m->imbalance);
}

static void write_caption(FILE *out, const struct timeline *t)
{
	char text[CHART_TEXT] = "", lanes[200] = "";

	for (unsigned i = 0; i < t->strips; i++)
		if (t->strip[i].lanes < t->strip[i].workers)
			snprintf(lanes, sizeof lanes, "Of %u workers some are drawn: evenly chosen from those that "
				"worked, the longest and the shortest among them", t->strip[i].workers);
	unsigned most = chart_most_workers(t->v);
	bool warm = t->strip[0].regime == SUMMARY_WARM;
	snprintf(text, sizeof text, "One %s run of each, with %u worker%s, of the trial that is nearest the median%s",
		summary_regime_name[t->strip[0].regime], most, most == 1 ? "" : "s",
		warm ? "" : "; stopping, which comes later, is drawn right behind");
	chart_set(out, "caption", text, 150);
	text[0] = '\0';
	if (t->left_out > 0)
		snprintf(text, sizeof text, "%s%s%u more variants are not drawn", lanes, *lanes ? ".  " : "",
			t->left_out);
	if (t->left_out > 0 || *lanes)
		chart_set(out, "missing", *text ? text : lanes, 150);
	else
		chart_missing(out, t->v, "");
}

/* ---- the chart ---- */

/* "schedule=0": the problem that has this value, and all others as the main one has them. */
static bool choose_problem(struct view *v)
{
	size_t length = strcspn(v->argument, "=");
	char name[128], shown[64];

	if (!*v->argument)
		return true;
	snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), v->argument);
	words_clean(v->argument, 40, shown, sizeof shown);
	const struct problems along = problems_along(v, name);
	double wanted = v->argument[length] == '=' ? strtod(v->argument + length + 1, NULL) : (double)NAN;
	for (unsigned i = 0; i < along.count; i++)
		if (along.of[i].value <= wanted && along.of[i].value >= wanted) {
			v->main = along.of[i].group;
			return true;
		}
	return chart_refuse(v, "%s was not measured.  For it: make bench LESSON=%.60s SWEEP=%s", shown, v->lesson->name,
		shown);
}

bool timeline_write(FILE *out, struct view *v)
{
	struct timeline *t;
	char why[SUMMARY_WHY] = "";
	bool drawn = false;

	if (!choose_problem(v))
		return false;
	if ((t = calloc(1, sizeof *t)) == NULL)
		return chart_refuse(v, "not enough memory");
	t->v = v;
	if (read_strips(t, why) < 0)
		chart_refuse(v, "%.400s", why);
	else if (t->strips == 0)
		chart_refuse(v, "%s", t->wanted == 0 ? "no trial gave a time"
			: "samples.ndjson no longer holds the rows of these trials: has something changed it?");
	else
		drawn = true;
	if (drawn) {
		choose_panels(t);
		place_rows(t);
		if (*v->argument)       /* another problem than the one that stands there */
			chart_subtitle(out, v);
		write_title(out, v, t);
		write_panels(out, t, write_caller, "caller");
		write_panels(out, t, write_lanes, "lanes");
		write_labels(out, t);
		write_words(out, t);
		write_caption(out, t);
		write_frames(out, t);
	}
	free(t);
	return drawn;
}
