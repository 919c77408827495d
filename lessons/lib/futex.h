/* SPDX-License-Identifier: MIT */
/* futex.h -- to sleep until a word in memory changes, in any process that shares it; to wake those that do.
 *
 * The kernel alone knows who sleeps, so nobody who is killed in its sleep is counted for ever.  (glibc's condition
 * variables count: see queue_room.h.)
 */
#ifndef LIB_FUTEX_H
#define LIB_FUTEX_H

#include "bench/check.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Sleeps while *word is `value`, until it is woken, a signal comes, or `deadline` (CLOCK_MONOTONIC; NULL: none).
 * May also return for less: look again. */
static inline void futex_sleep(_Atomic uint32_t *word, uint32_t value, const struct timespec *deadline)
{
	if (syscall(SYS_futex, word, FUTEX_WAIT_BITSET, value, deadline, NULL, FUTEX_BITSET_MATCH_ANY) < 0 &&
	    errno != EAGAIN && errno != EINTR && errno != ETIMEDOUT)
		SYS(-1);
}

/* After the word was changed: all who sleep on it look again. */
static inline void futex_wake(_Atomic uint32_t *word)
{
	SYS(syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0));
}

#endif
