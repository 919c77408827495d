/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- daemons: processes that consume as long as there is a queue, and do not outlive its owner. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/shared.h"

static struct queue *queue;     /* these three live from start() to stop(); */
static struct ledger *ledger;   /* the first two are shared memory, made before the workers are forked */
static struct pool *pool;
static const struct task *task; /* set before, too: each worker has its copy */

static void work(const void *worker, void *nothing)
{
	(void)nothing;
	consume(task, *(const unsigned *)worker, queue, ledger);
}

static void start(const struct task *t)
{
	task = t;
	queue = make_queue(t);
	ledger = shared_make(ledger_bytes(t));
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	unsigned worker[MAX_WORKERS];
	const void *nothing;
	uint64_t i;

	for (unsigned w = 0; w < t->workers; w++)
		worker[w] = w;
	memset(ledger, 0, ledger_bytes(t));
	int error = pool_imap_unordered(pool, work, worker, sizeof *worker, 0, t->workers, 1);
	if (!error)  /* meanwhile they consume */
		error = put_and_join(t, 0, queue, PATIENCE_MS, ledger);
	queue_close(queue);
	while (pool_next(pool, &i, &nothing) == 1)
		continue;
	if (error || *pool_error(pool))
		die("fork_pool.c: %s; %s", strerror(-error), pool_error(pool));
	queue_reopen(queue);
	memcpy(answer, ledger, ledger_bytes(t));
}

static void stop(const struct task *t)
{
	pool_close(pool);
	pool_join(pool);
	shared_free(ledger, ledger_bytes(t));
	queue_free(queue);
}

const struct variant variant = {
	.idea = "daemon processes, and a join() that knows if one dies", .start = start, .solve = solve, .stop = stop,
};
