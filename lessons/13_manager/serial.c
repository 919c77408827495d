/* SPDX-License-Identifier: MIT */
/* serial.c -- one client: every call is a message to the server, and back.  The time to beat. */
#include "kernel.h"

#include "bench/worker.h"

static struct manager *manager;         /* these live from start() to stop() */
static struct client *client;
static struct objects objects;

static void start(const struct task *t)
{
	manager = manager_start();
	if (!manager)
		die("serial.c: the manager's server could not be started");
	client = connect_client(t, manager);
	make_objects(client, &objects);
}

static void solve(const struct task *t, void *answer)
{
	clear_objects(t, client, &objects);
	worker_enter(0);
	work(t, client, &objects, 1, 0);
	worker_leave(0);
	read_objects(t, client, &objects, answer);
}

static void stop(const struct task *t)
{
	(void)t;
	manager_disconnect(client);
	MANAGER(manager_shutdown(manager));
}

const struct variant variant = {
	.idea = "one client and one server: the time to beat", .start = start, .solve = solve, .stop = stop,
};
