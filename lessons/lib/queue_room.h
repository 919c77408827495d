/* SPDX-License-Identifier: MIT */
/* queue_room.h -- private to the queue: waiting that the death of those who wait, or of those who wake, cannot spoil.
 *
 * Why no pthread_cond_t: one that is shared between processes counts its sleepers, and glibc (2.25 to 2.40) waits for
 * those of before to be gone.  One that was killed in its sleep never is, and pthread_cond_signal() hangs for ever: the
 * second time, mostly.  So here is a condition variable without a count: the kernel alone knows who sleeps.
 *
 * Only one at a time sleeps in a room, whoever holds its turn; the others stand in line for the turn.  So to wake one
 * is to wake all that may sleep, and nobody is woken in vain.  If the one that was woken is killed before it can act,
 * its turn is a robust lock: the next in line gets it, and looks for itself.
 */
#ifndef LIB_QUEUE_ROOM_H
#define LIB_QUEUE_ROOM_H

#include "bench/base/clock.h"
#include "bench/check.h"
#include "lessons/lib/futex.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define NEVER UINT64_MAX        /* as a deadline, in nanoseconds of CLOCK_MONOTONIC */

static inline struct timespec timespec_of(uint64_t ns)
{
	return (struct timespec){ (time_t)(ns / 1000000000u), (long)(ns % 1000000000u) };
}

/* A lock in shared memory that the kernel takes from a thread which dies with it. */
static inline void robust_init(pthread_mutex_t *lock)
{
	pthread_mutexattr_t robust;

	OK(pthread_mutexattr_init(&robust));
	OK(pthread_mutexattr_setpshared(&robust, PTHREAD_PROCESS_SHARED));
	OK(pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST));
	OK(pthread_mutex_init(lock, &robust));
	OK(pthread_mutexattr_destroy(&robust));
}

/* What came of taking it: 0, ETIMEDOUT, EBUSY; EOWNERDEAD: it is ours, but its last holder died with it. */
static inline int robust_taken(pthread_mutex_t *lock, int error)
{
	if (error == EOWNERDEAD)
		OK(pthread_mutex_consistent(lock));  /* or nobody can ever lock it again */
	else if (error != ETIMEDOUT && error != EBUSY)
		OK(error);
	return error;
}

static inline int robust_trylock(pthread_mutex_t *lock)
{
	return robust_taken(lock, pthread_mutex_trylock(lock));
}

static inline int robust_lock(pthread_mutex_t *lock, uint64_t deadline_ns)
{
	const struct timespec until = timespec_of(deadline_ns);

	if (deadline_ns == NEVER)
		return robust_taken(lock, pthread_mutex_lock(lock));
	int error = robust_trylock(lock);
	return error != EBUSY ? error : robust_taken(lock, pthread_mutex_clocklock(lock, CLOCK_MONOTONIC, &until));
}

struct room {
	_Alignas(64) pthread_mutex_t turn;      /* its holder may sleep here */
	_Atomic uint32_t rings;                 /* what it sleeps on: another number means that somebody rang */
	bool asleep;                            /* guarded by the queue's lock: maybe somebody sleeps */
};

static inline void room_init(struct room *room)
{
	robust_init(&room->turn);
}

/* Wakes the one that sleeps here, if any.  The caller holds the queue's lock and has *not yet* made the change that it
 * rings for.  Who is woken comes to that lock and waits.  So if the caller dies on its way, then either it has changed
 * nothing, or somebody stands at the lock and inherits it.  The other way round an item could come in, and its bringer
 * be killed, while all others sleep. */
static inline void room_ring(struct room *room)
{
	if (!room->asleep)
		return;
	atomic_fetch_add(&room->rings, 1);
	futex_wake(&room->rings);
	room->asleep = false;  /* last: while it is true, the next one rings again */
}

/* Before the queue's lock is let go of; then room_sleep(), with what this returned.  A ring in between is not lost. */
static inline uint32_t room_ready(struct room *room)
{
	room->asleep = true;
	return atomic_load(&room->rings);
}

/* Until a ring, the deadline, or for less: look again. */
static inline void room_sleep(struct room *room, uint32_t rings, uint64_t deadline_ns)
{
	const struct timespec until = timespec_of(deadline_ns);

	futex_sleep(&room->rings, rings, deadline_ns == NEVER ? NULL : &until);
}

#endif
