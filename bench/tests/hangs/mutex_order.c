/* SPDX-License-Identifier: MIT */
/* mutex_order.c -- two threads lock two mutexes in opposite order.
 * says: thread # waits for the mutex `first` that thread # holds, and thread # waits for the mutex `second` that
 *       thread # holds: lock them in the same order everywhere
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, second = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t both;

static void *up(void *unused)
{
	OK(pthread_mutex_lock(&first));
	pthread_barrier_wait(&both);
	OK(pthread_mutex_lock(&second));
	return unused;
}

static void *down(void *unused)
{
	OK(pthread_mutex_lock(&second));
	pthread_barrier_wait(&both);
	OK(pthread_mutex_lock(&first));
	return unused;
}

int main(void)
{
	OK(pthread_barrier_init(&both, NULL, 2));
	pthread_t climber = thread(down, NULL);
	thread(up, NULL);
	OK(pthread_join(climber, NULL));
}
