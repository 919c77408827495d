/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return sizeof(struct results) + t->n * sizeof(uint64_t);
}

static unsigned instructions(const struct task *t, uint64_t k)
{
	return ASK_INSTRUCTIONS + (is_known(t, k) ? 0 : FINISH_INSTRUCTIONS);
}

/* By leaps, and without an interpreter. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct results *found = answer;
	uint64_t executed = 0;

	for (uint64_t k = 0; k < t->n; k++) {
		uint64_t right = lcg_leap(t->param[SEED] + k, instructions(t, k) * t->param[SPIN]);
		if (found->value[k] != right) {
			fprintf(why, "call %" PRIu64 ": expected the value %" PRIu64 ", found %" PRIu64, k, right,
				found->value[k]);
			return false;
		}
		executed += instructions(t, k);
	}
	fprintf(why, "expected %" PRIu64 " instructions, found %" PRIu64, executed, found->executed);
	return found->executed == executed;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct results *found = answer;

	fprintf(out, "%" PRIu64 " calls: %" PRIu64 " instructions executed\n", t->n, found->executed);
}

const struct lesson lesson = {
	.title = "Lab: let go",
	.unit = "call",
	.source = "the lab of lesson 03",
	.n = 60, .n_max = 100000,
	.waits = true,
	.params = {
		{ "seed", "", 1, 0, UINT32_MAX, .about = "draws what is asked for" },
		{ "wait_us", "us", 1000, 0, 1000000, .about = "how long the server takes to reply" },
		{ "spin", "iteration", 10000, 1, 1000000, .about = "in an instruction: 10000 take about 13 us" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
