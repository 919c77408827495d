/* SPDX-License-Identifier: MIT */
/* serial.c -- nobody is started: n plain calls, one after the other.  The time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	struct reports *a = answer;

	counter = 0;
	worker_enter(0);
	for (uint64_t k = 0; k < t->n; k++)
		be_worker(t->param, k, &a->report[k]);
	worker_leave(0);
	a->counter = counter;
}

const struct variant variant = { .idea = "plain calls: the time to beat", .solve = solve };
