/* SPDX-License-Identifier: MIT */
/* big_lock.c -- two conditions and a flag: "it is free", "another has it", and "please let go".  See big_lock.h. */
#include "lessons/lib/big_lock.h"

#include "bench/check.h"

#include <errno.h>
#include <string.h>
#include <time.h>

void big_lock_init(struct big_lock *lock, uint64_t interval_us)
{
	pthread_condattr_t monotonic;

	*lock = (struct big_lock){ .interval_us = interval_us };
	OK(pthread_mutex_init(&lock->mutex, NULL));
	OK(pthread_condattr_init(&monotonic));
	OK(pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC));  /* or setting the date would move the deadlines */
	OK(pthread_cond_init(&lock->dropped, &monotonic));
	OK(pthread_cond_init(&lock->taken, NULL));
	OK(pthread_condattr_destroy(&monotonic));
}

void big_lock_destroy(struct big_lock *lock)
{
	OK(pthread_cond_destroy(&lock->taken));
	OK(pthread_cond_destroy(&lock->dropped));
	OK(pthread_mutex_destroy(&lock->mutex));
}

static struct timespec after(struct timespec moment, uint64_t us)
{
	uint64_t ns = (uint64_t)moment.tv_nsec + us % 1000000 * 1000;

	return (struct timespec){ moment.tv_sec + (time_t)(us / 1000000 + ns / 1000000000), (long)(ns % 1000000000) };
}

/* With the mutex: until the lock is free.  The deadline stays when others are faster, or who loses each race for a
 * lock that is dropped often would never come to ask for it. */
static void wait_until_dropped(struct big_lock *lock)
{
	struct timespec deadline;

	SYS(clock_gettime(CLOCK_MONOTONIC, &deadline));
	deadline = after(deadline, lock->interval_us);
	while (lock->held) {
		int error = pthread_cond_timedwait(&lock->dropped, &lock->mutex, &deadline);
		if (error != 0 && error != ETIMEDOUT)
			die("big_lock.c: pthread_cond_timedwait: %s", strerror(error));
		if (error == ETIMEDOUT && lock->held) {
			lock->requests++;
			atomic_store_explicit(&lock->drop_request, true, memory_order_relaxed);
			SYS(clock_gettime(CLOCK_MONOTONIC, &deadline));
			deadline = after(deadline, lock->interval_us);
		}
	}
}

void big_lock_take(struct big_lock *lock)
{
	OK(pthread_mutex_lock(&lock->mutex));
	if (lock->held)
		wait_until_dropped(lock);
	lock->held = true;
	lock->takes++;
	/* Whoever asked: who still waits will ask again. */
	atomic_store_explicit(&lock->drop_request, false, memory_order_relaxed);
	OK(pthread_cond_broadcast(&lock->taken));
	OK(pthread_mutex_unlock(&lock->mutex));
}

void big_lock_drop(struct big_lock *lock)
{
	OK(pthread_mutex_lock(&lock->mutex));
	lock->held = false;
	OK(pthread_cond_signal(&lock->dropped));
	if (atomic_load_explicit(&lock->drop_request, memory_order_relaxed))
		for (const uint64_t takes = lock->takes; lock->takes == takes;)
			OK(pthread_cond_wait(&lock->taken, &lock->mutex));  /* who asked waits: this comes to an end */
	OK(pthread_mutex_unlock(&lock->mutex));
}
