/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- clients that are processes: a proxy is a number, and goes to a pool task as any other number does. */
#include "kernel.h"

#include "lessons/lib/pool.h"

static struct manager *manager;         /* these live from start() to stop() */
static struct pool *pool;
static struct client *client;           /* main's; in a worker, the worker's own */
static const struct task *task;         /* set before the workers are forked: each has its copy */

/* What a task is given. */
struct item {
	struct objects objects;         /* made after the workers were forked: they learn of them here */
	unsigned worker;
};

static void run(const void *item, void *nothing)
{
	const struct item *mine = item;

	(void)nothing;
	work(task, client, &mine->objects, task->workers, mine->worker);
}

static void connect_worker(unsigned worker, void *arg)
{
	(void)worker;
	client = connect_client(task, arg);
}

static void start(const struct task *t)
{
	task = t;
	manager = manager_start();
	if (!manager)
		die("fork_pool.c: the manager's server could not be started");
	pool = pool_start(&fork_pool, t->workers, connect_worker, manager);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
	client = connect_client(t, manager);
}

static void solve(const struct task *t, void *answer)
{
	struct item item[MAX_WORKERS];
	struct objects objects;

	make_objects(client, &objects);
	clear_objects(t, client, &objects);
	for (unsigned i = 0; i < t->workers; i++)
		item[i] = (struct item){ objects, i };
	if (pool_map(pool, run, item, sizeof *item, NULL, 0, t->workers, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	read_objects(t, client, &objects, answer);
	delete_objects(client, &objects);
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	pool_join(pool);
	manager_disconnect(client);
	MANAGER(manager_shutdown(manager));
}

const struct variant variant = {
	.idea = "clients that are processes; tasks are given proxies", .start = start, .solve = solve, .stop = stop,
};
