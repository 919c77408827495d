/* SPDX-License-Identifier: MIT */
/* openmp_reduction.c -- reduction: a private count for each thread, added to the shared one when the region ends. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint64_t count = t->param[START];

	#pragma omp parallel num_threads(t->workers) reduction(+ : count)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();
		struct share share = share_of(t, team, i);
		uint64_t additions;

		worker_enter(i);
		while ((additions = take(&share, 0)) > 0)
			add(&count, &share, additions);
		worker_leave(i);
	}
	*(uint64_t *)answer = count;
}

const struct variant variant = { .idea = "the pragma: private counts, added up at the end", .solve = solve };
