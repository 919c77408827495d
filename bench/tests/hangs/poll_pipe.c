/* SPDX-License-Identifier: MIT */
/* poll_pipe.c -- a process polls two pipes of which it holds all ends.
 * says: process R waits in poll on 2 descriptors, of which # is pipe #; their other ends are still open in
 *       process R itself
 */
#include "bench/tests/hangs/plant.h"

#include <poll.h>

int main(void)
{
	struct pollfd polled[2];
	int fd[2];

	for (int i = 0; i < 2; i++) {
		SYS(pipe(fd));
		polled[i] = (struct pollfd){ .fd = fd[0], .events = POLLIN };
	}
	SYS(poll(polled, 2, -1));
}
