/* SPDX-License-Identifier: MIT */
/* mutex_ended.c -- a thread ends and still holds a mutex.
 * says: process R waits for the mutex `lock`; its owner, thread #, is gone: unlock before ending
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *forget(void *unused)
{
	OK(pthread_mutex_lock(&lock));
	return unused;
}

int main(void)
{
	OK(pthread_join(thread(forget, NULL), NULL));
	OK(pthread_mutex_lock(&lock));
}
