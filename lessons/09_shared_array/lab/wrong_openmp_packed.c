/* SPDX-License-Identifier: MIT */
/* wrong_openmp_packed.c -- rung 8, "slower than the model": sums in total[i] itself: one cache line for all. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>
#include <stdatomic.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t *out = answer;
	_Atomic uint64_t total[MAX_WORKERS] = { 0 };    /* of each block; atomic, as all read it */

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();
		struct range block = split(t->n, team, i);
		uint64_t before = 0;

		worker_enter(i);
		for (uint64_t k = block.begin; k < block.end; k++) {
			uint64_t value = value_of(t, k);

			out[k] = atomic_fetch_add(&total[i], value) + value;
		}
		#pragma omp barrier
		for (unsigned j = 0; j < i; j++)
			before += total[j];
		for (uint64_t k = block.begin; k < block.end; k++)
			out[k] += before;
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: totals that share a cache line", .solve = solve };
