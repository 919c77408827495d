/* SPDX-License-Identifier: MIT */
/* fork.c -- processes share what was shared on purpose, before the fork: what Python's Value and Array are made of. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

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
	struct arena *arena = shared_make(arena_bytes(t));
	const pid_t parent = getpid();

	fill(t, arena);
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, arena, parent);
	reap(t->workers);
	collect(t, arena, answer);
	shared_free(arena, arena_bytes(t));
}

const struct variant variant = { .idea = "processes: memory shared on purpose", .solve = solve };
