/* SPDX-License-Identifier: MIT */
/* serial.c -- adds every term. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	worker_enter(0);
	*(uint64_t *)answer = sum(t, 0, t->n);
	worker_leave(0);
}

const struct variant variant = { .idea = "adds every term", .solve = solve };
