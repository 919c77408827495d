/* SPDX-License-Identifier: MIT */
/* garbage.c -- writes on descriptor 3 what is no JSON and no UTF-8. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	static const char rubbish[] = "\xff\x1b[31m{]\n";

	count(t, answer);
	SYS(write(3, rubbish, sizeof rubbish - 1));
}

const struct variant variant = { .idea = "writes on descriptor 3 what is no JSON and no UTF-8", .solve = solve };
