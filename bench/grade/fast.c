/* SPDX-License-Identifier: MIT */
/* fast.c -- the last rung: how fast is it, against serial and the model answer?
 *
 * Measured as lessons are: a block is one fresh process for each of serial, model and answer, in random order, every
 * worker on a core of its own; the ratios of the blocks give a Hodges-Lehmann estimate and its 95 % interval.  Blocks
 * are added until the interval is narrow or 6 s are over, never because of what it says.
 *
 *   fails        the whole interval lies below what was asked: slower for sure.  Or it is wide, as on a busy machine,
 *                but the work is shared unevenly for sure: a run cannot be shorter than what its busiest worker
 *                computes.  Or it keeps an answer from one solve to the next, instead of computing it
 *   not judged   one core; a wide interval around what was asked; a model answer that is itself no faster than serial
 *   passes       else: the interval lies above, or it is narrow and the answer gets the benefit of the doubt
 *
 * Where the model answer is not there (a student's copy), a block also times independent copies of a loop, as the
 * ceiling in the charts: what the cores give meanwhile, not their number, is what the answer is compared with.  Where
 * they give clearly less than their number, the machine is busy, and nothing is judged.
 */
#include "bench/grade/climb.h"
#include "bench/grade/sandbox.h"

#include "bench/base/clock.h"
#include "bench/base/random.h"
#include "bench/base/stats.h"
#include "bench/run/machine.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

enum { SERIAL, MODEL, ANSWER, ONE_COPY, COPIES, RUNNERS, LEAST_BLOCKS = 8, MOST_BLOCKS = 24, SOLVES = 3 };
static const double narrow = 0.06, clearly_faster = 1.1, confidence = 0.95, patience_s = 6;
/* A first solve takes so much longer than the next ones, and the model's does not. */
static const double keeps = 2;
static const double idle = 0.8;                 /* less than that of the cores' number: others compute, too */
static const uint64_t copy_steps = 20000000;    /* about 10 ms */

struct race {
	char program[RUNNERS][PATH_MAX];        /* "": not there */
	unsigned workers, blocks;
	uint64_t random;
	double time_s[RUNNERS][MOST_BLOCKS];    /* of a solve after the first */
	double cold_s[RUNNERS][MOST_BLOCKS];    /* of the first */
	double untold_s[RUNNERS][MOST_BLOCKS];  /* what a process took beside what its rows tell of */
	/* CPU time of the busiest worker, and of all, on one core: see shares_badly() */
	double busiest_s[RUNNERS][MOST_BLOCKS], cpu_s[RUNNERS][MOST_BLOCKS];
};

struct ratio { double centre, low, high; };

static void find_programs(const struct climb *c, struct race *r)
{
	bool openmp = c->part > 0 && c->answer.by == BY_OPENMP;

	snprintf(r->program[SERIAL], PATH_MAX, "%.*s/serial", PATH_MAX - 32, c->lab->built);
	snprintf(r->program[MODEL], PATH_MAX, "%.*s/solution%s", PATH_MAX - 32, c->lab->built, openmp ? "_openmp" : "");
	snprintf(r->program[ANSWER], PATH_MAX, "%s", c->program[BUILD_PLAIN]);
	if (access(r->program[MODEL], X_OK) < 0)
		r->program[MODEL][0] = '\0';
	for (unsigned who = ONE_COPY; who <= COPIES && !r->program[MODEL][0]; who++)
		snprintf(r->program[who], PATH_MAX, "%.*s/bench/capacity/%s", PATH_MAX - 64, c->places->build,
			who == COPIES ? "copies" : "serial");
}

