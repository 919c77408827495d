/* SPDX-License-Identifier: MIT */
/* wrong_inconsistent.c -- rung 3, "not recoverable": repairs the ledger, and does not say so. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static void make_lock(pthread_mutex_t *lock)
{
	pthread_mutexattr_t attributes;

	OK(pthread_mutexattr_init(&attributes));
	OK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED));  /* or others are never woken */
	OK(pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST));  /* or a dead holder keeps it for ever */
	OK(pthread_mutex_init(lock, &attributes));
	OK(pthread_mutexattr_destroy(&attributes));
}

static void take_ledger(const struct task *t, struct ledger *ledger)
{
	int error = pthread_mutex_lock(&ledger->lock);

	if (error == EOWNERDEAD) {      /* we hold it, and what it guards is half done */
		repair(t, ledger);
		error = 0;
	}
	OK(error);
}

_Noreturn static void work(const struct task *t, struct ledger *ledger, unsigned i, pid_t parent)
{
	const struct range mine = split(t->n, t->workers, i);

	die_with(parent);
	worker_enter(i);
	for (uint64_t k = mine.begin; k < mine.end; k++) {
		struct entry found = compute(t, k);

		take_ledger(t, ledger);
		record(t, ledger, i, found);
		OK(pthread_mutex_unlock(&ledger->lock));
	}
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

	make_lock(&ledger->lock);
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0)
			work(t, ledger, i, parent);
	for (unsigned i = 0; i < t->workers; i++) {
		wait_for_one();
		take_ledger(t, ledger);         /* it may have been killed */
		OK(pthread_mutex_unlock(&ledger->lock));
	}
	take_ledger(t, ledger);         /* nobody else may have had it since a worker was killed */
	collect(t, ledger, answer);
	OK(pthread_mutex_unlock(&ledger->lock));
	OK(pthread_mutex_destroy(&ledger->lock));
	shared_free(ledger, ledger_bytes(t));
}

const struct variant variant = { .idea = "wrong: the lock is lost after a repair", .solve = solve };
