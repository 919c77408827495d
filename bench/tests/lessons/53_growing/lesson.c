/* SPDX-License-Identifier: MIT */
/* lesson.c -- one variant's time grows with n, the other's does not: scripts/test-variants must tell them apart. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint64_t);
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	uint64_t found = *(const uint64_t *)answer, right = t->n ? t->n * (t->n - 1) / 2 : 0;

	fprintf(why, "expected %" PRIu64 ", found %" PRIu64, right, found);
	return found == right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%" PRIu64 "\n", *(const uint64_t *)answer);
}

const struct lesson lesson = {
	.title = "Growing: time that grows with n, and time that does not",
	.unit = "term",
	.source = "the harness's own tests",
	.n = 20000000, .n_max = UINT32_MAX,
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "constant" },
};
