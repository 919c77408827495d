/* SPDX-License-Identifier: MIT */
/* sandbox.h -- what bubblewrap puts around everything that untrusted_run() starts, once it was asked for.
 *
 * Inside there is: the system's programs and libraries, read-only; the headers that an answer includes, one by one; the
 * files that the command names by an absolute path, and the folder where it runs, which only a compiler may write to.
 * There is no network, no other process, no other file, and no variable of ours.  /tmp and /dev/shm are private and
 * small.  The limits stand in sandbox.c; bench/confine enforces them.
 */
#ifndef BENCH_GRADE_SANDBOX_H
#define BENCH_GRADE_SANDBOX_H

#include "bench/grade/lab.h"
#include "bench/grade/untrusted.h"

/* From now on, and for good: everything that is not trusted runs in a sandbox.  Tries one first.  0; -EPERM and a
 * sentence with the remedy (LAB_WHY) when this machine has none; or -errno and a sentence. */
int sandbox_open(const struct lab *, const struct lab_places *, char *why);
bool sandbox_is_open(void);

/* As spawn_run(), inside.  -EACCES when a compiler cannot be started there: text[1] tells why. */
int sandbox_run(const struct untrusted *, struct spawned *);

#endif
