/* SPDX-License-Identifier: MIT */
/* fcntl_order.c -- two open files each hold a byte of a file, and want the other one (OFD: the kernel finds no cycle).
 * says: waits in fcntl for the lock on file '
 * says: and process # waits in fcntl for
 * says: lock them in the same order everywhere
 */
#include "bench/tests/hangs/plant.h"

#include <fcntl.h>

static void lock(int fd, off_t byte)
{
	struct flock one = { .l_type = F_WRLCK, .l_start = byte, .l_len = 1 };

	SYS(fcntl(fd, F_OFD_SETLKW, &one));
}

int main(void)
{
	char name[] = "/tmp/manyhands-hang.XXXXXX", byte;
	int own = (int)SYS(mkstemp(name)), other = (int)SYS(open(name, O_RDWR)), locked[2];

	SYS(unlink(name));
	SYS(pipe(locked));
	if (child() == 0) {
		SYS(close(own));
		lock(other, 1);
		SYS(write(locked[1], "x", 1));
		lock(other, 0);
	}
	SYS(close(other));
	lock(own, 0);
	SYS(read(locked[0], &byte, 1));
	lock(own, 1);
}
