/* SPDX-License-Identifier: MIT */
/* fork_bomb.c -- rung 3, "kept in: fork: Resource temporarily unavailable": processes without end. */
#include "escape.h"

static void bomb(void)
{
	for (long child; (child = raw_fork()) != 0;)
		if (child < 0) {
			errno = (int)-child;
			kept_in("fork");
		}
	pause();
}

ESCAPE(bomb());
