/* SPDX-License-Identifier: MIT */
/* machine.h -- what this machine is, and what disturbs it: read from /proc, /sys and the cgroup.  Unknown stays
 * unknown: an empty text or NAN, never 0. */
#ifndef BENCH_RUN_MACHINE_H
#define BENCH_RUN_MACHINE_H

#include <hwloc.h>

struct machine {
	char model[96], host[64], kernel[128], hypervisor[32], governor[32], boost[8];
	unsigned packages, cores, core_kinds, pus_allowed;
	unsigned pus;                   /* of the machine, allowed or not */
	double quota_cpus;              /* CPUs' worth of time that the cgroup grants; NAN: no limit */
	double load1;                   /* load average of the last minute */
	double pressure;                /* percent of the last 10 s in which some task waited for a CPU (PSI) */
	double steal_percent;           /* of all CPU time since boot, taken by the hypervisor */
};

/* What had been taken from us until now: by the hypervisor (ticks of 10 ms), by the cgroup's quota, and the time in
 * which some task of the machine was ready and had no CPU (PSI). */
struct machine_load { double steal_ticks, throttled_us, pressure_us; };

void machine_read(struct machine *, hwloc_topology_t);
struct machine_load machine_load(void);

#endif
