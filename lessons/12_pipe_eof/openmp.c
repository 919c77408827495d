/* SPDX-License-Identifier: MIT */
/* openmp.c -- one team, two roles: thread 0 writes, the others read; they wait for each other, so all must be there. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static void solve(const struct task *t, void *answer)
{
	struct inbox *inbox = answer;
	int to[MAX_WORKERS], from[MAX_WORKERS], fd[2];

	inbox->readers = t->workers;
	inbox->ends = 0;
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(pipe(fd));
		from[i] = fd[0];
		to[i] = fd[1];
	}
	#pragma omp parallel num_threads(t->workers + 1)
	{
		unsigned thread = (unsigned)omp_get_thread_num(), team = (unsigned)omp_get_num_threads();

		if (team != t->workers + 1)  /* OpenMP may give fewer: then some pipe would have no reader */
			die("openmp.c: only %u of %u threads: see OMP_THREAD_LIMIT, OMP_DYNAMIC", team, t->workers + 1);
		if (thread == 0) {
			send_all(t, to);
			for (unsigned i = 0; i < t->workers; i++)
				SYS(close(to[i]));  /* here: the region does not end before the readers */
		} else {
			worker_enter(thread - 1);
			receive_all(t, thread - 1, from[thread - 1], inbox);
			worker_leave(thread - 1);
		}
	}
	for (unsigned i = 0; i < t->workers; i++)
		SYS(close(from[i]));
}

const struct variant variant = { .idea = "the pragma: one thread writes, the others read", .solve = solve };
