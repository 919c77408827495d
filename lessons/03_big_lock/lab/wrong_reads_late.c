/* SPDX-License-Identifier: MIT */
/* wrong_reads_late.c -- rung 4, "expected the value": reads the value when the lock is somebody else's. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

struct job {
	const struct task *task;
	unsigned worker;
	struct interpreter *interpreter;        /* the same for all */
	uint64_t *value;
};

/* With the lock, before and after. */
static void await_free(const struct task *t, struct interpreter *in)
{
	uint64_t asked = in->reg;

	OK(pthread_mutex_unlock(&in->lock));
	await_reply(t);
	OK(pthread_mutex_lock(&in->lock));
	in->reg = asked;
}

static uint64_t call(const struct task *t, struct interpreter *in, uint64_t k)
{
	OK(pthread_mutex_lock(&in->lock));
	if (ask(t, in, k)) {
		await_free(t, in);
		finish(t, in);
	}
	OK(pthread_mutex_unlock(&in->lock));
	return in->reg;
}

static void *work(void *arg)
{
	const struct job *job = arg;
	const struct task *t = job->task;
	struct range r = split(t->n, t->workers, job->worker);

	worker_enter(job->worker);
	for (uint64_t k = r.begin; k < r.end; k++)
		job->value[k] = call(t, job->interpreter, k);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct results *a = answer;
	struct interpreter in = { .lock = PTHREAD_MUTEX_INITIALIZER };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ t, i, &in, a->value };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	a->executed = in.executed;
	OK(pthread_mutex_destroy(&in.lock));
}

const struct variant variant = { .idea = "wrong: reads the value after letting go", .solve = solve };
