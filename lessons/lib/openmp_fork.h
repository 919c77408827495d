/* SPDX-License-Identifier: MIT */
/* openmp_fork.h -- OpenMP first, fork() afterwards: why that hangs, and how it is noticed.
 *
 * After a parallel region the runtime keeps its threads for the next one.  fork() copies the runtime's list of them,
 * but not the threads: the child's first region waits at a barrier for threads that were never there (GCC's libgomp;
 * its manual does not promise more).  The parent sees nothing amiss, and waits for the child.
 */
#ifndef LIB_OPENMP_FORK_H
#define LIB_OPENMP_FORK_H

/* To be asked before workers are forked.  0; or -EDEADLK, with a sentence on stderr that says what to do, when this
 * program has an OpenMP runtime and more threads than the calling one. */
int openmp_allows_fork(void);

#endif
