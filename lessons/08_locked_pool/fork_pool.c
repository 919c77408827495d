/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- a pool of processes and one lock for all of its tasks, made before the pool, in shared memory. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

#include <pthread.h>

/* Invariant: while the lock is free, turns is the number of tasks that have held it. */
static struct guarded {
	pthread_mutex_t lock;   /* guards turns */
	uint64_t turns;
} *guarded;  /* shared memory, at the same address in all workers */

static struct pool *pool;       /* lives from start() to stop() */
static const struct task *task; /* set before the workers are forked: each has its copy */

static void do_task(const void *item, void *result)
{
	const uint64_t *i = item;

	work_alone(task);
	OK(pthread_mutex_lock(&guarded->lock));
	*(struct result *)result = work_locked(task, *i, &guarded->turns);
	OK(pthread_mutex_unlock(&guarded->lock));
}

static void start(const struct task *t)
{
	pthread_mutexattr_t shared;

	task = t;
	guarded = shared_make(sizeof *guarded);
	OK(pthread_mutexattr_init(&shared));
	OK(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED));  /* or who sleeps elsewhere is never woken */
	OK(pthread_mutex_init(&guarded->lock, &shared));
	OK(pthread_mutexattr_destroy(&shared));
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	guarded->turns = 0;  /* no lock: the workers are asleep */
	if (pool_map(pool, do_task, t->input, sizeof(uint64_t), answer, sizeof(struct result), t->n, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	pool_join(pool);
	OK(pthread_mutex_destroy(&guarded->lock));
	shared_free(guarded, sizeof *guarded);
}

const struct variant variant = {
	.idea = "a pool of processes, and one lock for all its tasks", .start = start, .solve = solve, .stop = stop,
};
