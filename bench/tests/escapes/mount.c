/* SPDX-License-Identifier: MIT */
/* mount.c -- rung 3, "kept in: mount": mounts a file system, as the root of its own name space. */
#include "escape.h"

#include <sched.h>
#include <sys/mount.h>

static void take(void)
{
	if (mount("none", "/usr", "tmpfs", 0, NULL) < 0)
		kept_in("mount");
}

ESCAPE(take());
