/* SPDX-License-Identifier: MIT */
/* zombie_leaker.c -- its child ends and is never reaped. */
#include "kernel.h"

#include <sys/wait.h>

static void solve(const struct task *t, void *answer)
{
	siginfo_t info;

	count(t, answer);
	pid_t child = (pid_t)SYS(fork());
	if (child == 0)
		_exit(0);
	SYS(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));  /* it has ended, and stays a zombie */
}

const struct variant variant = { .idea = "its child ends and is never reaped", .solve = solve };
