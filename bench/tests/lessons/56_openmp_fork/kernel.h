/* SPDX-License-Identifier: MIT */
/* kernel.h -- what a task adds to the answer; and a parallel region that leaves threads behind. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"

static inline uint64_t one_each(uint64_t n)
{
	return n;
}
