/* SPDX-License-Identifier: MIT */
/* programs.h -- where the fake lessons' programs and the capacity ones lie: beside the test that asks. */
#ifndef BENCH_TESTS_PROGRAMS_H
#define BENCH_TESTS_PROGRAMS_H

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

struct programs { char lessons[PATH_MAX + 16], capacity[PATH_MAX + 16]; };

/* 0, or -1 when /proc is not there. */
static inline int programs_find(struct programs *p)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

	if (length < 0)
		return -1;
	self[length] = '\0';
	const char *folder = dirname(self);
	snprintf(p->lessons, sizeof p->lessons, "%s/lessons", folder);
	snprintf(p->capacity, sizeof p->capacity, "%s/..", folder);
	return 0;
}

#endif
