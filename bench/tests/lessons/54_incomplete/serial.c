/* SPDX-License-Identifier: MIT */
/* serial.c -- counts, and is right. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
}

const struct variant variant = { .idea = "counts, and is right", .solve = solve };
