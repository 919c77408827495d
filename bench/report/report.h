/* SPDX-License-Identifier: MIT */
/* report.h -- everything that is made from a results folder: CSV files, charts/, and tables and plots on a terminal. */
#ifndef BENCH_REPORT_REPORT_H
#define BENCH_REPORT_REPORT_H

#include "bench/report/plot.h"

#include <stdio.h>

struct report_order {
	const char *folder, *scripts_dir;
	/* of the charts: "svg png pdf", svg always among them; "": charts and page are left alone; NULL: all */
	const char *formats;
	const char *lesson;             /* "pool_map" or "04_pool_map": table and plots tell of it alone; NULL: all */
	struct plot plot;               /* after the table; zeroed: none */
};

/* Reads folder/run.json and folder/samples.ndjson, writes folder/summary.csv, findings.csv and charts, prints the table
 * on `out`.  0, or -errno after one sentence on stderr.  Without gnuplot it succeeds and says how to draw later,
 * but for plots, which were asked for. */
int report_make(const struct report_order *, FILE *out);

/* All of it, as a run leaves it. */
int report_folder(const char *folder, const char *scripts_dir, FILE *out);

#endif
