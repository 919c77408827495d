/* SPDX-License-Identifier: MIT */
/* private.c -- WRONG ON PURPOSE: ordinary memory.  Each child updates its copy, and the parent sees nothing of it.
 *
 * It is fork.c, but for where the memory comes from.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <stdlib.h>
#include <unistd.h>

_Noreturn static void work(const struct task *t, unsigned i, struct arena *arena, pid_t parent)
{
	die_with(parent);
	worker_enter(i);
	update(t, arena, i);
	worker_leave(i);
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	struct arena *arena = aligned_alloc(APART, arena_bytes(t));  /* here is the mistake: see fork.c */
	const pid_t parent = getpid();

	if (!arena)
		die("private.c: no memory");
	fill(t, arena);
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, arena, parent);
	reap(t->workers);
	collect(t, arena, answer);
	free(arena);
}

const struct variant variant = { .idea = "processes: ordinary memory", .solve = solve, .expect = WRONG };
