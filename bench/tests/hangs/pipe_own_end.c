/* SPDX-License-Identifier: MIT */
/* pipe_own_end.c -- a child reads a pipe to its end, and has the end for writing open itself.
 * says: process # waits in read on pipe #; its write end is still open in process # itself, descriptor #: close
 *       it after fork
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	int fd[2];
	char byte;

	SYS(pipe(fd));
	if (child() == 0) {
		SYS(read(fd[0], &byte, 1));  /* close(fd[1]) is missing before it */
		_exit(0);
	}
	SYS(close(fd[0]));
	SYS(close(fd[1]));
	SYS(wait(NULL));
}
