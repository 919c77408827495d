/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes that stand ready: each call sends p ranges out and gets p sums back. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

static struct pool *pool;       /* lives from start() to stop() */
static const struct task *task; /* set before the workers are forked: each has its copy */

static void work(const void *part, void *sum)
{
	*(uint128 *)sum = sum_terms(task, *(const struct range *)part);
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
	struct range part[MAX_WORKERS];
	uint128 sum[MAX_WORKERS], total = 0;

	for (unsigned i = 0; i < t->workers; i++)
		part[i] = split(all_terms(t), t->workers, i);
	if (pool_map(pool, work, part, sizeof *part, sum, sizeof *sum, t->workers, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	for (unsigned i = 0; i < t->workers; i++)
		total += sum[i];
	*(uint128 *)answer = total;
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	pool_join(pool);
}

const struct variant variant = {
	.idea = "a pool of processes: started once, asked often", .start = start, .solve = solve, .stop = stop,
};
