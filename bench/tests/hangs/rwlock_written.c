/* SPDX-License-Identifier: MIT */
/* rwlock_written.c -- a thread holds a read-write lock for writing and joins one that wants to read.
 * says: thread R waits in pthread_join for thread # to end, and thread # waits for the read-write lock `lock`
 *       that thread R holds: unlock before
 */
#include "bench/tests/hangs/plant.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *reader(void *unused)
{
	OK(pthread_rwlock_rdlock(&lock));
	return unused;
}

int main(void)
{
	OK(pthread_rwlock_wrlock(&lock));
	OK(pthread_join(thread(reader, NULL), NULL));
}
