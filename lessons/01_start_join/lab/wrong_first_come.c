/* SPDX-License-Identifier: MIT */
/* wrong_first_come.c -- rung 4, "expected": takes whoever ends next for the next one on the roll. */
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

	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = t->n - begin < t->workers ? (unsigned)(t->n - begin) : t->workers;
		for (unsigned i = 0; i < workers; i++)
			if (SYS(fork()) == 0)
				work(t, i, begin + i, parent);
		for (unsigned i = 0; i < workers; i++) {
			SYS(wait(&status));
			ending[begin + i] = read_status(status);
		}
	}
}

const struct variant variant = { .idea = "wrong: waits for any child", .solve = solve };
