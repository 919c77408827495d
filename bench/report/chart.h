/* SPDX-License-Identifier: MIT */
/* chart.h -- what the kinds of charts have in common.  Private to this room. */
#ifndef BENCH_REPORT_CHART_H
#define BENCH_REPORT_CHART_H

#include "bench/report/summary.h"

#include <stdio.h>

enum { CHART_TEXT = 512, CHART_BASE_SLOT = 8, CHART_ROWS = 64 };

/* Cells of one problem: [begin, end) of the summary. */
struct group {
	unsigned begin, end;
};

/* What one lesson's charts are made from. */
struct view {
	const struct summary *s;
	const struct summary_lesson *lesson;
	struct group main, document;    /* document is empty when main shows it, or when it was not run */
	const char *argument;           /* "capacity" of "sweep capacity"; "" without */
	char title[512];                /* what the chart shows, or why there is none: by the two functions below */
};

/* gnuplot's language.  Between single quotes nothing is special but the quote: no escapes, `commands`, macros. */
void chart_quote(FILE *, const char *text, size_t columns);
void chart_set(FILE *, const char *name, const char *text, size_t columns);     /* name = 'text' */
void chart_number(FILE *, double);                                              /* with a space before it */
char *chart_micro(char *time, size_t size);     /* text_time()'s us, in place, as it stands on an axis: µs */

/* The whole of scripts_dir/NAME.gp.  0, or -errno and a sentence in `why` (SUMMARY_WHY bytes). */
int chart_paste(FILE *, const char *scripts_dir, const char *name, char *why);

/* Of several problems the one that run.json names, or else that with most cells: in a lesson's own sweep it is the
 * default, on all numbers of workers.  Empty when there is none. */
struct group chart_group(const struct summary *, unsigned lesson, bool document);

/* The document's size stands in for what was measured where there is nothing else. */
struct view chart_view(const struct summary *, unsigned lesson, const char *argument);

bool chart_is_serial(const struct view *, const struct summary_cell *);
bool chart_has_speedup(const struct summary_cell *);
unsigned chart_most_workers(const struct view *);

/* A variant keeps colour and symbol in all charts of its lesson; what most lessons have, in those of all. */
unsigned chart_slot(const struct view *, const struct summary_cell *);

/* The finding, after the lesson's name: "Sum of powers: openmp is ...".  chart_title_best: of the best speedup. */
void chart_title(FILE *, struct view *, const char *format, ...) __attribute__((format(printf, 3, 4)));
void chart_title_best(FILE *, struct view *);

/* There is nothing to draw, and why: "no parameter capacity was swept: run with ...".  False, for a writer to
 * return. */
bool chart_refuse(struct view *, const char *format, ...) __attribute__((format(printf, 2, 3)));

void chart_subtitle(FILE *, const struct view *);       /* serial time, size, machine: set for every chart */

/* Every chart sets `caption` and `missing`, the two lines at its foot.  Caption: "WHAT 12 blocksMORE, with 95 %
 * intervals". */
void chart_caption(FILE *, const struct view *, const char *what, const char *more);
char *chart_blocks(const struct view *, char *out, size_t size);        /* "12 to 21 blocks"; "no block" */
void chart_missing(FILE *, const struct view *, const char *or_else);

/* The same for a kind that asks for something else: why this cell is not drawn, or NULL: it is.  Words of other origin
 * go through `out`.  chart_why_missing: it has no speedup, and is not the base. */
typedef const char *chart_why(const struct view *, const struct summary_cell *, char *out, size_t size);
chart_why chart_why_missing;
void chart_missing_because(FILE *, const struct view *, chart_why *why, const char *or_else);

/* ---- kinds that have a row for every cell; scripts/rows.gp ---- */

/* From top to bottom; y[0] is the top.  Of many cells only those with the smallest and the largest p. */
struct chart_rows {
	unsigned count, left_out;
	double y[CHART_ROWS];           /* from the bottom of the frame; variants stand apart */
	const struct summary_cell *cell[CHART_ROWS];
};
struct chart_rows chart_rows(const struct view *, bool document_too);  /* too: those at the document's size alone */
void chart_rows_write(FILE *, const struct view *, const struct chart_rows *);  /* rows, y[], label[] */
void chart_rows_missing(FILE *, const struct chart_rows *);     /* sets `missing`: that not every p is shown */
double chart_rows_height(const struct chart_rows *);

/* The cell of g with the variant and workers of `like`, or NULL. */
const struct summary_cell *chart_in_group(const struct view *, const struct group *g, const struct summary_cell *like);

/* The measure of a cell that has a time, else NULL; so for a cell of NULL. */
const struct summary_measure *chart_timed(const struct summary_cell *, enum summary_regime);

/* The unit in which so many seconds are at least 1. */
struct chart_scale {
	const char *unit;
	double seconds;
};
struct chart_scale chart_scale(double seconds);

/* A kind of chart: its title, its data and variables, for the file of its name in scripts/.  True, or
 * chart_refuse(). */
bool bars_write(FILE *, struct view *);         /* time */
bool speedup_write(FILE *, struct view *);
bool efficiency_write(FILE *, struct view *);
bool serial_share_write(FILE *, struct view *);
bool phases_write(FILE *, struct view *);
bool spread_write(FILE *, struct view *);
bool contention_write(FILE *, struct view *);
bool timeline_write(FILE *, struct view *);
bool sweep_write(FILE *, struct view *);
bool crossover_write(FILE *, struct view *);
bool granularity_write(FILE *, struct view *);

#endif
