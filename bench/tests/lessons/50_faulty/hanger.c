/* SPDX-License-Identifier: MIT */
/* hanger.c -- waits for ever, and so does its child. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	SYS(fork());
	for (;;)
		pause();
}

const struct variant variant = { .idea = "waits for ever, and so does its child", .solve = solve };
