/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- the same calls, but processes: items travel to them, and results back, through shared memory. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

#include <errno.h>
#include <string.h>

static struct pool *pool;  /* global: all that start(), solve() and stop() have in common is the task */

static void start(const struct task *t)
{
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: no pool of %u workers: %s", t->workers, strerror(errno));
}

static void solve(const struct task *t, void *answer)
{
	if (pool_map(pool, square, t->input, sizeof(uint64_t), answer, sizeof(uint64_t), t->n, t->param[CHUNK]) < 0)
		die("fork_pool.c: %s", pool_error(pool));
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	if (pool_join(pool) < 0)
		die("fork_pool.c: a worker was lost");
}

const struct variant variant = {
	.idea = "processes that stand ready: items go, results come back", .start = start, .solve = solve, .stop = stop,
};
