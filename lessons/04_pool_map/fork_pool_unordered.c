/* SPDX-License-Identifier: MIT */
/* fork_pool_unordered.c -- imap_unordered: the caller gets each result as soon as it is there, with the number of its
 * item, and need not wait for the slowest.  The price: it is woken for them, and takes them one by one. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

#include <errno.h>
#include <string.h>

static struct pool *pool;  /* global: all that start(), solve() and stop() have in common is the task */

static void start(const struct task *t)
{
	pool = pool_start(&fork_pool, t->workers, NULL, NULL);
	if (!pool)
		die("fork_pool_unordered.c: no pool of %u workers: %s", t->workers, strerror(errno));
}

static void solve(const struct task *t, void *answer)
{
	uint64_t *results = answer, i;
	const void *result;
	int more;

	more = pool_imap_unordered(pool, square, t->input, sizeof(uint64_t), sizeof(uint64_t), t->n, t->param[CHUNK]);
	while (more >= 0 && (more = pool_next(pool, &i, &result)) > 0)
		results[i] = *(const uint64_t *)result;  /* comes in any order, goes to its place */
	if (more < 0)
		die("fork_pool_unordered.c: %s", pool_error(pool));
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	if (pool_join(pool) < 0)
		die("fork_pool_unordered.c: a worker was lost");
}

const struct variant variant = {
	.idea = "results as they come, not as they were asked for", .start = start, .solve = solve, .stop = stop,
};
