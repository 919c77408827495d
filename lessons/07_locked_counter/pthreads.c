/* SPDX-License-Identifier: MIT */
/* pthreads.c -- a mutex: load, add and store become one step that no other thread can come between. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

/* Invariant: while the lock is free, count holds every addition made so far. */
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
	uint64_t additions;

	worker_enter(job->worker);
	while ((additions = take(&share, t->param[HOLD])) > 0) {
		OK(pthread_mutex_lock(&counter->lock));
		add(&counter->count, &share, additions);
		OK(pthread_mutex_unlock(&counter->lock));
	}
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
	*(uint64_t *)answer = counter.count;  /* no lock: who could still add is joined */
	OK(pthread_mutex_destroy(&counter.lock));
}

const struct variant variant = { .idea = "a mutex between threads", .solve = solve };
