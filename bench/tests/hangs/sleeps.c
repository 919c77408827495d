/* SPDX-License-Identifier: MIT */
/* sleeps.c -- NOT A HANG: one thread waits for a condition, another sleeps and may yet signal it.
 * says: not hanging: thread # sleeps in clock_nanosleep, asked for # s
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn = PTHREAD_COND_INITIALIZER;

static void *sleeper(void *unused)
{
	sleep(9999);
	return unused;
}

int main(void)
{
	thread(sleeper, NULL);
	OK(pthread_mutex_lock(&lock));
	for (;;)
		OK(pthread_cond_wait(&turn, &lock));
}
