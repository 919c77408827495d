/* SPDX-License-Identifier: MIT */
/* rungs.c -- what each rung tries, but for the last one (fast.c).  See climb.h. */
#include "bench/grade/climb.h"

#include "bench/base/random.h"
#include "bench/grade/report.h"
#include "bench/grade/symbols.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- 1: it builds ---- */

int rung_builds(struct climb *c)
{
	char *symbols = NULL, name[CONF_NAME];
	int verdict = climb_build(c, RUNG_BUILDS, BUILD_SHAKEN);

	if (verdict != VERDICT_PASSED)
		return verdict;
	int error = build_symbols(&c->answer, &symbols, c->why);
	if (error < 0)
		return error;
	if (symbols_exported(symbols, name))
		verdict = climb_fail(c, RUNG_BUILDS, CAUSE_EXPORTS, "it exports '%s', too", name);
	free(symbols);
	return verdict;
}

/* ---- wrong by itself, or by chance ---- */

enum { RUNS_AGAIN = 40 };

static const char *s_of(unsigned count)
{
	return count == 1 ? "" : "s";
}

/* The same order, run again: how often it was right, and how often wrong in another way. */
struct again { unsigned runs, right, otherwise; };

/* Of an answer that is wrong by itself, verify() says the same each time. */
static bool is_otherwise(const struct attempt *a, const struct attempt *first)
{
	if (a->outcome == ATTEMPT_HUNG && a->at_work)
		return false;   /* the machine is busy */
	return a->outcome != first->outcome
		|| (a->outcome == ATTEMPT_WRONG && strcmp(a->reason, first->reason) != 0);
}

/* In no more time, all together, than one run may take. */
static int run_again(struct climb *c, const struct order *o, const struct attempt *first, struct again *again)
{
	double left_s = o->deadline_s;
	int error = 0;

	*again = (struct again){ 0 };
	while (again->runs < RUNS_AGAIN && left_s > 0 && error == 0) {
		struct attempt a;
		error = attempt_make(&c->stage, o, &a, c->why);
		if (error == 0) {
			again->runs++;
			if (a.outcome == ATTEMPT_OK)
				again->right++;
			else
				again->otherwise += is_otherwise(&a, first);
			left_s -= a.outside_s;
		}
		attempt_free(&a);
	}
	return error;
}

static int fail_by_chance(struct climb *c, const struct order *o, const struct attempt *a, const struct again *again)
{
	unsigned times = again->right ? again->right : again->otherwise;

	return climb_fail(c, RUNG_EVERY_TIME, a->outcome == ATTEMPT_WRONG ? CAUSE_SOMETIMES : CAUSE_DIED_SOMETIMES,
		"not every time: with n = %" PRIu64 " and %u worker%s, on one core and with nobody in its way: %s; "
		"the very same, run again, was %s %u time%s of %u", o->n, o->workers, s_of(o->workers), a->reason,
		again->right ? "right" : "wrong in another way", times, s_of(times), again->runs);
}

static int fail_by_itself(struct climb *c, const struct order *o, const struct attempt *a)
{
	const bool wrong = a->outcome == ATTEMPT_WRONG;

	return climb_fail(c, RUNG_RIGHT, wrong ? CAUSE_WRONG : CAUSE_DIED, "with n = %" PRIu64 " and %u worker%s%s %s",
		o->n, o->workers, s_of(o->workers), wrong ? ":" : "", a->reason);
}

/* One that died does not tell where; the address sanitizer, on the same order, often does. */
static int find_place(struct climb *c, const struct order *first)
{
	struct order o = *first;
	struct attempt a;
	struct report report;
	int verdict = climb_build(c, RUNG_CLEAN, BUILD_ADDRESS);

	if (verdict != VERDICT_PASSED)
		return verdict < 0 ? verdict : 0;
	o.program = c->program[BUILD_ADDRESS];
	o.shown = c->shown[BUILD_ADDRESS];
	int error = attempt_make(&c->stage, &o, &a, c->why);
	if (error == 0 && a.outcome == ATTEMPT_REPORTED && report_read(a.said, c->answer.file, &report)
		&& !c->out->finding.detail && asprintf(&c->out->finding.detail, "with the address sanitizer: %s",
			report.seen) < 0)
		c->out->finding.detail = NULL;
	attempt_free(&a);
	return error;
}

/* What is wrong by itself is so again, and in the same way, but for now and then on a busy machine.  What comes out
 * otherwise when it is run again depends on who comes first, and only showed early: it is rung 4's. */
