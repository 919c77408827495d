/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads share one table of descriptors: an end is closed once, and closed for all. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

struct job {
	const struct task *task;
	unsigned worker;
	int from;
	struct inbox *inbox;
};

static void *work(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->worker);
	receive_all(job->task, job->worker, job->from, job->inbox);
	worker_leave(job->worker);
	SYS(close(job->from));
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct inbox *inbox = answer;
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	int to[MAX_WORKERS], fd[2];

	inbox->readers = t->workers;
	inbox->ends = 0;
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(pipe(fd));
		to[i] = fd[1];
		job[i] = (struct job){ .task = t, .worker = i, .from = fd[0], .inbox = inbox };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	send_all(t, to);
	for (unsigned i = 0; i < t->workers; i++)
		SYS(close(to[i]));  /* the only one there is: the reader sees the end of its file */
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
}

const struct variant variant = { .idea = "one table of descriptors: closed once is closed", .solve = solve };
