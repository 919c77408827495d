/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker, a plain loop: nothing to share out, the time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	const uint64_t *items = t->input;
	uint64_t *results = answer;

	worker_enter(0);
	for (uint64_t i = 0; i < t->n; i++)
		square(&items[i], &results[i]);
	worker_leave(0);
}

const struct variant variant = { .idea = "a plain loop: the time to beat", .solve = solve };
