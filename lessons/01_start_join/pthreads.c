/* SPDX-License-Identifier: MIT */
/* pthreads.c -- a thread is a second stack in the same memory: what it adds to the counter, main sees. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;        /* its place in the round */
	uint64_t k;             /* its number in all */
	struct report *report;
};

static void *work(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->worker);
	be_worker(job->task->param, job->k, job->report);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct reports *a = answer;
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	counter = 0;
	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = round_size(t, begin);
		for (unsigned i = 0; i < workers; i++) {
			job[i] = (struct job){ t, i, begin + i, &a->report[begin + i] };
			OK(pthread_create(&thread[i], NULL, work, &job[i]));
		}
		for (unsigned i = 0; i < workers; i++)
			OK(pthread_join(thread[i], NULL));  /* not one after each start: that would be serial again */
	}
	a->counter = counter;
}

const struct variant variant = { .idea = "threads: started into the same memory", .solve = solve };
