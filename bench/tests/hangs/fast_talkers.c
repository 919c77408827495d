/* SPDX-License-Identifier: MIT */
/* fast_talkers.c -- NOT A HANG: two processes send a byte to and fro, each mostly waiting for the other.
 * says: not hanging: process
 */
#include "bench/tests/hangs/plant.h"

#include <sys/socket.h>

int main(void)
{
	int end[2];
	char byte = 'x';

	SYS(socketpair(AF_UNIX, SOCK_STREAM, 0, end));
	const int own = child() == 0;
	SYS(close(end[!own]));
	if (own)
		SYS(write(end[own], &byte, 1));
	while (SYS(read(end[own], &byte, 1)) == 1)
		SYS(write(end[own], &byte, 1));
}
