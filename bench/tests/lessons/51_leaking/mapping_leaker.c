/* SPDX-License-Identifier: MIT */
/* mapping_leaker.c -- never gives its shared memory back. */
#include "kernel.h"

#include <sys/mman.h>

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
		die("mmap: no shared memory");
}

const struct variant variant = { .idea = "never gives its shared memory back", .solve = solve };
