/* SPDX-License-Identifier: MIT */
/* grade.c -- an answer to a lab, rung by rung, until one fails.  See grade.h and climb.h. */
#include "bench/grade/grade.h"

#include "bench/base/clock.h"
#include "bench/base/random.h"
#include "bench/base/text.h"
#include "bench/grade/climb.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double sanitizer_patience = 5;     /* a sanitizer makes a program so much slower, about */
static const double late_patience = 4;          /* for one that works, or would, when its deadline comes */

static int (*const climb_rung[RUNGS])(struct climb *) = { rung_builds, rung_mechanism, rung_right, rung_every_time,
	rung_clean, rung_leaves_nothing, rung_ends, rung_fast };

int climb_fail(struct climb *c, enum rung rung, enum cause cause, const char *format, ...)
{
	char seen[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(seen, sizeof seen, format, args);
	va_end(args);
	text_clean(seen);
	c->out->failed = (int)rung;
	words_find(&c->out->finding, cause, "%s", seen);
	return VERDICT_FAILED;
}

void climb_replay(struct climb *c, const char *command)
{
	char *text = NULL;
	bool mine = strncmp(c->answer.file, "mine", 4) == 0;

	command = c->keeps ? command : NULL;  /* without its program it is of no use */
	if (asprintf(&text, mine ? "make grade LESSON=%s SEED=%" PRIu64 "%.0s%s%s"
		: "manyhands grade %s --seed %" PRIu64 " --answer %s%s%s", c->lab->name, c->seed, c->answer.path,
		command ? "\nthis run alone: " : "", command ?: "") < 0)
		return;
	free(c->out->finding.replay);
	c->out->finding.replay = text;
}

int climb_not_judged(struct climb *c, enum rung rung, const char *format, ...)
{
	va_list args;

	free(c->out->rung[rung].note);
	va_start(args, format);
	if (vasprintf(&c->out->rung[rung].note, format, args) < 0)
		c->out->rung[rung].note = NULL;
	va_end(args);
	if (c->out->rung[rung].note)
		text_clean(c->out->rung[rung].note);
	return VERDICT_NOT_JUDGED;
}

int climb_build(struct climb *c, enum rung rung, enum build_kind kind)
{
	char *said = NULL;

	if (c->program[kind][0])
		return VERDICT_PASSED;
	int result = build_make(&c->answer, kind, c->program[kind], &said, c->why);
	if (result != BUILD_DONE)
		c->program[kind][0] = '\0';
	if (result == BUILD_UNABLE)
		result = climb_not_judged(c, rung, "not judged here: %.200s", said ?: "");
	else if (result == BUILD_REFUSED) {
		result = climb_fail(c, RUNG_BUILDS, CAUSE_COMPILER, "the compiler's words:");
		c->out->finding.detail = said;
		said = NULL;
	}
	free(said);
	return result;
}

uint64_t climb_random(const struct climb *c, enum rung rung, unsigned k)
{
	uint64_t state = c->seed * 1000003u + rung * 1009u + k;
	return random_next(&state) % 1000000000u;  /* short enough to be typed again */
}

/* A run that never ends fails rung 7, whichever rung it happened on. */
static int hung(struct climb *c, const struct order *o, const struct attempt *a)
{
	climb_fail(c, RUNG_ENDS, a->endless ? CAUSE_ENDLESS : CAUSE_HUNG, "with n = %" PRIu64 " and %u worker%s %s",
		o->n, o->workers, o->workers > 1 ? "s" : "", a->reason);
	climb_replay(c, a->command);
	return VERDICT_FAILED;
}

int climb_try(struct climb *c, enum rung rung, enum build_kind kind, struct order *o, struct attempt *a)
{
	o->program = c->program[kind];
	o->shown = c->shown[kind];
	o->folder = c->answer.folder;
	o->deadline_s = c->conf->deadline_s * (kind == BUILD_THREAD || kind == BUILD_ADDRESS ? sanitizer_patience : 1);
	int error = attempt_make(&c->stage, o, a, c->why);
	if (error == 0 && a->outcome == ATTEMPT_HUNG && a->at_work) {   /* on a busy machine it may need longer */
		attempt_free(a);
		o->deadline_s *= late_patience;
		error = attempt_make(&c->stage, o, a, c->why);
	}
	if (error < 0)
		return error;
	if (a->left && !c->left) {
		c->left = strdup(a->left);
		c->left_command = strdup(a->command);
	}
	if (a->outcome == ATTEMPT_HUNG)
		return hung(c, o, a);
	if (a->outcome == ATTEMPT_SKIPPED)
		return climb_not_judged(c, rung, "not judged here: %s", a->reason);
	return VERDICT_PASSED;
}

/* The programs of a climb that failed stay, so that a student can run them in a debugger; those of submissions, of
 * which there may be a class full, do not. */
static void keep_programs(struct climb *c)
{
	for (unsigned k = 0; k < BUILD_KINDS; k++)
		if (c->program[k][0] && c->out->failed >= 0 && c->keeps)
			rename(c->program[k], c->shown[k]);
}

/* BUILD/grade/primes-mine, as seen from the source where it lies below it. */
static void name_programs(struct climb *c)
{
	static const char *const suffix[BUILD_KINDS] = { "-plain", "", "-thread", "-address" };
	const char *build = c->places->build;
	size_t source = strlen(c->places->source);
	char cwd[PATH_MAX];

	if (getcwd(cwd, sizeof cwd) && strcmp(cwd, c->places->source) == 0
		&& strncmp(build, cwd, source) == 0 && build[source] == '/')
		build += source + 1;
	for (unsigned k = 0; k < BUILD_KINDS; k++)
		snprintf(c->shown[k], PATH_MAX, "%.2000s/grade/%s-%.*s%s", build, c->lab->name,
			(int)strcspn(c->answer.file, "."), c->answer.file, suffix[k]);
}

/* From the rung that failed on, nothing counts; it need not be the one that was being climbed. */
static void settle_failure(struct part_result *out)
{
	for (unsigned k = (unsigned)out->failed; k < RUNGS; k++) {
		out->rung[k].points = 0;
		out->rung[k].state = (int)k == out->failed ? RUNG_FAILED : RUNG_NOT_REACHED;
	}
}

static int climb_rungs(struct climb *c, const struct grading *g)
{
	int verdict = VERDICT_PASSED;

	for (unsigned k = 0; k < RUNGS && (verdict == VERDICT_PASSED || verdict == VERDICT_NOT_JUDGED); k++) {
		struct rung_result *rung = &c->out->rung[k];
		if (g->tell)
			g->tell(g->arg, c->part, k);
		int error = turn_take(&c->turn, k == RUNG_FAST ? TURN_ALONE : TURN_TOGETHER, c->why);
		if (error < 0)
			return error;
		uint64_t begin_ns = clock_ns();
		verdict = climb_rung[k](c);
		rung->seconds = (double)(clock_ns() - begin_ns) * 1e-9;
		if (verdict == VERDICT_PASSED) {
			rung->state = RUNG_PASSED;
			rung->points = rung->of;
		} else if (verdict == VERDICT_NOT_JUDGED) {
			rung->state = RUNG_NOT_JUDGED;
		} else if (verdict == VERDICT_FAILED) {
			settle_failure(c->out);
			if (!c->out->finding.replay && c->out->failed != RUNG_BUILDS)
				climb_replay(c, NULL);
		}
	}
	return verdict < 0 ? verdict : 0;
}

static int no_file(struct climb *c)
{
	climb_fail(c, RUNG_BUILDS, CAUSE_NO_FILE, "there is no file %s", c->answer.path);
	c->out->rung[RUNG_BUILDS].state = RUNG_FAILED;
	return 0;
}

static int grade_part(const struct grading *g, unsigned part, struct part_result *out, char *why)
{
	struct climb c = { .lab = g->lab, .conf = &g->lab->conf, .places = g->places, .out = out, .seed = g->seed,
		.part = part, .why = why, .turn = { .gate = -1, .room = -1 },
		.answer = { .lab = g->lab, .places = g->places, .by = g->lab->conf.by[part] } };

	snprintf(c.answer.path, sizeof c.answer.path, "%s", g->answer[part]);
	out->by = c.answer.by;
	out->failed = -1;
	for (unsigned k = 0; k < RUNGS; k++)
		out->rung[k].of = (double)c.conf->points[k] / g->lab->conf.parts;
	int error = build_begin(&c.answer, why);
	out->file = strdup(c.answer.file);
	if (error == -ENOENT) {
		build_end(&c.answer);
		return no_file(&c);
	}
	c.keeps = strncmp(c.answer.path, g->lab->source, strlen(g->lab->source)) == 0;
	name_programs(&c);
	if (error == 0)
		error = stage_open(&c.stage, g->lab, c.answer.folder, why);
	if (error == 0)
		error = turn_open(&c.turn, g->places->build, why);
	if (error == 0)
		error = climb_rungs(&c, g);
	if (error == 0)
		keep_programs(&c);
	turn_close(&c.turn);
	stage_close(&c.stage);
	build_end(&c.answer);
	free(c.left);
	free(c.left_command);
	return error;
}

int grade(const struct grading *g, struct result *r, char *why)
{
	uint64_t begin_ns = clock_ns();
	int error = 0;

	*r = (struct result){ .seed = g->seed };
	r->lab = strdup(g->lab->name);
	r->lesson = strdup(g->lab->lesson);
	r->title = strdup(g->lab->card->title);
	if (!r->lab || !r->lesson || !r->title)
		return lab_why(why, "no memory for the result"), -ENOMEM;
	for (unsigned p = 0; p < g->lab->conf.parts && error == 0; p++)
		if (g->answer[p])
			error = grade_part(g, p, &r->part[r->parts++], why);
	result_sum(r);
	r->seconds = (double)(clock_ns() - begin_ns) * 1e-9;
	return error;
}
