/* SPDX-License-Identifier: MIT */
/* openmp.c -- schedule(static, 1) deals the calls one by one, so the whole team asks for the same key at once. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static struct cache cache;  /* lives from start() to stop() */

static void start(const struct task *t)
{
	cache_make(t, &cache);
}

static void solve(const struct task *t, void *answer)
{
	struct result *results = answer;

	cache.solves++;
	#pragma omp parallel num_threads(t->workers)
	{
		const unsigned worker = (unsigned)omp_get_thread_num();

		worker_enter(worker);
		#pragma omp for schedule(static, 1) nowait
		for (uint64_t k = 0; k < t->n; k++)
			results[k] = ask(t, &cache, cache.solves, k / t->param[CALLS_PER_KEY]);
		worker_leave(worker);
	}
}

static void stop(const struct task *t)
{
	(void)t;
	cache_remove(&cache);
}

const struct variant variant = {
	.idea = "the pragma: calls dealt one by one", .start = start, .solve = solve, .stop = stop,
};
