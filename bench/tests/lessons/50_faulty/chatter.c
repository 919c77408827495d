/* SPDX-License-Identifier: MIT */
/* chatter.c -- prints 10 MB on standard output. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	for (int i = 0; i < 10000; i++)
		printf("%0999d\n", i);
}

const struct variant variant = { .idea = "prints 10 MB on standard output", .solve = solve };
