/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads take the next task whenever they are free, and queue up at the mutex inside it. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <stdatomic.h>

/* Invariant: while the lock is free, turns is the number of tasks that have held it. */
struct work {
	const struct task *task;
	struct result *results;
	_Atomic uint64_t next;  /* the first task that nobody has taken */
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
	uint64_t i;

	worker_enter(job->worker);
	while ((i = atomic_fetch_add(&work->next, 1)) < work->task->n) {
		work_alone(work->task);
		OK(pthread_mutex_lock(&work->lock));
		work->results[i] = work_locked(work->task, i, &work->turns);
		OK(pthread_mutex_unlock(&work->lock));
	}
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct work work = { .task = t, .results = answer, .lock = PTHREAD_MUTEX_INITIALIZER };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ &work, i };
		OK(pthread_create(&thread[i], NULL, run, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	OK(pthread_mutex_destroy(&work.lock));
}

const struct variant variant = { .idea = "threads, and one mutex that every task takes", .solve = solve };
