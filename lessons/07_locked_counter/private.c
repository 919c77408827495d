/* SPDX-License-Identifier: MIT */
/* private.c -- share less: each thread counts for itself and takes the lock once, at the end. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

/* Invariant: while the lock is free, count holds the whole sum of every worker that is done. */
struct counter {
	pthread_mutex_t lock;   /* guards count */
	uint64_t count;
};

struct job {
	const struct task *task;
	unsigned worker;
	struct counter *counter;
};

static void *work(void *arg)
{
	const struct job *job = arg;
	const struct task *t = job->task;
	struct counter *counter = job->counter;
	struct share share = share_of(t, t->workers, job->worker);
	uint64_t mine = 0, additions;

	worker_enter(job->worker);
	while ((additions = take(&share, 0)) > 0)
		add(&mine, &share, additions);
	OK(pthread_mutex_lock(&counter->lock));
	counter->count += mine;
	OK(pthread_mutex_unlock(&counter->lock));
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	struct counter counter = { .lock = PTHREAD_MUTEX_INITIALIZER, .count = t->param[START] };

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .counter = &counter };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	*(uint64_t *)answer = counter.count;
	OK(pthread_mutex_destroy(&counter.lock));
}

const struct variant variant = { .idea = "count alone, add to the shared count once", .solve = solve };
