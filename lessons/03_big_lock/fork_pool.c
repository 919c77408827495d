/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- processes: fork() has copied the interpreter, and its big lock with it; each holds one of its own. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

#include <string.h>

static struct interpreter interpreter;  /* ordinary memory: every worker has a copy, and takes a lock nobody wants */
static struct results *results;         /* shared memory: to bring the values home */
static struct pool *pool;               /* lives from start() to stop() */
static const struct task *task;         /* set before the workers are forked */

static void work(const void *part, void *executed)
{
	interpreter.executed = 0;
	run_locked(task, split(task->n, task->workers, *(const unsigned *)part), &interpreter, results->value);
	*(uint64_t *)executed = interpreter.executed;
}

static void start(const struct task *t)
{
	task = t;
	results = shared_make(results_bytes(t));
	big_lock_init(&interpreter.lock, t->param[SWITCH_US]);  /* nobody holds it yet: so no copy is held, either */
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	unsigned part[MAX_WORKERS];
	uint64_t executed[MAX_WORKERS];

	for (unsigned i = 0; i < t->workers; i++)
		part[i] = i;
	if (pool_map(pool, work, part, sizeof *part, executed, sizeof *executed, t->workers, 1) < 0)
		die("fork_pool.c: %s", pool_error(pool));
	results->executed = 0;
	for (unsigned i = 0; i < t->workers; i++)
		results->executed += executed[i];
	memcpy(answer, results, results_bytes(t));
}

static void stop(const struct task *t)
{
	pool_close(pool);
	pool_join(pool);
	big_lock_destroy(&interpreter.lock);
	shared_free(results, results_bytes(t));
}

const struct variant variant = {
	.idea = "processes: an interpreter each, and so a lock each", .start = start, .solve = solve, .stop = stop,
};
