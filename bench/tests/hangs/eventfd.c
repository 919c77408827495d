/* SPDX-License-Identifier: MIT */
/* eventfd.c -- an eventfd is read that nobody writes.
 * says: process R waits in read on eventfd, descriptor #, which no running process is left to write
 */
#include "bench/tests/hangs/plant.h"

#include <stdint.h>
#include <sys/eventfd.h>

int main(void)
{
	uint64_t count;

	SYS(read((int)SYS(eventfd(0, 0)), &count, sizeof count));
}
