/* SPDX-License-Identifier: MIT */
/* mutex_forked.c -- a process is forked while another thread holds a lock; the copy of it is never unlocked.
 * says: process # waits for the mutex `lock`; its owner, thread #, is of the parent, and held it at the fork:
 *       hold no lock at fork
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t locked;

static void *hold(void *unused)
{
	OK(pthread_mutex_lock(&lock));
	pthread_barrier_wait(&locked);
	for (;;)
		pause();
	return unused;
}

int main(void)
{
	OK(pthread_barrier_init(&locked, NULL, 2));
	thread(hold, NULL);
	pthread_barrier_wait(&locked);
	if (child() == 0)
		OK(pthread_mutex_lock(&lock));
	SYS(wait(NULL));
}
