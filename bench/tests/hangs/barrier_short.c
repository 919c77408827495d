/* SPDX-License-Identifier: MIT */
/* barrier_short.c -- a barrier for three, and two threads.
 * says: thread R waits at the barrier `all` for 3, to which only 2 came: let its count be
 */
#include "bench/tests/hangs/plant.h"

static pthread_barrier_t all;

static void *come(void *unused)
{
	pthread_barrier_wait(&all);
	return unused;
}

int main(void)
{
	OK(pthread_barrier_init(&all, NULL, 3));
	thread(come, NULL);
	pthread_barrier_wait(&all);
}
