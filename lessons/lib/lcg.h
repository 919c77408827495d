/* SPDX-License-Identifier: MIT */
/* lcg.h -- work that cannot be shortened, and a way to check it that does not repeat it.
 *
 * A step is one step of Knuth's linear congruential generator, x * FACTOR + ADD modulo 2^64 (The Art of Computer
 * Programming, volume 2, section 3.3.4).  Each waits for the one before, so a step takes about as long on any recent
 * core: four cycles, or a bit more than a nanosecond.
 */
#ifndef LIB_LCG_H
#define LIB_LCG_H

#include "bench/keep.h"

#include <stdint.h>

#define LCG_FACTOR UINT64_C(6364136223846793005)
#define LCG_ADD    UINT64_C(1442695040888963407)

/* x after so many steps, made one by one: a kernel's work. */
static inline uint64_t lcg_run(uint64_t x, uint64_t steps)
{
	for (; steps > 0; steps--) {
		x = x * LCG_FACTOR + LCG_ADD;
		KEEP(x);  /* or a compiler might take two at once */
	}
	return x;
}

/* The same by leaps of 1, 2, 4 ... steps, as two steps are one step with another factor (F. Brown, Random number
 * generation with arbitrary strides, 1994): for verify. */
static inline uint64_t lcg_leap(uint64_t x, uint64_t steps)
{
	uint64_t factor = LCG_FACTOR, add = LCG_ADD;

	for (; steps > 0; steps /= 2) {
		if (steps % 2 == 1)
			x = x * factor + add;
		add *= factor + 1;
		factor *= factor;
	}
	return x;
}

#endif
