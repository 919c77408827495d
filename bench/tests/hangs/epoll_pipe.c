/* SPDX-License-Identifier: MIT */
/* epoll_pipe.c -- a process waits for an event of a pipe of which it holds all ends.
 * says: waits in epoll_wait on pipe #; its write end is still open in process R itself, descriptor #
 */
#include "bench/tests/hangs/plant.h"

#include <sys/epoll.h>

int main(void)
{
	int fd[2], set = (int)SYS(epoll_create1(0));
	struct epoll_event event = { .events = EPOLLIN };

	SYS(pipe(fd));
	SYS(epoll_ctl(set, EPOLL_CTL_ADD, fd[0], &event));
	SYS(epoll_wait(set, &event, 1, -1));
}
