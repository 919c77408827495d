/* SPDX-License-Identifier: MIT */
/* endless_output.c -- rung 7, "it was still there after": talks without end. */
#include "escape.h"

static void talk(void)
{
	static char much[1 << 16];

	memset(much, 'x', sizeof much);
	while (write(1, much, sizeof much) > 0 && write(3, much, sizeof much) > 0)
		usleep(1000);
}

ESCAPE(talk());
