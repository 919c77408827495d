/* SPDX-License-Identifier: MIT */
/* wrong_openmp_race.c -- rung 4, "not every time": all threads count in one place, without a reduction. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t count = 0;

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num();

		worker_enter(i);
		#pragma omp for schedule(dynamic, 64) nowait
		for (uint64_t k = 0; k < t->n; k++)
			if (is_prime(k))
				count_one(&count);
		worker_leave(i);
	}
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "wrong: no reduction", .solve = solve };
