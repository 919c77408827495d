/* SPDX-License-Identifier: MIT */
/* pthreads.c -- clients that are threads: a connection each, or their questions and answers would mix. */
#include "kernel.h"

#include "bench/worker.h"

#include <pthread.h>

static struct manager *manager;         /* these live from start() to stop() */
static struct client *client;           /* main's */
static struct objects objects;

struct job {
	const struct task *task;
	unsigned worker;
};

static void *run(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->worker);
	struct client *mine = connect_client(job->task, manager);
	work(job->task, mine, &objects, job->task->workers, job->worker);
	manager_disconnect(mine);
	worker_leave(job->worker);
	return NULL;
}

static void start(const struct task *t)
{
	manager = manager_start();  /* a fork: so before there is any thread */
	if (!manager)
		die("pthreads.c: the manager's server could not be started");
	client = connect_client(t, manager);
	make_objects(client, &objects);
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	clear_objects(t, client, &objects);
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .task = t, .worker = i };
		OK(pthread_create(&thread[i], NULL, run, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	read_objects(t, client, &objects, answer);
}

static void stop(const struct task *t)
{
	(void)t;
	manager_disconnect(client);
	MANAGER(manager_shutdown(manager));
}

const struct variant variant = {
	.idea = "clients that are threads, a connection each", .start = start, .solve = solve, .stop = stop,
};
