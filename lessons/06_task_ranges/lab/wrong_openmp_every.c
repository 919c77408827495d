/* SPDX-License-Identifier: MIT */
/* wrong_openmp_every.c -- rung 3, "of ink": no `omp for`: every thread draws every row. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>
#include <string.h>

static void solve(const struct task *t, void *answer)
{
	uint32_t *picture = answer;

	memset(picture, 0, picture_bytes(t));
	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num();

		worker_enter(i);
		for (uint64_t row = 0; row < t->n; row++)
			draw_row(t, row, picture);
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: all draw everything", .solve = solve };
