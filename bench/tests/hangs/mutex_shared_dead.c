/* SPDX-License-Identifier: MIT */
/* mutex_shared_dead.c -- a process ends and still holds a shared mutex that is not robust.
 * says: process R waits for the shared mutex; its owner, thread #, is gone: unlock before ending, or make it robust
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *lock = shared(sizeof *lock);
	pthread_mutexattr_t how;

	OK(pthread_mutexattr_init(&how));
	OK(pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED));
	OK(pthread_mutex_init(lock, &how));
	return lock;
}

int main(void)
{
	pthread_mutex_t *lock = make();

	if (child() == 0) {
		OK(pthread_mutex_lock(lock));
		_exit(0);
	}
	SYS(wait(NULL));
	OK(pthread_mutex_lock(lock));
}