/* One runner's trial.  A wrong answer of the student's here is one more order that was tried. */
static int time_one(struct climb *c, struct race *r, unsigned who, enum attempt_where where, unsigned block)
{
	static const char *const names[RUNNERS] = { "serial", "the model answer", "", "the loop", "the copied loop" };
	struct order o = { .program = r->program[who], .folder = c->answer.folder,
		.n = who >= ONE_COPY ? copy_steps : c->conf->n_fast,
		.workers = who == SERIAL || who == ONE_COPY ? 1 : r->workers,
		.runs = SOLVES, .where = where, .trusted = who != ANSWER,
		.deadline_s = 4 * c->conf->deadline_s };        /* the given ones end; climb_try() sets its own */
	struct attempt a;
	int verdict = who == ANSWER ? climb_try(c, RUNG_FAST, BUILD_PLAIN, &o, &a)
		: attempt_make(&c->stage, &o, &a, c->why);

	if (verdict == VERDICT_PASSED && a.outcome != ATTEMPT_OK) {
		if (who == ANSWER)
			verdict = climb_fail(c, RUNG_EVERY_TIME, a.outcome == ATTEMPT_WRONG ? CAUSE_SOMETIMES
				: CAUSE_DIED_SOMETIMES, "not every time: %s", a.reason);
		else
			verdict = climb_not_judged(c, RUNG_FAST, "not judged here: %s did not come to its end: %s",
				names[who], a.reason);
		if (verdict == VERDICT_FAILED)
			climb_replay(c, a.command);
	}
	if (where == WHERE_APART) {
		r->time_s[who][block] = a.warm_s;
		r->cold_s[who][block] = a.cold_s;
		r->untold_s[who][block] = a.outside_s - a.told_s;
	}
	r->busiest_s[who][block] = a.busiest_s;
	r->cpu_s[who][block] = a.cpu_s;
	attempt_free(&a);
	return verdict;
}

static int time_block(struct climb *c, struct race *r)
{
	unsigned turn[RUNNERS] = { SERIAL, MODEL, ANSWER, ONE_COPY, COPIES };
	int verdict = VERDICT_PASSED;

	random_shuffle(&r->random, turn, RUNNERS);
	for (unsigned i = 0; i < RUNNERS && verdict == VERDICT_PASSED; i++)
		if (r->program[turn[i]][0])
			verdict = time_one(c, r, turn[i], WHERE_APART, r->blocks);
	r->blocks++;
	return verdict;
}

/* How many times as large `base` is as `who`, over the blocks. */
static int compare_times(const double *base, const double *who, unsigned blocks, struct ratio *out)
{
	double log_ratio[MOST_BLOCKS], scratch[MOST_BLOCKS * (MOST_BLOCKS + 1) / 2], centre;
	struct stats_interval interval;

	for (unsigned b = 0; b < blocks; b++)
		log_ratio[b] = log(base[b] / who[b]);
	int error = stats_hodges_lehmann(log_ratio, blocks, confidence, scratch, &centre, &interval);
	if (error == 0)
		*out = (struct ratio){ exp(centre), exp(interval.low), exp(interval.high) };
	return error;
}

/* How many times as fast `who` is as `base`. */
static int compare(const struct race *r, unsigned base, unsigned who, struct ratio *out)
{
	return compare_times(r->time_s[base], r->time_s[who], r->blocks, out);
}

static double halfwidth(const struct ratio *r)
{
	return (r->high - r->low) / 2 / r->centre;
}

/* Where wall times are too noisy: does the answer's busiest worker compute longer than the model's?  On one core, where
 * the scheduler gives all workers the same, whatever else runs.  An answer that computes more in all (one that waits by
 * spinning, say) is not judged so.  VERDICT_FAILED when it does for sure. */
static int shares_badly(struct climb *c, struct race *r, double least)
{
	struct ratio busiest, all;
	int verdict = r->program[MODEL][0] ? VERDICT_PASSED : VERDICT_NOT_JUDGED;

	for (unsigned block = 0; block < LEAST_BLOCKS && verdict == VERDICT_PASSED; block++) {
		verdict = time_one(c, r, MODEL, WHERE_ONE_CORE, block);
		if (verdict == VERDICT_PASSED)
			verdict = time_one(c, r, ANSWER, WHERE_ONE_CORE, block);
	}
	if (verdict != VERDICT_PASSED)
		return verdict;
	if (compare_times(r->busiest_s[MODEL], r->busiest_s[ANSWER], LEAST_BLOCKS, &busiest) < 0
		|| compare_times(r->cpu_s[MODEL], r->cpu_s[ANSWER], LEAST_BLOCKS, &all) < 0
		|| busiest.high >= least || all.low < least)
		return VERDICT_PASSED;
	climb_fail(c, RUNG_FAST, CAUSE_SLOW, "slower than the model answer for sure: its busiest worker computes %.2f "
		"times as long as the model's (%.2f to %.2f)", 1 / busiest.centre, 1 / busiest.high, 1 / busiest.low);
	climb_replay(c, NULL);
	return VERDICT_FAILED;
}

