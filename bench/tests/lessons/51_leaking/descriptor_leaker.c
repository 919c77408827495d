/* SPDX-License-Identifier: MIT */
/* descriptor_leaker.c -- never closes its file. */
#include "kernel.h"

#include <fcntl.h>

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	SYS(open("/dev/null", O_RDONLY));
}

const struct variant variant = { .idea = "never closes its file", .solve = solve };
