/* SPDX-License-Identifier: MIT */
/* report.h -- everything that is made from a results folder: summary.csv, charts/, and the table on a terminal. */
#ifndef BENCH_REPORT_REPORT_H
#define BENCH_REPORT_REPORT_H

#include <stdio.h>

/* Reads dir/run.json and dir/samples.ndjson, writes dir/summary.csv and dir/charts, prints the closing table on `out`.
 * 0, or -errno after one sentence on stderr.  Without gnuplot it succeeds and says how to draw later. */
int report_folder(const char *dir, const char *scripts_dir, FILE *out);

#endif
