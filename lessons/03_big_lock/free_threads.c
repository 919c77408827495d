/* SPDX-License-Identifier: MIT */
/* free_threads.c -- threads without the big lock: possible as soon as they share nothing that it guarded.
 *
 * It is pthreads.c, but each thread counts its own instructions.  This is what Python's own threads do in a function
 * written in C that has let go of the lock, and in a Python built without it (PEP 703).
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	uint64_t executed;                      /* by this thread */
	uint64_t *value;
};

static void *work(void *arg)
{
	struct job *job = arg;
	const struct task *t = job->task;

	worker_enter(job->worker);
	job->executed = run_free(t, split(t->n, t->workers, job->worker), job->value);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct results *a = answer;
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	a->executed = 0;
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ t, i, 0, a->value };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));
		a->executed += job[i].executed;
	}
}

const struct variant variant = { .idea = "threads without it: nothing is shared that it guarded", .solve = solve };
