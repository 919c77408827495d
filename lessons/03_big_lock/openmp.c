/* SPDX-License-Identifier: MIT */
/* openmp.c -- the lock is the interpreter's, not the threads': a team inside a library never heard of it.
 *
 * So does NumPy multiply matrices: one Python thread lets go of the lock, and a team of threads computes, of whom the
 * interpreter knows nothing.
 */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	struct results *a = answer;
	uint64_t executed = 0;

	#pragma omp parallel num_threads(t->workers) reduction(+ : executed)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();

		worker_enter(i);
		executed = run_free(t, split(t->n, team, i), a->value);
		worker_leave(i);
	}
	a->executed = executed;
}

const struct variant variant = { .idea = "the pragma: a team that no interpreter knows of", .solve = solve };
