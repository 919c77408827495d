/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads of one interpreter, as in Python: only who holds its lock may compute, all may wait at once. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	struct interpreter *interpreter;        /* the same for all */
	uint64_t *value;
};

static void *work(void *arg)
{
	const struct job *job = arg;
	const struct task *t = job->task;

	worker_enter(job->worker);
	run_locked(t, split(t->n, t->workers, job->worker), job->interpreter, job->value);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct results *a = answer;
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	struct interpreter interpreter = { .executed = 0 };

	big_lock_init(&interpreter.lock, t->param[SWITCH_US]);
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ t, i, &interpreter, a->value };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	a->executed = interpreter.executed;
	big_lock_destroy(&interpreter.lock);
}

const struct variant variant = { .idea = "threads under one big lock, as in Python", .solve = solve };
