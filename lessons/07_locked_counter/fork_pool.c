/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- a mutex between processes: it must lie in shared memory, and be told that it does. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

#include <pthread.h>

/* Invariant: while the lock is free, count holds every addition made so far. */
static struct counter {
	pthread_mutex_t lock;   /* guards count */
	uint64_t count;
} *counter;  /* shared memory, made before the workers are forked: so it has the same address in all of them */

static struct pool *pool;       /* lives from start() to stop() */
static const struct task *task; /* set before the workers are forked: each has its copy */

static void work(const void *part, void *nothing)
{
	struct share share = share_of(task, task->workers, *(const unsigned *)part);
	uint64_t additions;

	(void)nothing;
	while ((additions = take(&share, task->param[HOLD])) > 0) {
		OK(pthread_mutex_lock(&counter->lock));
		add(&counter->count, &share, additions);
		OK(pthread_mutex_unlock(&counter->lock));
	}
}

static void start(const struct task *t)
{
	pthread_mutexattr_t shared;

	task = t;
	counter = shared_make(sizeof *counter);
	OK(pthread_mutexattr_init(&shared));
	OK(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED));  /* or who sleeps elsewhere is never woken */
	OK(pthread_mutex_init(&counter->lock, &shared));
	OK(pthread_mutexattr_destroy(&shared));
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	unsigned part[MAX_WORKERS];

	for (unsigned i = 0; i < t->workers; i++)
		part[i] = i;
	counter->count = t->param[START];  /* no lock: the workers are asleep */
	if (pool_map(pool, work, part, sizeof *part, NULL, 0, t->workers, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	*(uint64_t *)answer = counter->count;
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	pool_join(pool);
	OK(pthread_mutex_destroy(&counter->lock));
	shared_free(counter, sizeof *counter);
}

const struct variant variant = {
	.idea = "a mutex between processes, in shared memory", .start = start, .solve = solve, .stop = stop,
};
