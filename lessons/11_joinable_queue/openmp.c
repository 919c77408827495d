/* SPDX-License-Identifier: MIT */
/* openmp.c -- one team, two roles: thread 0 puts and joins, the others consume until the queue is closed. */
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
	memset(answer, 0, ledger_bytes(t));
	#pragma omp parallel num_threads(t->workers + 1)
	{
		unsigned thread = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();

		if (team != t->workers + 1)  /* OpenMP may give fewer: then nobody would consume */
			die("openmp.c: only %u of %u threads: see OMP_THREAD_LIMIT, OMP_DYNAMIC", team, t->workers + 1);
		if (thread == 0) {
			int error = put_and_join(t, 0, queue, QUEUE_WAIT, answer);
			if (error)
				die("openmp.c: %s", strerror(-error));
			queue_close(queue);  /* here: the region does not end before the consumers */
		} else {
			worker_enter(thread - 1);
			consume(t, thread - 1, queue, answer);
			worker_leave(thread - 1);
		}
	}
	queue_reopen(queue);
}

static void stop(const struct task *t)
{
	(void)t;
	queue_free(queue);
}

const struct variant variant = {
	.idea = "the pragma: one puts and joins, the others consume", .start = start, .solve = solve, .stop = stop,
};
