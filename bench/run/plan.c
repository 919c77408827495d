/* SPDX-License-Identifier: MIT */
/* plan.c -- what is to be measured.  See plan.h. */
#include "bench/run/plan.h"

#include "bench/base/text.h"
#include "bench/run/sweep.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One of "2", "max", "1..4", "2..max" into [first, last]. */
static int parse_span(const char *word, unsigned most, uint64_t *first, uint64_t *last)
{
	char from[32];
	const char *dots = strstr(word, ".."), *to = dots ? dots + 2 : word;

	snprintf(from, sizeof from, "%.*s", dots ? (int)(dots - word) : (int)sizeof from - 1, word);
	if (strcmp(from, "max") == 0)
		*first = most;
	else if (text_u64(from, 1, MAX_WORKERS, first) < 0)
		return -EINVAL;
	if (strcmp(to, "max") == 0)
		*last = most;
	else if (text_u64(to, 1, MAX_WORKERS, last) < 0)
		return -EINVAL;
	return *first <= *last ? 0 : -EINVAL;
}

int plan_parse_workers(const char *text, unsigned most, unsigned *counts, unsigned *count, char *why)
{
	bool wanted[MAX_WORKERS + 1] = { false };
	unsigned found = 0;

	for (const char *rest = text;; rest++) {
		size_t length = strcspn(rest, ",");
		char word[64];
		uint64_t first, last;

		snprintf(word, sizeof word, "%.*s", (int)length, rest);
		if (parse_span(word, most, &first, &last) < 0) {
			snprintf(why, CARD_WHY, "--workers: '%s' is not a number of workers from 1 to %d; write them "
				"as 1,2,4 or 1..4 or 1..max", word, MAX_WORKERS);
			return -EINVAL;
		}
		for (; first <= last; first++)
			wanted[first] = true;
		rest += length;
		if (!*rest)
			break;
	}
	for (unsigned p = 1; p <= MAX_WORKERS; p++) {
		if (wanted[p] && found == PLAN_MAX_COUNTS) {
			snprintf(why, CARD_WHY, "--workers %.300s: more than %d different numbers; name fewer", text,
				PLAN_MAX_COUNTS);
			return -EINVAL;
		}
		if (wanted[p])
			counts[found++] = p;
	}
	*count = found;
	return 0;
}

unsigned plan_most_workers(hwloc_topology_t topology, const struct place_policy *policy)
{
	unsigned pus[MAX_WORKERS], most = place_pus(topology);
	char why[PLACE_WHY];

	if (most > MAX_WORKERS)
		most = MAX_WORKERS;
	while (most > 1 && place_plan(topology, policy, most, false, pus, why) < 0)
		most--;
	return most;
}

/* 1, 2, ... 8, 12, 16, 24, 32 ... and the last: every count on a small machine, a fair spacing on a large one. */
static unsigned default_counts(unsigned most, unsigned *counts)
{
	unsigned count = 0;

	for (unsigned p = 1; p < most && count < PLAN_MAX_COUNTS - 1;) {
		counts[count++] = p;
		unsigned power = 1;
		while (2 * power <= p)
			power *= 2;
		p += p < 8 ? 1 : power / 2;
	}
	counts[count++] = most;
	return count;
}

static int counts_for(const struct settings *s, const struct card *card, hwloc_topology_t topology, unsigned *counts,
	unsigned *count, char *why)
{
	unsigned most = plan_most_workers(topology, &s->policy), pus[MAX_WORKERS];

	if (s->workers) {
		int error = plan_parse_workers(s->workers, most, counts, count, why);
		if (error < 0 || card->waits)
			return error;
		return place_plan(topology, &s->policy, counts[*count - 1], s->oversubscribe, pus, why);
	}
	*count = default_counts(most, counts);
	for (unsigned p = 2 * most; card->waits && p <= 8 * most && p <= MAX_WORKERS; p *= 2)
		counts[(*count)++] = p;  /* workers that only wait share a PU gladly */
	return 0;
}

/* As many as the document had, where it had too many on purpose: with the lesson's first problem. */
static unsigned crowd(const struct settings *s, const struct card *card, const unsigned *counts, unsigned count)
{
	unsigned workers = card->crowds && !s->workers && card->examples ? card->example[0].workers : 0;
	return workers > counts[count - 1] ? workers : 0;
}

