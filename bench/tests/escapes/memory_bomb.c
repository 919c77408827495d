/* SPDX-License-Identifier: MIT */
/* memory_bomb.c -- rung 3, "it took more than 2048 MiB of memory": memory without end. */
#include "escape.h"

static void bomb(void)
{
	enum { STEP = 64 << 20 };

	for (char *p; (p = malloc(STEP));)
		memset(p, 1, STEP);
}

ESCAPE(bomb());
