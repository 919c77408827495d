/* SPDX-License-Identifier: MIT */
/* wrong_openmp_chunks.c -- rung 3, "expected": many small chunks for each thread, and one total for all of them. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t *out = answer, total[MAX_WORKERS];     /* of each block */

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num();
		uint64_t sum = 0, before = 0;

		worker_enter(i);
		#pragma omp for schedule(static, 2)
		for (uint64_t k = 0; k < t->n; k++)
			out[k] = sum += value_of(t, k);
		total[i] = sum;
		#pragma omp barrier
		for (unsigned j = 0; j < i; j++)
			before += total[j];
		#pragma omp for schedule(static, 2)
		for (uint64_t k = 0; k < t->n; k++)
			out[k] += before;
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: a thread's elements do not lie together", .solve = solve };
