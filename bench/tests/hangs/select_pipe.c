/* SPDX-License-Identifier: MIT */
/* select_pipe.c -- a process selects a pipe of which it holds all ends.
 * says: on pipe #; its write end is still open in process R itself, descriptor #
 */
#include "bench/tests/hangs/plant.h"

#include <sys/select.h>

int main(void)
{
	int fd[2];
	fd_set set;

	SYS(pipe(fd));
	FD_ZERO(&set);
	FD_SET(fd[0], &set);
	SYS(select(fd[0] + 1, &set, NULL, NULL, NULL));
}
