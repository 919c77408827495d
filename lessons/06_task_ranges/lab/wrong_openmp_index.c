/* SPDX-License-Identifier: MIT */
/* wrong_openmp_index.c -- rung 4, "not every time": an index of its own making, which nothing guards. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>
#include <string.h>

static void solve(const struct task *t, void *answer)
{
	uint32_t *picture = answer;
	uint64_t next = 0;

	memset(picture, 0, picture_bytes(t));
	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num();

		worker_enter(i);
		for (uint64_t row; row = take_row(&next), row < t->n;)
			draw_row(t, row, picture);
		worker_leave(i);
	}
}

const struct variant variant = { .idea = "wrong: an index that is not atomic", .solve = solve };
