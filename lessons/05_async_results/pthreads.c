/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads behind futures: they take the next task from one queue, and leave the result in its future. */
#include "caller.h"

static struct executor *executor;  /* global: all that start(), solve() and stop() have in common is the task */

static void start(const struct task *t)
{
	SYS(sem_init(&completions.called, 0, 0));
	executor = executor_start(&thread_pool, t->workers, NULL, NULL);
	if (!executor)
		die("pthreads.c: no executor of %u threads: %s", t->workers, strerror(errno));
}

static void solve(const struct task *t, void *answer)
{
	submit_and_collect(executor, t, answer);
}

static void stop(const struct task *t)
{
	(void)t;
	if (executor_shutdown(executor, true) < 0)
		die("pthreads.c: a worker was lost");
	SYS(sem_destroy(&completions.called));
}

const struct variant variant = {
	.idea = "threads: a queue of tasks, a future for each", .start = start, .solve = solve, .stop = stop,
};
