/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/prctl.h>

/* The tasks are their numbers. */
static void *prepare(const struct task *t)
{
	uint64_t *items = malloc((t->n + 1) * sizeof *items);  /* + 1: malloc(0) may return NULL */

	if (!items)
		die("no memory for %" PRIu64 " tasks: choose a smaller n", t->n);
	for (uint64_t i = 0; i < t->n; i++)
		items[i] = i;
	/* The kernel may let a sleeper sleep on for 50 us, to wake several at once.  Not ours, nor their children. */
	SYS(prctl(PR_SET_TIMERSLACK, 1));
	return items;
}

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct result);
}

/* Every turn must have been one task's: see the proof in kernel.h. */
static bool turns_are_distinct(const struct task *t, const struct result *results, FILE *why)
{
	uint64_t *holder = calloc(t->n + 1, sizeof *holder);  /* of each turn: task number + 1; 0: nobody yet */
	bool right = holder != NULL;

	for (uint64_t i = 0; i < t->n && right; i++) {
		uint64_t turn = results[i].turn;
		right = turn < t->n && holder[turn] == 0;
		if (turn >= t->n)
			fprintf(why, "task %" PRIu64 ": turn %" PRIu64 " of %" PRIu64, i, turn, t->n);
		else if (!right)
			fprintf(why, "tasks %" PRIu64 " and %" PRIu64 " both had turn %" PRIu64
				": they were under the lock at the same time", holder[turn] - 1, i, turn);
		else
			holder[turn] = i + 1;
	}
	free(holder);
	return right;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct result *results = answer;

	for (uint64_t i = 0; i < t->n; i++)
		if (results[i].i != i) {
			fprintf(why, "task %" PRIu64 ": found result %" PRIu64, i, results[i].i);
			return false;
		}
	return turns_are_distinct(t, results, why);
}

/* Without the pid that stood behind it: that is up to chance. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct result *results = answer;

	for (uint64_t i = 0; i < t->n; i++)
		fprintf(out, "result is %" PRIu64 "\n", results[i].i);
}

/* Every item goes to a worker, and every result comes back. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * (sizeof(uint64_t) + sizeof(struct result));
}

const struct lesson lesson = {
	.title = "Locked pool: one lock for all tasks",
	.unit = "task",
	.source = "D2: 20 tasks on Pool(5), each holding one Manager lock for 5 s: about 100 s, where 20 were expected",
	.question = "Five workers, twenty tasks, one lock: why does it take as long as with one worker?",
	.n = 48, .n_max = 4096,  /* seconds of sleep; longer ones would tell nothing new */
	.base_ms = 25,  /* with sixteen workers still three tasks each */
	.waits = true,
	.params = {
		{ "task_us", "us", 500, 0, 10000000, .about = "how long a task sleeps in all" },
		{ "locked_percent", "%", 25, 0, 100, .about = "share of it with the lock in its hands",
			.sweep = "0,25,50,100" },
	},
	.examples = {
		{ "D2", 20, 5, { 5000, 100 },  /* 5 ms; the document's tasks sleep 5 s */
			"result is 0\nresult is 1\nresult is 2\nresult is 3\nresult is 4\n"
			"result is 5\nresult is 6\nresult is 7\nresult is 8\nresult is 9\n"
			"result is 10\nresult is 11\nresult is 12\nresult is 13\nresult is 14\n"
			"result is 15\nresult is 16\nresult is 17\nresult is 18\nresult is 19\n" },
	},
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "nolock", "pthreads", "fork_pool", "rounds", "openmp" },
	.charts = {
		"sweep locked_percent amdahl", "speedup", "time", "efficiency", "serial_share", "timeline", "spread",
	},
};
