/* SPDX-License-Identifier: MIT */
/* openmp.c -- shared is the default: what is declared before the region, the team has in common. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>
#include <stdlib.h>

static void solve(const struct task *t, void *answer)
{
	struct arena *arena = aligned_alloc(APART, arena_bytes(t));

	if (!arena)
		die("openmp.c: no memory");
	fill(t, arena);
	#pragma omp parallel num_threads(t->workers)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();

		worker_enter(i);
		for (unsigned j = i; j < t->workers; j += team)  /* OpenMP may give fewer than were asked for */
			update(t, arena, j);
		worker_leave(i);
	}
	collect(t, arena, answer);
	free(arena);
}

const struct variant variant = { .idea = "the pragma: shared is the default", .solve = solve };
