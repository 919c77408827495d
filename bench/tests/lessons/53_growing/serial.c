/* SPDX-License-Identifier: MIT */
/* serial.c -- adds every term. */
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	uint64_t sum = 0;

	worker_enter(0);
	for (uint64_t i = 0; i < t->n; i++) {
		sum += i;
		KEEP(sum);
	}
	*(uint64_t *)answer = sum;
	worker_leave(0);
}

const struct variant variant = { .idea = "adds every term", .solve = solve };
