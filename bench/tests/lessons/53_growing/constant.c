/* SPDX-License-Identifier: MIT */
/* constant.c -- right, but no work: the formula that an optimiser finds where KEEP is missing. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	worker_enter(0);
	*(uint64_t *)answer = t->n ? t->n * (t->n - 1) / 2 : 0;
	worker_leave(0);
}

const struct variant variant = { .idea = "right, but no work", .solve = solve };
