/* SPDX-License-Identifier: MIT */
/* wait.h -- from a system call and its arguments to what a thread waits for, and who could end that. */
#ifndef BENCH_HANG_WAIT_H
#define BENCH_HANG_WAIT_H

#include "bench/hang/look.h"

/* What a system call that may wait is about. */
struct call {
	long number;
	const char *name;
	enum wait_kind kind;
};

const struct call *call_find(long number);      /* NULL: none that we know */

/* Fills in the wait of every thread of every member; whoever could end one becomes a member, too. */
void wait_find_all(struct look *);

/* The parts, each in a file of its own; they fill in thread->wait. */
void wait_descriptor(struct look *, struct thread *, int fd, bool writing);     /* also one of a poll's */
void wait_poll(struct look *, struct thread *);
void wait_socket(struct look *, struct thread *, const struct file *);
void wait_futex(struct look *, struct thread *);
void wait_file_lock(struct look *, struct thread *);

/* All that have the object of `like` open, for writing or reading as asked, become sources.  How many there were. */
unsigned wait_holders(struct look *, struct thread *, const struct file *like, bool writing, bool strong);

#endif
