/* SPDX-License-Identifier: MIT */
/* sweeps.c -- time and speedup over the values of one parameter, as gnuplot's data: a panel each.
 *
 * "sweep NAME"; "sweep NAME amdahl" where the parameter is a share in percent that is done one after the other: then
 * the law that says so is drawn, too.
 */
#include "bench/base/text.h"
#include "bench/report/params.h"
#include "bench/report/problems.h"
#include "bench/report/words.h"

#include <math.h>
#include <string.h>

enum { CURVE = 100, PANEL_PIXELS = 330, LETTER_PIXELS = 9 };

static const double decade = 10;        /* values, times or speedups that span more are drawn on a logarithmic axis */

struct axis {
	bool classes;                   /* the values are names rather than quantities: nothing joins them */
	double at[PROBLEMS_MOST];       /* of each value, 0 to 1 */
	double low, high;               /* the first value and the last */
	double gap;                     /* the least between two neighbours */
};

struct range {
	double low, top;
	bool steep;                     /* logarithmic */
};

struct sweep {
	const struct view *v;
	struct problems along;
	const struct summary_knob *knob;        /* NULL in older folders */
	struct axis axis;
	unsigned lines, workers;
	struct line line[PROBLEMS_VARIANTS];
};

/* ---- where the values stand ---- */

static void spread(struct axis *x, const struct problems *p)
{
	for (unsigned i = 0; i < p->count; i++)
		x->at[i] = (p->of[i].value - x->low) / (x->high - x->low);
}

/* 0 stands before the smallest other value, as far as is becoming. */
static void spread_octaves(struct axis *x, const struct problems *p)
{
	unsigned zeros = p->of[0].value <= 0;
	double first = log(p->of[zeros].value), last = log(p->of[p->count - 1].value);
	double step = (last - first) / (p->count - zeros > 1 ? p->count - zeros - 1 : 1);

	for (unsigned i = 0; i < p->count; i++) {
		double value = i < zeros ? first - step : log(p->of[i].value);
		x->at[i] = (value - first + zeros * step) / (last - first + zeros * step);
	}
}

static void find_gap(struct axis *x, unsigned count)
{
	x->gap = 1;
	for (unsigned i = 1; i < count; i++)
		x->gap = fmin(x->gap, x->at[i] - x->at[i - 1]);
}

/* 0, 1, 2 are names of ways; what would lie on one spot is set apart. */
static struct axis choose_axis(const struct problems *p, bool linear)
{
	struct axis x = { .low = p->of[0].value, .high = p->of[p->count - 1].value };
	unsigned zeros = x.low <= 0;
	bool names = !linear && x.low >= 0 && x.low <= 0 && p->count <= 4 && x.high < p->count;

	if (!names && !linear && x.low >= 0 && p->count - zeros >= 2 && x.high > decade * p->of[zeros].value)
		spread_octaves(&x, p);
	else
		spread(&x, p);
	find_gap(&x, p->count);
	if (names || (!linear && x.gap < 0.04)) {
		x.classes = names;
		for (unsigned i = 0; i < p->count; i++)
			x.at[i] = (double)i / (p->count - 1);
		find_gap(&x, p->count);
	}
	return x;
}

/* ---- texts ---- */

static char *value_text(double value, char *out, size_t size)
{
	if (value >= 0 && value < 1e15 && value <= floor(value))
		return text_count((uint64_t)value, out, size);
	snprintf(out, size, "%.6g", value);
	return out;
}

/* Of labels that would lie on each other only the last is there. */
static void write_ticks(FILE *out, const struct sweep *w)
{
	double begin = 2;
	char text[40];

	fprintf(out, "ticks = %u\narray at[%u]\narray tick[%u]\n", w->along.count, w->along.count, w->along.count);
	for (unsigned i = w->along.count; i-- > 0;) {
		value_text(w->along.of[i].value, text, sizeof text);
		double half = (double)((strlen(text) + 1) * LETTER_PIXELS) / PANEL_PIXELS / 2;
		bool fits = w->axis.at[i] + half < begin;
		begin = fits ? w->axis.at[i] - half : begin;
		fprintf(out, "at[%u] = %.6g\ntick[%u] = '%s'\n", i + 1, w->axis.at[i], i + 1, fits ? text : "");
	}
}

/* "capacity, messages: how many the queue holds" */
static void write_words(FILE *out, const struct sweep *w)
{
	char name[100], unit[100] = "", about[300] = "", text[CHART_TEXT];

	words_clean(w->along.name, 30, name, sizeof name);
	if (w->knob != NULL) {
		words_clean(w->knob->unit, 20, unit, sizeof unit);
		words_clean(w->knob->about, 100, about, sizeof about);
	}
	snprintf(text, sizeof text, "%s%s%s%s%s", name, *unit ? ", " : "", unit, *about ? ": " : "", about);
	chart_set(out, "parameter", text, 120);
	words_clean(w->v->lesson->unit, 40, unit, sizeof unit);
	snprintf(text, sizeof text, "%s", *unit ? unit : "unit of n");
	chart_set(out, "each", text, 34);
}

