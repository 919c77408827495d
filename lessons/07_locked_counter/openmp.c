/* SPDX-License-Identifier: MIT */
/* openmp.c -- critical: the lock without a name to forget, held by one thread of the team at a time. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t count = t->param[START];

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();
		struct share share = share_of(t, team, i);
		uint64_t additions;

		worker_enter(i);
		while ((additions = take(&share, t->param[HOLD])) > 0) {
			#pragma omp critical
			add(&count, &share, additions);
		}
		worker_leave(i);
	}
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "the pragma: a critical section", .solve = solve };
