/* SPDX-License-Identifier: MIT */
/* leaks.h -- what a variant left behind: threads, children, descriptors, shared memory. */
#ifndef BENCH_TRIAL_LEAKS_H
#define BENCH_TRIAL_LEAKS_H

#include <stdbool.h>
#include <stdio.h>

struct leaks {
	unsigned threads, descriptors;
	unsigned mappings;      /* of shared memory */
	unsigned sysv;          /* System V segments made by a process of our number */
};

struct leaks leaks_count(void);

/* True when something is there that was not there `before`; says what on `why`, one clause each.  Threads get a moment
 * to vanish: the kernel wakes a joiner just before it takes the thread out of /proc. */
bool leaks_found(const struct leaks *before, FILE *why);

#endif
