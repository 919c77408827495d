/* SPDX-License-Identifier: MIT */
/* fork.c -- private memories: a child cannot leave its sum, it must send it. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <unistd.h>

_Noreturn static void work(const struct task *t, unsigned i, int home, pid_t parent)
{
	die_with(parent);
	worker_enter(i);
	uint128 sum = sum_terms(t, split(all_terms(t), t->workers, i));
	worker_leave(i);
	SYS(write(home, &sum, sizeof sum));  /* < PIPE_BUF: atomic, never interleaved with another child's */
	_exit(0);  /* exit() would flush main's stdio buffers a second time */
}

static void solve(const struct task *t, void *answer)
{
	int fd[2];
	uint128 sum = 0, part;
	const pid_t parent = getpid();

	SYS(pipe(fd));
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, i, fd[1], parent);
	SYS(close(fd[1]));  /* or read() would wait for ever for a child that ended without an answer */
	reap(t->workers);   /* first, and woken once each: the pipe has room for all their sums (see below) */
	for (unsigned i = 0; i < t->workers; i++) {
		if (SYS(read(fd[0], &part, sizeof part)) != sizeof part)
			die("fork.c: a child ended before it answered");
		sum += part;
	}
	SYS(close(fd[0]));
	*(uint128 *)answer = sum;
}

_Static_assert(MAX_WORKERS * sizeof(uint128) <= 65536, "what a pipe holds: with more, children would wait");

const struct variant variant = { .idea = "private memories: send the sum home", .solve = solve };
