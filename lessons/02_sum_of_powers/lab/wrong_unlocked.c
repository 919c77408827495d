/* SPDX-License-Identifier: MIT */
/* wrong_unlocked.c -- rung 4, "not every time": all workers count in one place, without a lock. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	uint64_t count;
	uint64_t *shared;
};

static void *work(void *arg)
{
	struct job *job = arg;
	const struct task *t = job->task;

	worker_enter(job->worker);
	struct range r = split(t->n, t->workers, job->worker);
	for (uint64_t k = r.begin; k < r.end; k++)
		if (is_prime(k))
			count_one(job->shared);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	uint64_t count = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .shared = &count };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));
	}
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "wrong: a shared counter without a lock", .solve = solve };
