/* SPDX-License-Identifier: MIT */
/* entries.h -- how many entries a folder has: what /proc/self/fd and /proc/self/task held before a case and after. */
#ifndef BENCH_TESTS_ENTRIES_H
#define BENCH_TESTS_ENTRIES_H

#include <dirent.h>

/* Include after cmocka.h: it asserts that the folder is there. */
static inline unsigned entries(const char *folder)
{
	unsigned count = 0;
	DIR *dir = opendir(folder);

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

#endif
