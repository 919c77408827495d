/* SPDX-License-Identifier: MIT */
/* wrong_own_end.c -- rung 7, "pipe": the pipe ends when all writers are gone, and the parent is one of them. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <sys/wait.h>

/* A pipe of which every child holds an end: when they are gone, so is the last writer. */
static void wait_for_all(const int fd[2])
{
	char nothing;

	SYS(read(fd[0], &nothing, 1));
	SYS(close(fd[0]));
	SYS(close(fd[1]));
}

_Noreturn static void work(const struct task *t, unsigned i, uint64_t k, pid_t parent)
{
	die_with(parent);
	worker_enter(i);
	uint64_t x = attend(t, k);
	worker_leave(i);
	_exit(depart(x));  /* or the child would go on in its parent's loop */
}

static struct ending read_status(int status)
{
	if (WIFSIGNALED(status))
		return (struct ending){ .killed = 1, .number = WTERMSIG(status) };
	return (struct ending){ .killed = 0, .number = WEXITSTATUS(status) };
}

static void solve(const struct task *t, void *answer)
{
	struct ending *ending = answer;
	const pid_t parent = getpid();
	pid_t pid[MAX_WORKERS];
	int status, fd[2];

	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = t->n - begin < t->workers ? (unsigned)(t->n - begin) : t->workers;
		SYS(pipe(fd));
		for (unsigned i = 0; i < workers; i++) {
			pid[i] = (pid_t)SYS(fork());
			if (pid[i] == 0)
				work(t, i, begin + i, parent);
		}
		wait_for_all(fd);
		for (unsigned i = 0; i < workers; i++) {
			SYS(waitpid(pid[i], &status, 0));
			ending[begin + i] = read_status(status);
		}
	}
}

const struct variant variant = { .idea = "wrong: waits for an end of file that it keeps away itself", .solve = solve };
