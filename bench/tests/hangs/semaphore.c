/* SPDX-License-Identifier: MIT */
/* semaphore.c -- a semaphore is posted once and waited for twice.
 * says: process R waits for the semaphore `items` (its value is 0) that no running thread is left to post: post
 *       it once
 */
#include "bench/tests/hangs/plant.h"

#include <semaphore.h>

static sem_t items;

int main(void)
{
	SYS(sem_init(&items, 0, 1));
	SYS(sem_wait(&items));
	SYS(sem_wait(&items));
}
