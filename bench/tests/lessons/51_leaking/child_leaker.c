/* SPDX-License-Identifier: MIT */
/* child_leaker.c -- its grandchild leaves the group and outlives it. */
#include "kernel.h"

#include <sys/wait.h>

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	if (SYS(fork()) == 0) {
		if (SYS(fork()) == 0) {
			setsid();
			sleep(60);
		}
		_exit(0);
	}
	SYS(wait(NULL));  /* the child: the trial itself sees nothing amiss */
}

const struct variant variant = { .idea = "its grandchild leaves the group and outlives it", .solve = solve };
