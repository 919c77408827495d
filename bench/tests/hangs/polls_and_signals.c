/* SPDX-License-Identifier: MIT */
/* polls_and_signals.c -- NOT A HANG: who sleeps for short times, always at the same place, signals now and then.
 * says: not hanging: thread
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;

static void *reporter(void *unused)
{
	for (unsigned turn = 1;; turn++) {
		usleep(5000);
		if (turn % 4 == 0)
			OK(pthread_cond_signal(&news));
	}
	return unused;
}

int main(void)
{
	thread(reporter, NULL);
	OK(pthread_mutex_lock(&lock));
	for (;;)
		OK(pthread_cond_wait(&news, &lock));
}
