/* SPDX-License-Identifier: MIT */
/* socketpair_own_end.c -- a child reads a socket to its end, and has the other end open itself.
 * says: process # waits in read on socket #; its other end is still open in process # itself, descriptor #
 */
#include "bench/tests/hangs/plant.h"

#include <sys/socket.h>

int main(void)
{
	int end[2];
	char byte;

	SYS(socketpair(AF_UNIX, SOCK_STREAM, 0, end));
	if (child() == 0)
		SYS(read(end[1], &byte, 1));
	SYS(close(end[0]));
	SYS(close(end[1]));
	SYS(wait(NULL));
}
