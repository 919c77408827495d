/* SPDX-License-Identifier: MIT */
/* wrong_openmp_twice.c -- rung 8, "slower than the model": works out every value twice. */
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
			sum += value_of(t, k);
		total[i] = sum;
		#pragma omp barrier
		for (unsigned j = 0; j < i; j++)
			before += total[j];
		for (uint64_t k = block.begin; k < block.end; k++)
			out[k] = before += value_of(t, k);
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: all values twice", .solve = solve };
