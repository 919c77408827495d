/* SPDX-License-Identifier: MIT */
/* big_lock.h -- one lock for all of an interpreter's state, as CPython's global interpreter lock: held to compute, let
 * go of to wait, and handed over on request.
 *
 *   big_lock_take(&lock);
 *   while (there is an instruction) {
 *           execute it;
 *           big_lock_offer(&lock);          // hands over, if somebody has waited for an interval
 *   }
 *   big_lock_drop(&lock);                   // before anything that waits: others may compute meanwhile
 *   wait;
 *   big_lock_take(&lock);
 *
 * Who waits for longer than the interval sets drop_request; the holder sees it at its next offer, drops the lock, and
 * does not ask for it again before somebody else has had it.  (Without that the holder, which is awake, would win over
 * all who must wake up first.)  An offer that nobody asked for costs one load.
 *
 * It is for threads of one process; a process that is forked while nobody holds the lock has one of its own.
 */
#ifndef LIB_BIG_LOCK_H
#define LIB_BIG_LOCK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Invariant: drop_request is only set while somebody waits in big_lock_take(). */
struct big_lock {
	pthread_mutex_t mutex;          /* guards the rest, for a moment each: it is not the lock itself */
	pthread_cond_t dropped;         /* wakes who waits for the lock */
	pthread_cond_t taken;           /* wakes who has handed it over */
	bool held;
	uint64_t takes;                 /* how many times it was taken */
	uint64_t requests;              /* how many times somebody had to ask for it */
	uint64_t interval_us;
	_Atomic bool drop_request;      /* written under the mutex, read without */
};

/* Nobody holds it.  interval_us >= 1: how long a holder may compute before it must hand over (CPython: 5000). */
void big_lock_init(struct big_lock *, uint64_t interval_us);
void big_lock_destroy(struct big_lock *);       /* nobody holds it or waits for it */

void big_lock_take(struct big_lock *);          /* not by its holder */
void big_lock_drop(struct big_lock *);          /* by its holder */

/* By its holder, often: after every instruction. */
static inline void big_lock_offer(struct big_lock *lock)
{
	/* relaxed: it is a hint; what the lock guards is ordered by the mutex */
	if (__builtin_expect(atomic_load_explicit(&lock->drop_request, memory_order_relaxed), false)) {
		big_lock_drop(lock);
		big_lock_take(lock);
	}
}

#endif
