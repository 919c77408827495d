/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker: nobody else is there, so nothing must be locked.  The time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	struct result *results = answer;
	uint64_t turns = 0;

	worker_enter(0);
	for (uint64_t i = 0; i < t->n; i++) {
		work_alone(t);
		results[i] = work_locked(t, i, &turns);
	}
	worker_leave(0);
}

const struct variant variant = { .idea = "one worker, no lock: the time to beat", .solve = solve };
