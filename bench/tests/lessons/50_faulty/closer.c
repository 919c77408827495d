/* SPDX-License-Identifier: MIT */
/* closer.c -- closes standard output and error: its own business. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
}

const struct variant variant = { .idea = "closes standard output and error: its own business", .solve = solve };
