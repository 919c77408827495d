/* SPDX-License-Identifier: MIT */
/* compare_chart.h -- a comparison's picture: ratios with their intervals, sorted, in groups by verdict. */
#ifndef BENCH_REPORT_COMPARE_CHART_H
#define BENCH_REPORT_COMPARE_CHART_H

#include "bench/report/compare.h"

enum { COMPARE_CHART_ROWS = 40 };       /* of more, the surest, then the largest differences */

/* The whole gnuplot script, the caller's to free: scripts_dir/style.gp and compare.gp after the data.  0; -ENODATA when
 * no cell has a ratio; else -errno, and a sentence of SUMMARY_WHY bytes. */
int compare_chart_script(const struct compare *, const char *scripts_dir, char **script, char *why);

/* Whether a path ends as a picture does that can be written: .svg, .png or .pdf. */
bool compare_chart_can(const char *path);

/* Draws it and replaces the file `path`, whose ending says what it is.  As above; -ENOENT without gnuplot. */
int compare_chart_save(const struct compare *, const char *scripts_dir, const char *path, char *why);

#endif
