/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads deal out the tasks among themselves: all they share is the number of the next one. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "deal.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	struct deal *deal;
	struct result *results;
};

static void *work(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->worker);
	work_share(job->task, job->worker, job->deal, job->results);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	struct deal deal = { 0 };

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .deal = &deal, .results = answer };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));  /* after the last of them every result is ours to read */
}

const struct variant variant = { .idea = "threads count up one index", .solve = solve };
