/* SPDX-License-Identifier: MIT */
/* serial.c -- one copy, pinned: the base of the ceiling. */
#include "bench/capacity/kernel.h"
#include "bench/worker.h"

static void solve(const struct task *t, void *answer)
{
	worker_enter(0);
	*(uint64_t *)answer = spin(t->n);
	worker_leave(0);
}

const struct variant variant = { .idea = "one copy of the loop", .solve = solve };
