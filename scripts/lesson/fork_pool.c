/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes that stand ready: each call sends p ranges out and gets p parts back. */
#include "bench/check.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

static struct pool *pool;       /* lives from start() to stop() */

static void work(const void *range, void *sum)
{
	*(uint64_t *)sum = work_on(*(const struct range *)range);
}

static void start(const struct task *t)
{
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	struct range range[MAX_WORKERS];
	uint64_t part[MAX_WORKERS], sum = 0;

	for (unsigned i = 0; i < t->workers; i++)
		range[i] = split(t->n, t->workers, i);
	if (pool_map(pool, work, range, sizeof *range, part, sizeof *part, t->workers, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	for (unsigned i = 0; i < t->workers; i++)
		sum += part[i];
	*(uint64_t *)answer = sum;
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
