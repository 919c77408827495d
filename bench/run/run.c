/* SPDX-License-Identifier: MIT */
/* run.c -- the whole of `manyhands run`.
 *
 * A block is every cell once.  Within a block the lessons come in random order, and each lesson's cells, its serial
 * base among them, in random order one after the other: so a cell's base is never far, in time, from the cell.
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

enum { MOST_BLOCKS = 60 };
static const double base_every_s = 10;  /* in a lesson's long block the serial base is measured again after so long */

struct run {
	const struct settings *settings;
	struct bench bench;
	struct plan plan;
	struct record record;
	struct progress progress;
	struct run_result *result;
	unsigned precise;               /* checks in a row that found every cell precise enough */
	char *why;
};

static unsigned expected_blocks(const struct run *run, unsigned done)
{
	unsigned least = size_least_blocks(run->settings);
	return done < least || run->settings->blocks ? least : done + 2;
}

static double left_s(const struct run *run, unsigned done)
{
	double blocks_s = fmax(0, (double)expected_blocks(run, done) - done) * size_block_s(&run->plan);
	return fmin(blocks_s, run->settings->budget_s - progress_elapsed_s(&run->progress));
}

/* One trial, recorded.  The deadline is far past what the pilot saw, and never past the user's. */
static int trial(struct run *run, struct cell *cell, unsigned block, unsigned order)
{
	double deadline_s = fmin(run->settings->deadline_s, fmax(10, 20 * size_trial_s(cell)));
	struct trial_result r;

	progress_trial(&run->progress, block, expected_blocks(run, block), left_s(run, block), cell->card->name,
		cell->card->variant[cell->variant].name, cell->workers);
	int error = bench_trial(&run->bench, cell, deadline_s, &r);
	if (error == 0) {
		run->result->outcomes[r.outcome]++;
		error = record_trial(&run->record, &run->bench, cell, block, order, &r, run->why);
	} else if (error != -EINTR) {
		snprintf(run->why, CARD_WHY, "%s: %s", cell->card->name, strerror(-error));
	}
	trial_result_free(&r);
	return error;
}

/* Every cell of one lesson once, shuffled. */
static int lesson_block(struct run *run, unsigned group, unsigned block, unsigned *order)
{
	const unsigned first = run->plan.first[group], count = run->plan.first[group + 1] - first;
	unsigned *turn = calloc(count + 1, sizeof *turn);
	double since_base_s = 0;
	int error = turn ? 0 : -ENOMEM;

	for (unsigned i = 0; i < count && turn; i++)
		turn[i] = first + i;
	if (turn)
		random_shuffle(&run->bench.random, turn, count);
	for (unsigned i = 0; i < count && error == 0; i++) {
		struct cell *cell = &run->plan.cell[turn[i]], *base = &run->plan.cell[first];
		if (cell->left_out)
			continue;
		if (since_base_s > base_every_s) {
			error = trial(run, base, block, (*order)++);
			since_base_s = 0;
		}
		if (error == 0)
			error = trial(run, cell, block, (*order)++);
		since_base_s = cell == base ? 0 : since_base_s + size_trial_s(cell);
	}
	free(turn);
	int flushed = record_flush(&run->record, run->why);  /* also when interrupted: nothing measured is lost */
	return error ? error : flushed;
}

static int whole_block(struct run *run, unsigned block)
{
	unsigned turn[CARD_MAX_LESSONS + 1], order = 0;
	int error = 0;

	for (unsigned g = 0; g < run->plan.groups; g++)
		turn[g] = g;
	random_shuffle(&run->bench.random, turn, run->plan.groups);
	for (unsigned i = 0; i < run->plan.groups && error == 0; i++)
		error = lesson_block(run, turn[i], block, &order);
	return error;
}

/* Why to stop after `done` blocks, or NULL to go on.  Never because a result looks good: only precision, budget,
 * count. */
