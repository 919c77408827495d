/* SPDX-License-Identifier: MIT */
/* serial.c -- one worker, nothing to share: the time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static void solve(const struct task *t, void *answer)
{
	worker_enter(0);
	*(uint64_t *)answer = count_primes((struct range){ 0, t->n });
	worker_leave(0);
}

const struct variant variant = { .idea = "one worker: the time to beat", .solve = solve };
