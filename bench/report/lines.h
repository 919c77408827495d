/* SPDX-License-Identifier: MIT */
/* lines.h -- values against the number of workers, a line per variant: speedup, efficiency, serial share, contention.
 * Private to this room; scripts/workers.gp is their frame. */
#ifndef BENCH_REPORT_LINES_H
#define BENCH_REPORT_LINES_H

#include "bench/report/chart.h"

struct lines_value {
	double value, low, high;        /* low and high are NAN without an interval; value is NAN: not drawn */
};

/* What a kind draws of a cell and of each of its blocks (NAN: nothing), and how the key says it. */
struct lines_kind {
	struct lines_value (*value)(const struct view *, const struct summary_cell *);
	double (*block)(const struct summary_cell *, const struct summary_block *);
	char *(*words)(double value, char *out, size_t size);
};

struct lines {
	const struct view *v;
	const struct lines_kind *kind;
	unsigned most, drawn;           /* the largest p, or the only one that is drawn; variants that have a value */
	double least_value, most_value; /* of values */
	double least, greatest;         /* of values and their intervals */
	double least_block, greatest_block;     /* all six are NAN where there are none */
	bool single;                    /* there is no more than one p */
	bool octaves, steep;            /* a logarithmic axis: p goes far; values do */
	double low, top;                /* of the frame */
};

/* Looks at all cells of the view.  Then it is for the kind to choose steep, low and top. */
struct lines lines_make(const struct view *, const struct lines_kind *);

/* $points and $estimates (an index per variant: p, value, jitter or interval), drawn, slot[], name[], and the frame. */
void lines_write(FILE *, const struct lines *);

/* chart_caption(), with how many blocks' dots lie beyond the frame. */
void lines_caption(FILE *, const struct lines *, const char *what);

/* A row of numbers: p, value, low, high, where the last two are the value without an interval. */
void lines_row(FILE *, unsigned workers, struct lines_value);

#endif
