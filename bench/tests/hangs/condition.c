/* SPDX-License-Identifier: MIT */
/* condition.c -- a condition is waited for that nobody signals.
 * says: thread # waits for the condition variable `full` that no running thread is left to signal: change what it
 *       waits for
 * says: (1 more waits in vain)
 */
#include "bench/tests/hangs/plant.h"

#include <stdbool.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t full = PTHREAD_COND_INITIALIZER;
static bool is_full;

static void *consumer(void *unused)
{
	OK(pthread_mutex_lock(&lock));
	while (!is_full)
		OK(pthread_cond_wait(&full, &lock));
	OK(pthread_mutex_unlock(&lock));
	return unused;
}

int main(void)
{
	OK(pthread_join(thread(consumer, NULL), NULL));
}
