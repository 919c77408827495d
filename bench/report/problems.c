/* SPDX-License-Identifier: MIT */
/* problems.c -- one lesson, many problems: along n, or along one parameter.  See problems.h. */
#include "bench/report/problems.h"

#include "bench/base/text.h"
#include "bench/report/params.h"
#include "bench/report/words.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* ---- the problems ---- */

static double away(const struct view *v, const struct group *g)
{
	return fabs((double)v->s->cell[g->begin]->problem - (double)v->s->cell[v->main.begin]->problem);
}

/* Of several groups with one value, that with most cells; of these, the one with the n nearest the main problem's. */
static void add(const struct view *v, struct problems *p, struct problem problem)
{
	unsigned at = 0;

	while (at < p->count && p->of[at].value < problem.value)
		at++;
	if (at < p->count && p->of[at].value <= problem.value) {
		const struct group *old = &p->of[at].group, *new = &problem.group;
		unsigned before = old->end - old->begin, now = new->end - new->begin;
		if (now > before || (now == before && away(v, new) < away(v, old)))
			p->of[at] = problem;
		return;
	}
	if (p->count == PROBLEMS_MOST) {
		p->left_out++;
		return;
	}
	memmove(&p->of[at + 1], &p->of[at], (p->count - at) * sizeof *p->of);
	p->of[at] = problem;
	p->count++;
}

static bool is_along(const struct view *v, const struct summary_cell *cell, const char *name, double *value)
{
	const struct summary_cell *main = v->s->cell[v->main.begin];

	if (cell->lesson != main->lesson || cell->document != main->document
		|| !params_agree(cell->params, main->params, name))
		return false;
	*value = (double)cell->problem;
	return name == NULL || (params_value(cell->params, name, value) && isfinite(*value));
}

struct problems problems_along(const struct view *v, const char *name)
{
	struct problems p = { .name = name };
	double main_value = NAN;

	is_along(v, v->s->cell[v->main.begin], name, &main_value);
	for (unsigned begin = 0, end; begin < v->s->cells; begin = end) {
		struct problem problem = { .group.begin = begin };
		for (end = begin; end < v->s->cells && summary_same_problem(v->s->cell[begin], v->s->cell[end]); end++)
			;
		problem.group.end = end;
		if (is_along(v, v->s->cell[begin], name, &problem.value))
			add(v, &p, problem);
	}
	for (unsigned i = 0; i < p.count; i++)  /* or the lesson's own sizes would take its place */
		if (p.of[i].value <= main_value && p.of[i].value >= main_value)
			p.of[i].group = v->main;
	return p;
}

/* ---- who is on them ---- */

