/* SPDX-License-Identifier: MIT */
/* leaky.c -- HANGS ON PURPOSE: a child keeps its copy of the end for writing, and waits for the end of a file that it
 * holds open itself.
 *
 * It is fork.c but for one line, which is missing in work().  The parent closes every end that it has, and it does not
 * help: the kernel counts descriptors, whoever holds them.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

/* Reader i; fd is its pipe, to[0..i) what the parent writes to for the readers before it. */
_Noreturn static void work(const struct task *t, unsigned i, const int fd[2], const int to[], struct inbox *inbox)
{
	worker_enter(i);
	/* Here SYS(close(fd[1])) is missing. */
	for (unsigned j = 0; j < i; j++)
		SYS(close(to[j]));
	receive_all(t, i, fd[0], inbox);
	worker_leave(i);
	_exit(0);
}

static void solve(const struct task *t, void *answer)
{
	struct inbox *inbox = shared_make(inbox_bytes(t));
	const pid_t parent = getpid();
	int to[MAX_WORKERS], fd[2];

	inbox->readers = t->workers;
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(pipe(fd));
		if (SYS(fork()) == 0) {
			die_with(parent);  /* no end of file will ever tell it that the parent is gone */
			work(t, i, fd, to, inbox);
		}
		SYS(close(fd[0]));
		to[i] = fd[1];
	}
	send_all(t, to);
	for (unsigned i = 0; i < t->workers; i++)
		SYS(close(to[i]));  /* not the last one: the reader has another */
	reap(t->workers);  /* for ever */
	memcpy(answer, inbox, inbox_bytes(t));
	shared_free(inbox, inbox_bytes(t));
}

const struct variant variant = { .idea = "an end for writing is left open", .solve = solve, .expect = HANGS };
