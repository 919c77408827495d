/* SPDX-License-Identifier: MIT */
/* neighbour.h -- who else uses this machine's CPUs: those that are found, and one that is planted. */
#ifndef BENCH_RUN_NEIGHBOUR_H
#define BENCH_RUN_NEIGHBOUR_H

#include <hwloc.h>
#include <stdint.h>
#include <sys/types.h>

enum { NEIGHBOUR_MOST = 3, NEIGHBOUR_LIFE_S = 60 };

struct neighbour {
	pid_t pid;
	char name[16];          /* as the kernel has it, fit for a terminal */
	double pus;             /* CPU time over the time that passed: 1.0 is one PU all the time */
};

/* What went on while this process slept.  What the kernel does not tell is NAN. */
struct neighbours {
	double busy_pus;        /* time that all PUs together were at work, over the time that passed; 2.0: two PUs */
	double stolen_percent;  /* of all PUs' time, taken by the hypervisor */
	double waited_percent;  /* of the time, some task waited for a CPU (PSI) */
	unsigned count;         /* of the greediest processes, which follow, the greediest first */
	struct neighbour greediest[NEIGHBOUR_MOST];
};

/* Sleeps for so long and tells what others did.  0 or -ENOMEM. */
int neighbours_watch(double seconds, struct neighbours *);

/* Starts a process that computes in spells of random length, half of them at least on PU `pu` (OS index), the others on
 * any PU of the topology.  It ends with neighbour_uproot(), with this process, and in any case after
 * NEIGHBOUR_LIFE_S seconds.  spawn_run() neither sees it nor ends it, unless a trial itself left a process behind.
 * 0 or -errno. */
int neighbour_plant(hwloc_topology_t, unsigned pu, uint64_t seed, pid_t *);
void neighbour_uproot(pid_t);           /* kills and reaps it; does nothing for 0 */

#endif
