/* SPDX-License-Identifier: MIT */
/* charts.h -- three pictures per lesson: time, speedup and efficiency, drawn by gnuplot.
 *
 * Each is written to folder/charts as LESSON-KIND.gp, which holds its data and its style and needs nothing else;
 * gnuplot makes the .svg and the .png of it.  What comes out depends, byte for byte, on the summary and the files of
 * scripts/ alone.  The data shape what is drawn, never what is run: texts stand in single quotes, nothing is enhanced.
 */
#ifndef BENCH_REPORT_CHARTS_H
#define BENCH_REPORT_CHARTS_H

#include "bench/report/summary.h"

/* 0; -ENOENT when all is written but there is no gnuplot to draw it; else -errno.  `why` (SUMMARY_WHY bytes) gets one
 * sentence.  A chart that gnuplot refuses does not keep the others from being drawn. */
int charts_write(const char *folder, const char *scripts_dir, const struct summary *, char *why);

#endif
