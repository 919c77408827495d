/* SPDX-License-Identifier: MIT */
/* fifo_alone.c -- a FIFO is opened for writing, and nobody opens it for reading.
 * says: process R waits in openat on FIFO 'fifo' until somebody opens it for reading: open its other end, too
 */
#include "bench/tests/hangs/plant.h"

#include <fcntl.h>
#include <sys/stat.h>

int main(void)
{
	unlink("fifo");
	SYS(mkfifo("fifo", 0600));
	SYS(open("fifo", O_WRONLY));
}
