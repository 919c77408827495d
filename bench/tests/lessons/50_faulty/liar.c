/* SPDX-License-Identifier: MIT */
/* liar.c -- wrong: one too many. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	++*(uint64_t *)answer;
}

const struct variant variant = { .idea = "wrong: one too many", .solve = solve };
