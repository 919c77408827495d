/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint64_t);
}

/* Every addition adds 1; those of job j and all later ones, that is all but the first j of jobs parts, add 2 more. */
static uint64_t expected(const struct task *t)
{
	uint64_t jobs = t->param[JOBS], sum = t->param[START] + t->n;

	for (uint64_t j = 1; j < jobs; j++)
		sum += 2 * ((jobs - j) * t->n / jobs);
	return sum;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	uint64_t found = *(const uint64_t *)answer, right = expected(t);

	fprintf(why, "expected %" PRIu64 ", found %" PRIu64, right, found);
	if (found < right && t->param[JOBS] == 1)
		fprintf(why, ": %" PRIu64 " of %" PRIu64 " additions were lost", right - found, t->n);
	else if (found < right)
		fprintf(why, ": additions worth %" PRIu64 " were lost", right - found);
	return found == right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%" PRIu64 "\n", *(const uint64_t *)answer);
}

const struct lesson lesson = {
	.title = "Locked counter: many writers, one number",
	.unit = "addition",
	.source = "D3: two processes add 1 and 3 ten times each, each under one long lock; D4: ten add 1 under a lock",
	.question = "What is lost without a lock, and what does the lock cost?",
	.n = 4000000, .n_max = UINT32_MAX,  /* times 64 jobs, and times the largest amount, this stays below 2^64 */
	.base_ms = 1,  /* contended locks take tens of times as long as the serial loop */
	.params = {
		{ "start", "count", 0, 0, UINT32_MAX, "what the counter holds at first" },
		{ "jobs", "job", 1, 1, 64, "parts of the additions: the first adds 1, the second 3, the third 5 ..." },
		{ "hold", "addition", 1, 0, UINT32_MAX, "additions under one lock; 0: all that a worker has of a job" },
		{ "step_us", "us", 0, 0, 1000000, "sleep after each addition, with the lock still held" },
	},
	.examples = {
		{ "D3", 20, 2, { 0, 2, 0, 100 }, "40\n" },  /* steps of 0.1 ms; the document's take 0.1 s */
		{ "D4", 10, 10, { 10, 1, 1, 0 }, "20\n" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = {
		"serial", "race", "fork_race", "pthreads", "fork_pool", "robust", "atomic", "private",
		"openmp", "openmp_atomic", "openmp_reduction",
	},
	.charts = { "time", "contention", "speedup", "timeline", "phases", "spread" },
};
