/* SPDX-License-Identifier: MIT */
/* curves.c -- where a curve over size crosses a line, as gnuplot's data: time against n, where a variant passes serial;
 * efficiency against the work of a task, where it passes one half (METG). */
#include "bench/base/text.h"
#include "bench/report/findings.h"
#include "bench/report/params.h"
#include "bench/report/problems.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

enum { STEPS = 12, TITLE_COLUMNS = 76 };

struct curves {
	const struct view *v;
	struct problems along;
	enum finding_kind kind;
	bool efficiency;                /* on the y axis; else time */
	double seconds;                 /* the unit of time on the y axis */
	unsigned lines, workers;
	struct line line[PROBLEMS_VARIANTS];
	double left, right, low, top;   /* what was written */
};

/* ---- a point ---- */

/* n, or the seconds of work in one unit of it. */
static double place(const struct curves *c, const struct problem *p)
{
	const struct summary_cell *base = summary_base(c->v->s, c->v->s->cell[p->group.begin]);

	if (!c->efficiency)
		return p->value > 0 ? p->value : (double)NAN;
	return base && base->n > 0 && chart_timed(base, SUMMARY_WARM) != NULL
		? base->regime[SUMMARY_WARM].median_s / (double)base->n : (double)NAN;
}

static double height(const struct curves *c, const struct summary_cell *cell, double *low, double *high)
{
	const struct summary_measure *m = chart_timed(cell, SUMMARY_WARM);

	*low = *high = NAN;
	if (m == NULL)
		return NAN;
	double value = c->efficiency ? m->speedup / cell->workers : m->median_s / c->seconds;
	*low = c->efficiency ? m->low / cell->workers : m->low_s / c->seconds;
	*high = c->efficiency ? m->high / cell->workers : m->high_s / c->seconds;
	if (isnan(*low) || isnan(*high))
		*low = *high = value;
	return value;
}

/* ---- what was found ---- */

static const struct finding *finding_of(const struct curves *c, struct line line)
{
	const struct summary *s = c->v->s;
	const struct summary_cell *main = s->cell[c->v->main.begin];

	for (unsigned i = 0; i < s->findings; i++) {
		const struct finding *f = &s->finding[i];
		if (f->kind == c->kind && f->cell->lesson == main->lesson && f->cell->variant == line.variant
			&& f->cell->workers == line.workers
			&& params_agree(f->cell->params, main->params, c->along.name))
			return f;
	}
	return NULL;
}

static bool is_found(const struct finding *f)
{
	return f != NULL && !isnan(f->value);
}

/* The height of a line at x, on the straight line between its neighbours there; both axes as they are drawn. */
static double height_at(const struct curves *c, struct line line, double x)
{
	double before = NAN, y_before = NAN, low, high;

	for (unsigned k = 0; k < c->along.count; k++) {
		double at = place(c, &c->along.of[k]);
		double y = height(c, problems_cell(c->v, &c->along.of[k], line), &low, &high);
		if (isnan(at) || isnan(y))
			continue;
		if (at >= x && !isnan(before) && at > before)
			return y_before * pow(y / y_before, log(x / before) / log(at / before));
		before = at;
		y_before = y;
	}
	return y_before;
}

/* ---- data ---- */

static void widen(double value, double *low, double *top)
{
	if (isnan(value) || value <= 0)
		return;
	*low = fmin(*low, value);
	*top = fmax(*top, value);
}

static void write_points(FILE *out, struct curves *c)
{
	double low, high;

	fputs("\n$points << EOD\n", out);
	for (unsigned i = 0; i < c->lines; i++) {
		fputs(i ? "\n\n" : "", out);
		fputs("NaN NaN NaN NaN\n", out);        /* an index must not be empty */
		for (unsigned k = 0; k < c->along.count; k++) {
			double x = place(c, &c->along.of[k]);
			double y = height(c, problems_cell(c->v, &c->along.of[k], c->line[i]), &low, &high);
			if (isnan(x) || isnan(y))
				continue;
			fprintf(out, "%.9g %.9g %.9g %.9g\n", x, y, low, high);
			widen(x, &c->left, &c->right);
			widen(y, &c->low, &c->top);
			widen(low, &c->low, &c->top);
			widen(high, &c->low, &c->top);
		}
	}
	fputs("EOD\n", out);
}