static double speedup_at(const struct sweep *w, unsigned line, unsigned problem)
{
	const struct summary_cell *cell = problems_cell(w->v, &w->along.of[problem], w->line[line]);
	return cell ? cell->regime[SUMMARY_WARM].speedup : (double)NAN;
}

static bool has_interval(const struct sweep *w, unsigned line, unsigned problem)
{
	return !isnan(problems_cell(w->v, &w->along.of[problem], w->line[line])->regime[SUMMARY_WARM].low);
}

/* The variant whose speedup changes most from the first value to the last. */
static void write_title(FILE *out, struct view *v, const struct sweep *w)
{
	const unsigned last = w->along.count - 1;
	double most = -1;
	unsigned which = 0;
	char name[128], from[40], to[40], first_ratio[16], last_ratio[16], parameter[64];

	for (unsigned i = 0; i < w->lines; i++) {
		double change = fabs(log(speedup_at(w, i, last) / speedup_at(w, i, 0)));
		if (change <= most || isnan(change))
			continue;
		most = change;
		which = i;
	}
	words_clean(w->along.name, 20, parameter, sizeof parameter);
	value_text(w->along.of[0].value, from, sizeof from);
	value_text(w->along.of[last].value, to, sizeof to);
	if (most < 0) {
		chart_title(out, v, "no speedup at both %s = %s and %s", parameter, from, to);
		return;
	}
	if (most < log(1.05)) {
		chart_title(out, v, "%s from %s to %s changes no speedup by 5 %%", parameter, from, to);
		return;
	}
	problems_name(v, w->line[which], w->workers, name, sizeof name);
	chart_title(out, v, "speedup of %s: %s%s at %s = %s, %s at %s", name,
		has_interval(w, which, 0) && has_interval(w, which, last) ? "" : "about ",
		words_ratio(speedup_at(w, which, 0), first_ratio, sizeof first_ratio), parameter, from,
		words_ratio(speedup_at(w, which, last), last_ratio, sizeof last_ratio), to);
}

/* ---- data ---- */

static void widen(struct range *r, double value)
{
	if (isnan(value) || value <= 0)
		return;
	r->low = fmin(r->low, value);
	r->top = fmax(r->top, value);
}

static struct range finish(struct range r)
{
	if (r.top <= 0)
		return (struct range){ 0, 1, false };
	r.steep = r.top > decade * r.low;
	r.top *= r.steep ? 1.3 : 1.08;
	r.low = r.steep ? r.low / 1.3 : 0;
	return r;
}

/* A row of "place, value, low, high"; the interval is a point where there is none. */
static void write_row(FILE *out, double at, double value, double low, double high, struct range *range)
{
	bool whole = !isnan(low) && !isnan(high);

	widen(range, value);
	widen(range, low);
	widen(range, high);
	fprintf(out, "%.6g", at);
	chart_number(out, value);
	chart_number(out, whole ? low : value);
	chart_number(out, whole ? high : value);
	putc('\n', out);
}

static double unit_s(const struct sweep *w)
{
	double longest = 0;

	for (unsigned i = 0; i < w->lines; i++)
		for (unsigned k = 0; k < w->along.count; k++) {
			const struct summary_cell *cell = problems_cell(w->v, &w->along.of[k], w->line[i]);
			const struct summary_measure *m = chart_timed(cell, SUMMARY_WARM);
			if (m != NULL && cell->n > 0)
				longest = fmax(longest, m->median_s / (double)cell->n);
		}
	return longest;
}

static struct range write_times(FILE *out, const struct sweep *w, double unit)
{
	struct range range = { INFINITY, 0, false };

	fputs("\n$times << EOD\n", out);
	for (unsigned i = 0; i < w->lines; i++) {
		fputs(i ? "\n\n" : "", out);
		fputs("NaN NaN NaN NaN\n", out);        /* an index must not be empty */
		for (unsigned k = 0; k < w->along.count; k++) {
			const struct summary_cell *cell = problems_cell(w->v, &w->along.of[k], w->line[i]);
			const struct summary_measure *m = chart_timed(cell, SUMMARY_WARM);
			double each = m && cell->n > 0 ? 1 / (double)cell->n / unit : (double)NAN;
			if (!isnan(each))
				write_row(out, w->axis.at[k], m->median_s * each, m->low_s * each, m->high_s * each,
					&range);
		}
	}
	fputs("EOD\n", out);
	return finish(range);
}

static struct range write_speedups(FILE *out, const struct sweep *w, bool amdahl)
{
	struct range range = { 1, 1, false };