static int add(struct plan *plan, const struct card *card, unsigned variant_index, unsigned workers,
	const struct problem *problem)
{
	struct cell *cells = realloc(plan->cell, (plan->count + 1) * sizeof *cells);

	if (!cells)
		return -ENOMEM;
	plan->cell = cells;
	struct cell *cell = &cells[plan->count++];
	*cell = (struct cell){ .card = card, .variant = variant_index, .workers = workers, .runs = 1,
		.n = problem ? problem->n : card->example[0].n, .document = !problem,
		.fixed = !problem || problem->fixed };
	memcpy(cell->param, problem ? problem->param : card->example[0].param, sizeof cell->param);
	return 0;
}

/* All that are correct and our own. */
static void choose_own(const struct card *card, bool chosen[CARD_MAX_VARIANTS])
{
	for (unsigned v = 0; v < card->variants; v++)
		chosen[v] |= card->variant[v].expect == CORRECT && !card->variant[v].original;
}

static int choose_variant(const struct card *card, const char *name, bool chosen[CARD_MAX_VARIANTS], char *why)
{
	int v = card_variant(card, name, why);

	if (v < 0)
		return -EINVAL;
	if (card->variant[v].expect != CORRECT) {
		snprintf(why, CARD_WHY,
			"%s of %s %s on purpose and is never measured: `manyhands show %s` shows what it does",
			name, card->name, card->variant[v].expect == WRONG ? "is wrong" : "hangs", card->name);
		return -EINVAL;
	}
	chosen[v] = true;
	return 0;
}

/* Which variants: those named, or all of our own, which a + before a name stands for, too; `python` is all originals.
 * Never one that is broken on purpose, and always serial, the base. */
static int choose_variants(const struct plan *plan, const struct settings *s, const struct card *card,
	bool chosen[CARD_MAX_VARIANTS], char *why)
{
	const char *rest = s->variants;
	int error = 0;

	memset(chosen, 0, CARD_MAX_VARIANTS * sizeof *chosen);
	if (!rest)
		choose_own(card, chosen);
	for (; rest && error == 0; rest = strchr(rest, ',') ? strchr(rest, ',') + 1 : NULL) {
		const bool plus = *rest == '+';
		char name[64];
		snprintf(name, sizeof name, "%.*s", (int)strcspn(rest, ",") - plus, rest + plus);
		const bool all = strcmp(name, "python") == 0;
		if (plus)
			choose_own(card, chosen);
		for (unsigned v = 0; v < card->variants && all; v++)
			chosen[v] |= card->variant[v].original;
		if (!all && (plan->lessons.python != PYTHON_MISSING || strncmp(name, "python_", 7) != 0))
			error = choose_variant(card, name, chosen, why);
	}
	chosen[0] = true;
	return error;
}

/* What follows until plan->count are the cells of a new problem. */
static int begin_group(struct plan *plan)
{
	unsigned *first = realloc(plan->first, (plan->groups + 2) * sizeof *first);

	if (!first)
		return -ENOMEM;
	plan->first = first;
	first[plan->groups++] = plan->count;
	first[plan->groups] = plan->count;
	return 0;
}

static int add_problem(struct plan *plan, const struct settings *s, const struct card *card,
	const struct problem *problem, const bool chosen[CARD_MAX_VARIANTS], const unsigned *counts, unsigned count)
{
	int error = begin_group(plan);

	if (error == 0)
		error = add(plan, card, 0, 1, problem);
	for (unsigned v = 1; v < card->variants && error == 0; v++)
		for (unsigned i = 0; i < count && chosen[v] && !card->variant[v].original && error == 0; i++)
			error = add(plan, card, v, counts[i], problem);
	plan->first[plan->groups] = plan->count;
	if (error == 0)
		plan_set_n(plan, plan->groups - 1, problem->n ? problem->n : card->n, s->weak);
	return error;
}

/* The document's own size, on most workers: with the lesson's first problem.  Here, and only here, its own program has
 * its place, too: it may be a hundred times as slow. */
static int add_document(struct plan *plan, const struct card *card, const bool chosen[CARD_MAX_VARIANTS],
	unsigned workers)
{
	int error = card->examples ? add(plan, card, 0, 1, NULL) : 0;

	for (unsigned v = 1; v < card->variants && card->examples && error == 0; v++)
		if (chosen[v])
			error = add(plan, card, v, strcmp(card->variant[v].name, "python_serial") == 0 ? 1 : workers,
				NULL);
	plan->first[plan->groups] = plan->count;
	return error;
}

