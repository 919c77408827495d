/* SPDX-License-Identifier: MIT */
/* tcp_nobody_comes.c -- a server waits for somebody to connect: only the outside can end that.
 * says: process R waits in accept on TCP #.#.#.#:# for somebody to connect
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

	SYS(accept(listening(&at), NULL, NULL));
}
