/* SPDX-License-Identifier: MIT */
/* openmp_pool.c -- a fork pool that is older than the first region works; a younger one is refused. */
#include "kernel.h"
#include "lessons/lib/future.h"
#include "lessons/lib/pool.h"

#include <errno.h>

static struct pool *older;      /* lives from start() to stop() */

static void region(void)
{
	int threads = 0;

	#pragma omp parallel num_threads(2) reduction(+ : threads)
	threads++;
	if (threads != 2)
		die("%s: no second thread", __FILE__);
}

static void task(const void *item, void *result)
{
	(void)item;
	region();  /* the child's own first: it makes threads of its own */
	*(uint64_t *)result = 1;
}

static void start(const struct task *t)
{
	older = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!older)
		die("openmp_pool.c: no pool: %m");
	region();
}

static void solve(const struct task *t, void *answer)
{
	uint64_t item = 0, result = 0;

	if (pool_map(older, task, &item, sizeof item, &result, sizeof result, 1, 1) != 0 || result != 1)
		die("openmp_pool.c: the older pool does not work: %s", pool_error(older));
	struct pool *younger = pool_start(&fork_pool, 1, NULL, NULL);
	if (younger || errno != EDEADLK)
		die("openmp_pool.c: the younger pool was not refused: %m");
	if (executor_start(&fork_pool, 1, NULL, NULL) || errno != EDEADLK)
		die("openmp_pool.c: the younger executor was not refused: %m");
	worker_enter(0);
	*(uint64_t *)answer = one_each(t->n);
	worker_leave(0);
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(older);
	if (pool_join(older) != 0)
		die("openmp_pool.c: a worker was lost");
}

const struct variant variant = {
	.idea = "the processes first, OpenMP afterwards", .start = start, .solve = solve, .stop = stop,
};
