/* SPDX-License-Identifier: MIT */
/* run.h -- the whole of `manyhands run`: size, try, then block after block until precise enough or out of budget. */
#ifndef BENCH_RUN_RUN_H
#define BENCH_RUN_RUN_H

#include "bench/run/plan.h"

struct run_result {
	char *folder;                   /* where the results are; NULL when nothing was begun.  Caller's to free */
	unsigned blocks;                /* whole ones */
	unsigned outcomes[6];           /* trials by enum outcome, the pilot's failures included */
	double conductor_share;         /* CPU time of this process over that of all trials */
};

/* Tells how precise the folder's results are by now: the widest relative half-width of a speedup's interval; INFINITY
 * when some cell has none yet.  Handed in, because summaries are the report's business and not the run's. */
typedef int run_precision(const char *folder, double *worst);

/* 0, -EINTR when the user interrupted (what was measured is on disk), or -errno and a sentence in `why` (CARD_WHY). */
int run_all(const struct settings *, hwloc_topology_t, char **argv, run_precision *, struct run_result *, char *why);

#endif
