/* SPDX-License-Identifier: MIT */
/* mutex_private_rest.c -- a mutex for one process between two; that the other one computes on does not help.
 * says: process # waits for the mutex at 0x
 * says: , which is free; it lies in memory that processes share, but was made for the threads of one process alone, so
 *       that an unlock in another process wakes nobody: initialise it
 */
#include "bench/tests/hangs/plant.h"

#include "bench/keep.h"

int main(void)
{
	pthread_mutex_t *lock = shared(sizeof *lock);

	OK(pthread_mutex_init(lock, NULL));
	OK(pthread_mutex_lock(lock));
	const pid_t pid = child();
	if (pid == 0) {
		OK(pthread_mutex_lock(lock));
		_exit(0);
	}
	until_locked_out(pid);
	OK(pthread_mutex_unlock(lock));
	for (unsigned turn = 0;; turn++)
		KEEP(turn);
}
