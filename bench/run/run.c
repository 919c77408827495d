/* SPDX-License-Identifier: MIT */
/* run.c -- the whole of `manyhands run`.
 *
 * A block is every cell once.  Within a block the problems come in random order, and each problem's cells, its serial
 * base among them, in random order one after the other: so a cell's base is never far, in time, from the cell.  A cell
 * that is known well enough sits out; its base does not, while another cell needs it.
 */
#include "bench/run/run.h"

#include "bench/base/random.h"
#include "bench/run/progress.h"
#include "bench/run/record.h"
#include "bench/run/size.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { DOCUMENT_BLOCKS = 6 };
static const double base_every_s = 10;  /* in a problem's long block the serial base is measured again after so long */

/* One build's programs and results; two of them, block by block, make a comparison. */
struct side {
	const struct settings *settings;
	struct plan plan;
	struct record record;
};

struct run {
	const struct run_order *order;
	const struct settings *settings;
	struct bench bench;
	struct side side[2];
	unsigned sides;
	struct plan *plan;              /* of the first side, which decides for both */
	struct progress progress;
	unsigned first_block;           /* not 0 when a run goes on */
	struct run_result *result;
	char *why;
};

static unsigned expected_blocks(const struct run *run, unsigned done)
{
	unsigned least = size_least_blocks(run->settings);
	return done < least || run->settings->blocks ? least : done + 2 < RUN_LAST_BLOCK ? done + 2 : RUN_LAST_BLOCK;
}

static double left_s(const struct run *run, unsigned done)
{
	double blocks_s = fmax(0, (double)expected_blocks(run, done) - done) * size_block_s(run->plan) * run->sides;
	return fmin(blocks_s, run->settings->budget_s - progress_elapsed_s(&run->progress));
}

/* One trial of one side, recorded.  The deadline is far past what the pilot saw, and never past the user's. */
static int side_trial(struct run *run, struct side *side, unsigned index, unsigned block, unsigned order)
{
	const struct cell *cell = &side->plan.cell[index];
	double deadline_s = fmin(run->settings->deadline_s, fmax(10, 20 * size_trial_s(cell)));
	struct trial_result r;

	progress_trial(&run->progress, block, expected_blocks(run, block), left_s(run, block), cell->card->name,
		cell->card->variant[cell->variant].name, cell->workers);
	int error = bench_trial(&run->bench, cell, deadline_s, &r);
	if (error == 0) {
		run->result->outcomes[r.outcome]++;
		error = record_trial(&side->record, &run->bench, cell, block, order, &r, run->why);
	} else if (error != -EINTR) {
		snprintf(run->why, CARD_WHY, "%s: %s", cell->card->name, strerror(-error));
	}
	trial_result_free(&r);
	return error;
}

/* A cell, on both sides if there are two, in random order. */
static int trial(struct run *run, unsigned index, unsigned block, unsigned *order)
{
	unsigned turn[2] = { 0, 1 };
	int error = 0;

	random_shuffle(&run->bench.random, turn, run->sides);
	for (unsigned i = 0; i < run->sides && error == 0; i++)
		error = side_trial(run, &run->side[turn[i]], index, block, (*order)++);
	return error;
}

/* Cells of the document's size leave after the blocks that an interval needs: nobody waits for them, and the documents'
 * own programs are slow. */
static bool takes_part(const struct cell *cell, unsigned block)
{
	return !cell->left_out && !cell->sits_out && !(cell->document && block >= DOCUMENT_BLOCKS);
}