static int judge_right(struct climb *c, const struct order *o, const struct attempt *a)
{
	struct again again;

	if (a->outcome != ATTEMPT_WRONG && a->outcome != ATTEMPT_DIED)
		return VERDICT_PASSED;
	int error = run_again(c, o, a, &again);
	if (error < 0)
		return error;
	const bool by_chance = again.right > 0 || again.otherwise > again.runs / 10;
	int verdict = by_chance ? fail_by_chance(c, o, a, &again) : fail_by_itself(c, o, a);
	climb_replay(c, a->command);
	if (a->outcome == ATTEMPT_DIED && (error = find_place(c, o)) < 0)
		return error;
	return verdict;
}

/* ---- 2: it uses the mechanism ---- */

static int check_symbols(struct climb *c)
{
	char *symbols = NULL, name[CONF_NAME];
	const char *reason;
	int error = build_symbols(&c->answer, &symbols, c->why), verdict = VERDICT_PASSED;

	if (error < 0)
		return error;
	if (symbols_forbidden(c->conf, c->answer.by, symbols, name, &reason))
		verdict = climb_fail(c, RUNG_MECHANISM, CAUSE_FORBIDDEN, "it calls %s(): %s", name, reason);
	free(symbols);
	return verdict;
}

struct seen { int pid, tid; uint64_t cpu_ns; };

static void read_lane(const json_t *lanes, unsigned i, struct seen *s)
{
	const json_t *lane = json_array_get(lanes, i);

	s->pid = (int)json_integer_value(json_object_get(lane, "pid"));
	s->tid = (int)json_integer_value(json_object_get(lane, "tid"));
	s->cpu_ns = (uint64_t)json_integer_value(json_object_get(lane, "cpu_ns"));
}

/* Whether there are as many workers as there should be, of the right kind. */
static int check_workers(struct climb *c, const struct attempt *a, const struct seen *s, unsigned workers)
{
	const enum mechanism by = c->answer.by;
	unsigned entered = 0;

	for (unsigned i = 0; i < workers; i++)
		entered += s[i].tid != 0;
	if (entered < workers)
		return climb_fail(c, RUNG_MECHANISM, CAUSE_NO_WORKERS, "%u of %u workers called worker_enter()",
			entered, workers);
	for (unsigned i = 0; i < workers; i++)
		for (unsigned j = 0; j < i; j++)
			if (s[i].tid == s[j].tid)
				return climb_fail(c, RUNG_MECHANISM, CAUSE_SAME_WORKER,
					"workers %u and %u are the same %s", j, i,
					by == BY_FORK ? "process" : "thread");
	for (unsigned i = 0; i < workers; i++) {
		bool main_thread = s[i].tid == a->pid, here = s[i].pid == a->pid;
		if (by == BY_FORK ? s[i].tid != s[i].pid : !here)
			return climb_fail(c, RUNG_MECHANISM, CAUSE_WRONG_KIND, "worker %u is a %s", i,
				by == BY_FORK ? "thread" : "process of its own");
		if (main_thread && by != BY_OPENMP && !c->conf->main_works)
			return climb_fail(c, RUNG_MECHANISM, CAUSE_MAIN_WORKS, "worker %u is %s that called solve()", i,
				by == BY_FORK ? "the process" : "the thread");
	}
	return VERDICT_PASSED;
}

/* The worker that had less CPU time than its share, or -1. */
static int find_idle(const struct conf *conf, const struct seen *s, unsigned workers, double *share)
{
	double sum = 0;

	for (unsigned i = 0; i < workers; i++)
		sum += (double)s[i].cpu_ns;
	for (unsigned i = 0; i < workers && sum > 0; i++) {
		*share = (double)s[i].cpu_ns / (sum / workers);
		if (*share < conf->each_works)
			return (int)i;
	}
	return -1;
}

enum { TRIES = 5 };

/* Who comes late may find nothing left to do: so several tries, of which one must show all of them at work.  A run
 * whose answer is wrong does not show who looks on, for it may have ended early; one that died shows nothing.  Why
 * that is so, the next rungs find out, where n is smaller; but what dies each time goes no further. */
int rung_mechanism(struct climb *c)
{
	const unsigned workers = c->conf->workers_seen;
	struct seen seen[64];
	int verdict = check_symbols(c), idle = -1;
	unsigned died = 0;
	double share = 0;

	for (unsigned tries = 0; tries < TRIES && verdict == VERDICT_PASSED; tries++) {
		struct order o = { .n = c->conf->n_fast, .workers = workers };
		struct attempt a;
		bool done = false;
		verdict = climb_try(c, RUNG_MECHANISM, BUILD_SHAKEN, &o, &a);
		if (verdict == VERDICT_PASSED && a.outcome == ATTEMPT_DIED) {
			if (++died == TRIES) {
				verdict = fail_by_itself(c, &o, &a);
				climb_replay(c, a.command);
				int error = find_place(c, &o);
				verdict = error < 0 ? error : verdict;
			}
		} else if (verdict == VERDICT_PASSED) {
			for (unsigned i = 0; i < workers; i++)
				read_lane(a.lanes, i, &seen[i]);
			verdict = check_workers(c, &a, seen, workers);
			idle = a.outcome == ATTEMPT_OK ? find_idle(c->conf, seen, workers, &share) : -1;
			done = idle < 0;
		}
		attempt_free(&a);
		if (done)
			return verdict;
	}
	if (verdict != VERDICT_PASSED || idle < 0)
		return verdict;
	return climb_fail(c, RUNG_MECHANISM, CAUSE_IDLE,
		"worker %d of %u did almost nothing: %.0f %% of the CPU time of the mean worker, in five runs",
		idle, workers, 100 * share);
}

