/* SPDX-License-Identifier: MIT */
/* fork.c -- a child is a copy of its parent: what it adds to the counter, it adds to its own. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <string.h>

_Noreturn static void work(const struct task *t, unsigned i, uint64_t k, struct report *report, pid_t parent)
{
	die_with(parent);
	worker_enter(i);
	be_worker(t->param, k, report);
	worker_leave(i);
	_exit(0);  /* exit() would flush main's stdio buffers a second time */
}

static void solve(const struct task *t, void *answer)
{
	struct reports *a = shared_make(reports_bytes(t));  /* unlike the counter: shared on purpose, to bring home */
	const pid_t parent = getpid();

	counter = 0;
	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = round_size(t, begin);
		for (unsigned i = 0; i < workers; i++)
			if (SYS(fork()) == 0)
				work(t, i, begin + i, &a->report[begin + i], parent);
		reap(workers);
	}
	a->counter = counter;
	memcpy(answer, a, reports_bytes(t));
	shared_free(a, reports_bytes(t));
}

const struct variant variant = { .idea = "fork: a copy of the parent, memory and all", .solve = solve };
