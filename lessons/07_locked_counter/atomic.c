/* SPDX-License-Identifier: MIT */
/* atomic.c -- no lock: load, add and store in one instruction that the hardware does not let others into. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <stdatomic.h>

struct job {
	const struct task *task;
	unsigned worker;
	_Atomic uint64_t *count;
};

static void *work(void *arg)
{
	const struct job *job = arg;
	const struct task *t = job->task;
	struct share share = share_of(t, t->workers, job->worker);
	uint64_t additions;

	worker_enter(job->worker);
	while ((additions = take(&share, 0)) > 0)
		for (; additions > 0; additions--) {
			/* relaxed: the count guards no other data, and pthread_join() orders main's reading of it */
			atomic_fetch_add_explicit(job->count, share.amount, memory_order_relaxed);
			step(&share);
		}
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	_Atomic uint64_t count = t->param[START];

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .count = &count };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "an atomic addition instead of a lock", .solve = solve };
