/* SPDX-License-Identifier: MIT */
/* mutex_shared_held.c -- a parent holds a shared mutex while it waits for the child that needs it.
 * says: process R waits in wait# for its child # to end, and process # waits for the shared mutex that process R
 *       holds: unlock before waiting
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

	OK(pthread_mutex_lock(lock));
	if (child() == 0) {
		OK(pthread_mutex_lock(lock));
		_exit(0);
	}
	SYS(wait(NULL));
}
