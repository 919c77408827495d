/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(uint64_t);
}

/* By leaps, where the kernel makes each step. */
static uint64_t value_at(const struct task *t, uint64_t k)
{
	return lcg_leap(t->param[SEED] + k, STEPS) >> 32;
}

/* From the end: a sum without its last value must be the sum before it. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const uint64_t *sum = answer;
	uint64_t right = 0;

	for (uint64_t k = 0; k < t->n; k++)
		right += value_at(t, k);
	for (uint64_t k = t->n; k > 0; k--) {
		if (sum[k - 1] != right) {
			fprintf(why, "sum %" PRIu64 " of %" PRIu64 ": expected %" PRIu64 ", found %" PRIu64, k - 1,
				t->n, right, sum[k - 1]);
			return false;
		}
		right -= value_at(t, k - 1);
	}
	return true;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const uint64_t *sum = answer;

	fprintf(out, "%" PRIu64 "\n", t->n > 0 ? sum[t->n - 1] : 0);
}

const struct lesson lesson = {
	.title = "Lab: prefix sums",
	.unit = "element",
	.source = "the lab of lesson 09",
	.n = 1000000, .n_max = 100000000,
	.params = { { "seed", NULL, 1, 0, 1000000, .about = "where the values begin" } },
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "solution_openmp", "mine", "mine_openmp" },
};
