/* SPDX-License-Identifier: MIT */
/* wrong_computes_free.c -- rung 4, "expected": lets go around all that follows, computing included. */
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

static uint64_t call(const struct task *t, struct interpreter *in, uint64_t k)
{
	OK(pthread_mutex_lock(&in->lock));
	bool waits = ask(t, in, k);
	uint64_t value = in->reg;
	OK(pthread_mutex_unlock(&in->lock));
	if (waits) {
		await_reply(t);
		in->reg = value;
		finish(t, in);
		value = in->reg;
	}
	return value;
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

const struct variant variant = { .idea = "wrong: computes without the lock", .solve = solve };
