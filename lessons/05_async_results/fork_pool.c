/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes behind the same futures: a task is sent to one that is idle, and its result is sent back. */
#include "caller.h"

static struct executor *executor;  /* global: all that start(), solve() and stop() have in common is the task */

static void start(const struct task *t)
{
	SYS(sem_init(&completions.called, 0, 0));
	executor = executor_start(&fork_pool, t->workers, NULL, NULL);
	if (!executor)
		die("fork_pool.c: no executor of %u processes: %s", t->workers, strerror(errno));
}

static void solve(const struct task *t, void *answer)
{
	submit_and_collect(executor, t, answer);
}

static void stop(const struct task *t)
{
	(void)t;
	if (executor_shutdown(executor, true) < 0)
		die("fork_pool.c: a worker was lost");
	SYS(sem_destroy(&completions.called));
}

const struct variant variant = {
	.idea = "processes: the same futures, filled from afar", .start = start, .solve = solve, .stop = stop,
};
