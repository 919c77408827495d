/* SPDX-License-Identifier: MIT */
/* socketpair_both_read.c -- both sides of a pair of sockets wait for the other to write.
 * says: process R waits in read on socket #; its other end is still open in process #, descriptor #; and process
 *       # waits in recvfrom on socket #; its other end is still open in process R, descriptor #: each waits for
 *       the other
 */
#include "bench/tests/hangs/plant.h"

#include <sys/socket.h>

int main(void)
{
	int end[2];
	char byte;

	SYS(socketpair(AF_UNIX, SOCK_STREAM, 0, end));
	if (child() == 0) {
		SYS(close(end[0]));
		SYS(recv(end[1], &byte, 1, 0));
	}
	SYS(close(end[1]));
	SYS(read(end[0], &byte, 1));
}
