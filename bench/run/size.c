/* SPDX-License-Identifier: MIT */
/* size.c -- how large, and how often.  See size.h. */
#include "bench/run/size.h"

#include "bench/base/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Serial time to scale to, timed runs that one trial aims to fill, and blocks before the stopping rule may stop. */
static const struct { double base_s, trial_s; unsigned least_blocks; } effort[] = {
	[QUICK] = { 0.020, 0.040, 6 }, [NORMAL] = { 0.100, 0.200, 10 }, [RIGOROUS] = { 0.250, 0.750, 20 },
};
enum { MOST_RUNS = 10 };
static const double exec_s = 0.008;     /* a trial without a solve, about: see `make bench-goals` */
static const double least_patience_s = 5;       /* with a variant that hung before */
static const double least_fill_s = 0.02;        /* timed runs of a trial are not cut below this, all together */
/* A problem is not halved when its slowest cell takes no longer than this, or serial no longer than that. */
enum { SMALLEST_SHARE = 1 };    /* units of n that every worker keeps */
static const double smallest_s = 0.004, smallest_base_s = 20e-6;

unsigned size_least_blocks(const struct settings *s)
{
	return s->blocks ? s->blocks : effort[s->mode].least_blocks;
}

/* A lesson may ask for another base time, when its variants are far slower than serial; quick keeps its fifth.  Where
 * the budget would have n cut in any case, it begins there: what a solve can have at most, if every block is to have a
 * cold run, a warm-up and a timed one of every cell; twice that, for some are faster than serial. */
static double base_time(const struct settings *s, const struct plan *plan, const struct card *card)
{
	double scale = effort[s->mode].base_s / effort[NORMAL].base_s;
	double base_s = card->base_ms ? card->base_ms * 1e-3 * scale : effort[s->mode].base_s;
	return fmin(base_s, 2 * s->budget_s / (3.0 * size_least_blocks(s) * plan->count));
}

/* To two significant digits, so that sizes read well and two runs rarely differ. */
static uint64_t rounded(double n)
{
	double unit = pow(10, floor(log10(fmax(n, 1))) - 1);
	return n < 100 ? (uint64_t)fmax(1, round(n)) : (uint64_t)(round(n / unit) * unit);
}

static double solve_time(const struct trial_result *r)
{
	return isnan(r->warm_s) ? r->cold_s : r->warm_s;
}

static void leave_out(struct cell *cell, enum outcome outcome, const char *reason)
{
	if (asprintf(&cell->left_out, "%s: %s", outcome_name[outcome], reason) < 0)
		cell->left_out = NULL;
}

/* A yardstick's copies share one loop in any case. */
static bool is_weak(const struct settings *s, const struct plan *plan, unsigned group)
{
	return s->weak && !plan_is_yardstick(plan, group);
}

/* The user fixed n; or it must be as large as it is, to be larger than any cache. */
static bool is_fixed(const struct plan *plan, unsigned group)
{
	if (plan_is_yardstick(plan, group))
		return plan->cell[plan->first[group]].card == plan->bandwidth.card[0];
	return plan->cell[plan->first[group]].fixed;
}

static const struct card *lesson_of(const struct plan *plan, unsigned group)
{
	return plan->cell[plan->first[group]].card;
}

/* Scales one problem's n until serial takes about the base time.  Another problem of the same lesson needs an n that is
 * often much alike. */
