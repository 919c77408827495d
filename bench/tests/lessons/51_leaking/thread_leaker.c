/* SPDX-License-Identifier: MIT */
/* thread_leaker.c -- never joins its thread. */
#include "kernel.h"

#include <pthread.h>

static void *dream(void *arg)
{
	pause();
	return arg;
}

static void solve(const struct task *t, void *answer)
{
	pthread_t thread;

	count(t, answer);
	OK(pthread_create(&thread, NULL, dream, NULL));
}

const struct variant variant = { .idea = "never joins its thread", .solve = solve };
