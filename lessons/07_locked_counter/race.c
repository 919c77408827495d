/* SPDX-License-Identifier: MIT */
/* race.c -- WRONG ON PURPOSE: no lock.  Who stores what it read before another's store undoes the other's addition.
 *
 * Left to chance that happens now and then; here once for certain: for its first addition every thread reads, waits
 * until all have read, and only then stores.  Of the first additions at most one survives: on any machine, every time.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct counter {
	uint64_t count;                 /* guarded by nothing: here is the mistake */
	pthread_barrier_t all_read;     /* stages the unlucky order; it guards nothing */
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
	if (take(&share, 1) > 0) {
		uint64_t value = counter->count;
		pthread_barrier_wait(&counter->all_read);
		counter->count = value + share.amount;
		step(&share);
	}
	while ((additions = take(&share, 0)) > 0)
		add(&counter->count, &share, additions);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	struct counter counter = { .count = t->param[START] };
	unsigned adding = t->n < t->workers ? (unsigned)t->n : t->workers;  /* workers that have an addition to make */

	OK(pthread_barrier_init(&counter.all_read, NULL, adding > 0 ? adding : 1));
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .counter = &counter };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	*(uint64_t *)answer = counter.count;
	OK(pthread_barrier_destroy(&counter.all_read));
}

const struct variant variant = { .idea = "threads without a lock", .solve = solve, .expect = WRONG };
