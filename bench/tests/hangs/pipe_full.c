/* SPDX-License-Identifier: MIT */
/* pipe_full.c -- a process fills a pipe that only it could read.
 * says: process R waits in write on pipe #, which is full; its read end is open in process R itself, descriptor
 *       #: read it
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	static char much[1 << 20];
	int fd[2];

	SYS(pipe(fd));
	SYS(write(fd[1], much, sizeof much));
}
