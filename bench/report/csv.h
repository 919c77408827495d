/* SPDX-License-Identifier: MIT */
/* csv.h -- summary.csv: a row per cell and regime; findings.csv: a row per finding, or what refuses it. */
#ifndef BENCH_REPORT_CSV_H
#define BENCH_REPORT_CSV_H

#include "bench/report/summary.h"

#include <stdio.h>

/* Times in seconds, speedups and efficiencies as plain ratios; empty where there is no number.  A cell without any time
 * has one row, with an empty regime.  Fields are quoted as RFC 4180 says; lines end in \n. */
void csv_write(FILE *, const struct summary *);

/* Writes both into the folder, beside, and renames them: a reader sees the old one or the new one, never half of one.
 * 0 or -errno and a sentence of SUMMARY_WHY bytes. */
int csv_save(const char *folder, const struct summary *, char *why);

#endif
