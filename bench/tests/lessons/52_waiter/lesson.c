/* SPDX-License-Identifier: MIT */
/* lesson.c -- workers that only wait: more of them than PUs are welcome. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint64_t);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	uint64_t found = *(const uint64_t *)answer;

	fprintf(why, "expected %" PRIu64 ", found %" PRIu64, t->n, found);
	return found == t->n;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%" PRIu64 "\n", *(const uint64_t *)answer);
}

const struct lesson lesson = {
	.title = "Waiter: workers that only wait",
	.unit = "nap",
	.source = "the harness's own tests",
	.n = 16, .n_max = UINT32_MAX,
	.waits = true,
	.params = { { "nap_us", "us", 1000, 1, 100000, "how long a nap lasts, at least" } },
	.examples = { { "self", 4, 2, { 1 }, "4\n" } },
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads" },
};
