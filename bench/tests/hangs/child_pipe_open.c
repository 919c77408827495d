/* SPDX-License-Identifier: MIT */
/* child_pipe_open.c -- a parent waits for a child that reads until the parent closes its pipe.
 * says: process R waits in waitid for its child # to end, and process # waits in read on pipe #; its write end is
 *       still open in process R, descriptor #: close it, or write what is missing, before
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	int fd[2];
	char byte;
	siginfo_t ended;

	SYS(pipe(fd));
	pid_t pid = child();
	if (pid == 0) {
		SYS(close(fd[1]));
		SYS(read(fd[0], &byte, 1));
		_exit(0);
	}
	SYS(close(fd[0]));
	SYS(waitid(P_PID, (id_t)pid, &ended, WEXITED));
}
