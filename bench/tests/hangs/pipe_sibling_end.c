/* SPDX-License-Identifier: MIT */
/* pipe_sibling_end.c -- a reader waits for an end of file that its sibling, forked later, keeps away.
 * says: process # waits in read on pipe #; its write end is still open in process #, descriptor #; and process #
 *       waits in
 * says: each waits for the other: close after fork what is not used
 */
#include "bench/tests/hangs/plant.h"

/* The second child inherits the first one's pipe, and waits for a word from the first. */
int main(void)
{
	int to_first[2], to_second[2];
	char byte;

	SYS(pipe(to_first));
	SYS(pipe(to_second));
	if (child() == 0) {
		SYS(close(to_first[1]));
		SYS(close(to_second[0]));
		while (SYS(read(to_first[0], &byte, 1)) > 0)
			;
		SYS(write(to_second[1], "x", 1));
		_exit(0);
	}
	if (child() == 0) {
		SYS(close(to_second[1]));  /* close(to_first[1]) is missing */
		SYS(read(to_second[0], &byte, 1));
		_exit(0);
	}
	SYS(close(to_first[1]));
	SYS(close(to_second[1]));
	while (wait(NULL) > 0)
		;
}