/* ---- 3: it is right ---- */

/* One core and no yields: what is wrong here is mostly wrong by itself, and no matter of order.  Where it is one, this
 * rung is passed all the same: luck shall not decide on its points. */
int rung_right(struct climb *c)
{
	int verdict = VERDICT_PASSED;
	unsigned runs = 0;

	for (unsigned w = 0; w < c->conf->counts; w++) {
		const unsigned workers = c->conf->workers[w];
		uint64_t large = c->conf->n, cut = climb_random(c, RUNG_RIGHT, w) % (large / 8 + 1);
		const uint64_t sizes[] = { 0, 1, workers - 1, workers, workers + 1, large - cut, large };
		for (unsigned i = 0; i < sizeof sizes / sizeof *sizes && verdict == VERDICT_PASSED; i++) {
			struct order o = { .n = sizes[i], .workers = workers, .runs = 1, .where = WHERE_ONE_CORE,
				.random = climb_random(c, RUNG_RIGHT, runs++), .vary = true };
			struct attempt a;
			if (sizes[i] > c->lab->card->n_max || (i == 2 && workers <= 2))
				continue;
			verdict = climb_try(c, RUNG_RIGHT, BUILD_SHAKEN, &o, &a);
			if (verdict == VERDICT_PASSED)
				verdict = judge_right(c, &o, &a);
			attempt_free(&a);
		}
	}
	if (verdict == VERDICT_FAILED && c->out->failed == RUNG_EVERY_TIME) {
		c->out->rung[RUNG_RIGHT].state = RUNG_PASSED;
		c->out->rung[RUNG_RIGHT].points = c->out->rung[RUNG_RIGHT].of;
	}
	return verdict;
}

/* ---- 4: it is right every time ---- */

static int judge_every_time(struct climb *c, const struct order *o, const struct attempt *a)
{
	static const char *const where[] = { "", ", all on one core", ", cores drawn by lot", "" };
	int verdict = VERDICT_PASSED;

	if (a->outcome == ATTEMPT_WRONG)
		verdict = climb_fail(c, RUNG_EVERY_TIME, CAUSE_SOMETIMES, "not every time: with n = %" PRIu64
			" and %u workers%s: %s", o->n, o->workers, where[o->where], a->reason);
	else if (a->outcome == ATTEMPT_DIED)
		verdict = climb_fail(c, RUNG_EVERY_TIME, CAUSE_DIED_SOMETIMES, "not every time: with n = %" PRIu64
			" and %u workers%s: %s", o->n, o->workers, where[o->where], a->reason);
	if (verdict != VERDICT_FAILED)
		return verdict;
	climb_replay(c, a->command);
	int error = a->outcome == ATTEMPT_DIED ? find_place(c, o) : 0;
	return error < 0 ? error : verdict;
}

/* Yields by a seed; in turn cores by lot, one core, many more workers than cores, and as they come. */
int rung_every_time(struct climb *c)
{
	static const enum attempt_where where[] = { WHERE_SHUFFLED, WHERE_ONE_CORE, WHERE_ANY, WHERE_ANY };
	int verdict = VERDICT_PASSED;

	for (unsigned run = 0; run < c->conf->repeats && verdict == VERDICT_PASSED; run++) {
		uint64_t random = climb_random(c, RUNG_EVERY_TIME, run);
		struct order o = { .n = run % 6 == 5 ? random % 20 : c->conf->n, .runs = 2, .where = where[run % 4],
			.workers = run % 4 == 2 ? 16 : c->conf->workers[random % c->conf->counts],
			.yield = random, .random = random, .vary = true };
		struct attempt a;
		if (o.workers == 1)
			o.workers = 4;
		if (o.n > c->lab->card->n_max)
			o.n = c->lab->card->n_max;
		verdict = climb_try(c, RUNG_EVERY_TIME, BUILD_SHAKEN, &o, &a);
		if (verdict == VERDICT_PASSED)
			verdict = judge_every_time(c, &o, &a);
		attempt_free(&a);
	}
	return verdict;
}

/* ---- 5: it is clean; 6: it leaves nothing ---- */

struct sanitized { uint64_t n; unsigned workers; };

