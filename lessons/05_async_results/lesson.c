/* SPDX-License-Identifier: MIT */
/* lesson.c -- what the harness needs to know about this folder. */
#include "kernel.h"

#include "bench/check.h"
#include "lessons/lib/shared.h"

#include <stdlib.h>

const uint64_t *async_param;
struct bell *async_bell;

static void *prepare(const struct task *t)
{
	async_param = t->param;
	if (!async_bell) {  /* for the life of the program: several examples share it */
		async_bell = shared_make(sizeof *async_bell);
		SYS(sem_init(&async_bell->alarm, 1, 0));
		SYS(sem_init(&async_bell->gate, 1, 0));
	}
	return NULL;
}

static size_t answer_bytes(const struct task *t)
{
	return t->n * sizeof(struct outcome) + (t->param[PICTURES] ? t->n * sizeof(uint64_t) : 0);
}

static bool is_named(const struct task *t, uint64_t k, unsigned param)
{
	return k + 1 == t->param[param];
}

/* Without a multiplication: from x^2 to (x + 1)^2 it is 2x + 1, so squares are sums of odd numbers. */
static struct outcome next_expected(const struct task *t, uint64_t k, uint64_t *square)
{
	struct outcome right = { 0 };
	uint64_t x = t->param[FIRST] + k;

	if (k == 0)
		for (uint64_t odd = 1; odd < 2 * x; odd += 2)
			*square += odd;
	if (is_named(t, k, CANCELLED)) {
		right.error = -ECANCELED;
	} else if (is_named(t, k, SLEEPER)) {
		right.error = -ETIMEDOUT;
	} else if (is_named(t, k, RAISING)) {
		right.error = EDOM;
		snprintf(right.words, sizeof right.words, "%" PRIu64 " is not wanted", x);
	} else {
		right.value = t->param[PICTURES] ? x : *square;
	}
	*square += x + x + 1;
	return right;
}

/* Every task stands in it once; which order that is, is left to chance unless all of them run at the same time. */
static bool verify_order(const struct task *t, const uint64_t *found, FILE *why)
{
	char *seen = calloc(t->n + 1, 1);
	uint64_t i = 0;

	if (!seen)
		die("no memory to verify");
	while (i < t->n && found[i] < t->n && !seen[found[i]])
		seen[found[i++]] = 1;
	free(seen);
	if (i < t->n)
		fprintf(why, "completion %" PRIu64 ": found task %" PRIu64 ", which is none or was completed before", i,
			found[i]);
	return i == t->n;
}

static bool verify(const struct task *t, const void *answer, FILE *why)
{
	const struct outcome *found = answer;
	uint64_t square = 0;

	for (uint64_t k = 0; k < t->n; k++) {
		struct outcome right = next_expected(t, k, &square);
		if (found[k].error != right.error || found[k].value != right.value ||
		    strcmp(found[k].words, right.words) != 0) {
			fprintf(why, "task %" PRIu64 ": expected %" PRIu64 " (error %" PRId64 " %s), found %" PRIu64
				" (error %" PRId64 " %.39s)", k, right.value, right.error, right.words, found[k].value,
				found[k].error, found[k].words);
			return false;
		}
	}
	return !t->param[PICTURES] || verify_order(t, (const uint64_t *)(found + t->n), why);
}

/* All pictures are worked on at the same time, and none is disturbed: then the order is that of their times. */
static bool has_sure_order(const struct task *t)
{
	return t->param[PICTURES] && t->n <= 5 && t->n <= t->workers && t->n <= t->param[IN_FLIGHT] &&
		!t->param[SLEEPER] && !t->param[CANCELLED];
}

/* What get() gave or raised, a line each, by Python's names; of D0's five pictures, the order of their callbacks. */
static void show(const struct task *t, const void *answer, FILE *out)
{
	const struct outcome *found = answer;
	const uint64_t *completed = (const uint64_t *)(found + t->n);

	for (uint64_t k = 0; k < t->n; k++)
		if (found[k].error == -ETIMEDOUT)
			fputs("TimeoutError\n", out);
		else if (found[k].error == -ECANCELED)
			fputs("CancelledError\n", out);
		else if (found[k].error != 0)
			fprintf(out, "ValueError: %s\n", found[k].words);
		else
			fprintf(out, "%" PRIu64 "%s\n", found[k].value, t->param[PICTURES] ? ".png" : "");
	if (!has_sure_order(t))
		return;
	fputs("callbacks:", out);
	for (uint64_t i = 0; i < t->n; i++)
		fprintf(out, " %" PRIu64, completed[i]);
	fputc('\n', out);
}

/* Every task's number goes to a worker, and its result comes back. */
static uint64_t crossed_bytes(const struct task *t)
{
	return t->n * 2 * sizeof(uint64_t);
}

const struct lesson lesson = {
	.title = "Futures: ask now, fetch the result later",
	.unit = "task",
	.source = "D1: apply_async, get(timeout); D0, D2: submit, result, callbacks; D3: ten AsyncResults; D4: errors",
	.question = "How does a caller go on while others work, "
		"and how does it get each result, or learn why there is none?",
	.n = 1000, .n_max = 1048576,
	.base_ms = 20,  /* one at a time, handing a task over takes longer than this task */
	.params = {
		{ "first", "number", 0, 0, 1000000, "task k squares first + k" },
		{ "spin", "iteration", 10000, 0, 1000000000,
			"empty loop iterations per task: without, a task is one product", .grain = true },
		{ "in_flight", "task", MOST_IN_FLIGHT, 1, MOST_IN_FLIGHT, "tasks that are submitted and not yet "
			"collected; 1: each is fetched before the next is submitted", .sweep = "1,2,4,16,64" },
		{ "pictures", "", 0, 0, 1, "1: D0's tasks, which take 5, 1, 3, 2, 4 seconds and return their number" },
		{ "second_ms", "ms", 50, 1, 1000, "how long a second of the documents lasts here" },
		{ "sleeper", "task", 0, 0, 1048576, "the task, from 1, that sleeps past its timeout; 0: none" },
		{ "cancelled", "task", 0, 0, 1048576, "the task, from 1, that is cancelled before it begins; 0: none" },
		{ "raising", "task", 0, 0, 1048576, "the task, from 1, that raises an error; 0: none" },
	},
	.examples = {
		{ "D3", 10, 2, { 0, 0, 64, 0, 50, 0, 0, 0 }, "0\n1\n4\n9\n16\n25\n36\n49\n64\n81\n" },
		{ "D1", 2, 4, { 10, 0, 64, 0, 50, 2, 0, 0 }, "100\nTimeoutError\n" },
		{ "D0", 5, 5, { 0, 0, 64, 1, 100, 0, 0, 0 },
			"0.png\n1.png\n2.png\n3.png\n4.png\ncallbacks: 1 3 2 4 0\n" },
		{ "D4", 5, 3, { 1, 0, 64, 0, 50, 2, 3, 4 },
			"1\nTimeoutError\nCancelledError\nValueError: 4 is not wanted\n25\n" },
	},
	.prepare = prepare,
	.answer_bytes = answer_bytes,
	.crossed_bytes = crossed_bytes,
	.verify = verify,
	.show = show,
	.variants = { "serial", "pthreads", "fork_pool", "openmp" },
	.charts = { "sweep in_flight", "time", "speedup", "timeline", "phases", "granularity", "spread" },
};
