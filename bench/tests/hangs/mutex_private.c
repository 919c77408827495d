/* SPDX-License-Identifier: MIT */
/* mutex_private.c -- a mutex between processes that was made for the threads of one: its unlock wakes nobody.
 * says:  for the mutex at 0x
 * says: , which is free; it lies in memory that processes share, but was made for the threads of one process alone, so
 *       that an unlock in another process wakes nobody: initialise it with pthread_mutexattr_setpshared(..,
 *       PTHREAD_PROCESS_SHARED)
 */
#include "bench/tests/hangs/plant.h"

static void child_that_locks(pthread_mutex_t *lock)
{
	const pid_t pid = child();

	if (pid == 0) {
		OK(pthread_mutex_lock(lock));
		_exit(0);
	}
	until_locked_out(pid);
}

int main(void)
{
	pthread_mutex_t *lock = shared(sizeof *lock);

	OK(pthread_mutex_init(lock, NULL));
	OK(pthread_mutex_lock(lock));
	child_that_locks(lock);
	child_that_locks(lock);
	OK(pthread_mutex_unlock(lock));
	SYS(wait(NULL));
}