static int judge_report(struct climb *c, enum rung rung, const struct order *o, const struct attempt *a)
{
	struct report report;
	int verdict = VERDICT_PASSED;

	if (a->outcome == ATTEMPT_REPORTED && report_read(a->said, c->answer.file, &report)) {
		enum rung where = report.cause == CAUSE_MEMORY ? RUNG_LEAVES_NOTHING : rung;
		verdict = climb_fail(c, where, report.cause, "with n = %" PRIu64 " and %u worker%s: %s",
			o->n, o->workers, s_of(o->workers), report.seen);
	} else if (a->outcome == ATTEMPT_WRONG || a->outcome == ATTEMPT_DIED) {
		verdict = climb_fail(c, rung, a->outcome == ATTEMPT_WRONG ? CAUSE_SOMETIMES : CAUSE_DIED_SOMETIMES,
			"not every time: under a sanitizer, which makes it slower, "
			"with n = %" PRIu64 " and %u worker%s: %s", o->n, o->workers, s_of(o->workers), a->reason);
	}
	if (verdict == VERDICT_FAILED)
		climb_replay(c, a->command);
	return verdict;
}

/* Runs of one sanitizer's build. */
static int run_sanitized(struct climb *c, enum rung rung, enum build_kind kind, bool leaks, bool yields)
{
	const struct sanitized runs[] = { { c->conf->n, 2 }, { c->conf->n, 4 }, { c->conf->n, 3 }, { 4, 3 },
		{ 0, 2 }, { 1, 1 } };
	int verdict = climb_build(c, rung, kind);

	for (unsigned i = 0; i < sizeof runs / sizeof *runs && verdict == VERDICT_PASSED; i++) {
		uint64_t random = climb_random(c, rung, kind * 100 + i);
		struct order o = { .n = runs[i].n, .workers = runs[i].workers, .runs = 1, .vary = true,
			.random = random, .yield = yields ? random : 0, .leaks = leaks };
		struct attempt a;
		if (o.n > c->lab->card->n_max)
			continue;
		verdict = climb_try(c, rung, kind, &o, &a);
		if (verdict == VERDICT_PASSED)
			verdict = judge_report(c, rung, &o, &a);
		attempt_free(&a);
	}
	return verdict;
}

/* Processes share nothing that the thread sanitizer could see. */
int rung_clean(struct climb *c)
{
	int threads = VERDICT_PASSED;

	if (c->answer.by != BY_FORK)
		threads = run_sanitized(c, RUNG_CLEAN, BUILD_THREAD, false, true);
	if (threads != VERDICT_PASSED && threads != VERDICT_NOT_JUDGED)
		return threads;
	int rest = run_sanitized(c, RUNG_CLEAN, BUILD_ADDRESS, false, true);
	return rest == VERDICT_PASSED ? threads : rest;
}

int rung_leaves_nothing(struct climb *c)
{
	int verdict = run_sanitized(c, RUNG_LEAVES_NOTHING, BUILD_ADDRESS, true, false);

	for (unsigned i = 0; i < 4 && !c->left && (verdict == VERDICT_PASSED || verdict == VERDICT_NOT_JUDGED); i++) {
		struct order o = { .n = i % 2 ? c->conf->n : 0, .workers = 1 + 7 * (i / 2), .runs = 3, .vary = true,
			.random = climb_random(c, RUNG_LEAVES_NOTHING, i) };
		struct attempt a;
		int this = climb_try(c, RUNG_LEAVES_NOTHING, BUILD_SHAKEN, &o, &a);
		verdict = this == VERDICT_PASSED ? verdict : this;
		attempt_free(&a);
	}
	if (c->left && (verdict == VERDICT_PASSED || verdict == VERDICT_NOT_JUDGED)) {
		verdict = climb_fail(c, RUNG_LEAVES_NOTHING, CAUSE_LEFT, "%s", c->left);
		climb_replay(c, c->left_command);
	}
	return verdict;
}

/* ---- 7: it ends ---- */

/* Every run so far did; here once more with many workers, at a larger size. */
int rung_ends(struct climb *c)
{
	int verdict = VERDICT_PASSED;

	for (unsigned run = 0; run < 3 && verdict == VERDICT_PASSED; run++) {
		uint64_t random = climb_random(c, RUNG_ENDS, run);
		struct order o = { .n = run == 0 ? c->conf->n_fast : c->conf->n, .workers = 32, .runs = 1, .vary = true,
			.where = run == 1 ? WHERE_ONE_CORE : WHERE_ANY, .yield = random, .random = random };
		struct attempt a;
		verdict = climb_try(c, RUNG_ENDS, BUILD_SHAKEN, &o, &a);
		if (verdict == VERDICT_PASSED)
			verdict = judge_every_time(c, &o, &a);
		attempt_free(&a);
	}
	return verdict;
}
