/* SPDX-License-Identifier: MIT */
/* wrong_one_barrier.c -- rung 3 or 4, "expected": the last worker adds up the totals for all, and waits for none. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

/* Invariant: before the barrier total[i] is worker i's alone; after it nobody writes there any more. */
struct shared {
	pthread_barrier_t added;        /* all totals are */
	uint64_t total[MAX_WORKERS];    /* of each block */
	uint64_t before[MAX_WORKERS];   /* what stands before each block */
	uint64_t *out;                  /* elements of a block: its worker's alone, all the time */
};

struct job {
	const struct task *task;
	unsigned worker;
	struct shared *shared;
};

static void wait_for_all(pthread_barrier_t *barrier)
{
	int error = pthread_barrier_wait(barrier);

	if (error != PTHREAD_BARRIER_SERIAL_THREAD)     /* which one of them gets, and is no error */
		OK(error);
}

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

	worker_enter(job->worker);
	s->total[job->worker] = sum_block(job->task, s->out, block);
	for (unsigned i = 1; i < job->task->workers && job->worker + 1 == job->task->workers; i++)
		s->before[i] = s->before[i - 1] + s->total[i - 1];
	wait_for_all(&s->added);
	for (uint64_t k = block.begin; k < block.end; k++)
		s->out[k] += s->before[job->worker];
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct shared shared = { .out = answer };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	OK(pthread_barrier_init(&shared.added, NULL, t->workers));
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .shared = &shared };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	OK(pthread_barrier_destroy(&shared.added));
}

const struct variant variant = { .idea = "wrong: a first barrier is missing", .solve = solve };
