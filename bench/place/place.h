/* SPDX-License-Identifier: MIT */
/* place.h -- which PU each worker gets: a pure function of topology, policy and number of workers.
 *
 * PUs are named by their OS index (what taskset and /proc use).  Functions that can fail return 0 or -errno and leave
 * one sentence for the user in `why` (PLACE_WHY bytes): the culprit, what was expected, what to do.
 */
#ifndef BENCH_PLACE_H
#define BENCH_PLACE_H

#include <hwloc.h>
#include <stdbool.h>
#include <stdio.h>

enum { PLACE_WHY = 320, PLACE_MAX_LIST = 1024 };
#define PLACE_ANY UINT_MAX  /* in a plan: this worker is not bound */

enum place_kind {
	PLACE_CORES,    /* one PU per core, in machine order; SMT siblings only when the cores are used up (default) */
	PLACE_CLOSE,    /* PUs in machine order: siblings together, one package filled before the next */
	PLACE_SPREAD,   /* as far from one another as the machine allows (hwloc_distrib, one PU each) */
	PLACE_SMT,      /* the hardware threads of one core, then of the next: refused where no core has two */
	PLACE_NUMA,     /* cores of NUMA node K only */
	PLACE_CORE_KIND,/* P (performance) or E (efficient) cores only */
	PLACE_LIST,     /* PUs as given, in the order given */
	PLACE_NONE      /* the operating system decides */
};

struct place_policy {
	enum place_kind kind;
	unsigned node;                  /* PLACE_NUMA */
	char core_kind;                 /* PLACE_CORE_KIND: 'P' or 'E' */
	unsigned count;                 /* PLACE_LIST */
	unsigned list[PLACE_MAX_LIST];
	char text[64];                  /* as the user wrote it, cut with ... when long */
};

/* "cores", "close", "spread", "smt", "numa:0", "kind:P", "list:0,2,4-7", "none".  An unknown name gets the nearest. */
int place_parse(const char *text, struct place_policy *, char *why);

/* The machine that we run on, no more of it than this process may use (taskset, cpuset).  -EPERM when HWLOC_SYNTHETIC,
 * HWLOC_XMLFILE, HWLOC_FSROOT or HWLOC_CPUID_PATH in the environment would show us another one. */
int place_load_here(hwloc_topology_t *, char *why);
int place_load_synthetic(hwloc_topology_t *, const char *description, char *why);
int place_load_xml(hwloc_topology_t *, const char *path, char *why);

unsigned place_pus(hwloc_topology_t);    /* PUs that a plan may use */
unsigned place_cores(hwloc_topology_t);

/* Fills pus[0..workers).  More workers than the policy has PUs: -ERANGE, unless oversubscribe, which starts again from
 * the first.  Core kinds are never mixed by cores, close, spread and smt while one kind has enough PUs. */
int place_plan(hwloc_topology_t, const struct place_policy *, unsigned workers, bool oversubscribe, unsigned *pus,
	char *why);

/* Draws the machine as a tree of at most 80 columns: packages, NUMA nodes, shared caches, cores, PUs, and on each PU
 * the workers that a plan puts there. */
void place_draw(FILE *, hwloc_topology_t, const unsigned *pus, unsigned workers);

#endif
