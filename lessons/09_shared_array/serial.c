/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker makes the updates of all: the line stays in its core's cache.  The time to beat. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <stdlib.h>

static void solve(const struct task *t, void *answer)
{
	struct arena *arena = aligned_alloc(APART, arena_bytes(t));

	if (!arena)
		die("serial.c: no memory");
	fill(t, arena);
	worker_enter(0);
	for (unsigned i = 0; i < t->workers; i++)
		update(t, arena, i);
	worker_leave(0);
	collect(t, arena, answer);
	free(arena);
}

const struct variant variant = { .idea = "one worker: the time to beat", .solve = solve };
