/* SPDX-License-Identifier: MIT */
/* semaphore_private_early.c -- a semaphore for one process between two, and nobody posts it: that comes first.
 * says: process # waits for the semaphore at 0x
 * says:  (its value is #) that no running thread of its process is left to post; it lies in memory that processes
 *       share, but was made for the threads of one process alone, so that a post in another process wakes nobody: post
 *       it once for every wait, and initialise it with sem_init(.., #, ..)
 */
#include "bench/tests/hangs/plant.h"

#include <semaphore.h>

int main(void)
{
	sem_t *items = shared(sizeof *items);

	SYS(sem_init(items, 0, 0));
	if (child() == 0) {
		SYS(sem_wait(items));
		_exit(0);
	}
	SYS(wait(NULL));
}