static int calibrate(struct bench *b, struct plan *plan, unsigned group)
{
	struct cell base = plan->cell[plan->first[group]];
	const double target_s = base_time(b->settings, plan, base.card);
	int error = 0;

	if (group > 0 && lesson_of(plan, group - 1) == base.card)
		base.n = plan->cell[plan->first[group - 1]].n;
	for (int step = 0; step < 8; step++) {
		struct trial_result r;
		error = bench_trial(b, &base, b->settings->deadline_s, &r);
		double solve_s = r.outcome == OUTCOME_OK ? solve_time(&r) : NAN;
		trial_result_free(&r);
		if (error < 0 || isnan(solve_s))
			break;  /* the pilot will say why */
		double factor = fmin(64, fmax(1e-3, target_s / fmax(solve_s, 1e-7)));
		uint64_t n = rounded((double)base.n * factor);
		n = n > base.card->n_max ? base.card->n_max : n;
		if ((factor > 0.8 && factor < 1.25) || n == base.n)
			break;
		base.n = n;
	}
	plan_set_n(plan, group, base.n, is_weak(b->settings, plan, group));
	return error;
}

int size_calibrate(struct bench *b, struct plan *plan, const struct size_progress *progress, char *why)
{
	int error = 0;

	for (unsigned g = 0; g < plan->groups && error == 0; g++) {
		if (progress->tell)
			progress->tell(progress->arg, "sizing", g, plan->groups);
		error = is_fixed(plan, g) ? 0 : calibrate(b, plan, g);
	}
	if (error < 0 && error != -EINTR)
		snprintf(why, CARD_WHY, "sizing: %s", strerror(-error));
	return error;
}

/* Who hung once is waited for less long the next time: with other numbers of workers it may not, but mostly does. */
static double patience_s(const struct settings *s, const struct plan *plan, unsigned c)
{
	const struct cell *cell = &plan->cell[c];
	const char *hung = outcome_name[OUTCOME_HUNG];

	for (const struct cell *before = plan->cell; before < cell; before++)
		if (before->card == cell->card && before->variant == cell->variant && before->left_out
			&& strncmp(before->left_out, hung, strlen(hung)) == 0)
			return fmin(s->deadline_s, fmax(least_patience_s, s->deadline_s / 10));
	return s->deadline_s;
}

int size_pilot(struct bench *b, struct plan *plan, struct record *record, const struct size_progress *progress,
	unsigned *outcomes, char *why)
{
	int error = 0;

	for (unsigned c = 0; c < plan->count && error == 0; c++) {
		struct cell *cell = &plan->cell[c];
		struct trial_result r;

		if (cell->left_out)
			continue;
		if (progress->tell)
			progress->tell(progress->arg, "trying", c, plan->count);
		error = bench_trial(b, cell, patience_s(b->settings, plan, c), &r);
		if (error == 0 && r.outcome == OUTCOME_OK) {
			cell->solve_s = solve_time(&r);
			cell->apart_s = fmax(exec_s, r.trial_s - (2 + cell->runs) * cell->solve_s);
		} else if (error == 0) {
			leave_out(cell, r.outcome, r.reason);
			outcomes[r.outcome]++;
			error = record_trial(record, b, cell, 0, c, &r, why);
		} else if (error != -EINTR)
			snprintf(why, CARD_WHY, "trying %s: %s", cell->card->name, strerror(-error));
		trial_result_free(&r);
	}
	return error;
}

double size_trial_s(const struct cell *cell)
{
	/* the cold run and the warm-up are solves too */
	return fmax(exec_s, cell->apart_s) + (2 + cell->runs) * cell->solve_s;
}

static double group_s(const struct plan *plan, unsigned group)
{
	double sum = 0;

	for (unsigned c = plan->first[group]; c < plan->first[group + 1]; c++)
		if (!plan->cell[c].left_out && !plan->cell[c].sits_out)
			sum += size_trial_s(&plan->cell[c]);
	return sum;
}

double size_block_s(const struct plan *plan)
{
	double sum = 0;

	for (unsigned g = 0; g < plan->groups; g++)
		sum += group_s(plan, g);
	return sum;
}

static void choose_runs(const struct settings *s, struct plan *plan, double fill_s)
{
	for (unsigned c = 0; c < plan->count; c++) {
		struct cell *cell = &plan->cell[c];
		double fit = round(fill_s / fmax(cell->solve_s, 1e-6));
		cell->runs = s->runs ? s->runs : (unsigned)fmin(MOST_RUNS, fmax(1, fit));
	}
}

