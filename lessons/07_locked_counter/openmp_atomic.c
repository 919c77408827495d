/* SPDX-License-Identifier: MIT */
/* openmp_atomic.c -- atomic: the same shared count, and a pragma that guards one addition and nothing more. */
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
		while ((additions = take(&share, 0)) > 0)
			for (; additions > 0; additions--) {
				#pragma omp atomic
				count += share.amount;
				step(&share);
			}
		worker_leave(i);
	}
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "the pragma: an atomic addition", .solve = solve };
