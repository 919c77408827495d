/* SPDX-License-Identifier: MIT */
/* kernel.h -- naps: work that needs no CPU, so that workers may be more than the PUs. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "lessons/lib/split.h"

#include <pthread.h>
#include <unistd.h>

enum { NAP_US };  /* place in task.param */

/* The naps [begin, end), one after the other; how many were taken. */
static inline uint64_t nap(const struct task *t, struct range r)
{
	uint64_t naps = 0;

	for (uint64_t i = r.begin; i < r.end; i++) {
		usleep((useconds_t)t->param[NAP_US]);
		naps++;
	}
	return naps;
}
