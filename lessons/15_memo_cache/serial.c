/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker: what was computed before is read, nobody else can be in the middle of it. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static struct cache cache;  /* lives from start() to stop() */

static void start(const struct task *t)
{
	cache_make(t, &cache);
}

static void solve(const struct task *t, void *answer)
{
	cache.solves++;
	worker_enter(0);
	ask_all(t, &cache, 0, 1, answer);
	worker_leave(0);
}

static void stop(const struct task *t)
{
	(void)t;
	cache_remove(&cache);
}

const struct variant variant = {
	.idea = "one worker: computed, then read", .start = start, .solve = solve, .stop = stop,
};
