/* SPDX-License-Identifier: MIT */
/* lesson.c -- a lesson whose pace the memory sets, and that says so: its ceiling is the bandwidth's. */
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>

static size_t answer_bytes(const struct task *t)
{
	(void)t;
	return sizeof(uint64_t);
}

static void *prepare(const struct task *t)
{
	uint64_t *term = malloc((t->n + 1) * sizeof *term);

	for (uint64_t i = 0; i < t->n && term; i++)
		term[i] = i;
	if (!term)
		die("no memory for %" PRIu64 " terms", t->n);
	return term;
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

static uint64_t moved_bytes(const struct task *t)
{
	return t->n * sizeof(uint64_t);
}

const struct lesson lesson = {
	.title = "Streaming: as fast as the memory",
	.unit = "term",
	.source = "the harness's own tests",
	.n = 1000000, .n_max = 50000000,
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.moved_bytes = moved_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads" },
};
