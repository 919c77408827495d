/* SPDX-License-Identifier: MIT */
/* child.h -- what a parent and a bare forked child owe each other: neither waits for the other's ghost. */
#ifndef LIB_CHILD_H
#define LIB_CHILD_H

#include "bench/check.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* In a child, first of all: from now on it ends when `parent` does, in whatever it waits for. */
static inline void die_with(pid_t parent)
{
	SYS(prctl(PR_SET_PDEATHSIG, SIGKILL));
	if (getppid() != parent)
		_exit(1);  /* it died before the line above */
}

/* In the parent: waits for so many children, whichever end first, and dies when one did not do its work. */
static inline void reap(unsigned children)
{
	for (; children > 0; children--) {
		int status;
		int pid = (int)SYS(wait(&status));
		if (WIFSIGNALED(status))
			die("worker process %d was ended by a signal: %s", pid, strsignal(WTERMSIG(status)));
		if (WEXITSTATUS(status) != 0)
			die("worker process %d ended early, with exit code %d", pid, WEXITSTATUS(status));
	}
}

#endif
