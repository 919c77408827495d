/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes in two roles: the same queue, since it lies in memory that was shared before the fork. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

static struct queue *queue;     /* these three live from start() to stop(); */
static struct inbox *inbox;     /* the first two are shared memory, made before the workers are forked */
static struct pool *pool;
static const struct task *task; /* set before, too: each worker has its copy */

/* Roles 0..workers-1 are the consumers.  There is a process for every role: all of them can wait at the same time. */
static void play(const void *role, void *nothing)
{
	const unsigned i = *(const unsigned *)role;

	(void)nothing;
	if (i < task->workers)
		consume(task, i, queue, inbox);
	else
		produce(task, i - task->workers, queue, inbox);
}

static void start(const struct task *t)
{
	const unsigned roles = t->workers + (unsigned)t->param[PRODUCERS];

	if (roles > MAX_WORKERS)
		skip("%u consumers and producers are more than a pool may have (%d)", roles, MAX_WORKERS);
	task = t;
	queue = make_queue(t);
	inbox = shared_make(inbox_bytes(t));
	pool = pool_start(&fork_pool, roles, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", roles);
}

static void solve(const struct task *t, void *answer)
{
	const unsigned roles = t->workers + (unsigned)t->param[PRODUCERS];
	unsigned role[MAX_WORKERS];

	for (unsigned i = 0; i < roles; i++)
		role[i] = i;
	clear_inbox(t, inbox, t->workers);
	/* If one of them dies, the pool ends the others: or they might wait for ever for what it did not put. */
	if (pool_map(pool, play, role, sizeof *role, NULL, 0, roles, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	memcpy(answer, inbox, inbox_bytes(t));
}

static void stop(const struct task *t)
{
	pool_close(pool);
	pool_join(pool);
	shared_free(inbox, inbox_bytes(t));
	queue_free(queue);
}

const struct variant variant = {
	.idea = "processes that put and processes that get", .start = start, .solve = solve, .stop = stop,
};
