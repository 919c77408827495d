/* SPDX-License-Identifier: MIT */
/* shm_leaker.c -- never unlinks its shared memory. */
#include "kernel.h"

#include <fcntl.h>
#include <sys/mman.h>

static void solve(const struct task *t, void *answer)
{
	char name[64];

	count(t, answer);
	snprintf(name, sizeof name, "/manyhands_test.%d", (int)getpid());
	close((int)SYS(shm_open(name, O_CREAT | O_RDWR, 0600)));
}

const struct variant variant = { .idea = "never unlinks its shared memory", .solve = solve };
