/* SPDX-License-Identifier: MIT */
/* pthreads.c -- one memory: each thread leaves its part where main can see it. */
#include "bench/check.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	uint64_t sum;
};

static void *work(void *arg)
{
	struct job *job = arg;

	worker_enter(job->worker);
	job->sum = work_on(split(job->task->n, job->task->workers, job->worker));
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	uint64_t sum = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));
		sum += job[i].sum;
	}
	*(uint64_t *)answer = sum;
}

const struct variant variant = { .idea = "shared memory: leave the part in place", .solve = solve };
