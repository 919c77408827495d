/* SPDX-License-Identifier: MIT */
/* fork_pool.c -- apply_async with a callback: workers fetch, the page travels home, the callback runs in the parent. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

static struct http_server server;       /* live from start() to stop() */
static struct pool *pool;
static struct client client;            /* in a worker: its own */

static void connect_worker(unsigned worker, void *task)
{
	(void)worker;
	client_open(&client, task, &server);  /* not before the fork: two processes on one connection mix their pages */
}

static void fetch_page(const void *number, void *response)
{
	fetch(&client, *(const uint64_t *)number, response);
}

static void start(const struct task *t)
{
	web_start(t, &server);
	pool = pool_start(&fork_pool, t->workers, connect_worker, (void *)(uintptr_t)t);
	if (!pool)
		die("fork_pool.c: %u workers could not be started", t->workers);
}

static void solve(const struct task *t, void *answer)
{
	const void *response;
	uint64_t i;
	int more;

	more = pool_imap_unordered(pool, fetch_page, t->input, sizeof(uint64_t), response_bytes(t), t->n, 1);
	while (more >= 0 && (more = pool_next(pool, &i, &response)) > 0)
		handle(response, answer);  /* as soon as it is there, whoever fetched it */
	if (more < 0)
		die("fork_pool.c: %s", pool_error(pool));
}

static void stop(const struct task *t)
{
	(void)t;
	pool_close(pool);
	pool_join(pool);
	web_stop(&server);
}

const struct variant variant = {
	.idea = "processes fetch, the callback runs in the parent", .start = start, .solve = solve, .stop = stop,
};
