/* SPDX-License-Identifier: MIT */
/* mutex_self.c -- a thread locks a mutex twice.
 * says: process R waits for the mutex `lock` that it holds itself: unlock it before
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
	OK(pthread_mutex_lock(&lock));
	OK(pthread_mutex_lock(&lock));
}
