/* SPDX-License-Identifier: MIT */
/* wrong_openmp_no_barrier.c -- rung 3 or 4, "expected": adds up totals that others are still working out. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t *out = answer, total[MAX_WORKERS];     /* of each block */

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();
		struct range block = split(t->n, team, i);
		uint64_t sum = 0, before = 0;

		worker_enter(i);
		for (uint64_t k = block.begin; k < block.end; k++)
			out[k] = sum += value_of(t, k);
		total[i] = sum;
		for (unsigned j = 0; j < i; j++)
			before += total[j];
		for (uint64_t k = block.begin; k < block.end; k++)
			out[k] += before;
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: nobody waits", .solve = solve };
