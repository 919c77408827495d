/* SPDX-License-Identifier: MIT */
/* wrong_unlocked.c -- rung 4, "not every time": records without the lock: two find the same place free. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <unistd.h>

_Noreturn static void work(const struct task *t, struct ledger *ledger, unsigned i, pid_t parent)
{
	const struct range mine = split(t->n, t->workers, i);

	die_with(parent);
	worker_enter(i);
	for (uint64_t k = mine.begin; k < mine.end; k++)
		record(t, ledger, i, compute(t, k));
	worker_leave(i);
	_exit(0);
}

/* Whoever was killed, was killed: its part is done, but for what repair() finishes. */
static void wait_for_one(void)
{
	int status;
	int pid = (int)SYS(wait(&status));

	if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		die("worker process %d ended early, with exit code %d", pid, WEXITSTATUS(status));
}

static void solve(const struct task *t, void *answer)
{
	struct ledger *ledger = shared_make(ledger_bytes(t));
	const pid_t parent = getpid();

	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, ledger, i, parent);
	for (unsigned i = 0; i < t->workers; i++)
		wait_for_one();
	repair(t, ledger);
	collect(t, ledger, answer);
	shared_free(ledger, ledger_bytes(t));
}

const struct variant variant = { .idea = "wrong: no lock", .solve = solve };