/* Every cell of one problem once, shuffled. */
static int problem_block(struct run *run, unsigned group, unsigned block, unsigned *order)
{
	const unsigned first = run->plan->first[group], count = run->plan->first[group + 1] - first;
	unsigned *turn = calloc(count + 1, sizeof *turn);
	double since_base_s = 0;
	int error = turn ? 0 : -ENOMEM;

	for (unsigned i = 0; i < count && turn; i++)
		turn[i] = first + i;
	if (turn)
		random_shuffle(&run->bench.random, turn, count);
	for (unsigned i = 0; i < count && error == 0; i++) {
		const struct cell *cell = &run->plan->cell[turn[i]];
		if (!takes_part(cell, block))
			continue;
		if (since_base_s > base_every_s) {
			error = trial(run, first, block, order);
			since_base_s = 0;
		}
		if (error == 0)
			error = trial(run, turn[i], block, order);
		since_base_s = turn[i] == first ? 0 : since_base_s + size_trial_s(cell);
	}
	free(turn);
	for (unsigned i = 0; i < run->sides; i++) {     /* also when interrupted: nothing measured is lost */
		int flushed = record_flush(&run->side[i].record, error ? (char[CARD_WHY]){ 0 } : run->why);
		error = error ? error : flushed;
	}
	return error;
}

static int whole_block(struct run *run, unsigned block)
{
	unsigned *turn = calloc(run->plan->groups, sizeof *turn), order = 0;
	int error = turn ? 0 : -ENOMEM;

	for (unsigned g = 0; g < run->plan->groups && turn; g++)
		turn[g] = g;
	if (turn)
		random_shuffle(&run->bench.random, turn, run->plan->groups);
	for (unsigned i = 0; i < run->plan->groups && error == 0; i++)
		error = problem_block(run, turn[i], block, &order);
	free(turn);
	return error;
}

/* Per cell, the less precise of the two sides; false when nothing can be told. */
static bool read_precision(struct run *run, double *halfwidth)
{
	const unsigned count = run->plan->count;
	double *more = calloc(count, sizeof *more);
	bool told = more != NULL;

	for (unsigned c = 0; c < count; c++)
		halfwidth[c] = NAN;
	for (unsigned i = 0; i < run->sides && told; i++) {
		struct side *side = &run->side[i];
		told = run->order->precision(run->order->state, i, side->record.folder, &side->plan, more) == 0;
		for (unsigned c = 0; c < count && told; c++)
			halfwidth[c] = fmax(halfwidth[c], more[c]);     /* fmax() prefers a number to NAN */
	}
	free(more);
	return told;
}

/* Bases do not sit out while a cell of their problem takes part; all others do as their precision says. */
static void seat_bases(struct plan *plan)
{
	for (unsigned g = 0; g < plan->groups; g++) {
		struct cell *base[2] = { NULL, NULL };  /* of the measured size, of the document's */
		bool needed[2] = { false, false };
		for (unsigned c = plan->first[g]; c < plan->first[g + 1]; c++) {
			struct cell *cell = &plan->cell[c];
			if (cell->variant == 0)
				base[cell->document] = cell;
			else
				needed[cell->document] |= takes_part(cell, 0);
		}
		for (int i = 0; i < 2; i++)
			if (base[i])
				base[i]->sits_out = !needed[i];
	}
}

/* Sends out the cells that were precise enough at RUN_STEADY_CHECKS checks in a row, and those that nobody waits for;
 * tells whether any that somebody waits for is left. */
static bool all_are_known(struct run *run, const double *halfwidth)
{
	bool all = true;

	for (unsigned c = 0; c < run->plan->count; c++) {
		struct cell *cell = &run->plan->cell[c];
		if (cell->left_out || cell->sits_out || cell->variant == 0)
			continue;
		cell->precise = halfwidth[c] > run->settings->precision ? 0 : cell->precise + 1;  /* NAN is not above */
		cell->sits_out = cell->precise >= RUN_STEADY_CHECKS;
		all &= cell->sits_out || isnan(halfwidth[c]);
	}
	seat_bases(run->plan);
	return all;
}

/* Every second block from the least on: who may sit out, and how far the worst still is. */
static bool check_precision(struct run *run)
{
	double *halfwidth = calloc(run->plan->count, sizeof *halfwidth);
	bool known = false;

	if (halfwidth && read_precision(run, halfwidth)) {
		run->result->worst = 0;
		for (unsigned c = 0; c < run->plan->count; c++)
			run->result->worst = fmax(run->result->worst, halfwidth[c]);
		known = all_are_known(run, halfwidth);
	}
	free(halfwidth);
	return known;
}

