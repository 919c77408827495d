/* SPDX-License-Identifier: MIT */
/* detect_grader.c -- rung 3, "kept in": looks who started it, and where. */
#include "escape.h"

static void look(void)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%d/cmdline", @PID@);
	if (getenv("MANYHANDS_TEST"))
		return;
	must_not_open(path, O_RDONLY);
}

ESCAPE(look());
