/* SPDX-License-Identifier: MIT */
/* run.h -- the whole of `manyhands run`: size, try, then block after block until precise enough or out of budget. */
#ifndef BENCH_RUN_RUN_H
#define BENCH_RUN_RUN_H

#include "bench/run/plan.h"

/* The stopping rule: a cell is known when it was precise enough at so many checks in a row, one every other block from
 * the least number on; after so many blocks a run ends in any case. */
enum { RUN_STEADY_CHECKS = 2, RUN_LAST_BLOCK = 60 };
enum { RUN_MOST_BLOCKS = 512 }; /* that --blocks may ask for, and a report can take */

struct run_result {
	char *folder;                   /* where the results are; NULL when nothing was begun.  Caller's to free */
	char *twin_folder;              /* likewise, of the twin */
	unsigned blocks;                /* whole ones */
	double worst;                   /* half-width of the least known cell at the end; INFINITY: not known */
	unsigned outcomes[6];           /* trials by enum outcome, the pilot's failures included */
	double conductor_share;         /* CPU time of this process over that of all trials */
};

/* Tells how well each cell of the plan is known by now: half the width of its speedup's interval, relative; INFINITY
 * when it has none yet; NAN when nobody waits for it (a base, the document's size, a cell that failed).  Handed in,
 * because summaries are the report's business and not the run's.  `side` is 0, or 1 for a twin.  0 or -errno. */
typedef int run_precision(void *state, unsigned side, const char *folder, const struct plan *, double *halfwidth);

/* What to run, and its twin, if any: the same plan for another build, measured turn by turn. */
struct run_order {
	const struct settings *settings, *twin;
	hwloc_topology_t topology;
	char **argv;
	const char *resume;             /* the folder to go on with; NULL: a new one */
	run_precision *precision;
	void *state;                    /* handed to precision */
};

/* 0, -EINTR when the user interrupted (what was measured is on disk), or -errno and a sentence in `why` (CARD_WHY). */
int run_all(const struct run_order *, struct run_result *, char *why);

#endif
