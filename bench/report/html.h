/* SPDX-License-Identifier: MIT */
/* html.h -- report.html: a results folder as one page that opens anywhere.
 *
 * The page asks nothing of anybody: style, script and pictures stand in it, and its Content-Security-Policy allows no
 * request and no other script.  It is HTML and well-formed XML at once.  What comes out depends on the summary, the
 * charts/ and the files of scripts/ alone.
 */
#ifndef BENCH_REPORT_HTML_H
#define BENCH_REPORT_HTML_H

#include "bench/report/charts.h"
#include "bench/report/summary.h"

#include <stdbool.h>
#include <stdio.h>

/* Writes folder/report.html, beside and renamed: a reader sees the old one or the new one.  `charts` are those of this
 * summary, drawn as SVG; without gnuplot `drawn` is false, and the page says so.  0, or -errno and a sentence in `why`
 * (SUMMARY_WHY bytes). */
int html_save(const char *folder, const char *scripts_dir, const struct summary *, const struct charts *, bool drawn,
	char *why);

/* The page alone; style and script are what stands in its two elements. */
void html_write(FILE *, const char *folder, const struct summary *, const struct charts *, bool drawn,
	const char *style,
	const char *script);

#endif
