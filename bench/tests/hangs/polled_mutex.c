/* SPDX-License-Identifier: MIT */
/* polled_mutex.c -- NOT A HANG, as far as can be seen: who polls holds the lock and is joined, so it is the one to ask.
 * says: not hanging: thread
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *looks(void *unused)
{
	OK(pthread_mutex_lock(&lock));
	for (;;)
		usleep(2000);
	return unused;
}

static void *needs_it(void *unused)
{
	OK(pthread_mutex_lock(&lock));
	return unused;
}

int main(void)
{
	pthread_t poller = thread(looks, NULL);

	usleep(100000);
	thread(needs_it, NULL);
	OK(pthread_join(poller, NULL));
}
