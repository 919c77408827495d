/* SPDX-License-Identifier: MIT */
/* wrong_falls_through.c -- rung 3, "expected exit code 0": a child with code 0 goes on in its parent's loop. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"

#include <sys/wait.h>

static void work(const struct task *t, unsigned i, uint64_t k, pid_t parent)
{
	die_with(parent);
	worker_enter(i);
	uint64_t x = attend(t, k);
	worker_leave(i);
	int code = depart(x);
	if (code != 0)
		_exit(code);
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
	int status;

	for (uint64_t begin = 0; begin < t->n; begin += t->workers) {
		const unsigned workers = t->n - begin < t->workers ? (unsigned)(t->n - begin) : t->workers;
		for (unsigned i = 0; i < workers; i++) {
			pid[i] = (pid_t)SYS(fork());
			if (pid[i] == 0)
				work(t, i, begin + i, parent);
		}
		for (unsigned i = 0; i < workers; i++) {
			SYS(waitpid(pid[i], &status, 0));
			ending[begin + i] = read_status(status);
		}
	}
}

const struct variant variant = { .idea = "wrong: a child goes on as its parent", .solve = solve };
