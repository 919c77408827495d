/* SPDX-License-Identifier: MIT */
/* pthreads.c -- one memory: each thread leaves its sum where main can see it. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	uint128 sum;
};

static void *work(void *arg)
{
	struct job *job = arg;
	const struct task *t = job->task;

	worker_enter(job->worker);
	/* stored once: jobs share cache lines */
	job->sum = sum_terms(t, split(all_terms(t), t->workers, job->worker));
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	uint128 sum = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));  /* after this, and not before, job[i].sum is ours */
		sum += job[i].sum;
	}
	*(uint128 *)answer = sum;
}

const struct variant variant = { .idea = "shared memory: leave the sum in place", .solve = solve };