	if (amdahl)
		widen(&range, w->workers);
	fputs("\n$speedups << EOD\n", out);
	for (unsigned i = 0; i < w->lines; i++) {
		fputs(i ? "\n\n" : "", out);
		fputs("NaN NaN NaN NaN\n", out);
		for (unsigned k = 0; k < w->along.count; k++) {
			const struct summary_cell *cell = problems_cell(w->v, &w->along.of[k], w->line[i]);
			const struct summary_measure *m = chart_timed(cell, SUMMARY_WARM);
			if (m != NULL && !isnan(m->speedup))
				write_row(out, w->axis.at[k], m->speedup, m->low, m->high, &range);
		}
	}
	fputs("EOD\n", out);
	return finish(range);
}

/* Amdahl's law; and what a lock allows to workers that only wait when they want it: the smaller of p and 1 / share. */
static void write_law(FILE *out, const struct sweep *w, bool amdahl)
{
	double p = w->workers;

	fputs("\n$law << EOD\nNaN NaN NaN\n", out);
	for (unsigned i = 0; i <= CURVE && amdahl; i++) {
		double share = (w->axis.low + (w->axis.high - w->axis.low) * i / CURVE) / 100;
		fprintf(out, "%.6g %.9g %.9g\n", (double)i / CURVE, 1 / (share + (1 - share) / p),
			fmin(p, share > 0 ? 1 / share : p));
	}
	fprintf(out, "EOD\nlaw = %d\n", amdahl);
}

static void write_names(FILE *out, const struct sweep *w)
{
	char name[128];

	fprintf(out, "lines = %u\narray slot[%u]\narray name[%u]\n", w->lines, w->lines, w->lines);
	for (unsigned i = 0; i < w->lines; i++) {
		const struct summary_cell probe = { .lesson = (unsigned)(w->v->lesson - w->v->s->lesson),
			.variant = w->line[i].variant };
		problems_name(w->v, w->line[i], w->workers, name, sizeof name);
		fprintf(out, "slot[%u] = %u\nname[%u] = ", i + 1, chart_slot(w->v, &probe), i + 1);
		chart_quote(out, name, 32);
		putc('\n', out);
	}
}

/* ---- the chart ---- */

static bool refuse(struct view *v, const char *name, const struct summary_knob *knob)
{
	const char *lesson = v->lesson->name, *values = knob && knob->sweep ? knob->sweep : "a,b,c";
	char shown[100];
	double value;

	words_clean(name, 30, shown, sizeof shown);
	if (!*name)
		return chart_refuse(v, "which parameter?  A card says \"sweep NAME\"");
	if (!params_value(v->s->cell[v->main.begin]->params, name, &value))
		return chart_refuse(v, "there is no parameter %s", shown);
	return chart_refuse(v,
		"%s was measured at one value, %.9g.  For others: make bench LESSON=%.60s SWEEP=%s=%.60s",
		shown, value, lesson, shown, values);
}

static const struct summary_knob *find_knob(const struct view *v, const char *name)
{
	for (unsigned i = 0; i < v->lesson->knobs; i++)
		if (strcmp(v->lesson->knob[i].name, name) == 0)
			return &v->lesson->knob[i];
	return NULL;
}

bool sweep_write(FILE *out, struct view *v)
{
	size_t length = strcspn(v->argument, " ");
	char name[128];
	struct sweep w = { .v = v };

	snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), v->argument);
	w.knob = find_knob(v, name);
	w.along = problems_along(v, name);
	w.lines = problems_lines(v, &w.along, true, w.line);
	if (!*name || w.along.count < 2)
		return refuse(v, name, w.knob);
	if (w.lines == 0)
		return chart_refuse(v, "nothing gave a time at any value of %.30s", name);
	w.workers = problems_workers(w.line, w.lines);
	bool amdahl = strcmp(v->argument + length, " amdahl") == 0 && w.along.of[0].value >= 0
		&& w.along.of[w.along.count - 1].value <= 100 && w.workers > 1;
	w.axis = choose_axis(&w.along, amdahl);
	const struct chart_scale scale = chart_scale(unit_s(&w));

	write_title(out, v, &w);
	write_ticks(out, &w);
	write_words(out, &w);
	struct range times = write_times(out, &w, scale.seconds), speedups = write_speedups(out, &w, amdahl);
	write_law(out, &w, amdahl);
	write_names(out, &w);
	problems_caption(out, v, &w.along, "Left medians, right paired Hodges-Lehmann estimates, from");
	problems_missing(out, v, &w.along, "");
	fprintf(out, "array low[2] = [%.9g, %.9g]\narray top[2] = [%.9g, %.9g]\narray steep[2] = [%d, %d]\n", times.low,
		speedups.low, times.top, speedups.top, times.steep, speedups.steep);
	fprintf(out, "unit = '%s'\nclasses = %d\nworkers = %u\napart = %.6g\nheight = %u\n", scale.unit,
		w.axis.classes, w.workers, fmin(0.02, 0.5 * w.axis.gap / w.lines), 540);
	return true;
}
