/* SPDX-License-Identifier: MIT */
/* polls_and_computes.c -- NOT A HANG: one waits, one polls, and one computes what the first one waits for.
 * says: not hanging: thread
 */
#include "bench/tests/hangs/plant.h"

#include "bench/keep.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;

static void *looks(void *unused)
{
	for (;;)
		usleep(1000);
	return unused;
}

static void *computes(void *unused)
{
	for (unsigned turn = 0;; turn++)
		KEEP(turn);
	return unused;
}

int main(void)
{
	thread(looks, NULL);
	thread(computes, NULL);
	OK(pthread_mutex_lock(&lock));
	for (;;)
		OK(pthread_cond_wait(&news, &lock));
}
