/* SPDX-License-Identifier: MIT */
/* mutex_robust.c -- a robust mutex helps when its owner dies, not when the owner waits for who wants it.
 * says: process # waits for the robust mutex that process R holds
 * says: unlock before waiting
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t *make(void)
{
	pthread_mutex_t *lock = shared(sizeof *lock);
	pthread_mutexattr_t how;

	OK(pthread_mutexattr_init(&how));
	OK(pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED));
	OK(pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST));
	OK(pthread_mutex_init(lock, &how));
	return lock;
}

int main(void)
{
	pthread_mutex_t *lock = make();

	OK(pthread_mutex_lock(lock));
	if (child() == 0) {
		OK(pthread_mutex_lock(lock));
		_exit(0);
	}
	SYS(wait(NULL));
}
