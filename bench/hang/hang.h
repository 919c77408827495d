/* SPDX-License-Identifier: MIT */
/* hang.h -- the hang doctor: why does a program not go on?  Who waits for whom, who holds what, and what to change.
 *
 * Reads /proc twice, 100 ms apart, and stops nothing; some ten times where one waits without a limit and the others
 * may only be polling.  It looks at the process `root`, its descendants, the process
 * group that it leads, and at whoever holds what one of them waits for.  What is waited for is found for pipes, FIFOs,
 * sockets (unix, TCP on this machine), eventfds, poll, select and epoll on these, children, flock and fcntl locks, and
 * for what glibc builds on futexes: mutexes, read-write locks, conditions, semaphores, barriers, pthread_join.
 *
 * Arguments of system calls and the memory behind them are shown to the same user (with Yama's ptrace_scope 1 to
 * ancestors only) and to root.  Where we may not look, the answer says so and nothing is guessed.  Not to be seen at
 * all are alarms still to come, and what a thread that computes is computing: a busy wait is called computing.
 */
#ifndef BENCH_HANG_HANG_H
#define BENCH_HANG_HANG_H

#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

enum { HANG_TEXT = 640 };  /* room for most sentences; a longer one is cut */

enum hang {
	HANG_NOT,       /* a thread computes, sleeps, waits with a time limit, or waits for one that does */
	HANG_PERHAPS,   /* nobody computes: one waits without a limit for anybody to come, and the others only poll */
	HANG_OUTSIDE,   /* all wait, but somebody outside, or whom we cannot see, may end it */
	HANG_STUCK      /* at least one thread waits for what nobody is left to do */
};

/* One sentence without a full stop, clean for a terminal, cut at `size` bytes: the reason and what to change; "perhaps
 * hanging: ..." and the same; or "not hanging: ..." and what goes on.  Takes about 0.1 s, or 1 s to see who polls.  An
 * enum hang; or -ESRCH (no such process or group), -ENOMEM, or why /proc could not be read, with a sentence, too. */
int hang_diagnose(pid_t root, char *text, size_t size);

/* The same sentence, and then a line for every thread.  Returns the same; writes nothing on an error, and fills in
 * `why`, HANG_TEXT bytes. */
int hang_report(pid_t root, FILE *, char *why);

#endif
