/* SPDX-License-Identifier: MIT */
/* shared.h -- memory that fork() does not copy: what one process writes there, all of them see.
 *
 * Make it before the processes that shall share it.  It is zero-filled, starts on a page, and has no name: it is gone
 * when the last process that maps it is gone, however that process ended.
 */
#ifndef LIB_SHARED_H
#define LIB_SHARED_H

#include "bench/check.h"

#include <stddef.h>
#include <sys/mman.h>

/* Dies when there is no memory. */
static inline void *shared_make(size_t bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		die("no %zu bytes of shared memory: choose a smaller n", bytes);
	return memory;
}

/* Gives up the caller's view of it; every process has its own. */
static inline void shared_free(void *memory, size_t bytes)
{
	SYS(munmap(memory, bytes));
}

#endif
