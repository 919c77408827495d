/* SPDX-License-Identifier: MIT */
/* wrong_border.c -- rung 3, "expected": a part takes the first number of the next one, too. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	uint64_t count;
};

static void *work(void *arg)
{
	struct job *job = arg;
	const struct task *t = job->task;

	worker_enter(job->worker);
	struct range r = split(t->n, t->workers, job->worker);
	r.end++;
	job->count = count_primes(r);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	uint64_t count = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));
		count += job[i].count;
	}
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "wrong: borders are counted twice", .solve = solve };
