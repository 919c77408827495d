/* SPDX-License-Identifier: MIT */
/* endless_loop.c -- rung 7, "it was still there after": takes no signal, and goes on for ever. */
#include "escape.h"

static void stay(void)
{
	for (int s = 1; s < 32; s++)
		signal(s, SIG_IGN);
	for (;;)
		usleep(1000);
}

ESCAPE(stay());
