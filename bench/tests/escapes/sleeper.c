/* SPDX-License-Identifier: MIT */
/* sleeper.c -- rung 6, "outlived it": the answer is right, and a grandchild in a session of its own sleeps on. */
#include "escape.h"

static void leave_a_sleeper(void)
{
	if (raw_fork() == 0) {
		setsid();
		if (raw_fork() == 0)
			for (;;)
				pause();
		raw(SYS_exit_group, 0, 0, 0);
	}
	waitpid(-1, NULL, 0);
}

ESCAPE(leave_a_sleeper());
