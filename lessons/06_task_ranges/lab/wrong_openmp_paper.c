/* SPDX-License-Identifier: MIT */
/* wrong_openmp_paper.c -- rung 3, "of ink": draws on paper that nobody has made white. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	uint32_t *picture = answer;

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num();

		worker_enter(i);
		#pragma omp for schedule(dynamic) nowait
		for (uint64_t row = 0; row < t->n; row++)
			draw_row(t, row, picture);
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: dirty paper", .solve = solve };
