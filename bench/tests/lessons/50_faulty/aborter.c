/* SPDX-License-Identifier: MIT */
/* aborter.c -- aborts, with a last word. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	fputs("nothing left to count on\n", stderr);
	abort();
}

const struct variant variant = { .idea = "aborts, with a last word", .solve = solve };
