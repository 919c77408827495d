/* SPDX-License-Identifier: MIT */
/* lesson.c -- OpenMP and fork() in one program. */
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

	fprintf(why, "expected %" PRIu64 ", found %" PRIu64, one_each(t->n), found);
	return found == one_each(t->n);
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	(void)t;
	fprintf(out, "%" PRIu64 "\n", *(const uint64_t *)answer);
}

const struct lesson lesson = {
	.title = "OpenMP and fork(): which comes first",
	.unit = "term",
	.source = "the harness's own tests",
	.n = 1000, .n_max = UINT32_MAX,
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "openmp_pool", "openmp_bare" },
};
