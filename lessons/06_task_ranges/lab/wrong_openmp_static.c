/* SPDX-License-Identifier: MIT */
/* wrong_openmp_static.c -- rung 8, "slower than the model": equal shares of rows, and unequal work. */
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
		#pragma omp for schedule(static) nowait
		for (uint64_t row = 0; row < t->n; row++)
			draw_row(t, row, picture);
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: equal shares", .solve = solve };
