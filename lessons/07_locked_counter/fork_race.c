/* SPDX-License-Identifier: MIT */
/* fork_race.c -- WRONG ON PURPOSE: processes lose additions as threads do, once they share the memory.
 *
 * As in race.c the unlucky order is staged once: every process reads, waits until all have read, and only then stores.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/child.h"
#include "lessons/lib/shared.h"

#include <pthread.h>
#include <unistd.h>

struct counter {
	uint64_t count;                 /* guarded by nothing: here is the mistake */
	pthread_barrier_t all_read;     /* stages the unlucky order; it guards nothing */
};

_Noreturn static void work(const struct task *t, unsigned i, struct counter *counter)
{
	struct share share = share_of(t, t->workers, i);
	uint64_t additions;

	worker_enter(i);
	if (take(&share, 1) > 0) {
		uint64_t value = counter->count;
		pthread_barrier_wait(&counter->all_read);
		counter->count = value + share.amount;
		step(&share);
	}
	while ((additions = take(&share, 0)) > 0)
		add(&counter->count, &share, additions);
	worker_leave(i);
	_exit(0);
}

/* A counter in memory that children share. */
static struct counter *make_counter(const struct task *t)
{
	struct counter *counter = shared_make(sizeof *counter);
	unsigned adding = t->n < t->workers ? (unsigned)t->n : t->workers;  /* workers that have an addition to make */
	pthread_barrierattr_t shared;

	counter->count = t->param[START];
	OK(pthread_barrierattr_init(&shared));
	OK(pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED));
	OK(pthread_barrier_init(&counter->all_read, &shared, adding > 0 ? adding : 1));
	OK(pthread_barrierattr_destroy(&shared));
	return counter;
}

static void solve(const struct task *t, void *answer)
{
	struct counter *counter = make_counter(t);
	const pid_t parent = getpid();

	for (unsigned i = 0; i < t->workers; i++)
		if (SYS(fork()) == 0) {
			die_with(parent);  /* or a child would wait for ever for one that was never born */
			work(t, i, counter);
		}
	reap(t->workers);
	*(uint64_t *)answer = counter->count;
	OK(pthread_barrier_destroy(&counter->all_read));
	shared_free(counter, sizeof *counter);
}

const struct variant variant = { .idea = "processes without a lock", .solve = solve, .expect = WRONG };
