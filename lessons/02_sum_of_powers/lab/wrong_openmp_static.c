/* SPDX-License-Identifier: MIT */
/* wrong_openmp_static.c -- rung 8, "slower than the model": schedule(static): equal ranges, and unequal work. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t count = 0;

	#pragma omp parallel num_threads(t->workers) reduction(+ : count)
	{
		unsigned i = (unsigned)omp_get_thread_num();

		worker_enter(i);
		#pragma omp for schedule(static) nowait
		for (uint64_t k = 0; k < t->n; k++)
			count += is_prime(k);
		worker_leave(i);
	}
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "wrong: equal ranges", .solve = solve };
