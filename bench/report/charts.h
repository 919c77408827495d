/* SPDX-License-Identifier: MIT */
/* charts.h -- the pictures of a run, drawn by gnuplot.
 *
 * Which ones, a lesson's card says: kinds by name, "sweep capacity" for a kind with an argument; charts.c has the table
 * of them.  Each is written to folder/charts as LESSON-KIND.gp, which holds its data and its style and needs nothing
 * else; gnuplot makes the .svg, .png and .pdf of it.  What comes out depends, byte for byte (but for the PDF's date),
 * on the summary and the files of scripts/ alone.  The data shape what is drawn, never what is run: texts stand in
 * single quotes, nothing is enhanced.
 */
#ifndef BENCH_REPORT_CHARTS_H
#define BENCH_REPORT_CHARTS_H

#include "bench/report/summary.h"

struct chart {
	char name[128];                         /* its files are charts/NAME.gp and so on */
	unsigned lesson;                        /* index into the summary */
	const char *kind, *argument;            /* "sweep", "capacity"; "" without */
	const char *heading, *about;            /* in a report: what it is, and how to read it */
	char title[512];                        /* what it shows; or, where there is no script, why it is not drawn */
	char *script;                           /* the whole .gp file, or NULL */
};

struct charts {
	unsigned count;
	struct chart *chart;                    /* lesson by lesson, in reading order */
};

/* The name of the i-th kind there is, in reading order; NULL beyond the last. */
const char *charts_kind(unsigned i);

/* All charts that the lessons ask for.  0 or -errno and a sentence in `why` (SUMMARY_WHY bytes); to be freed in every
 * case, before the summary is. */
int charts_make(const struct summary *, const char *scripts_dir, struct charts *, char *why);
void charts_free(struct charts *);

/* Writes the scripts; removes the pictures that older ones made.  0 or -errno. */
int charts_save(const char *folder, const struct charts *, char *why);

/* Draws them in these formats: "svg", "png pdf" ...  0; -ENOENT when there is no gnuplot; else -errno.  A chart that
 * gnuplot refuses does not keep the others from being drawn. */
int charts_draw(const char *folder, const struct charts *, const char *formats, char *why);

#endif
