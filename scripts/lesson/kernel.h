/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work, over a half-open range: the sum of its numbers.  (Put your own in its place.) */
#include "bench/keep.h"
#include "bench/lesson.h"
#include "lessons/lib/split.h"

static inline uint64_t work_on(struct range range)
{
	uint64_t sum = 0;

	for (uint64_t i = range.begin; i < range.end; i++) {
		sum += i;
		KEEP(sum);  /* or a compiler finds the closed form, and nothing is left to measure */
	}
	return sum;
}
