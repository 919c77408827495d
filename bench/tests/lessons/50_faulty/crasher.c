/* SPDX-License-Identifier: MIT */
/* crasher.c -- is killed by a segmentation fault. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	raise(SIGSEGV);  /* a null pointer would do, if optimisers did not see through it */
}

const struct variant variant = { .idea = "is killed by a segmentation fault", .solve = solve };
