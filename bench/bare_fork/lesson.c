/* SPDX-License-Identifier: MIT */
/* lesson.c -- what a fork() and a waitpid() cost here, and nothing else: the yardstick for a fork variant's own
 * cost. */
#include "bench/lesson.h"

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(int);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	(void)t;
	fprintf(why, "expected a child that exits with 0, found status %d", *(const int *)answer);
	return *(const int *)answer == 0;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%d\n", *(const int *)answer);
}

const struct lesson lesson = {
	.title = "Bare fork: one child that does nothing",
	.unit = "child",
	.source = "the harness itself",
	.n = 1, .n_max = 1,
	.examples = { { "self", 1, 1, { 0 }, "0\n" } },
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial" },
};
