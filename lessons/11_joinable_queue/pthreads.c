/* SPDX-License-Identifier: MIT */
/* pthreads.c -- join() waits for the items, pthread_join() for the consumers: they are done long before these end. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	struct ledger *ledger;
};

static struct queue *queue;  /* lives from start() to stop() */

static void start(const struct task *t)
{
	queue = make_queue(t);
}

static void *work(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->worker);
	consume(job->task, job->worker, queue, job->ledger);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	memset(answer, 0, ledger_bytes(t));
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .ledger = answer };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	int error = put_and_join(t, 0, queue, QUEUE_WAIT, answer);
	if (error)
		die("pthreads.c: %s", strerror(-error));
	queue_close(queue);  /* a daemon thread would just be left alone; here everybody goes home */
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	queue_reopen(queue);
}

static void stop(const struct task *t)
{
	(void)t;
	queue_free(queue);
}

const struct variant variant = {
	.idea = "join() waits for items, not for threads", .start = start, .solve = solve, .stop = stop,
};
