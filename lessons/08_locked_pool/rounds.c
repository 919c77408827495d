/* SPDX-License-Identifier: MIT */
/* rounds.c -- pthreads.c in step: nobody begins the next task before all have ended this one.
 *
 * In a round the parts alone lie side by side, and the parts under the lock one after the other, with nothing beside
 * them.  That is what Amdahl's law says of a program; without the barrier, one worker's part under the lock lies
 * beside another's part alone.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

/* Invariant: while the lock is free, turns is the number of tasks that have held it. */
struct work {
	const struct task *task;
	struct result *results;
	pthread_barrier_t round;
	pthread_mutex_t lock;   /* guards turns */
	uint64_t turns;
};

struct job {
	struct work *work;
	unsigned worker;
};

static void *run(void *arg)
{
	const struct job *job = arg;
	struct work *work = job->work;
	const struct task *t = work->task;

	worker_enter(job->worker);
	for (uint64_t first = 0; first < t->n; first += t->workers) {
		uint64_t i = first + job->worker;
		if (i < t->n) {
			work_alone(t);
			OK(pthread_mutex_lock(&work->lock));
			work->results[i] = work_locked(t, i, &work->turns);
			OK(pthread_mutex_unlock(&work->lock));
		}
		pthread_barrier_wait(&work->round);  /* also who had nothing to do in the last round: all are counted */
	}
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct work work = { .task = t, .results = answer, .lock = PTHREAD_MUTEX_INITIALIZER };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	OK(pthread_barrier_init(&work.round, NULL, t->workers));
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ &work, i };
		OK(pthread_create(&thread[i], NULL, run, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	OK(pthread_barrier_destroy(&work.round));
	OK(pthread_mutex_destroy(&work.lock));
}

const struct variant variant = { .idea = "all wait for all, task by task: Amdahl's law", .solve = solve };
