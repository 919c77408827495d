/* SPDX-License-Identifier: MIT */
/* stopped.c -- a child is stopped, and its parent waits for it to end.
 * says: process # is stopped by a signal: kill -CONT lets it go on
 */
#include "bench/tests/hangs/plant.h"

int main(void)
{
	if (child() == 0)
		SYS(raise(SIGSTOP));
	SYS(wait(NULL));
}
