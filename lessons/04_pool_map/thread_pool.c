/* SPDX-License-Identifier: MIT */
/* thread_pool.c -- threads that stand ready: they sleep between calls.  Items and results stay where they are. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

#include <errno.h>
#include <string.h>

static struct pool *pool;  /* global: all that start(), solve() and stop() have in common is the task */

static void start(const struct task *t)
{
	pool = pool_start(&thread_pool, t->workers, NULL, NULL);
	if (!pool)
		die("thread_pool.c: no pool of %u workers: %s", t->workers, strerror(errno));
}

static void solve(const struct task *t, void *answer)
{
	if (pool_map(pool, square, t->input, sizeof(uint64_t), answer, sizeof(uint64_t), t->n, t->param[CHUNK]) < 0)
		die("thread_pool.c: %s", pool_error(pool));
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	if (pool_join(pool) < 0)
		die("thread_pool.c: a worker was lost");
}

const struct variant variant = {
	.idea = "threads that stand ready: a call wakes them", .start = start, .solve = solve, .stop = stop,
};
