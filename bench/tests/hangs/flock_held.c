/* SPDX-License-Identifier: MIT */
/* flock_held.c -- a child waits for the lock on a file that its parent holds; the parent waits for the child.
 * says: process R waits in wait# for its child # to end, and process # waits in flock for the lock on file '
 * says: which is held in process R, descriptor #: unlock before
 */
#include "bench/tests/hangs/plant.h"

#include <fcntl.h>
#include <sys/file.h>

int main(void)
{
	char name[] = "/tmp/manyhands-hang.XXXXXX";
	int own = (int)SYS(mkstemp(name));

	SYS(fcntl(own, F_SETFD, FD_CLOEXEC));
	SYS(flock(own, LOCK_EX));
	if (child() == 0) {
		int other = (int)SYS(open(name, O_RDWR));
		SYS(unlink(name));
		SYS(close(own));
		SYS(flock(other, LOCK_EX));
	}
	SYS(wait(NULL));
}
