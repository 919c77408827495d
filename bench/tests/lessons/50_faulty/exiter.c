/* SPDX-License-Identifier: MIT */
/* exiter.c -- leaves with exit code 3. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	exit(3);
}

const struct variant variant = { .idea = "leaves with exit code 3", .solve = solve };
