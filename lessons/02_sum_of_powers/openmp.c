/* SPDX-License-Identifier: MIT */
/* openmp.c -- the pragma makes the workers, gives each a private sum, and adds the sums up. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

#pragma omp declare reduction(add : uint128 : omp_out += omp_in) initializer(omp_priv = 0)

static void solve(const struct task *t, void *answer)
{
	uint128 sum = 0;

	#pragma omp parallel num_threads(t->workers) reduction(add : sum)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();
		worker_enter(i);
		sum = sum_terms(t, split(all_terms(t), team, i));
		worker_leave(i);
	}
	*(uint128 *)answer = sum;
}

const struct variant variant = { .idea = "the pragma: private sums, added up at the end", .solve = solve };
