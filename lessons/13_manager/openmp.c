/* SPDX-License-Identifier: MIT */
/* openmp.c -- clients that are a team: the server is forked in start(), before the first region, and never after. */
#include "kernel.h"

#include "bench/worker.h"

#include <omp.h>

static struct manager *manager;         /* these live from start() to stop() */
static struct client *client;           /* main's */
static struct objects objects;

static void start(const struct task *t)
{
	manager = manager_start();  /* a fork() after a region would copy the runtime's locks, but not its threads */
	if (!manager)
		die("openmp.c: the manager's server could not be started");
	client = connect_client(t, manager);
	make_objects(client, &objects);
}

static void solve(const struct task *t, void *answer)
{
	clear_objects(t, client, &objects);
	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();

		worker_enter(i);
		struct client *mine = connect_client(t, manager);
		work(t, mine, &objects, team, i);
		manager_disconnect(mine);
		worker_leave(i);
	}
	read_objects(t, client, &objects, answer);
}

static void stop(const struct task *t)
{
	(void)t;
	manager_disconnect(client);
	MANAGER(manager_shutdown(manager));
}

const struct variant variant = {
	.idea = "clients that are the threads of a team", .start = start, .solve = solve, .stop = stop,
};
