/* SPDX-License-Identifier: MIT */
/* quitter.c -- leaves in time, but says nothing. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	exit(0);
}

const struct variant variant = { .idea = "leaves in time, but says nothing", .solve = solve };
