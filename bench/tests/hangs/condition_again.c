/* SPDX-License-Identifier: MIT */
/* condition_again.c -- a condition that was signalled and waited for before, so that both of its groups were used.
 * says: thread # waits for the condition variable `turn` that no running thread is left to signal
 */
#include "bench/tests/hangs/plant.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn = PTHREAD_COND_INITIALIZER;
static unsigned turns;

static void *player(void *with)
{
	const unsigned me = with != NULL;

	OK(pthread_mutex_lock(&lock));
	for (unsigned round = 0; round < 99; round++) {
		while (turns % 2 != me)
			OK(pthread_cond_wait(&turn, &lock));
		turns += turns < 30;  /* and then it forgets */
		OK(pthread_cond_signal(&turn));
	}
	OK(pthread_mutex_unlock(&lock));
	return NULL;
}

int main(void)
{
	thread(player, NULL);
	OK(pthread_join(thread(player, &lock), NULL));
}
