/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads ask for the same key at once: one computes, the others wait for its file. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

static struct cache cache;  /* lives from start() to stop() */

struct job {
	const struct task *task;
	unsigned worker;
	struct result *results;
};

static void *work(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->worker);
	ask_all(job->task, &cache, job->worker, job->task->workers, job->results);
	worker_leave(job->worker);
	return NULL;
}

static void start(const struct task *t)
{
	cache_make(t, &cache);
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	cache.solves++;
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .results = answer };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
}

static void stop(const struct task *t)
{
	(void)t;
	cache_remove(&cache);
}

const struct variant variant = {
	.idea = "threads: one computes, the others wait for its file", .start = start, .solve = solve, .stop = stop,
};