/* Lines that are straight where both axes are logarithmic, as the findings take them to be. */
static void write_paths(FILE *out, const struct curves *c)
{
	double low, high;

	fputs("\n$paths << EOD\n", out);
	for (unsigned i = 0; i < c->lines; i++) {
		double x = NAN, y = NAN;
		fputs(i ? "\n\n" : "", out);
		fputs("NaN NaN\n", out);
		for (unsigned k = 0; k < c->along.count; k++) {
			double to = place(c, &c->along.of[k]);
			double end = height(c, problems_cell(c->v, &c->along.of[k], c->line[i]), &low, &high);
			if (isnan(to) || isnan(end))
				continue;
			for (unsigned step = 1; step <= STEPS && !isnan(x); step++)
				fprintf(out, "%.6g %.6g\n", x * pow(to / x, (double)step / STEPS),
					y * pow(end / y, (double)step / STEPS));
			if (isnan(x))
				fprintf(out, "%.6g %.6g\n", to, end);
			x = to;
			y = end;
		}
	}
	fputs("EOD\n", out);
}

/* A cross on the line that is crossed: x, its interval, y, slot. */
static unsigned write_marks(FILE *out, const struct curves *c, const struct line *serial)
{
	unsigned marks = 0;

	fputs("\n$marks << EOD\nNaN NaN NaN NaN 0\n", out);
	for (unsigned i = 0; i < c->lines; i++) {
		const struct finding *f = finding_of(c, c->line[i]);
		if (!is_found(f))
			continue;
		double y = c->efficiency ? 0.5 : serial ? height_at(c, *serial, f->value) : (double)NAN;
		fprintf(out, "%.9g", f->value);
		chart_number(out, isnan(f->low) ? f->value : f->low);
		chart_number(out, isnan(f->high) ? f->value : f->high);
		chart_number(out, y);
		fprintf(out, " %u\n", chart_slot(c->v, f->cell));
		marks++;
	}
	fprintf(out, "EOD\nmarks = %u\n", marks);
	return marks;
}

/* "openmp: from n = 5 213", "openmp: 1.24 µs" */
static void key_text(const struct curves *c, struct line line, char *out, size_t size)
{
	const struct finding *f = finding_of(c, line);
	char name[128], text[64];

	problems_name(c->v, line, c->workers, name, sizeof name);
	if (!is_found(f))
		snprintf(out, size, "%s", name);
	else if (c->efficiency)
		snprintf(out, size, "%s: %s", name, chart_micro(text_time(f->value, text, sizeof text), sizeof text));
	else
		snprintf(out, size, "%s: n = %s", name, text_count((uint64_t)llround(f->value), text, sizeof text));
}

static void write_names(FILE *out, const struct curves *c)
{
	char text[256];

	fprintf(out, "lines = %u\narray slot[%u]\narray name[%u]\n", c->lines, c->lines, c->lines);
	for (unsigned i = 0; i < c->lines; i++) {
		const struct summary_cell probe = { .lesson = (unsigned)(c->v->lesson - c->v->s->lesson),
			.variant = c->line[i].variant };
		key_text(c, c->line[i], text, sizeof text);
		fprintf(out, "slot[%u] = %u\nname[%u] = ", i + 1, chart_slot(c->v, &probe), i + 1);
		chart_quote(out, text, 34);
		putc('\n', out);
	}
}

/* ---- texts ---- */

static void write_tick(FILE *out, const struct curves *c, double at)
{
	const struct chart_scale scale = chart_scale(at * 1.001);  /* 1e-3 is 1 ms, whatever the last bit says */
	char text[64];

	if (at < c->left / 1.4 || at > c->right * 1.4)
		return;
	if (c->efficiency)
		snprintf(text, sizeof text, "%.3g %s", at / scale.seconds, scale.unit);
	else
		text_count((uint64_t)llround(at), text, sizeof text);
	fprintf(out, "set xtics add ('%s' %.9g)\n", text, at);
}

/* Every decade; of many every third; where there are few, more. */
static void write_ticks(FILE *out, const struct curves *c)
{
	static const double within[] = { 1, 2, 5 };
	double decades = log10(c->right / c->left);
	unsigned most = decades < 1.6 ? 3 : 1;

	fputs("set xtics ()\n", out);
	for (int e = (int)floor(log10(c->left)) - 1; e <= log10(c->right) + 1; e++)
		for (unsigned i = 0; i < most && (decades < 7 || e % 3 == 0); i++)
			write_tick(out, c, within[i] * pow(10, e));
}

