/* SPDX-License-Identifier: MIT */
/* report.h -- everything that is made from a results folder: summary.csv, charts/, and the table on a terminal. */
#ifndef BENCH_REPORT_REPORT_H
#define BENCH_REPORT_REPORT_H

#include <stdio.h>

/* Reads dir/run.json and dir/samples.ndjson, writes dir/summary.csv and dir/charts, prints the closing table on `out`.
 * 0, or -errno after one sentence on stderr.  Without gnuplot it succeeds and says how to draw later. */
int report_folder(const char *dir, const char *scripts_dir, FILE *out);

/* The widest relative half-width of a speedup's interval among the folder's warm cells at the measured size; INFINITY
 * when some cell has no interval yet.  0 or -errno.  Reads everything anew: summary_more() does not. */
int report_precision(const char *dir, double *worst);

#endif
