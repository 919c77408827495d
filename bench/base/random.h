/* SPDX-License-Identifier: MIT */
/* random.h -- numbers that a seed fixes, for shuffling: splitmix64 (Steele, Lea & Flood, OOPSLA 2014). */
#ifndef BENCH_BASE_RANDOM_H
#define BENCH_BASE_RANDOM_H

#include <stdint.h>

static inline uint64_t random_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

/* Uniform in [0, n), n > 0: draws that would favour small numbers are drawn again. */
static inline uint64_t random_below(uint64_t *state, uint64_t n)
{
	uint64_t draw, most = UINT64_MAX - UINT64_MAX % n;

	do
		draw = random_next(state);
	while (draw >= most);
	return draw % n;
}

/* Fisher-Yates. */
static inline void random_shuffle(uint64_t *state, unsigned *items, unsigned count)
{
	for (unsigned i = count; i > 1; i--) {
		unsigned j = (unsigned)random_below(state, i), item = items[i - 1];
		items[i - 1] = items[j];
		items[j] = item;
	}
}

#endif
