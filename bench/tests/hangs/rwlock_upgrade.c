/* SPDX-License-Identifier: MIT */
/* rwlock_upgrade.c -- a reader asks to write while it reads.
 * says: process R waits for the read-write lock `lock`, which 1 reader holds (who, is not written down): unlock
 *       it before
 */
#include "bench/tests/hangs/plant.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
	OK(pthread_rwlock_rdlock(&lock));
	OK(pthread_rwlock_wrlock(&lock));
}
