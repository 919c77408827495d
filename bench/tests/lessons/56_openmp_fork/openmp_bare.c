/* SPDX-License-Identifier: MIT */
/* openmp_bare.c -- HANGS ON PURPOSE (with GCC's runtime): a region, then fork(), then a region in the child. */
#include "kernel.h"
#include "lessons/lib/child.h"

static void region(void)
{
	int threads = 0;

	#pragma omp parallel num_threads(2) reduction(+ : threads)
	threads++;
	if (threads != 2)
		die("%s: no second thread", __FILE__);
}

static void solve(const struct task *t, void *answer)
{
	const pid_t parent = getpid();

	region();
	if (SYS(fork()) == 0) {
		die_with(parent);
		region();
		_exit(0);
	}
	reap(1);  /* for ever */
	*(uint64_t *)answer = one_each(t->n);
}

const struct variant variant = { .idea = "OpenMP first, fork() afterwards", .solve = solve, .expect = HANGS };
