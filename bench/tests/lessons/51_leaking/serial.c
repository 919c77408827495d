/* SPDX-License-Identifier: MIT */
/* serial.c -- counts, and leaves nothing. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
}

const struct variant variant = { .idea = "counts, and leaves nothing", .solve = solve };
