/* SPDX-License-Identifier: MIT */
/* serial.c -- fork, end, wait. */
#include "bench/check.h"
#include "bench/lesson.h"

#include <sys/wait.h>
#include <unistd.h>

static void solve(const struct task *t, void *answer)
{
	pid_t child = (pid_t)SYS(fork());

	(void)t;
	if (child == 0)
		_exit(0);
	SYS(waitpid(child, answer, 0));
}

const struct variant variant = { .idea = "fork, end, wait", .solve = solve };
