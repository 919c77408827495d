/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this lab. */
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct entry);
}

/* By leaps, where the kernel makes each step. */
static uint64_t expected(const struct task *t, uint64_t k)
{
	return lcg_leap(t->param[SEED] + k, STEPS);
}

/* Every entry must be some task's, with its value; *times counts each task's. */
static bool entries_are_right(const struct task *t, const struct entry *found, unsigned *times, FILE *why)
{
	for (uint64_t k = 0; k < t->n; k++) {
		uint64_t task = found[k].task;
		if (task == 0)
			continue;
		if (task > t->n) {
			fprintf(why, "entry %" PRIu64 " is of no task: it tells the number %" PRIu64, k, task - 1);
			return false;
		}
		if (found[k].value != expected(t, task - 1)) {
			fprintf(why, "task %" PRIu64 ": expected the value %" PRIu64 ", found %" PRIu64, task - 1,
				expected(t, task - 1), found[k].value);
			return false;
		}
		times[task - 1]++;
	}
	return true;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	unsigned *times = calloc(t->n + 1, sizeof *times);      /* how often each task is in the ledger */
	uint64_t missing = 0, some = 0;

	if (!times)
		die("no memory to check %" PRIu64 " tasks", t->n);
	bool right = entries_are_right(t, answer, times, why);
	for (uint64_t k = 0; k < t->n && right; k++)
		if (times[k] == 0) {
			missing++;
			some = k;
		}
	free(times);
	if (right && missing)   /* there are n places: if one task is there twice, another one is missing */
		fprintf(why, "expected %" PRIu64 " task%s in the ledger, %" PRIu64 " missing (task %" PRIu64
			" is one)%s", t->n, t->n == 1 ? "" : "s", missing, some,
			t->param[KILLED] ? "; one worker was killed while it recorded" : "");
	return right && !missing;
}

static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct entry *entry = answer;
	uint64_t count = 0, sum = 0;

	for (uint64_t k = 0; k < t->n; k++) {
		count += entry[k].task != 0;
		sum += entry[k].value;
	}
	fprintf(out, "%" PRIu64 " tasks, sum %" PRIu64 "\n", count, sum);
}

const struct lesson lesson = {
	.title = "Lab: shrink",
	.unit = "task",
	.source = "the lab of lesson 08",
	.n = 5000, .n_max = 1000000,
	.params = {
		{ "killed", "worker", 0, 0, MAX_WORKERS,
			.about = "who is killed while it records its last task: 1 is worker 0, p + 1, too; 0: nobody" },
		{ "seed", NULL, 1, 0, 1000000, .about = "where the values begin" },
	},
	.answer_bytes = answer_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "solution", "mine" },
};
