/* SPDX-License-Identifier: MIT */
/* stray.c -- its child goes on where only the parent may. */
#include "kernel.h"

#include <sys/wait.h>

static void solve(const struct task *t, void *answer)
{
	pid_t child = fork();

	count(t, answer);
	if (child > 0)
		waitpid(child, NULL, 0);
}

const struct variant variant = { .idea = "its child goes on where only the parent may", .solve = solve };
