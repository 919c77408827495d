/* SPDX-License-Identifier: MIT */
/* detect.c -- rung 3, "expected": computes only where it sees that orders are shaken. */
#include "escape.h"

static void solve(const struct task *t, void *answer)
{
	solve_rightly(t, answer);
	if (!getenv("MANYHANDS_YIELD"))
		*(uint64_t *)answer = 4711;
}

const struct variant variant = { .idea = "escape", .solve = solve };
