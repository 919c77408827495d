/* SPDX-License-Identifier: MIT */
/* watch.h -- who only polls: over many looks, a thread that slept for short times, always at the same place. */
#ifndef BENCH_HANG_WATCH_H
#define BENCH_HANG_WATCH_H

#include "bench/hang/look.h"

/* One thread, as it was seen so far. */
struct habit {
	pid_t tid;
	unsigned asleep;                /* looks that found it in a wait with a time limit */
	bool elsewhere;                 /* it was seen at another place, or waiting without a limit */
	long call;                      /* where it sleeps: the system call, the stack, the place in the program */
	uint64_t stack, place;
	uint64_t cpu_ns, queued_ns, switches;   /* at the first look */
};

struct watch {
	struct habit *habit;
	unsigned habits, looks;
};

/* One more look.  A thread that was not there at the first one is not watched.  0 or -ENOMEM. */
int watch_look(struct watch *, const struct look *);

/* Every look found it, asleep at one place or awake; it woke up often, and computed for little of the time in which it
 * had a CPU or asked for none.  `apart_ns`: from the first look to the last. */
bool watch_polls(const struct watch *, const struct thread *, double apart_ns);

void watch_free(struct watch *);

#endif
