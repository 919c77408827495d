/* SPDX-License-Identifier: MIT */
/* child_full_pipe.c -- a parent waits for the end of a child before it reads what that writes: too much for a pipe.
 * says: process R waits in wait# for its child # to end, and process # waits in write on pipe #, which is full;
 *       its read end is open in process R, descriptor #: read all before waiting
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	static char much[1 << 20];
	int fd[2];

	SYS(pipe(fd));
	if (child() == 0) {
		SYS(close(fd[0]));
		SYS(write(fd[1], much, sizeof much));
		_exit(0);
	}
	SYS(close(fd[1]));
	SYS(wait(NULL));
	SYS(read(fd[0], much, sizeof much));
}
