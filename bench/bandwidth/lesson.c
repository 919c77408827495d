/* SPDX-License-Identifier: MIT */
/* lesson.c -- how fast p pinned copies of a loop move memory: the most that a variant whose lesson declares moved_bytes
 * can reach here.  It is measured in every block, like the capacity, when such a lesson is. */
#include "bench/bandwidth/kernel.h"

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint64_t);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	uint64_t found = *(const uint64_t *)answer;

	fprintf(why, "expected %llu elements right, found %llu", (unsigned long long)t->n, (unsigned long long)found);
	return found == t->n;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%llu\n", (unsigned long long)*(const uint64_t *)answer);
}

static uint64_t moved_bytes(const struct task *t)
{
	return t->n * ELEMENT_BYTES;
}

const struct lesson lesson = {
	.title = "Bandwidth: independent copies of a loop through memory",
	.unit = "element",
	.source = "the harness itself; STREAM's triad",
	.n = 12000000, .n_max = 100000000,      /* 288 MB: several times what caches hold */
	.examples = { { "self", 1000, 2, { 0 }, "1000\n" } },
	.answer_bytes = answer_bytes,
	.moved_bytes = moved_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "copies" },
};
