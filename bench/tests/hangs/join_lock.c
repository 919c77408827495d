/* SPDX-License-Identifier: MIT */
/* join_lock.c -- a thread joins another and holds the lock that the other needs.
 * says: thread R waits in pthread_join for thread # to end, and thread # waits for the mutex `lock` that thread R
 *       holds: unlock before waiting for the end
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *work(void *unused)
{
	OK(pthread_mutex_lock(&lock));
	return unused;
}

int main(void)
{
	OK(pthread_mutex_lock(&lock));
	OK(pthread_join(thread(work, NULL), NULL));
}
