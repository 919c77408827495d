/* SPDX-License-Identifier: MIT */
/* skeleton.c -- where to begin: it builds, and nobody is there to answer the roll. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <string.h>
#include <sys/wait.h>

/* TODO: fork t->n workers, in rounds of at most t->workers.  Worker k has number k % t->workers: it calls
 * worker_enter(), attend() and worker_leave(), and ends by _exit(depart(x)).  Wait for each, and note in ending[k] how
 * it ended. */
static void solve(const struct task *t, void *answer)
{
	struct ending *ending = answer;

	memset(ending, 0, t->n * sizeof *ending);
}

const struct variant variant = { .idea = "my roll call", .solve = solve };
