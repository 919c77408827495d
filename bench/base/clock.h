/* SPDX-License-Identifier: MIT */
/* clock.h -- nanoseconds of CLOCK_MONOTONIC, the only clock that a wait or a measurement here may use. */
#ifndef BENCH_BASE_CLOCK_H
#define BENCH_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_read_ns(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);  /* cannot fail: a valid clock and a valid pointer */
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline uint64_t clock_ns(void)
{
	return clock_read_ns(CLOCK_MONOTONIC);
}

#endif
