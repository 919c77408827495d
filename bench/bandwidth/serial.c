/* SPDX-License-Identifier: MIT */
/* serial.c -- one copy, pinned: the base of the bandwidth. */
#include "bench/bandwidth/kernel.h"
#include "bench/worker.h"

static struct arrays arrays;    /* lives from start() to stop() */

static void start(const struct task *t)
{
	worker_enter(0);  /* bound before the first touch */
	arrays = arrays_make(t->n);
	worker_leave(0);
}

static void solve(const struct task *t, void *answer)
{
	(void)t;
	worker_enter(0);
	triad(&arrays);
	worker_leave(0);
	*(uint64_t *)answer = arrays.n;
}

static void stop(const struct task *t)
{
	if (arrays_check(&arrays) != t->n)
		die("the triad is wrong");
	free(arrays.a);
}

const struct variant variant = { .idea = "one copy of the loop", .start = start, .solve = solve, .stop = stop };
