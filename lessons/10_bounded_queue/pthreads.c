/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads in two roles: nobody starts or stops anybody, the queue alone says when to go on. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned number;        /* consumer i, or producer i */
	struct inbox *inbox;
};

static struct queue *queue;  /* lives from start() to stop() */

static void start(const struct task *t)
{
	queue = make_queue(t);
}

static void *run_consumer(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->number);
	consume(job->task, job->number, queue, job->inbox);
	worker_leave(job->number);
	return NULL;
}

static void *run_producer(void *arg)
{
	const struct job *job = arg;

	produce(job->task, job->number, queue, job->inbox);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	const unsigned producers = (unsigned)t->param[PRODUCERS];
	pthread_t consumer[MAX_WORKERS], producer[MAX_WORKERS];
	struct job job[MAX_WORKERS];  /* consumer i and producer i read the same one */

	clear_inbox(t, answer, t->workers);
	for (unsigned i = 0; i < t->workers || i < producers; i++)
		job[i] = (struct job){ .task = t, .number = i, .inbox = answer };
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_create(&consumer[i], NULL, run_consumer, &job[i]));
	for (unsigned j = 0; j < producers; j++)
		OK(pthread_create(&producer[j], NULL, run_producer, &job[j]));
	for (unsigned j = 0; j < producers; j++)
		OK(pthread_join(producer[j], NULL));
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(consumer[i], NULL));
}

static void stop(const struct task *t)
{
	(void)t;
	queue_free(queue);
}

const struct variant variant = {
	.idea = "threads that put and threads that get", .start = start, .solve = solve, .stop = stop,
};
