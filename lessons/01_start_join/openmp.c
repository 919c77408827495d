/* SPDX-License-Identifier: MIT */
/* openmp.c -- a region starts a team and joins it at its end; the runtime keeps the threads for the next region. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	struct reports *a = answer;

	counter = 0;
	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = round_size(t, begin);
		#pragma omp parallel num_threads(workers)
		{
			unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();

			worker_enter(i);
			for (unsigned j = i; j < workers; j += team)  /* OpenMP may give fewer than were asked for */
				be_worker(t->param, begin + j, &a->report[begin + j]);
			worker_leave(i);
		}
	}
	a->counter = counter;
}

const struct variant variant = { .idea = "the pragma: a team that starts and ends with its region", .solve = solve };
