/* SPDX-License-Identifier: MIT */
/* mutex_private_again.c -- a mutex for one process, unlocked and locked again while a child slept on it.
 * says: process # waits for the mutex at 0x
 * says: , which process R holds; it lies in memory that processes share, but was made for the threads of one process
 *       alone, so that an unlock in another process wakes nobody: initialise it with pthread_mutexattr_setpshared(
 */
#include "bench/tests/hangs/plant.h"

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
	OK(pthread_mutex_lock(lock));
	SYS(wait(NULL));
}
