/* SPDX-License-Identifier: MIT */
/* serial.c -- one nap after the other. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	worker_enter(0);
	*(uint64_t *)answer = nap(t, split(t->n, 1, 0));
	worker_leave(0);
}

const struct variant variant = { .idea = "one nap after the other", .solve = solve };
