/* SPDX-License-Identifier: MIT */
/* polled_semaphore.c -- a thread waits for a semaphore, and another, which is joined, only polls.
 * says: perhaps hanging: thread # waits for the semaphore `items` (its value is 0) that no computing thread is left to
 *       post: whoever polls may still do it; if not, wait with a time limit (1 other only polls)
 */
#include "bench/tests/hangs/plant.h"

#include <semaphore.h>
#include <stdatomic.h>

static sem_t items;
static atomic_bool done;

static void *consumer(void *unused)
{
	SYS(sem_wait(&items));
	return unused;
}

static void *looks(void *unused)
{
	while (!done)
		usleep(1000);
	return unused;
}

int main(void)
{
	SYS(sem_init(&items, 0, 0));
	thread(consumer, NULL);
	OK(pthread_join(thread(looks, NULL), NULL));
}
