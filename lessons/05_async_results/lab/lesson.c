/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(uint64_t);
}

static void print_answer(FILE *out, uint64_t value)
{
	if (value == NO_ANSWER)
		fputs("no answer", out);
	else
		fprintf(out, "%" PRIu64, value);
}

/* The generator's steps all at once. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const uint64_t *found = answer;

	for (uint64_t q = 0; q < t->n; q++) {
		const bool silent = t->param[SILENT] > 0 && q == t->param[SEED] % t->n;
		const uint64_t right = silent ? NO_ANSWER : lcg_leap(t->param[SEED] + q, 100) / 2;
		if (found[q] == right)
			continue;
		fprintf(why, "question %" PRIu64 ": expected ", q);
		print_answer(why, right);
		fputs(", found ", why);
		print_answer(why, found[q]);
		return false;
	}
	return true;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	for (uint64_t q = 0; q < t->n; q++) {
		print_answer(out, ((const uint64_t *)answer)[q]);
		fputc('\n', out);
	}
}

const struct lesson lesson = {
	.title = "Lab: first_answer",
	.unit = "question",
	.source = "the lab of lesson 05",
	.waits = true,
	.n = 30, .n_max = 1000000,
	.params = {
		{ "quick_us", "us", 200, 1, 1000000, .about = "what a quick reply takes, and at most 127 us more" },
		{ "slow_us", "us", 3000, 1, 1000000, .about = "what a slow reply takes, as half of them do" },
		{ "silent", "question", 0, 0, 1, .about = "questions that no replica ever answers" },
		{ "deadline_ms", "ms", 400, 1, 60000, .about = "after which the caller goes on without an answer" },
		{ "seed", "seed", 5, 0, UINT32_MAX, .about = "what is asked, and who is slow" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
