/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- the same calls: to the cache a process is nothing else than a thread, for both meet in the folder. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

#include <string.h>

static struct pool *pool;               /* these live from start() to stop() */
static const struct task *task;         /* set before the workers are forked: each has its copy */
static struct cache cache;
static struct result *results;          /* shared memory: a worker's calls are not neighbours, it cannot send them */

struct part { uint64_t solve; unsigned worker; };

static void work(const void *item, void *nothing)
{
	const struct part *part = item;

	(void)nothing;
	cache.solves = part->solve;  /* our copy, which knows only what it is told */
	ask_all(task, &cache, part->worker, task->workers, results);
}

static size_t results_bytes(const struct task *t)
{
	return (t->n + 1) * sizeof *results;  /* + 1: there is no mapping of 0 bytes */
}

static void start(const struct task *t)
{
	task = t;
	cache_make(t, &cache);
	results = shared_make(results_bytes(t));
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	struct part part[MAX_WORKERS];

	cache.solves++;
	for (unsigned i = 0; i < t->workers; i++)
		part[i] = (struct part){ cache.solves, i };
	if (pool_map(pool, work, part, sizeof *part, NULL, 0, t->workers, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	memcpy(answer, results, t->n * sizeof *results);
}

static void stop(const struct task *t)
{
	pool_close(pool);
	pool_join(pool);
	shared_free(results, results_bytes(t));
	cache_remove(&cache);
}

const struct variant variant = {
	.idea = "processes meet in the folder, as threads do", .start = start, .solve = solve, .stop = stop,
};
