/* SPDX-License-Identifier: MIT */
/* kernel.h -- the least work that can be wrong: count to n. */
#include "bench/check.h"
#include "bench/keep.h"
#include "bench/lesson.h"
#include "bench/worker.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static inline void count(const struct task *t, void *answer)
{
	uint64_t counted = 0;

	worker_enter(0);
	for (; counted < t->n; counted++)
		KEEP(counted);
	*(uint64_t *)answer = counted;
	worker_leave(0);
}
