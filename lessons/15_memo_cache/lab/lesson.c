/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <string.h>

static void *prepare(const struct task *t)
{
	struct flight *f = calloc(1, sizeof *f);

	(void)t;
	if (!f)
		die("no memory for what the workers share");
	f->log = shared_make(sizeof *f->log);  /* until the program ends */
	return f;
}

/* A row of n digests for each worker, in the order of its turns. */
static size_t answer_bytes(const struct task *t)
{
	return t->workers * t->n * sizeof(uint64_t);
}

/* By leaps, and by the sums of p + 1 and of p * (p + 1). */
static uint64_t expected(const struct task *t, struct question k)
{
	const uint64_t x = lcg_leap(born(t, k), t->param[SPIN]), n = NUMBERS;

	return x * (n * (n + 1) / 2) + (n - 1) * n * (n + 1) / 3;
}

static bool row_is_right(const struct task *t, unsigned i, const uint64_t *row, FILE *why)
{
	for (uint64_t j = 0; j < t->n; j++) {
		struct question k = turn(t, i, j);
		uint64_t right = expected(t, k);
		if (row[j] != right) {
			fprintf(why, "worker %u, question (%u, %u): expected the digest %" PRIu64 ", found %" PRIu64, i,
				k.x, k.y, right, row[j]);
			return false;
		}
	}
	return true;
}

static bool was_computed_once(const struct task *t, uint64_t q, FILE *why)
{
	const struct log *log = flight_of(t)->log;
	const uint32_t computed = atomic_load(&log->of[q].computed), right = 1 + atomic_load(&log->of[q].lost);

	if (computed != right)
		fprintf(why, "question (%u, %u) was computed %" PRIu32 " times: expected %" PRIu32 "%s",
			question_of(q).x, question_of(q).y, computed, right,
			right > 1 ? ", since its first writer was killed" : "");
	return computed == right;
}

/* An answer of another program is looked at (--check): there is no log, so any one worker may have been killed. */
static bool rows_are_right(const struct task *t, const uint64_t *rows, FILE *why)
{
	const unsigned killed = t->param[KILLED] != NOBODY && t->workers > 1 ? 1 : 0;
	unsigned wrong = 0;

	for (unsigned i = 0; i < t->workers && wrong <= killed; i++)
		if (!row_is_right(t, i, rows + i * t->n, why)) {
			wrong++;
			fputc('\n', why);      /* the first line tells */
		}
	return wrong <= killed;
}

/* Of a worker that was killed nothing is expected. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	struct log *log = flight_of(t)->log;
	bool right = true;

	if (!flight_of(t)->path[0])
		return rows_are_right(t, answer, why);
	for (unsigned i = 0; i < t->workers && right; i++)
		right = atomic_load(&log->died[i]) || row_is_right(t, i, (const uint64_t *)answer + i * t->n, why);
	for (uint64_t q = 0; q < t->n && right; q++)
		right = was_computed_once(t, q, why);
	memset(log, 0, sizeof *log);    /* for the next solve(), as is this: */
	empty(flight_of(t)->path);
	return right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const uint64_t *row = answer;
	uint64_t sum = 0;

	for (uint64_t j = 0; j < t->n; j++)
		sum += row[j];
	fprintf(out, "%" PRIu64 " answers for worker 0, sum %" PRIu64 "\n", t->n, sum);
}

const struct lesson lesson = {
	.title = "Lab: single flight",
	.unit = "question",
	.source = "the lab of lesson 15",
	.n = 40, .n_max = MOST_QUESTIONS,
	.waits = true,
	.params = {
		{ "seed", "", 1, 0, 1000000, "draws the values, and who is killed" },
		{ "herd", "", 0, 0, 1, "1: all ask the same question at the same time; 0: each begins elsewhere" },
		{ "killed", "", 0, 0, 2, "1: one worker while it computes; 2: one while it writes; 0: nobody" },
		{ "spin", "step", 100000, 0, 1000000000, "steps of a computation: 100000 take 0.1 ms", .grain = true },
		{ "nap_us", "us", 500, 0, 1000000, "what a computation waits besides" },
	},
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
