/* SPDX-License-Identifier: MIT */
/* lanes.h -- the shared table behind worker_enter() and worker_leave(): one lane per worker.
 *
 * Invariant: lane i is written by worker i alone; the trial's main reads and clears it only while no worker works.
 */
#ifndef BENCH_TRIAL_LANES_H
#define BENCH_TRIAL_LANES_H

#include <hwloc.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { LANE_BYTES = 128 };  /* two cache lines: the adjacent-line prefetcher pairs them */
#define PU_ANY UINT_MAX  /* in pus: this worker is not bound */

struct lane {
	_Alignas(LANE_BYTES) pid_t pid, tid;    /* 0: this worker has not entered */
	int pu;                                 /* OS index of the PU it was on when it left; -1 before */
	uint64_t enter_ns, leave_ns;            /* CLOCK_MONOTONIC: first enter, last leave of this run */
	uint64_t cpu_ns;                        /* CPU time between them, stretches added up */
	uint64_t cpu_enter_ns;                  /* this thread's CPU clock at the latest enter */
};

struct lanes {
	struct lane *lane;      /* shared with every child */
	bool *strayed;          /* behind them: a child came back from the variant, and was ended */
	unsigned workers;
	const unsigned *pus;    /* planned OS index by worker; NULL: nobody is bound */
	hwloc_topology_t topology;
};

/* Makes the table for the life of the process.  With pus, loads the machine from `topology_xml` (or looks at it itself
 * when NULL: slower) so that workers can be bound; dies with one sentence when that fails. */
struct lanes *lanes_make(unsigned workers, const unsigned *pus, const char *topology_xml);
void lanes_clear(struct lanes *);
struct lanes lanes_copy(const struct lanes *);  /* a snapshot; its .lane is the caller's to free() */
void lanes_free(struct lanes *);
unsigned lanes_seen(const struct lanes *);      /* distinct threads or processes that entered */
double lanes_imbalance(const struct lanes *);   /* longest stretch over the mean; NAN with fewer than two */

#endif
