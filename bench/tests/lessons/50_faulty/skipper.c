/* SPDX-License-Identifier: MIT */
/* skipper.c -- needs what no machine has. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	skip("this machine has no flux capacitor");
}

const struct variant variant = { .idea = "needs what no machine has", .solve = solve };
