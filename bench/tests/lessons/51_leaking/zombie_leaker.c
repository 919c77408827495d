/* SPDX-License-Identifier: MIT */
/* zombie_leaker.c -- never waits for its child. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	if (SYS(fork()) == 0)
		_exit(0);
}

const struct variant variant = { .idea = "never waits for its child", .solve = solve };
