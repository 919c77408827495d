/* SPDX-License-Identifier: MIT */
/* polled_condition.c -- one thread waits for a condition that nobody signals; the others poll, each in its way.
 * says: perhaps hanging: thread R waits for the condition variable `news` that no computing thread is left to signal:
 *       whoever polls may still do it; if not, wait with a time limit (3 others only poll)
 */
#include "bench/tests/hangs/plant.h"

#include <poll.h>
#include <stdatomic.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, own = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER, never = PTHREAD_COND_INITIALIZER;
static atomic_bool cancelled;

static void *sleeps_often(void *unused)
{
	while (!cancelled)
		usleep(50);
	return unused;
}

static void *polls(void *unused)
{
	while (!cancelled)
		poll(NULL, 0, 7);
	return unused;
}

static void *has_a_limit(void *unused)
{
	struct timespec until;

	OK(pthread_mutex_lock(&own));
	while (!cancelled) {
		SYS(clock_gettime(CLOCK_REALTIME, &until));
		until.tv_nsec += 20000000;
		until.tv_sec += until.tv_nsec / 1000000000;
		until.tv_nsec %= 1000000000;
		pthread_cond_timedwait(&never, &own, &until);
	}
	OK(pthread_mutex_unlock(&own));
	return unused;
}

int main(void)
{
	thread(sleeps_often, NULL);
	thread(polls, NULL);
	thread(has_a_limit, NULL);
	OK(pthread_mutex_lock(&lock));
	for (;;)
		OK(pthread_cond_wait(&news, &lock));
}
