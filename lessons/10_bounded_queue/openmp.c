/* SPDX-License-Identifier: MIT */
/* openmp.c -- one team, two roles: they wait for each other, so every thread of the team must really be there. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static struct queue *queue;  /* lives from start() to stop() */

static void start(const struct task *t)
{
	queue = make_queue(t);
}

static void solve(const struct task *t, void *answer)
{
	const unsigned roles = t->workers + (unsigned)t->param[PRODUCERS];

	clear_inbox(t, answer, t->workers);
	#pragma omp parallel num_threads(roles)
	{
		unsigned i = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();

		if (team != roles)  /* OpenMP may give fewer: then nobody would put, or nobody would get */
			die("openmp.c: only %u of %u threads: see OMP_THREAD_LIMIT, OMP_DYNAMIC", team, roles);
		if (i < t->workers) {
			worker_enter(i);
			consume(t, i, queue, answer);
			worker_leave(i);
		} else {
			produce(t, i - t->workers, queue, answer);
		}
	}
}

static void stop(const struct task *t)
{
	(void)t;
	queue_free(queue);
}

const struct variant variant = {
	.idea = "the pragma: one team, two roles", .start = start, .solve = solve, .stop = stop,
};
