/* SPDX-License-Identifier: MIT */
/* wrong_one_by_one.c -- rung 8, "slower than the model": waits for each child before it starts the next. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <sys/wait.h>

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
	int status;

	for (uint64_t k = 0; k < t->n; k++) {
		pid_t pid = (pid_t)SYS(fork());
		if (pid == 0)
			work(t, (unsigned)(k % t->workers), k, parent);
		SYS(waitpid(pid, &status, 0));
		ending[k] = read_status(status);
	}
}

const struct variant variant = { .idea = "wrong: never more than one worker", .solve = solve };
