/* SPDX-License-Identifier: MIT */
/* fcntl_held.c -- a child waits for a record lock that its parent holds; the parent waits for the child.
 * says: process R waits in wait# for its child # to end, and process # waits in fcntl for the lock on file '
 * says: which is held in process R: unlock before
 */
#include "bench/tests/hangs/plant.h"

#include <fcntl.h>

int main(void)
{
	char name[] = "/tmp/manyhands-hang.XXXXXX";
	struct flock all = { .l_type = F_WRLCK };
	int fd = (int)SYS(mkstemp(name));

	SYS(unlink(name));
	SYS(fcntl(fd, F_SETLKW, &all));
	if (child() == 0)
		SYS(fcntl(fd, F_SETLKW, &all));
	SYS(wait(NULL));
}
