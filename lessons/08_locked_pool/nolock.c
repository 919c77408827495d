/* SPDX-License-Identifier: MIT */
/* nolock.c -- WRONG ON PURPOSE: pthreads.c without its mutex.  As fast as was hoped for, and two tasks have one turn.
 *
 * Left to chance that happens nearly always, since tasks sleep where they must be alone; here for certain: in its first
 * task every thread reads the turn, waits until all have read, and only then goes on.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <stdatomic.h>

struct work {
	const struct task *task;
	struct result *results;
	_Atomic uint64_t next;          /* the first task that nobody has taken */
	pthread_barrier_t all_read;     /* stages the unlucky order; it guards nothing */
	uint64_t turns;                 /* guarded by nothing: here is the mistake */
};

struct job {
	struct work *work;
	unsigned worker;
};

static void *run(void *arg)
{
	const struct job *job = arg;
	struct work *work = job->work;
	uint64_t i;

	worker_enter(job->worker);
	if ((i = atomic_fetch_add(&work->next, 1)) < work->task->n) {
		work_alone(work->task);
		uint64_t turn = work->turns;
		pthread_barrier_wait(&work->all_read);
		work->results[i] = work_locked(work->task, i, &turn);
		work->turns = turn;
	}
	while ((i = atomic_fetch_add(&work->next, 1)) < work->task->n) {
		work_alone(work->task);
		work->results[i] = work_locked(work->task, i, &work->turns);
	}
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct work work = { .task = t, .results = answer };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	unsigned busy = t->n < t->workers ? (unsigned)t->n : t->workers;  /* threads that get a first task */

	OK(pthread_barrier_init(&work.all_read, NULL, busy > 0 ? busy : 1));
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ &work, i };
		OK(pthread_create(&thread[i], NULL, run, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	OK(pthread_barrier_destroy(&work.all_read));
}

const struct variant variant = { .idea = "threads without the lock", .solve = solve, .expect = WRONG };
