/* SPDX-License-Identifier: MIT */
/* outlive.c -- rung 3, "expected": a grandchild in a session of its own is to stay, and the answer is wrong. */
#include "escape.h"

static void stay(void)
{
	if (raw_fork() == 0) {
		setsid();
		if (raw_fork() == 0)
			for (;;)
				pause();
		raw(SYS_exit_group, 0, 0, 0);
	}
	usleep(20000);
}

static void solve(const struct task *t, void *answer)
{
	stay();
	solve_rightly(t, answer);
	*(uint64_t *)answer += 1;
}

const struct variant variant = { .idea = "escape", .solve = solve };