/* Why to stop after `done` blocks, or NULL to go on.  Never because a result looks good: only precision, budget,
 * count. */
static const char *stop_reason(struct run *run, unsigned done)
{
	const struct settings *s = run->settings;
	const unsigned least = size_least_blocks(s), here = done - run->first_block;
	double block_s = progress_elapsed_s(&run->progress) / fmax(here, 1);

	if (s->blocks)
		return done >= s->blocks ? "as many blocks as asked" : NULL;
	if (done >= least && (done - least) % 2 == 0 && check_precision(run))
		return "precise enough, twice";
	if (progress_elapsed_s(&run->progress) + fmin(block_s, size_block_s(run->plan) * run->sides) > s->budget_s)
		return "budget spent";
	return done >= RUN_LAST_BLOCK ? "60 blocks" : NULL;
}

static double cpu_s(int who)
{
	struct rusage usage;

	getrusage(who, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
		+ (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static int finish(struct run *run, int error, const char *reason)
{
	char unheard[CARD_WHY];  /* the first failure is the one to tell of */

	for (unsigned i = 0; i < run->sides; i++) {
		int finished = record_finish(&run->side[i].record, &run->side[i].plan, run->result, reason,
			error ? unheard : run->why);
		error = error ? error : finished;
	}
	return error;
}

static int measure(struct run *run)
{
	const char *reason = run->first_block > 0 ? stop_reason(run, run->first_block) : NULL;
	unsigned block = run->first_block;
	int error = 0;

	while (!reason && error == 0) {
		error = whole_block(run, block);
		if (error == 0) {
			progress_block(&run->progress, block, expected_blocks(run, block + 1), left_s(run, block + 1));
			reason = stop_reason(run, ++block);
		}
	}
	run->result->blocks = block;
	progress_clear(&run->progress);
	if (error == 0)
		check_precision(run);
	run->result->conductor_share = cpu_s(RUSAGE_SELF) / fmax(cpu_s(RUSAGE_CHILDREN), 1e-9);
	return finish(run, error, error == -EINTR ? "interrupted" : reason ?: "failed");
}

/* The twin measures what the first side was sized to; a cell that one side cannot do is left out of both. */
static void copy_sizes(struct run *run)
{
	for (unsigned c = 0; c < run->plan->count && run->sides > 1; c++) {
		struct cell *a = &run->plan->cell[c], *b = &run->side[1].plan.cell[c];
		b->n = a->n;
		b->runs = a->runs;
		if (a->left_out && !b->left_out)
			b->left_out = strdup(a->left_out);
		if (b->left_out && !a->left_out)
			a->left_out = strdup(b->left_out);
	}
}

static int size(struct run *run)
{
	const struct size_progress progress = { progress_setup, &run->progress };
	struct record *record = &run->side[0].record;
	int error = size_calibrate(&run->bench, run->plan, &progress, run->why);

	for (unsigned i = 0; i < run->sides && error == 0; i++) {
		copy_sizes(run);
		error = size_pilot(&run->bench, &run->side[i].plan, &run->side[i].record, &progress,
			run->result->outcomes, run->why);
	}
	if (error < 0)
		return error;
	double left = run->settings->budget_s - progress_elapsed_s(&run->progress);
	if (left < 0)
		record_note(record, "sizing and trying every cell alone took more than the budget");
	size_fit(&run->bench, run->plan, record, left / run->sides);
	copy_sizes(run);
	return 0;
}

/* Both plans name the same cells, or cells could not be compared one by one. */
static int match_plans(const struct run *run)
{
	const struct plan *a = &run->side[0].plan, *b = &run->side[1].plan;
	unsigned c = 0;

	while (c < a->count && c < b->count && strcmp(a->cell[c].card->name, b->cell[c].card->name) == 0
		&& strcmp(a->cell[c].card->variant[a->cell[c].variant].name,
			b->cell[c].card->variant[b->cell[c].variant].name) == 0
		&& a->cell[c].workers == b->cell[c].workers
		&& memcmp(a->cell[c].param, b->cell[c].param, sizeof a->cell[c].param) == 0)
		c++;
	if (c == a->count && c == b->count)
		return 0;
	snprintf(run->why, CARD_WHY,
		"the two builds differ in their lessons (%s %s): name lessons and --variants that both have",
		(c < a->count ? a : b)->cell[c].card->name,
		(c < a->count ? a : b)->cell[c].card->variant[(c < a->count ? a : b)->cell[c].variant].name);
	return -EINVAL;
}

static int open_side(struct run *run, struct side *side, const struct machine *machine)
{
	if (run->order->resume)
		return record_resume(&side->record, side->settings, &side->plan, machine, &run->first_block, run->why);
	return record_open(&side->record, side->settings, run->order->topology, &side->plan, machine, run->order->argv,
		run->why);
}

static int prepare(struct run *run, char *topology_xml)
{
	struct machine machine;
	int error = bench_open(&run->bench, run->settings, run->order->topology);

	if (error < 0)
		return snprintf(run->why, CARD_WHY, "no memory for the environment of the trials"), error;
	machine_read(&machine, run->order->topology);
	for (unsigned i = 0; i < run->sides && error == 0; i++)
		error = plan_make(&run->side[i].plan, run->side[i].settings, run->order->topology, run->why);
	if (error == 0 && run->sides > 1)
		error = match_plans(run);
	for (unsigned i = 0; i < run->sides && error == 0; i++)
		error = open_side(run, &run->side[i], &machine);
	if (error < 0)
		return error;
	if (run->sides > 1)
		record_twins(&run->side[0].record, &run->side[1].record);
	snprintf(topology_xml, PATH_MAX, "%s/topology.xml", run->side[0].record.folder);
	run->bench.topology_xml = topology_xml;
	if (run->bench.dropped > 0 && !run->order->resume)
		record_dropped(&run->side[0].record, run->bench.dropped);
	if (run->plan->lessons.python == PYTHON_MISSING && strstr(run->settings->variants ?: "", "python")
		&& !run->order->resume)
		record_note(&run->side[0].record, "no python3 (3.9 or later) here: the documents' own programs, "
			"python_*, were skipped");
	for (unsigned i = 0; i < run->first_block; i++) /* another order than the blocks before had */
		random_next(&run->bench.random);
	if (!run->order->resume)
		error = size(run);
	for (unsigned i = 0; i < run->sides && error == 0; i++)
		error = record_update(&run->side[i].record, &run->side[i].plan, run->why);
	return error;
}

static void close_sides(struct run *run)
{
	for (unsigned i = 0; i < run->sides; i++) {
		struct side *side = &run->side[i];
		if (side->record.folder && side->record.samples)
			*(i == 0 ? &run->result->folder : &run->result->twin_folder) = strdup(side->record.folder);
		record_close(&side->record);
		plan_free(&side->plan);
	}
}

int run_all(const struct run_order *order, struct run_result *result, char *why)
{
	struct run run = { .order = order, .settings = order->settings, .result = result, .why = why,
		.side = { { .settings = order->settings }, { .settings = order->twin } },
		.sides = order->twin ? 2 : 1, .progress = progress_make(order->settings->budget_s) };
	char topology_xml[PATH_MAX];

	run.plan = &run.side[0].plan;
	*result = (struct run_result){ .worst = INFINITY };
	int error = prepare(&run, topology_xml);
	if (error == 0)
		error = measure(&run);
	else if (error == -EINTR && run.side[run.sides - 1].record.samples)
		finish(&run, error, "interrupted");
	progress_clear(&run.progress);
	close_sides(&run);
	bench_close(&run.bench);
	return error;
}
