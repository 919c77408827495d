/* SPDX-License-Identifier: MIT */
/* robust.c -- a holder dies: the next one is told, undoes what was half done, and goes on.
 *
 * One process more than asked for makes the first additions of worker 0 and is killed before it can unlock.  Nobody
 * knows how far it came, so its holding counts as never begun, and worker 0 makes the same additions once more.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* Invariant: while the lock is free, count == safe: the sum of whole holdings. */
struct counter {
	pthread_mutex_t lock;   /* guards count and safe */
	uint64_t count;
	uint64_t safe;          /* what count was when the lock was taken */
};

static void lock(struct counter *counter)
{
	int error = pthread_mutex_lock(&counter->lock);

	if (error == EOWNERDEAD) {  /* the lock is ours, but its last holder died with it */
		counter->count = counter->safe;
		error = pthread_mutex_consistent(&counter->lock);  /* or nobody can ever lock it again */
	}
	OK(error);
}

static void unlock(struct counter *counter)
{
	counter->safe = counter->count;  /* one store, so whole or not at all: before it undone, after it done */
	OK(pthread_mutex_unlock(&counter->lock));
}

_Noreturn static void work(const struct task *t, unsigned i, struct counter *counter)
{
	struct share share = share_of(t, t->workers, i);
	uint64_t additions;

	worker_enter(i);
	while ((additions = take(&share, t->param[HOLD])) > 0) {
		lock(counter);
		add(&counter->count, &share, additions);
		unlock(counter);
	}
	worker_leave(i);
	_exit(0);
}

_Noreturn static void die_holding(const struct task *t, struct counter *counter)
{
	struct share share = share_of(t, t->workers, 0);
	uint64_t additions = take(&share, t->param[HOLD]);

	lock(counter);
	add(&counter->count, &share, additions);
	raise(SIGKILL);  /* now, added and not unlocked: the worst moment there is */
	_exit(1);
}

static struct counter *make_counter(const struct task *t)
{
	struct counter *counter = shared_make(sizeof *counter);
	pthread_mutexattr_t robust;

	counter->count = counter->safe = t->param[START];
	OK(pthread_mutexattr_init(&robust));
	OK(pthread_mutexattr_setpshared(&robust, PTHREAD_PROCESS_SHARED));
	OK(pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST));  /* or all others wait for the dead one */
	OK(pthread_mutex_init(&counter->lock, &robust));
	OK(pthread_mutexattr_destroy(&robust));
	return counter;
}

static void solve(const struct task *t, void *answer)
{
	struct counter *counter = make_counter(t);
	const pid_t parent = getpid();
	pid_t doomed = (pid_t)SYS(fork());

	if (doomed == 0) {
		die_with(parent);
		die_holding(t, counter);
	}
	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0) {
			die_with(parent);
			work(t, i, counter);
		}
	SYS(waitpid(doomed, NULL, 0));
	reap(t->workers);
	lock(counter);  /* the dead one may have been the last to lock: then the repair is left to us */
	*(uint64_t *)answer = counter->count;
	unlock(counter);
	OK(pthread_mutex_destroy(&counter->lock));
	shared_free(counter, sizeof *counter);
}

const struct variant variant = { .idea = "a mutex that survives the death of its holder", .solve = solve };
