/* SPDX-License-Identifier: MIT */
/* lesson.c -- programs that fail, each in its own way: what the harness must notice and survive. */
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
	.title = "Faulty: programs that fail",
	.unit = "step",
	.source = "the harness's own tests",
	.n = 1000, .n_max = UINT32_MAX,
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = {
		"serial", "liar", "crasher", "aborter", "exiter", "stray", "quitter", "hanger", "garbage", "mute",
		"closer", "chatter", "skipper",
	},
};
