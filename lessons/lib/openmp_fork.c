/* SPDX-License-Identifier: MIT */
/* openmp_fork.c -- OpenMP first, fork() afterwards: see openmp_fork.h. */
#include "lessons/lib/openmp_fork.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>

/* There only in a program that is linked with a runtime. */
extern int omp_get_max_threads(void) __attribute__((weak));

static unsigned threads(void)
{
	DIR *tasks = opendir("/proc/self/task");
	unsigned entries = 0;

	while (tasks && readdir(tasks))
		entries++;
	if (tasks)
		closedir(tasks);
	return entries > 2 ? entries - 2 : 1;   /* without . and .. */
}

int openmp_allows_fork(void)
{
	if (!omp_get_max_threads || threads() == 1)
		return 0;
	fprintf(stderr, "worker processes are not started: OpenMP has threads here already, and a copy of this process "
		"would wait for them in its first parallel region for ever; "
		"start the processes before the first region\n");
	return -EDEADLK;
}
