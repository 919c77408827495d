/* SPDX-License-Identifier: MIT */
/* openmp.c -- critical: the lock is a part of the program's text, and one thread of the team at a time may be in it. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	struct result *results = answer;
	uint64_t turns = 0;

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned worker = (unsigned)omp_get_thread_num();

		worker_enter(worker);
		#pragma omp for schedule(dynamic, 1) nowait  /* nowait: leave when out of work, not when all are */
		for (uint64_t i = 0; i < t->n; i++) {
			work_alone(t);
			#pragma omp critical
			results[i] = work_locked(t, i, &turns);
		}
		worker_leave(worker);
	}
}

const struct variant variant = { .idea = "the pragma: a critical section in every task", .solve = solve };
