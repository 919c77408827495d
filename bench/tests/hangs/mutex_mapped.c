/* SPDX-License-Identifier: MIT */
/* mutex_mapped.c -- a mutex for one process lies in shared memory, but is used by threads of one process: no fault.
 * says: thread R of process R waits in pthread_join for thread # to end, and thread # of process R waits for the mutex
 *       at 0x
 * says:  that thread R of process R holds: unlock before waiting
 */
#include "bench/tests/hangs/plant.h"

static void *needs_it(void *lock)
{
	OK(pthread_mutex_lock(lock));
	return NULL;
}

int main(void)
{
	pthread_mutex_t *lock = shared(sizeof *lock);

	OK(pthread_mutex_init(lock, NULL));
	if (child() == 0)
		for (;;)
			pause();
	OK(pthread_mutex_lock(lock));
	OK(pthread_join(thread(needs_it, lock), NULL));
}
