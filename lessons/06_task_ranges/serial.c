/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker does the tasks in order: nothing to deal out, the time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	struct result *results = answer;

	worker_enter(0);
	for (uint64_t i = 0; i < tasks_of(t); i++)
		results[i] = do_task(t, i, 0, 0);
	worker_leave(0);
}

const struct variant variant = { .idea = "one task after the other: the time to beat", .solve = solve };
