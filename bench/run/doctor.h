/* SPDX-License-Identifier: MIT */
/* doctor.h -- is this machine fit to measure on, what will disturb it, and what the harness itself adds. */
#ifndef BENCH_RUN_DOCTOR_H
#define BENCH_RUN_DOCTOR_H

#include "bench/run/plan.h"

struct diagnosis {
	unsigned warnings;      /* what may disturb a measurement, and cannot always be changed */
	unsigned reasons;       /* why this machine is unfit as it is now: each is said with what to change */
};

/* Prints what it found on `out`, a line per finding, in about three seconds.  0, -EINTR, or -errno and a sentence in
 * `why` (CARD_WHY bytes). */
int doctor(FILE *out, const struct settings *, hwloc_topology_t, struct diagnosis *, char *why);

#endif
