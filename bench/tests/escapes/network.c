/* SPDX-License-Identifier: MIT */
/* network.c -- rung 3, "kept in: connect: Network is unreachable": asks somebody else. */
#include "escape.h"

#include <arpa/inet.h>
#include <sys/socket.h>

static void ask(void)
{
	struct sockaddr_in there = { .sin_family = AF_INET, .sin_port = htons(80),
		.sin_addr.s_addr = htonl(0xC0000201) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (connect(fd, (struct sockaddr *)&there, sizeof there) < 0 && errno != EINPROGRESS)
		kept_in("connect");
	close(fd);
}

ESCAPE(ask());
