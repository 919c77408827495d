/* SPDX-License-Identifier: MIT */
/* wrong_no_barrier.c -- rung 3 or 4, "expected": adds up totals that others are still working out. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct shared {
	uint64_t total[MAX_WORKERS];    /* of each block */
	uint64_t *out;                  /* elements of a block: its worker's alone, all the time */
};

struct job {
	const struct task *task;
	unsigned worker;
	struct shared *shared;
};

/* The sums within a block; returns the last one. */
static uint64_t sum_block(const struct task *t, uint64_t *out, struct range block)
{
	uint64_t sum = 0;       /* a local variable: totals share cache lines */

	for (uint64_t k = block.begin; k < block.end; k++)
		out[k] = sum += value_of(t, k);
	return sum;
}

static void *work(void *arg)
{
	const struct job *job = arg;
	struct shared *s = job->shared;
	const struct range block = split(job->task->n, job->task->workers, job->worker);
	uint64_t before = 0;

	worker_enter(job->worker);
	s->total[job->worker] = sum_block(job->task, s->out, block);
	for (unsigned i = 0; i < job->worker; i++)
		before += s->total[i];
	for (uint64_t k = block.begin; k < block.end; k++)
		s->out[k] += before;
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct shared shared = { .out = answer };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .shared = &shared };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
}

const struct variant variant = { .idea = "wrong: nobody waits", .solve = solve };