/* `busy`: the model itself is not clearly faster than serial, so wall times may fail an answer, but not pass it. */
static int judge(struct climb *c, struct race *r, const struct ratio *ratio, double least, const char *against,
	bool busy)
{
	struct ratio speedup = { NAN, NAN, NAN };
	bool wide = busy || (ratio->low < least && halfwidth(ratio) > narrow);
	char note[400];

	compare(r, SERIAL, ANSWER, &speedup);
	snprintf(note, sizeof note, "it is %.2f times as fast as serial with %u workers (95 %% sure: %.2f to %.2f); "
		"%s: %.0f %% (%.0f to %.0f), asked for %.0f %%; %u blocks", speedup.centre, r->workers, speedup.low,
		speedup.high, against, 100 * ratio->centre, 100 * ratio->low, 100 * ratio->high, 100 * least,
		r->blocks);
	if (ratio->high < least) {
		climb_fail(c, RUNG_FAST, CAUSE_SLOW, "slower than %s for sure: %s", r->program[MODEL][0]
			? "the model answer" : "the cores allow", note);
		climb_replay(c, NULL);
		return VERDICT_FAILED;
	}
	int shared = wide ? shares_badly(c, r, least) : VERDICT_PASSED;
	if (shared < 0 || shared == VERDICT_FAILED)
		return shared;
	if (wide)
		return climb_not_judged(c, RUNG_FAST, "not judged here, this machine is too %s: %s", busy
			? "busy, or too small, for the model answer itself to be faster than serial" : "noisy", note);
	climb_not_judged(c, RUNG_FAST, "%s", note);
	return VERDICT_PASSED;
}

/* The answer's speedup, of what independent copies gain meanwhile. */
static int compare_copies(const struct race *r, struct ratio *out)
{
	double base[MOST_BLOCKS], who[MOST_BLOCKS];

	for (unsigned b = 0; b < r->blocks; b++) {
		base[b] = r->time_s[SERIAL][b] * r->time_s[COPIES][b];
		who[b] = r->time_s[ANSWER][b] * r->time_s[ONE_COPY][b];
	}
	return compare_times(base, who, r->blocks, out);
}

/* Where the model is not there (a student's copy), the cores themselves are what is compared with. */
static int judge_alone(struct climb *c, struct race *r)
{
	struct ratio ratio, cores;

	if (compare_copies(r, &ratio) < 0 || compare(r, ONE_COPY, COPIES, &cores) < 0)
		return climb_not_judged(c, RUNG_FAST, "not judged here: no interval");
	if (cores.low < idle * r->workers && ratio.low < c->conf->fast_of_cores)
		return climb_not_judged(c, RUNG_FAST, "not judged here, this machine is too busy: %u independent loops "
			"gain %.2f on it (95 %% sure: %.2f to %.2f), and the answer %.0f %% of that", r->workers,
			cores.centre, cores.low, cores.high, 100 * ratio.centre);
	return judge(c, r, &ratio, c->conf->fast_of_cores, "of what so many cores gave meanwhile", false);
}

static int judge_model(struct climb *c, struct race *r)
{
	struct ratio ratio, model;

	if (compare(r, MODEL, ANSWER, &ratio) < 0 || compare(r, SERIAL, MODEL, &model) < 0)
		return climb_not_judged(c, RUNG_FAST, "not judged here: no interval");
	return judge(c, r, &ratio, c->conf->fast_of_model, "the speed of the model answer", model.low < clearly_faster);
}

/* Precise enough, or out of time; a student waits. */
static bool is_enough(const struct race *r, double spent_s)
{
	struct ratio ratio;

	if (r->blocks < LEAST_BLOCKS)
		return false;
	if (r->blocks == MOST_BLOCKS || spent_s > patience_s)
		return true;
	int error = r->program[MODEL][0] ? compare(r, MODEL, ANSWER, &ratio) : compare_copies(r, &ratio);
	return error == 0 && halfwidth(&ratio) <= narrow;
}

