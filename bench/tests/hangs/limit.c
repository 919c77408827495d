/* SPDX-License-Identifier: MIT */
/* limit.c -- NOT A HANG: a wait with a time limit, over and over.
 * says: not hanging: process R
 */
#include "bench/tests/hangs/plant.h"

#include <poll.h>

int main(void)
{
	int fd[2];
	struct pollfd polled;

	SYS(pipe(fd));
	polled = (struct pollfd){ .fd = fd[0], .events = POLLIN };
	for (;;)
		SYS(poll(&polled, 1, 30));
}
