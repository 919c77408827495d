/* SPDX-License-Identifier: MIT */
/* openmp.c -- the runtime has a pool of threads, and an index that they count up: schedule(dynamic) names the chunk. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	const uint64_t *items = t->input, chunk = pool_chunk(t->n, t->workers, t->param[CHUNK]);
	uint64_t *results = answer;

	#pragma omp parallel num_threads(t->workers)
	{
		unsigned worker = (unsigned)omp_get_thread_num();

		worker_enter(worker);
		#pragma omp for schedule(dynamic, chunk) nowait  /* nowait: leave when out of work, not when all are */
		for (uint64_t i = 0; i < t->n; i++)
			square(&items[i], &results[i]);
		worker_leave(worker);
	}
}

const struct variant variant = { .idea = "schedule(dynamic): the runtime's pool, a chunk at a time", .solve = solve };
