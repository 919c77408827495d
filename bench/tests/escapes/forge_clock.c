/* SPDX-License-Identifier: MIT */
/* forge_clock.c -- rung 8, "seen from outside, a run took": right answers by one thread, and rows that tell of many,
 * and of a microsecond.
 */
#include "escape.h"

static void forge(const struct task *t)
{
	const unsigned long runs = asked("--runs", 0);
	uint64_t count = 0;

	for (unsigned long i = 0; i <= runs; i++, count = i <= runs ? 0 : count)
		for (uint64_t k = 0; k < t->n; k++)
			count += is_prime(k);
	forge_all(count, 1000);
}

ESCAPE(forge(t));
