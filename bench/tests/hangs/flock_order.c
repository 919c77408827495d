/* SPDX-License-Identifier: MIT */
/* flock_order.c -- two processes lock two files in opposite order.
 * says: waits in flock for the lock on file '
 * says: , and process # waits in flock for the lock on file
 * says: lock them in the same order everywhere
 */
#include "bench/tests/hangs/plant.h"

#include <fcntl.h>
#include <sys/file.h>

static void lock_two(const char *one, const char *two, pthread_barrier_t *both)
{
	int first = (int)SYS(open(one, O_RDWR)), second = (int)SYS(open(two, O_RDWR));

	SYS(flock(first, LOCK_EX));
	pthread_barrier_wait(both);
	SYS(unlink(one));
	SYS(flock(second, LOCK_EX));
}

int main(void)
{
	char a[] = "/tmp/manyhands-hang.XXXXXX", b[] = "/tmp/manyhands-hang.XXXXXX";
	pthread_barrier_t *both = shared(sizeof *both);
	pthread_barrierattr_t how;

	SYS(close((int)SYS(mkstemp(a))));
	SYS(close((int)SYS(mkstemp(b))));
	OK(pthread_barrierattr_init(&how));
	OK(pthread_barrierattr_setpshared(&how, PTHREAD_PROCESS_SHARED));
	OK(pthread_barrier_init(both, &how, 2));
	if (child() == 0)
		lock_two(a, b, both);
	else
		lock_two(b, a, both);
}
