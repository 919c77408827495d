/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

static size_t answer_bytes(const struct task *t)
{
	return sizeof(struct harvest) + t->n * sizeof(struct gathered);
}

/* Record k after all changes: by leaps, and its words all at once. */
static struct gathered expected(uint64_t k)
{
	struct gathered g = { .number = k, .state = k };

	for (uint64_t c = 0; c < CHANGES; c++)
		g.state = lcg_leap(g.state ^ c, CHANGE_STEPS);
	g.sum = RECORD_WORDS * k + RECORD_WORDS * (RECORD_WORDS - 1) / 2
		+ RECORD_WORDS * (uint64_t)(CHANGES * (CHANGES + 1) / 2);
	return g;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct harvest *h = answer;
	const uint64_t right = t->n < t->param[ENOUGH] ? t->n : t->param[ENOUGH];

	for (uint64_t k = 0; k < right && k < h->records; k++) {
		const struct gathered e = expected(k), *g = &h->gathered[k];
		if (g->number == e.number && g->state == e.state && g->sum == e.sum)
			continue;
		fprintf(why, "record %" PRIu64 ": expected number %" PRIu64 ", state %016" PRIx64 ", sum %" PRIu64
			", found %" PRIu64 ", %016" PRIx64 ", %" PRIu64, k, e.number, e.state, e.sum, g->number,
			g->state, g->sum);
		return false;
	}
	fprintf(why, "expected %" PRIu64 " record%s in the output, found %" PRIu64 "%s", right,
		right == 1 ? "" : "s", h->records, h->records > t->n ? " or more" : "");
	return h->records == right;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct harvest *h = answer;
	uint64_t records = h->records < t->n ? h->records : t->n, sum = 0;

	for (uint64_t k = 0; k < records; k++)
		sum += h->gathered[k].state;
	fprintf(out, "%" PRIu64 " records came through, their states add up to %016" PRIx64 "\n", h->records, sum);
}

/* From each process to the next. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * sizeof(struct record) * (t->workers + 1);
}

const struct lesson lesson = {
	.title = "Lab: plumbing",
	.unit = "record",
	.source = "the lab of lesson 12",
	.n = 3000, .n_max = 1000000,
	.params = {
		{ "enough", "record", UINT32_MAX, 0, UINT32_MAX, "after so many the last filter has enough" },
	},
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
