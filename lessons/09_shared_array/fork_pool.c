/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes that stand ready: the memory must be older than they are, and is used again. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

static struct arena *arena;     /* shared memory, made before the workers: it has the same address in all of them */
static struct pool *pool;       /* lives from start() to stop() */
static const struct task *task; /* set before the workers are forked: each has its copy */

static void work(const void *worker, void *nothing)
{
	(void)nothing;
	update(task, arena, *(const unsigned *)worker);
}

static void start(const struct task *t)
{
	task = t;
	arena = shared_make(arena_bytes(t));
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	unsigned worker[MAX_WORKERS];

	fill(t, arena);
	for (unsigned i = 0; i < t->workers; i++)
		worker[i] = i;
	if (pool_map(pool, work, worker, sizeof *worker, NULL, 0, t->workers, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	collect(t, arena, answer);
}

static void stop(const struct task *t)
{
	pool_close(pool);
	pool_join(pool);
	shared_free(arena, arena_bytes(t));
}

const struct variant variant = {
	.idea = "a pool: memory older than its workers", .start = start, .solve = solve, .stop = stop,
};
