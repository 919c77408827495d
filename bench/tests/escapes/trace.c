/* SPDX-License-Identifier: MIT */
/* trace.c -- rung 3, "kept in: memory of process 1": looks into the process that guards it. */
#include "escape.h"

static void look(void)
{
	int fd = open("/proc/1/mem", O_RDWR);

	if (fd < 0)
		kept_in("memory of process 1");
	close(fd);
}

ESCAPE(look());
