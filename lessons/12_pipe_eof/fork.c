/* SPDX-License-Identifier: MIT */
/* fork.c -- a child is born with a copy of every end, and closes those that it does not use. */
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
	SYS(close(fd[1]));  /* or read() would wait for ever: for what we might write ourselves */
	for (unsigned j = 0; j < i; j++)
		SYS(close(to[j]));  /* or reader j would not see its end before we are gone */
	receive_all(t, i, fd[0], inbox);
	worker_leave(i);
	_exit(0);  /* and with us our last descriptor, fd[0] */
}

static void solve(const struct task *t, void *answer)
{
	struct inbox *inbox = shared_make(inbox_bytes(t));
	int to[MAX_WORKERS], fd[2];

	inbox->readers = t->workers;
	for (unsigned i = 0; i < t->workers; i++) {
		SYS(pipe(fd));
		if (SYS(fork()) == 0)
			work(t, i, fd, to, inbox);
		SYS(close(fd[0]));  /* or with a dead reader write() would fill the pipe and wait, instead of failing */
		to[i] = fd[1];
	}
	send_all(t, to);
	for (unsigned i = 0; i < t->workers; i++)
		SYS(close(to[i]));  /* the last one there is: the reader sees the end of its file */
	reap(t->workers);
	memcpy(answer, inbox, inbox_bytes(t));
	shared_free(inbox, inbox_bytes(t));
}

const struct variant variant = { .idea = "copies of every end: close what you do not use", .solve = solve };
