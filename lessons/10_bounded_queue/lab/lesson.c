/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>

/* A part in the hands of each thread, and two full queues. */
static uint64_t most_allowed(const struct task *t)
{
	return 2 * ROOM + t->workers + 2;
}

/* By leaps, where the kernel makes each step. */
static bool parts_are_right(const struct task *t, const struct line *line, FILE *why)
{
	for (uint64_t k = 0; k < t->n; k++) {
		const struct part *part = &line->part[k];
		uint64_t right = lcg_leap(t->param[SEED] + k, STEPS);
		if (part->number != k) {
			fprintf(why, "expected part %" PRIu64 " in place %" PRIu64 ", found part %" PRIu64
				": they must be packed in order, each once", k, k, part->number);
			return false;
		}
		if (part->value != right) {
			fprintf(why, "part %" PRIu64 ": expected a value of %" PRIu64 ", found %" PRIu64
				": it must be shaped once", k, right, part->value);
			return false;
		}
	}
	return true;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct line *line = answer;

	if (line->packed != t->n) {
		fprintf(why, "expected %" PRIu64 " part%s to be packed, found %" PRIu64, t->n, t->n == 1 ? "" : "s",
			line->packed);
		return false;
	}
	if (line->most > most_allowed(t)) {
		/* how many more is chance, and what is wrong by itself is to be told in the same words each time */
		fprintf(why, "more than %" PRIu64 " parts were on the line at once: expected %d in each queue at most, "
			"and one in the hands of each thread", most_allowed(t), ROOM);
		return false;
	}
	return parts_are_right(t, line, why);
}

static size_t answer_bytes(const struct task *t)
{
	return line_bytes(t);
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct line *line = answer;

	for (uint64_t k = 0; k < t->n; k++)
		fprintf(out, "part %" PRIu64 ": %" PRIu64 "\n", line->part[k].number, line->part[k].value);
}

const struct lesson lesson = {
	.title = "Lab: assembly line",
	.unit = "part",
	.source = "the lab of lesson 10",
	.n = 500, .n_max = 1000000,
	.params = { { "seed", NULL, 1, 0, 1000000, .about = "where the values begin" } },
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