/* Of the measured size. */
static double slowest_s(const struct plan *plan, unsigned group)
{
	double slowest = 0;

	for (unsigned c = plan->first[group]; c < plan->first[group + 1]; c++)
		if (!plan->cell[c].document && !plan->cell[c].left_out)
			slowest = fmax(slowest, plan->cell[c].solve_s);
	return slowest;
}

static unsigned most_workers(const struct plan *plan, unsigned group)
{
	unsigned most = 1;

	for (unsigned c = plan->first[group]; c < plan->first[group + 1]; c++)
		if (!plan->cell[c].document && plan->cell[c].workers > most)
			most = plan->cell[c].workers;
	return most;
}

/* The problem whose blocks take longest among those that may still shrink; groups when there is none. */
static unsigned dearest(const struct plan *plan)
{
	unsigned worst = plan->groups;

	for (unsigned g = 0; g < plan->groups; g++) {
		const struct cell *base = &plan->cell[plan->first[g]];
		if (slowest_s(plan, g) < smallest_s || base->solve_s / 2 < smallest_base_s || is_fixed(plan, g)
			|| base->n / 2 < SMALLEST_SHARE * most_workers(plan, g) || base->n / 2 < base->card->n_least)
			continue;
		if (worst == plan->groups || group_s(plan, g) > group_s(plan, worst))
			worst = g;
	}
	return worst;
}

static void halve(struct plan *plan, unsigned group, bool weak)
{
	plan_set_n(plan, group, plan->cell[plan->first[group]].n / 2, weak);
	for (unsigned c = plan->first[group]; c < plan->first[group + 1]; c++)
		if (!plan->cell[c].document)
			plan->cell[c].solve_s /= 2;
}

/* One sentence for all neighbours of the same lesson that were halved. */
static void tell_cut(const struct plan *plan, struct record *record, const bool *halved, unsigned group,
	unsigned blocks)
{
	const struct card *card = lesson_of(plan, group);
	uint64_t least = UINT64_MAX, most = 0;
	char note[240], from[32], to[32];

	for (; group < plan->groups && halved[group] && lesson_of(plan, group) == card; group++) {
		uint64_t n = plan->cell[plan->first[group]].n;
		least = n < least ? n : least;
		most = n > most ? n : most;
	}
	text_count(least, from, sizeof from);
	text_count(most, to, sizeof to);
	snprintf(note, sizeof note, "%s was cut to n = %s%s%s so that %u blocks fit into the budget",
		card == plan->capacity.card[0] ? "the ceiling's loop" : card->name, from, least < most ? " to " : "",
		least < most ? to : "", blocks);
	record_note(record, note);
}

void size_fit(const struct bench *b, struct plan *plan, struct record *record, double left_s)
{
	const struct settings *s = b->settings;
	const unsigned blocks = size_least_blocks(s);
	bool *halved = calloc(plan->groups, sizeof *halved);
	double fill_s = effort[s->mode].trial_s;

	choose_runs(s, plan, fill_s);
	/* Runs go first: ten blocks of a few runs tell more than five of many. */
	for (; blocks * size_block_s(plan) > left_s && fill_s > least_fill_s; choose_runs(s, plan, fill_s))
		fill_s /= 2;
	while (halved && blocks * size_block_s(plan) > left_s) {
		unsigned group = dearest(plan);
		if (group == plan->groups)
			break;
		halve(plan, group, is_weak(s, plan, group));
		halved[group] = true;
		choose_runs(s, plan, fill_s);
	}
	for (unsigned g = 0; g < plan->groups && halved; g++)
		if (halved[g] && (g == 0 || lesson_of(plan, g) != lesson_of(plan, g - 1) || !halved[g - 1]))
			tell_cut(plan, record, halved, g, blocks);
	free(halved);
}
