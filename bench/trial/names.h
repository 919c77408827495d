/* SPDX-License-Identifier: MIT */
/* names.h -- the named shared memory and semaphores that this trial made, in whatever process of it.
 *
 * They outlive every process until somebody unlinks them, and the kernel does not tell who made one.  So the linker
 * leads shm_open() and sem_open() through here (--wrap, in the Makefile), and we note the names.
 */
#ifndef BENCH_TRIAL_NAMES_H
#define BENCH_TRIAL_NAMES_H

void names_watch(void);                 /* from now on; before any child is made */
unsigned names_left(const char **one);  /* how many of them still exist, and the first of their names */

#endif
