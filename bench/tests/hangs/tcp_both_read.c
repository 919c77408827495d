/* SPDX-License-Identifier: MIT */
/* tcp_both_read.c -- client and server of a connection wait for the other to write.
 * says: process R waits in recvfrom on TCP #.#.#.#:#; its other end is still open in process #, descriptor #; and
 *       process # waits in read on TCP #.#.#.#:#; its other end is still open in process R, descriptor #: each
 *       waits for the other
 */
#include "bench/tests/hangs/plant.h"

#include <netinet/in.h>
#include <sys/socket.h>

static int listening(struct sockaddr_in *at)
{
	int fd = (int)SYS(socket(AF_INET, SOCK_STREAM, 0));
	socklen_t size = sizeof *at;

	*at = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	SYS(bind(fd, (struct sockaddr *)at, sizeof *at));
	SYS(listen(fd, 1));
	SYS(getsockname(fd, (struct sockaddr *)at, &size));
	return fd;
}

int main(void)
{
	struct sockaddr_in at;
	char byte;
	int door = listening(&at), peer;

	if (child() == 0) {
		SYS(close(door));
		peer = (int)SYS(socket(AF_INET, SOCK_STREAM, 0));
		SYS(connect(peer, (struct sockaddr *)&at, sizeof at));
		SYS(read(peer, &byte, 1));
	}
	peer = (int)SYS(accept(door, NULL, NULL));
	SYS(recv(peer, &byte, 1, 0));
}
