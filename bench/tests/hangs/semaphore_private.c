/* SPDX-License-Identifier: MIT */
/* semaphore_private.c -- a semaphore between processes that was made for the threads of one: its post wakes nobody.
 * says: process # waits for the semaphore at 0x
 * says: , whose value is #; it lies in memory that processes share, but was made for the threads of one process alone,
 *       so that a post in another process wakes nobody: initialise it with sem_init(.., #, ..)
 */
#include "bench/tests/hangs/plant.h"

#include <semaphore.h>

int main(void)
{
	sem_t *items = shared(sizeof *items);

	SYS(sem_init(items, 0, 0));
	const pid_t pid = child();
	if (pid == 0) {
		SYS(sem_wait(items));
		_exit(0);
	}
	until_locked_out(pid);
	SYS(sem_post(items));
	SYS(wait(NULL));
}
