/* SPDX-License-Identifier: MIT */
/* sysv_leaker.c -- never removes its System V segment. */
#include "kernel.h"

#include <sys/shm.h>

static void solve(const struct task *t, void *answer)
{
	count(t, answer);
	SYS(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
}

const struct variant variant = { .idea = "never removes its System V segment", .solve = solve };
