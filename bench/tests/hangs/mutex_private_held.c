/* SPDX-License-Identifier: MIT */
/* mutex_private_held.c -- a mutex for one process between two; but that its owner never unlocks it comes first.
 * says: process R waits in wait# for its child # to end, and process # waits for the mutex at 0x
 * says:  that process R holds; it lies in memory that processes share, but was made for the threads of one process
 *       alone, so that an unlock in another process wakes nobody: unlock before waiting
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	pthread_mutex_t *lock = shared(sizeof *lock);

	OK(pthread_mutex_init(lock, NULL));
	OK(pthread_mutex_lock(lock));
	if (child() == 0) {
		OK(pthread_mutex_lock(lock));
		_exit(0);
	}
	SYS(wait(NULL));
}