/* The smallest that was found; else what was found instead. */
static void write_title(FILE *out, struct view *v, const struct curves *c)
{
	const struct finding *best = NULL;
	char sentence[240], time[64];

	for (unsigned i = 0; i < c->lines; i++) {
		const struct finding *f = finding_of(c, c->line[i]);
		if (f != NULL && (best == NULL || (is_found(f) && !(is_found(best) && best->value <= f->value))))
			best = f;
	}
	if (best == NULL) {
		chart_title(out, v, c->efficiency ? "efficiency against the work of a task" : "time against n");
		return;
	}
	snprintf(sentence, sizeof sentence, "%s", best->sentence);
	if (c->efficiency && is_found(best))    /* too long for a title */
		snprintf(sentence, sizeof sentence, "%.20s is half efficient from tasks of %s on",
			summary_variant_name(v->s, best->cell),
			words_time_interval(best->value, best->low, best->high, time, sizeof time));
	else if (!is_found(best) && words_columns(sentence) > TITLE_COLUMNS)
		snprintf(sentence, sizeof sentence, c->efficiency ? "no least task for half efficiency is found"
			: "no size is found from which a variant surely beats serial");
	chart_title(out, v, "%s", chart_micro(sentence, sizeof sentence));
}

/* The sentences of those for whom nothing was found, as many as there is room for. */
static void write_refused(FILE *out, const struct curves *c)
{
	char text[CHART_TEXT] = "";
	unsigned more = 0;

	for (unsigned i = 0; i < c->lines; i++) {
		const struct finding *f = finding_of(c, c->line[i]);
		if (f == NULL || is_found(f))
			continue;
		if (words_columns(text) + words_columns(f->sentence) + 2 > 120) {
			more++;
			continue;
		}
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", *text ? "; " : "", f->sentence);
	}
	if (more > 0)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%u more in findings.csv",
			*text ? "; " : "No crossing: ", more);
	problems_missing(out, c->v, &c->along, text);
}

/* ---- the charts ---- */

static bool write_curves(FILE *out, struct view *v, struct curves *c, const struct line *serial)
{
	if (c->lines == 0)
		return chart_refuse(v, "nothing gave a %s at any %s", c->efficiency ? "speedup" : "time",
			c->efficiency ? "size of task" : "n");
	c->workers = problems_workers(c->line, c->lines);
	c->left = c->low = INFINITY;
	write_points(out, c);
	if (c->right <= 0)
		return chart_refuse(v, "nothing gave a time at an n above 0");
	write_title(out, v, c);
	write_paths(out, c);
	write_marks(out, c, serial);
	write_names(out, c);
	write_ticks(out, c);
	problems_caption(out, v, &c->along, c->efficiency ? "Paired Hodges-Lehmann estimates over p from"
		: "Medians of");
	write_refused(out, c);
	fprintf(out, "left = %.9g\nright = %.9g\nlow = %.9g\ntop = %.9g\nworkers = %u\nheight = 600\n", c->left,
		c->right, c->low, c->top, c->workers);
	return true;
}

bool crossover_write(FILE *out, struct view *v)
{
	struct curves c = { .v = v, .along = problems_along(v, NULL), .kind = FINDING_CROSSOVER };
	struct chart_scale scale;
	double longest = 0, low, high, n = (double)v->s->cell[v->main.begin]->n;
	const struct line *serial = NULL;

	if (v->s->weak)
		return chart_refuse(v, "n grows with the workers here (--weak), so no size is the same for all");
	if (c.along.count < 2)
		return chart_refuse(v, "one size was measured.  For more: make bench LESSON=%.60s SIZES=%.0f..%.0f",
			v->lesson->name, fmax(1, floor(n / 1000)), fmax(2, n));
	c.lines = problems_lines(v, &c.along, true, c.line);
	c.seconds = 1;
	for (unsigned i = 0; i < c.lines; i++) {
		if (strcmp(v->lesson->variant[c.line[i].variant].name, "serial") == 0)
			serial = &c.line[i];
		for (unsigned k = 0; k < c.along.count; k++)
			longest = fmax(longest, height(&c, problems_cell(v, &c.along.of[k], c.line[i]), &low, &high));
	}
	scale = chart_scale(longest);
	c.seconds = scale.seconds;
	fprintf(out, "unit = '%s'\n", scale.unit);
	char unit[64];
	chart_set(out, "each", words_clean(v->lesson->unit, 30, unit, sizeof unit), 30);
	return write_curves(out, v, &c, serial);
}

bool granularity_write(FILE *out, struct view *v)
{
	const char *grain = v->lesson->grain;
	struct curves c = { .v = v, .kind = FINDING_METG, .efficiency = true };
	char name[64], unit[64];

	if (grain == NULL)
		return chart_refuse(v, "no parameter of this lesson says how large a task is");
	c.along = problems_along(v, grain);
	words_clean(grain, 20, name, sizeof name);
	if (c.along.count < 2)
		return chart_refuse(v, "tasks of one size were measured.  For more: make bench LESSON=%.60s "
			"SWEEP=%s=1,10,100,1000", v->lesson->name, name);
	c.lines = problems_lines(v, &c.along, false, c.line);
	chart_set(out, "each", words_clean(v->lesson->unit, 30, unit, sizeof unit), 30);
	return write_curves(out, v, &c, NULL);
}
