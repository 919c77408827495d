/* SPDX-License-Identifier: MIT */
/* join_pipe.c -- a thread joins one that reads until the first closes a pipe.
 * says: thread # waits in read on pipe #; its write end is still open in process R itself, descriptor #
 * says: (1 more waits in vain)
 */
#include "bench/tests/hangs/plant.h"

static int fd[2];

static void *reader(void *unused)
{
	char byte;

	SYS(read(fd[0], &byte, 1));
	return unused;
}

int main(void)
{
	SYS(pipe(fd));
	OK(pthread_join(thread(reader, NULL), NULL));
	SYS(close(fd[1]));
}
