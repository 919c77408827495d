/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker takes each part through all three stages: no queue, and the time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	clear_line(t, answer);
	worker_enter(0);
	for (uint64_t k = 0; k < t->n; k++) {
		struct part part = cut(t, answer, k);

		shape(&part);
		pack(t, answer, part);
	}
	worker_leave(0);
}

const struct variant variant = { .idea = "one worker: the time to beat", .solve = solve };