static int add_lesson(struct plan *plan, const struct settings *s, const struct card *card, hwloc_topology_t topology,
	char *why)
{
	unsigned counts[PLAN_MAX_COUNTS + 8], count = 1, problems = 0;
	struct problem *problem = calloc(SWEEP_MOST_PROBLEMS, sizeof *problem);
	bool chosen[CARD_MAX_VARIANTS];
	int error = problem ? choose_variants(plan, s, card, chosen, why) : -ENOMEM;

	if (error == 0)
		error = counts_for(s, card, topology, counts, &count, why);
	if (error == 0)
		error = sweep_problems(s, card, problem, &problems, why);
	for (unsigned i = 0; i < problems && error == 0; i++) {
		unsigned fewer = problem[i].aside ? count - 1 : 0;      /* on most workers only */
		counts[count] = i == 0 ? crowd(s, card, counts, count) : 0;
		error = add_problem(plan, s, card, &problem[i], chosen, counts + fewer,
			count - fewer + (counts[count] > 0));
		if (error == 0 && i == 0)
			error = add_document(plan, card, chosen, counts[count - (counts[count] == 0)]);
	}
	free(problem);
	return error;
}

/* A yardstick is measured for every p > 1 that some lesson uses and that has a PU of its own. */
static int add_yardstick(struct plan *plan, struct catalogue *catalogue, const char *name, const struct settings *s,
	hwloc_topology_t topology, char *why)
{
	const unsigned most = plan_most_workers(topology, &s->policy), lessons_end = plan->count;
	int error = catalogue_load_one(catalogue, s->capacity, name, why);
	const struct card *card = error ? NULL : catalogue->card[0];
	const struct problem problem = { .n = card ? card->n : 0 };

	if (error == 0)
		error = begin_group(plan);
	if (error == 0)
		error = add(plan, card, 0, 1, &problem);
	for (unsigned p = 2; p <= most && error == 0; p++) {
		bool used = false;
		for (unsigned c = 0; c < lessons_end; c++)
			used |= plan->cell[c].workers == p;
		if (used)
			error = add(plan, card, 1, p, &problem);
	}
	if (error == 0)
		plan->first[plan->groups] = plan->count;
	return error;
}

bool plan_is_yardstick(const struct plan *plan, unsigned group)
{
	const struct card *card = plan->cell[plan->first[group]].card;
	return card == plan->capacity.card[0] || card == plan->bandwidth.card[0];
}

void plan_set_n(struct plan *plan, unsigned group, uint64_t n, bool weak)
{
	for (unsigned c = plan->first[group]; c < plan->first[group + 1]; c++) {
		struct cell *cell = &plan->cell[c];
		if (cell->document)
			continue;
		cell->n = weak ? n * cell->workers : n;
		if (n > cell->card->n_max / cell->workers && weak && !cell->left_out
			&& asprintf(&cell->left_out, "n = %" PRIu64 " for each worker passes what the lesson can take "
			"(n = %" PRIu64 ")", n, cell->card->n_max) < 0)
			cell->left_out = NULL;
	}
}

int plan_make(struct plan *plan, const struct settings *s, hwloc_topology_t topology, char *why)
{
	*plan = (struct plan){ 0 };
	int error = catalogue_load(&plan->lessons, s->programs, s->lessons ? s->lesson : NULL, s->lessons, why);

	for (unsigned i = 0; i < plan->lessons.count && error == 0; i++)
		error = add_lesson(plan, s, plan->lessons.card[i], topology, why);
	if (error == 0 && plan->groups == 0) {
		snprintf(why, CARD_WHY, "--sweep %.100s: no lesson has such a parameter; `manyhands run LESSON --sweep "
			"NAME=...` tells what LESSON has", s->sweep[0] ?: "");
		error = -EINVAL;
	}
	if (error == 0)
		error = add_yardstick(plan, &plan->capacity, "capacity", s, topology, why);
	bool moves = false;
	for (unsigned i = 0; i < plan->lessons.count; i++)
		moves |= plan->lessons.card[i]->moves;
	if (error == 0 && moves)
		error = add_yardstick(plan, &plan->bandwidth, "bandwidth", s, topology, why);
	if (error == -ENOMEM)
		snprintf(why, CARD_WHY, "no memory for the plan");
	return error;
}

void plan_free(struct plan *plan)
{
	for (unsigned i = 0; i < plan->count; i++)
		free(plan->cell[i].left_out);
	free(plan->cell);
	free(plan->first);
	catalogue_free(&plan->lessons);
	catalogue_free(&plan->capacity);
	catalogue_free(&plan->bandwidth);
	*plan = (struct plan){ 0 };
}