/* The first cell of the group with that variant and so many workers or more: they are sorted by these. */
static unsigned first_from(const struct view *v, const struct group *g, struct line line)
{
	unsigned low = g->begin, high = g->end;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		const struct summary_cell *cell = v->s->cell[middle];
		if (cell->variant < line.variant || (cell->variant == line.variant && cell->workers < line.workers))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct summary_cell *problems_cell(const struct view *v, const struct problem *p, struct line line)
{
	unsigned at = first_from(v, &p->group, line);
	const struct summary_cell *cell = at < p->group.end ? v->s->cell[at] : NULL;

	return cell && cell->variant == line.variant && cell->workers == line.workers ? cell : NULL;
}

static unsigned measured_on(const struct view *v, const struct problems *p, struct line line)
{
	unsigned count = 0;

	for (unsigned i = 0; i < p->count; i++)
		count += chart_timed(problems_cell(v, &p->of[i], line), SUMMARY_WARM) != NULL;
	return count;
}

static struct line best_line(const struct view *v, const struct problems *p, unsigned variant)
{
	struct line best = { variant, 0 };
	unsigned most = 0;

	for (unsigned i = 0; i < p->count; i++) {
		const struct group *g = &p->of[i].group;
		for (unsigned c = first_from(v, g, (struct line){ variant, 0 }); c < g->end; c++) {
			const struct line line = { variant, v->s->cell[c]->workers };
			if (v->s->cell[c]->variant != variant)
				break;
			unsigned on = measured_on(v, p, line);
			if (on == 0 || on < most || (on == most && line.workers <= best.workers))
				continue;
			best = line;
			most = on;
		}
	}
	return best;
}

unsigned problems_lines(const struct view *v, const struct problems *p, bool serial_too, struct line *out)
{
	unsigned count = 0;

	for (unsigned i = 0; i < v->lesson->variants && count < PROBLEMS_VARIANTS; i++) {
		struct line line = best_line(v, p, i);
		if (line.workers > 0 && (serial_too || strcmp(v->lesson->variant[i].name, "serial") != 0))
			out[count++] = line;
	}
	return count;
}

unsigned problems_workers(const struct line *line, unsigned lines)
{
	unsigned most = 1;

	for (unsigned i = 0; i < lines; i++)
		most = line[i].workers > most ? line[i].workers : most;
	return most;
}

/* ---- texts ---- */

void problems_name(const struct view *v, struct line line, unsigned workers, char *out, size_t size)
{
	char name[100];

	words_clean(v->lesson->variant[line.variant].name, 20, name, sizeof name);
	if (line.workers == workers || strcmp(name, "serial") == 0)
		snprintf(out, size, "%s", name);
	else
		snprintf(out, size, "%s, p = %u", name, line.workers);
}

static void where(const struct problems *p, const struct problem *problem, char *out, size_t size)
{
	char name[64], count[40];

	if (p->name != NULL)
		snprintf(out, size, "%s = %.9g", words_clean(p->name, 20, name, sizeof name), problem->value);
	else
		snprintf(out, size, "n = %s", text_count((uint64_t)problem->value, count, sizeof count));
}

void problems_missing(FILE *out, const struct view *v, const struct problems *p, const char *or_else)
{
	char text[CHART_TEXT] = "", name[100], verdict[64], at[128];
	size_t length = 0;

	for (unsigned i = 0; i < p->count; i++)
		for (unsigned c = p->of[i].group.begin; c < p->of[i].group.end && length < sizeof text; c++) {
			const struct summary_cell *cell = v->s->cell[c];
			if (chart_timed(cell, SUMMARY_WARM) != NULL)
				continue;
			words_clean(summary_variant_name(v->s, cell), 20, name, sizeof name);
			where(p, &p->of[i], at, sizeof at);
			length += (size_t)snprintf(text + length, sizeof text - length, "%s%s, %s, p = %u (%s)",
				length ? "; " : "Not drawn: ", name, at, cell->workers,
				summary_verdict_text(v->s, cell, SUMMARY_WARM, verdict, sizeof verdict));
		}
	if (p->left_out > 0)
		snprintf(text, sizeof text, "Only the first %u values are drawn; %u more are in summary.csv", p->count,
			p->left_out);
	chart_set(out, "missing", *text ? text : or_else, 150);
}

void problems_caption(FILE *out, const struct view *v, const struct problems *p, const char *what)
{
	unsigned fewest = UINT_MAX, most = 0;
	char text[CHART_TEXT], count[64];

	for (unsigned i = 0; i < p->count; i++)
		for (unsigned c = p->of[i].group.begin; c < p->of[i].group.end; c++) {
			const struct summary_measure *m = chart_timed(v->s->cell[c], SUMMARY_WARM);
			if (m == NULL)
				continue;
			fewest = m->blocks < fewest ? m->blocks : fewest;
			most = m->blocks > most ? m->blocks : most;
		}
	if (fewest < most)
		snprintf(count, sizeof count, "%u to %u blocks", fewest, most);
	else
		snprintf(count, sizeof count, "%u block%s", most, most == 1 ? "" : "s");
	if (most == 0)
		snprintf(text, sizeof text, "Nothing gave a time");
	else if (most < SUMMARY_LEAST_BLOCKS)
		snprintf(text, sizeof text, "%s %s; a 95 %% interval needs %d", what, count, SUMMARY_LEAST_BLOCKS);
	else
		snprintf(text, sizeof text, "%s %s, with 95 %% intervals", what, count);
	chart_set(out, "caption", text, 150);
}
