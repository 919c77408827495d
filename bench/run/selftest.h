/* SPDX-License-Identifier: MIT */
/* selftest.h -- does the method keep its promises on this machine?
 *
 * Its promises: two names for one program are rarely called different, also beside a noisy neighbour; a difference of
 * 3 % is found; and of a hundred 95 % intervals about 95 hold the truth.  The first three are tried with real trials,
 * the last with made-up times, whose truth is known.
 */
#ifndef BENCH_RUN_SELFTEST_H
#define BENCH_RUN_SELFTEST_H

#include "bench/run/plan.h"

enum { SELFTEST_MOST = 10000 };         /* experiments */

struct selftest {
	bool quick;             /* in a minute, with wider intervals; else about five */
	unsigned experiments;   /* exactly so many of each kind; 0: as many as fit */
	bool broken;            /* with a method known to be bad: all of A, then all of B, every run pooled */
};

struct selftest_result {
	unsigned missed;        /* goals */
	unsigned open;          /* rates beyond their goal, from too few experiments to tell */
	char first[96];         /* the first goal that was missed, in words */
};

/* Prints every rate on `out` with its interval and its goal, and progress on stderr.  0, -EINTR when the user
 * interrupted, or -errno and a sentence in `why` (CARD_WHY bytes); nothing is left behind in any case. */
int selftest(FILE *out, const struct settings *, hwloc_topology_t, const struct selftest *, struct selftest_result *,
	char *why);

#endif