static double median_of(const double *x, unsigned count)
{
	double sorted[MOST_BLOCKS], median = NAN;

	memcpy(sorted, x, count * sizeof *x);
	stats_median(sorted, count, &median);
	return median;
}

/* The rows come from a process that a student's lines are part of.  Our own clock, around it, must see about what they
 * tell: to start and verify takes an answer as long as the model, give or take a quarter of its solves and 20 ms.  More
 * than that for sure, block by block: on a busy machine processes end late, and now and then those of one side. */
static int compare_clocks(struct climb *c, const struct race *r)
{
	const unsigned base = r->program[MODEL][0] ? MODEL : SERIAL;
	const double solves_s = (1 + SOLVES) * median_of(r->time_s[base], r->blocks);
	double excess_s[MOST_BLOCKS], scratch[MOST_BLOCKS * (MOST_BLOCKS + 1) / 2], centre_s;
	struct stats_interval sure_s;

	for (unsigned b = 0; b < r->blocks; b++)
		excess_s[b] = r->untold_s[ANSWER][b] - r->untold_s[base][b];
	if (!sandbox_is_open()
		|| stats_hodges_lehmann(excess_s, r->blocks, confidence, scratch, &centre_s, &sure_s) < 0
		|| !(sure_s.low > solves_s / 4 + 0.02))
		return VERDICT_PASSED;
	climb_fail(c, RUNG_FAST, CAUSE_CLOCK, "seen from outside, a run took %.0f ms more than its rows tell of, "
		"beside what %s takes to start and to verify, too", 1e3 * centre_s,
		base == MODEL ? "the model" : "serial");
	climb_replay(c, NULL);
	return VERDICT_FAILED;
}

/* The later solves have the same problem as the first: an answer could keep what it found.  Its first solve then takes
 * longer than the next ones, by more than any first solve does: the model's, or serial's, tells how much that is. */
static int compare_solves(struct climb *c, const struct race *r)
{
	const unsigned base = r->program[MODEL][0] ? MODEL : SERIAL;
	double of_base[MOST_BLOCKS], of_answer[MOST_BLOCKS];
	struct ratio excess, warm;

	for (unsigned b = 0; b < r->blocks; b++) {
		of_base[b] = r->cold_s[base][b] / r->time_s[base][b];
		of_answer[b] = r->cold_s[ANSWER][b] / r->time_s[ANSWER][b];
	}
	if (compare_times(of_answer, of_base, r->blocks, &excess) < 0 || compare_times(r->cold_s[ANSWER],
		r->time_s[ANSWER], r->blocks, &warm) < 0 || excess.low < keeps)
		return VERDICT_PASSED;
	climb_fail(c, RUNG_FAST, CAUSE_KEEPS, "its first solve of a problem takes at least %.0f times as long as the "
		"next ones (95 %% sure), %s's %.1f times", fmin(warm.low, 1000), base == MODEL ? "the model" : "serial",
		warm.centre / excess.centre);
	climb_replay(c, NULL);
	return VERDICT_FAILED;
}

int rung_fast(struct climb *c)
{
	const uint64_t begin_ns = clock_ns();
	struct race r = { .random = climb_random(c, RUNG_FAST, 0) };
	struct machine machine;
	int verdict = climb_build(c, RUNG_FAST, BUILD_PLAIN);

	if (verdict != VERDICT_PASSED)
		return verdict;
	machine_read(&machine, c->stage.topology);
	if (c->stage.cores < 2 || machine.quota_cpus < 1.5)     /* NAN is not below */
		return climb_not_judged(c, RUNG_FAST, "not judged here: this machine gives us one core, on which "
			"workers only take turns");
	r.workers = c->stage.cores < c->conf->workers_fast ? c->stage.cores : c->conf->workers_fast;
	find_programs(c, &r);
	while (verdict == VERDICT_PASSED && !is_enough(&r, (double)(clock_ns() - begin_ns) * 1e-9))
		verdict = time_block(c, &r);
	if (verdict == VERDICT_PASSED)
		verdict = compare_clocks(c, &r);
	if (verdict == VERDICT_PASSED)
		verdict = compare_solves(c, &r);
	if (verdict != VERDICT_PASSED)
		return verdict;
	return r.program[MODEL][0] ? judge_model(c, &r) : judge_alone(c, &r);
}
