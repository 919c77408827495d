/* SPDX-License-Identifier: MIT */
/* pthreads.c -- naps side by side. */
#include "kernel.h"

struct job {
	const struct task *task;
	unsigned worker;
	uint64_t naps;
};

static void *work(void *arg)
{
	struct job *job = arg;
	const struct task *t = job->task;

	worker_enter(job->worker);
	job->naps = nap(t, split(t->n, t->workers, job->worker));
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	uint64_t naps = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));
		naps += job[i].naps;
	}
	*(uint64_t *)answer = naps;
}

const struct variant variant = { .idea = "naps side by side", .solve = solve };
