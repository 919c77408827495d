/* SPDX-License-Identifier: MIT */
/* openmp.c -- the pragma makes the workers, gives each a private sum, and adds the sums up. */
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t sum = 0;

	#pragma omp parallel num_threads(t->workers) reduction(+ : sum)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();
		worker_enter(i);
		sum = work_on(split(t->n, team, i));
		worker_leave(i);
	}
	*(uint64_t *)answer = sum;
}

const struct variant variant = { .idea = "the pragma: private sums, added up at the end", .solve = solve };
