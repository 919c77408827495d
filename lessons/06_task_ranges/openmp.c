/* SPDX-License-Identifier: MIT */
/* openmp.c -- schedule(runtime): the three ways to deal are the runtime's own; the program says which, as it runs. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static const omp_sched_t schedule[] = {
	[STATIC] = omp_sched_static, [DYNAMIC] = omp_sched_dynamic, [GUIDED] = omp_sched_guided,
};

static void solve(const struct task *t, void *answer)
{
	const uint64_t tasks = tasks_of(t);
	struct result *results = answer;

	omp_set_schedule(schedule[t->param[SCHEDULE]], 0);  /* 0: each kind's own chunk: equal shares, 1, at least 1 */
	#pragma omp parallel num_threads(t->workers)
	{
		unsigned worker = (unsigned)omp_get_thread_num();

		worker_enter(worker);
		#pragma omp for schedule(runtime) nowait  /* nowait: leave when out of work, not when all are */
		for (uint64_t i = 0; i < tasks; i++)
			results[i] = do_task(t, i, worker, 0);
		worker_leave(worker);
	}
}

const struct variant variant = { .idea = "the pragma: schedule(runtime)", .solve = solve };
