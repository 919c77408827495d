/* SPDX-License-Identifier: MIT */
/* yields.c -- stops that a seed fixes, at the points where orders can differ.  See yield.h. */
#include "bench/trial/yields.h"

#include "bench/base/random.h"
#include "bench/base/text.h"
#include "bench/check.h"
#include "bench/yield.h"

#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

/* A sleep lets every other worker come first, but costs 0.1 ms; so a worker has a number of them, and often just gives
 * its core away. */
enum { MOST_SLEEPS = 40, LONGEST_US = 200, MOST_YIELDS = 4000 };

bool yield_armed;       /* global because it is asked deep in a lesson, which has nothing to pass */
static uint64_t seed;
static _Thread_local struct { uint64_t state; unsigned sleeps, yields, worker; bool known; } me;  /* worker: plus one */

void yields_arm(void)
{
	const char *text = getenv("MANYHANDS_YIELD");

	if (!text)
		return;
	if (text_u64(text, 0, UINT64_MAX, &seed) < 0)
		die("MANYHANDS_YIELD: '%s' is not a whole number", text);
	unsetenv("MANYHANDS_YIELD");
	yield_armed = true;
}

void yields_worker(unsigned i)
{
	if (!yield_armed || me.worker == i + 1)
		return;
	me.worker = i + 1;
	me.state = seed + (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
	me.known = true;
	random_next(&me.state);
	yield_here();   /* whoever was made first need not be first */
}

void yield_here(void)
{
	if (!me.known) {        /* main, or a thread that has not entered yet */
		me.state = seed;
		me.known = true;
	}
	uint64_t draw = random_next(&me.state);
	if (draw % 8 == 0 && me.sleeps < MOST_SLEEPS) {
		me.sleeps++;
		usleep((useconds_t)(draw >> 32) % LONGEST_US);
	} else if (draw % 2 == 0 && me.yields < MOST_YIELDS) {
		me.yields++;
		sched_yield();
	}
}
