/* SPDX-License-Identifier: MIT */
/* lanes.c -- where each worker leaves its stamps, and where it is bound.  See lanes.h and worker.h. */
#include "bench/trial/lanes.h"

#include "bench/base/clock.h"
#include "bench/check.h"
#include "bench/trial/yields.h"
#include "bench/worker.h"

#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Global because a worker, deep in a lesson, has nothing to pass: it says only who it is. */
static struct lanes lanes;
static _Thread_local unsigned bound_to = PU_ANY;

static void load_topology(const char *xml)
{
	unsigned long flags = HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM;

	/* plugins for GPUs and networks bring 40 MB that make fork() dear */
	setenv("HWLOC_PLUGINS_PATH", "/dev/null", 1);
	if (hwloc_topology_init(&lanes.topology) < 0)
		die("hwloc cannot start: out of memory?");
	if (!xml)
		flags |= HWLOC_TOPOLOGY_FLAG_RESTRICT_TO_CPUBINDING;
	else if (hwloc_topology_set_xml(lanes.topology, xml) < 0)
		die("%s: not a topology that hwloc can read: make it with `lstopo %s`", xml, xml);
	hwloc_topology_set_flags(lanes.topology, flags);
	/* PUs suffice, and load fast */
	hwloc_topology_set_all_types_filter(lanes.topology, HWLOC_TYPE_FILTER_KEEP_NONE);
	if (hwloc_topology_load(lanes.topology) < 0)
		die("%s: hwloc cannot load this topology", xml ? xml : "this machine");
}

/* Main is no worker, yet it deals messages or waits for results: it keeps off the workers' PUs while there are others,
 * or chance would decide, trial by trial, whether it stands in worker 0's way.  (Where main is itself worker 0,
 * worker_enter() binds it as that.) */
static void make_way(void)
{
	hwloc_const_cpuset_t allowed = hwloc_topology_get_allowed_cpuset(lanes.topology);
	hwloc_cpuset_t others = hwloc_bitmap_dup(allowed), now = hwloc_bitmap_alloc();

	if (!others || !now)
		die("no memory to bind the main thread");
	/* The first reading of a binding looks in /sys: here, and not in every forked child. */
	if (hwloc_get_cpubind(lanes.topology, now, HWLOC_CPUBIND_THREAD) < 0)
		die("hwloc cannot tell where this process may run");
	hwloc_bitmap_and(others, others, now);
	for (unsigned i = 0; i < lanes.workers; i++)
		if (lanes.pus[i] != PU_ANY)
			hwloc_bitmap_clr(others, lanes.pus[i]);
	if (!hwloc_bitmap_iszero(others) && hwloc_set_cpubind(lanes.topology, others, HWLOC_CPUBIND_THREAD) < 0)
		die("the main thread cannot be kept off the workers' PUs");
	hwloc_bitmap_free(others);
	hwloc_bitmap_free(now);
}

struct lanes *lanes_make(unsigned workers, const unsigned *pus, const char *topology_xml)
{
	const size_t bytes = workers * sizeof *lanes.lane;

	lanes.lane = mmap(NULL, bytes + sizeof *lanes.strayed, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		0);
	if (lanes.lane == MAP_FAILED)
		die("no memory for the table of %u workers", workers);
	lanes.strayed = (bool *)(lanes.lane + workers);
	lanes.workers = workers;
	lanes.pus = pus;
	if (pus) {
		load_topology(topology_xml);
		make_way();
	}
	lanes_clear(&lanes);
	return &lanes;
}

void lanes_clear(struct lanes *l)
{
	memset(l->lane, 0, l->workers * sizeof *l->lane);
	for (unsigned i = 0; i < l->workers; i++)
		l->lane[i].pu = -1;
}

struct lanes lanes_copy(const struct lanes *l)
{
	struct lanes copy = *l;
	size_t bytes = l->workers * sizeof *l->lane;

	copy.lane = aligned_alloc(LANE_BYTES, bytes);
	if (!copy.lane)
		die("no memory to copy the table of %u workers", l->workers);
	memcpy(copy.lane, l->lane, bytes);
	return copy;
}

void lanes_free(struct lanes *l)
{
	if (l->pus)
		hwloc_topology_destroy(l->topology);
	munmap(l->lane, l->workers * sizeof *l->lane + sizeof *l->strayed);
	*l = (struct lanes){ 0 };
}

/* Binds the calling thread, once, and believes only what it reads back. */
static void bind_here(unsigned i)
{
	if (!lanes.pus || lanes.pus[i] == PU_ANY || bound_to == i)
		return;
	hwloc_cpuset_t wanted = hwloc_bitmap_alloc(), got = hwloc_bitmap_alloc();
	if (!wanted || !got)
		die("no memory to bind worker %u", i);
	hwloc_bitmap_only(wanted, lanes.pus[i]);
	if (hwloc_set_cpubind(lanes.topology, wanted, HWLOC_CPUBIND_THREAD) < 0
		|| hwloc_get_cpubind(lanes.topology, got, HWLOC_CPUBIND_THREAD) < 0
		|| !hwloc_bitmap_isequal(wanted, got))
		die("worker %u cannot be bound to PU %u: is it still allowed (taskset -p, cpuset)? "
			"`--policy none` binds nobody", i, lanes.pus[i]);
	hwloc_bitmap_free(wanted);
	hwloc_bitmap_free(got);
	bound_to = i;
}

void worker_enter(unsigned i)
{
	if (i >= lanes.workers)
		return;
	struct lane *lane = &lanes.lane[i];
	bind_here(i);
	yields_worker(i);
	lane->pid = getpid();
	lane->tid = gettid();
	lane->cpu_enter_ns = clock_read_ns(CLOCK_THREAD_CPUTIME_ID);
	if (lane->enter_ns == 0)
		lane->enter_ns = clock_ns();
}

void worker_leave(unsigned i)
{
	if (i >= lanes.workers)
		return;
	struct lane *lane = &lanes.lane[i];
	lane->leave_ns = clock_ns();
	lane->cpu_ns += clock_read_ns(CLOCK_THREAD_CPUTIME_ID) - lane->cpu_enter_ns;
	lane->pu = sched_getcpu();
}

unsigned lanes_seen(const struct lanes *l)
{
	unsigned seen = 0;

	for (unsigned i = 0; i < l->workers; i++) {
		bool first = l->lane[i].tid != 0;
		for (unsigned j = 0; j < i && first; j++)
			first = l->lane[j].tid != l->lane[i].tid;
		seen += first;
	}
	return seen;
}

double lanes_imbalance(const struct lanes *l)
{
	double sum = 0, longest = 0;
	unsigned entered = 0;

	for (unsigned i = 0; i < l->workers; i++) {
		double stretch = (double)(l->lane[i].leave_ns - l->lane[i].enter_ns);
		if (l->lane[i].tid == 0 || l->lane[i].leave_ns == 0)
			continue;
		entered++;
		sum += stretch;
		longest = fmax(longest, stretch);
	}
	return entered < 2 || sum <= 0 ? NAN : longest / (sum / entered);
}
