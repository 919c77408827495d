/* SPDX-License-Identifier: MIT */
/* kernel.h -- a loop in registers: it touches no memory, so nothing but the cores themselves is shared. */
#include "bench/keep.h"
#include "bench/lesson.h"

static inline uint64_t spin(uint64_t steps)
{
	uint64_t x = 1, done = 0;

	for (; done < steps; done++) {
		/* a chain: no step can begin before the last ended */
		x = x * 6364136223846793005u + 1442695040888963407u;
		KEEP(x);
	}
	return done;
}
