/* SPDX-License-Identifier: MIT */
/* serial.c -- nobody to ask. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	worker_enter(0);
	*(uint64_t *)answer = one_each(t->n);
	worker_leave(0);
}

const struct variant variant = { .idea = "nobody to ask", .solve = solve };
