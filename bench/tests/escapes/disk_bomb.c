/* SPDX-License-Identifier: MIT */
/* disk_bomb.c -- rung 3, "kept in: /tmp: No space left on device": files without end. */
#include "escape.h"

static void bomb(void)
{
	static char much[1 << 20];
	char path[32];

	for (unsigned i = 0;; i++) {
		snprintf(path, sizeof path, "/tmp/%u", i);
		int fd = open(path, O_WRONLY | O_CREAT, 0666);
		if (fd < 0 || write(fd, much, sizeof much) < 0)
			kept_in("/tmp");
		close(fd);
	}
}

ESCAPE(bomb());
