/* SPDX-License-Identifier: MIT */
/* doctor.h -- is this machine fit to measure on, and what will disturb it. */
#ifndef BENCH_RUN_DOCTOR_H
#define BENCH_RUN_DOCTOR_H

#include "bench/run/plan.h"

/* Prints what it found on `out`, a line per finding, in about three seconds.  0, -EINTR, or -errno and a sentence in
 * `why` (CARD_WHY bytes).  *warnings counts what may disturb a measurement. */
int doctor(FILE *out, const struct settings *, hwloc_topology_t, unsigned *warnings, char *why);

#endif
