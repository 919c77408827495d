/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes that are started once and called in every round: what remains is waking and waiting. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

static struct pool *pool;       /* lives from start() to stop() */
static const struct task *task; /* set before the workers are forked: each has its copy */

static void work(const void *k, void *report)
{
	be_worker(task->param, *(const uint64_t *)k, report);
}

static void start(const struct task *t)
{
	task = t;
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	struct reports *a = answer;
	uint64_t k[MAX_WORKERS];

	counter = 0;
	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = round_size(t, begin);
		for (unsigned i = 0; i < workers; i++)
			k[i] = begin + i;
		if (pool_map(pool, work, k, sizeof *k, &a->report[begin], sizeof *a->report, workers, 1) < 0)
			die("fork_pool.c: %s", pool_error(pool));
	}
	a->counter = counter;
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	pool_join(pool);
}

const struct variant variant = {
	.idea = "processes started once, called in every round", .start = start, .solve = solve, .stop = stop,
};
