/* SPDX-License-Identifier: MIT */
/* pthreads.c -- a thread that waits needs no core: p threads wait side by side, on however few cores. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <stdatomic.h>

static struct http_server server;               /* live from start() to stop() */
static struct client client[MAX_WORKERS];       /* one each: a handle is not to be used by two threads at once */

struct job {
	const struct task *task;
	unsigned worker;
	_Atomic uint64_t *next;         /* the first page that nobody has taken */
	struct page *pages;
};

static void *work(void *arg)
{
	const struct job *job = arg;
	struct client *c = &client[job->worker];
	uint64_t k;

	worker_enter(job->worker);
	while ((k = atomic_fetch_add(job->next, 1)) < job->task->n) {
		fetch(c, k, c->response);
		handle(c->response, job->pages);  /* here at once: the thread is in the parent's process */
	}
	worker_leave(job->worker);
	return NULL;
}

static void start(const struct task *t)
{
	web_start(t, &server);
	for (unsigned i = 0; i < t->workers; i++)
		client_open(&client[i], t, &server);
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	_Atomic uint64_t next = 0;

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i, .next = &next, .pages = answer };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
}

static void stop(const struct task *t)
{
	for (unsigned i = 0; i < t->workers; i++)
		client_close(&client[i]);
	web_stop(&server);
}

const struct variant variant = {
	.idea = "threads that wait side by side", .start = start, .solve = solve, .stop = stop,
};
