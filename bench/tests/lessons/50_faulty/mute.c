/* SPDX-License-Identifier: MIT */
/* mute.c -- its report goes nowhere. */
#include "kernel.h"

#include <fcntl.h>

static void solve(const struct task *t, void *answer)
{
	int nowhere = (int)SYS(open("/dev/null", O_WRONLY));

	count(t, answer);
	SYS(dup2(nowhere, 3));
	SYS(close(nowhere));
}

const struct variant variant = { .idea = "its report goes nowhere", .solve = solve };
