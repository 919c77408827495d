/* SPDX-License-Identifier: MIT */
/* plant.h -- what all programs here need: children that die with their parent, and threads.
 *
 * A program hangs in one way, for ever.  The lines " * says: ..." at its head are what the hang doctor must say of it,
 * with R for the number of the program's first process and # for every other number; hang.bats compares.  A line that
 * is indented further goes on with the one before.
 */
#ifndef BENCH_TESTS_HANGS_PLANT_H
#define BENCH_TESTS_HANGS_PLANT_H

#include "bench/check.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* fork(); nobody outlives the program, however it is killed. */
static inline pid_t child(void)
{
	const pid_t parent = getpid(), pid = (pid_t)SYS(fork());

	if (pid == 0) {
		SYS(prctl(PR_SET_PDEATHSIG, SIGKILL));
		if (getppid() != parent)
			_exit(1);
	}
	return pid;
}

static inline pthread_t thread(void *(*work)(void *), void *with)
{
	pthread_t made;

	OK(pthread_create(&made, NULL, work, with));
	return made;
}

/* Until process `pid` sleeps on a lock. */
static inline void until_locked_out(pid_t pid)
{
	char path[64];
	long call = -1;

	snprintf(path, sizeof path, "/proc/%d/syscall", pid);
	for (unsigned turn = 0; call != SYS_futex; turn++) {
		FILE *file = fopen(path, "re");
		if (!file || turn > 60000)
			die("a child does not come to its lock");
		if (fscanf(file, "%ld", &call) != 1)
			call = -1;  /* "running" */
		fclose(file);
		usleep(1000);
	}
}

/* Memory that children share. */
static inline void *shared(size_t bytes)
{
	void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		die("mmap: no memory");
	return memory;
}

#endif
