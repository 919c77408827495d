/* SPDX-License-Identifier: MIT */
/* signal_all.c -- rung 3, "kept in: kill: No such process": ends whatever it can name, the grader first. */
#include "escape.h"

static void signal_all(void)
{
	kill(-1, SIGKILL);
	kill(getppid(), SIGKILL);
	kill(1, SIGKILL);
	if (kill(@PID@, SIGKILL) < 0)
		kept_in("kill");
}

ESCAPE(signal_all());
