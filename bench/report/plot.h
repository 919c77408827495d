/* SPDX-License-Identifier: MIT */
/* plot.h -- a lesson's chart in the terminal itself: in characters, or in sixels where a terminal knows them. */
#ifndef BENCH_REPORT_PLOT_H
#define BENCH_REPORT_PLOT_H

#include "bench/report/charts.h"

#include <stdio.h>

enum plot_kind { PLOT_NONE, PLOT_TEXT, PLOT_SIXEL };

struct plot {
	enum plot_kind kind;
	unsigned columns;               /* of the terminal; 0: not known, so 80 */
	bool colour;
};

/* Draws speedups, or times where nothing has a speedup, each with its interval: a line per variant and number of
 * workers (scripts/plot.gp); or, in sixels, the chart of `charts` that shows them.  Where there is nothing to draw it
 * says so.  0; -ENOENT without gnuplot; -ENOTSUP where gnuplot has no sixel terminal; else -errno, and a sentence of
 * SUMMARY_WHY bytes. */
int plot_write(FILE *, const struct plot *, const struct summary *, unsigned lesson, const struct charts *,
	const char *scripts_dir, char *why);

#endif
