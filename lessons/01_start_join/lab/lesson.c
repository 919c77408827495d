/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>
#include <string.h>

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct ending);
}

static void say(const struct ending *e, FILE *out)
{
	const char *name = e->killed == 1 ? sigabbrev_np(e->number) : NULL;

	if (name)
		fprintf(out, "killed by SIG%s", name);
	else if (e->killed == 1)
		fprintf(out, "killed by signal %d", e->number);
	else if (e->killed == 0)
		fprintf(out, "exit code %d", e->number);
	else
		fputs("nothing", out);
}

/* What each computed, by leaps. */
static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct ending *found = answer;

	for (uint64_t k = 0; k < t->n; k++) {
		struct ending right = ending_of(lcg_leap(born(t, k), t->param[SPIN]));
		if (found[k].killed != right.killed || found[k].number != right.number) {
			fprintf(why, "worker %" PRIu64 ": expected ", k);
			say(&right, why);
			fputs(", found ", why);
			say(&found[k], why);
			return false;
		}
	}
	return true;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct ending *found = answer;

	for (uint64_t k = 0; k < t->n; k++) {
		fprintf(out, "worker %" PRIu64 ": ", k);
		say(&found[k], out);
		fputc('\n', out);
	}
}

const struct lesson lesson = {
	.title = "Lab: roll call",
	.unit = "worker",
	.source = "the lab of lesson 01",
	.n = 16, .n_max = 4096,
	.waits = true,
	.params = {
		{ "seed", "", 1, 0, UINT32_MAX, .about = "draws how long each worker naps, and how it ends" },
		{ "spin", "iteration", 400000, 0, 1000000000, .about = "what a worker computes; 400000: about 0.5 ms",
			.grain = true },
		{ "nap_us", "us", 4000, 0, 1000000, .about = "the longest nap of a worker" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
