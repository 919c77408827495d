/* SPDX-License-Identifier: MIT */
/* lesson.c -- how much more p pinned copies of one loop get done than one: the most that any compute-bound variant can
 * gain on this machine, as loaded.  It is measured like a lesson, in every block, and is the ceiling in the charts. */
#include "bench/capacity/kernel.h"

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint64_t);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	uint64_t found = *(const uint64_t *)answer;

	fprintf(why, "expected %llu steps, found %llu", (unsigned long long)t->n, (unsigned long long)found);
	return found == t->n;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%llu\n", (unsigned long long)*(const uint64_t *)answer);
}

const struct lesson lesson = {
	.title = "Capacity: independent copies of a serial loop",
	.unit = "step",
	.source = "the harness itself",
	.n = 100000000, .n_max = UINT64_MAX / 2,
	.examples = { { "self", 1000, 2, { 0 }, "1000\n" } },
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "copies" },
};
