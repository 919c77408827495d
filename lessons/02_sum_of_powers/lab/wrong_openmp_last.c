/* SPDX-License-Identifier: MIT */
/* wrong_openmp_last.c -- rung 5, "two threads": each thread notes the last prime that it saw in one common place. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t count = 0, last = 0;

	#pragma omp parallel num_threads(t->workers) reduction(+ : count)
	{
		unsigned i = (unsigned)omp_get_thread_num();

		worker_enter(i);
		#pragma omp for schedule(dynamic, 64) nowait
		for (uint64_t k = 0; k < t->n; k++)
			if (is_prime(k)) {
				count++;
				last = k;
			}
		worker_leave(i);
	}
	*(uint64_t *)answer = last < t->n ? count : 0;
}

const struct variant variant = { .idea = "wrong: a place that all write to", .solve = solve };