static const char *stop_reason(struct run *run, unsigned done, run_precision *precision)
{
	const struct settings *s = run->settings;
	double worst = INFINITY, block_s = progress_elapsed_s(&run->progress) / fmax(done, 1);

	if (s->blocks)
		return done >= s->blocks ? "as many blocks as asked" : NULL;
	if (progress_elapsed_s(&run->progress) + fmin(block_s, size_block_s(&run->plan)) > s->budget_s)
		return "budget spent";
	if (done >= MOST_BLOCKS)
		return "60 blocks";
	if (done < size_least_blocks(s) || (done - size_least_blocks(s)) % 2 != 0)
		return NULL;
	if (precision(run->record.folder, &worst) < 0)
		return NULL;
	run->precise = worst <= s->precision ? run->precise + 1 : 0;
	return run->precise >= 2 ? "precise enough, twice" : NULL;
}

static double cpu_s(int who)
{
	struct rusage usage;

	getrusage(who, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
		+ (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static int measure(struct run *run, run_precision *precision)
{
	const char *reason = NULL;
	unsigned block = 0;
	int error = 0;

	while (!reason && error == 0) {
		error = whole_block(run, block);
		if (error == 0) {
			progress_block(&run->progress, block, expected_blocks(run, block + 1), left_s(run, block + 1));
			reason = stop_reason(run, ++block, precision);
		}
	}
	run->result->blocks = block;
	progress_clear(&run->progress);
	if (error == -EINTR)
		reason = "interrupted";
	run->result->conductor_share = cpu_s(RUSAGE_SELF) / fmax(cpu_s(RUSAGE_CHILDREN), 1e-9);
	char ignored[CARD_WHY];  /* the first failure is the one to tell of */
	int finished = record_finish(&run->record, &run->plan, run->result, reason ?: "failed",
		error ? ignored : run->why);
	return error ? error : finished;
}

static int prepare(struct run *run, hwloc_topology_t topology, char **argv, char *topology_xml)
{
	const struct size_progress progress = { progress_setup, &run->progress };
	struct machine machine;
	int error = bench_open(&run->bench, run->settings, topology);

	if (error < 0)
		return snprintf(run->why, CARD_WHY, "no memory for the environment of the trials"), error;
	error = plan_make(&run->plan, run->settings, topology, run->why);
	if (error < 0)
		return error;
	machine_read(&machine, topology);
	error = record_open(&run->record, &run->bench, &run->plan, &machine, argv, run->why);
	if (error < 0)
		return error;
	snprintf(topology_xml, PATH_MAX, "%s/topology.xml", run->record.folder);
	run->bench.topology_xml = topology_xml;
	error = size_calibrate(&run->bench, &run->plan, &progress, run->why);
	if (error == 0)
		error = size_pilot(&run->bench, &run->plan, &run->record, &progress, run->result->outcomes,
			run->why);
	if (error < 0)
		return error;
	if (progress_elapsed_s(&run->progress) > run->settings->budget_s)
		record_note(&run->record, "sizing and trying every cell alone took more than the budget");
	size_fit(&run->bench, &run->plan, &run->record, run->settings->budget_s - progress_elapsed_s(&run->progress));
	return record_update(&run->record, &run->plan, run->why);
}

int run_all(const struct settings *settings, hwloc_topology_t topology, char **argv, run_precision *precision,
	struct run_result *result, char *why)
{
	struct run run = { .settings = settings, .result = result, .why = why,
		.progress = progress_make(settings->budget_s) };
	char topology_xml[PATH_MAX];

	*result = (struct run_result){ 0 };
	int error = prepare(&run, topology, argv, topology_xml);
	if (error == 0)
		error = measure(&run, precision);
	else if (error == -EINTR && run.record.samples)
		record_finish(&run.record, &run.plan, result, "interrupted", why);
	progress_clear(&run.progress);
	if (run.record.folder && run.record.samples)
		result->folder = strdup(run.record.folder);
	record_close(&run.record);
	plan_free(&run.plan);
	bench_close(&run.bench);
	return error;
}
