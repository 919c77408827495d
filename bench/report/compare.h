/* SPDX-License-Identifier: MIT */
/* compare.h -- two results folders, cell by cell: is B faster than A?
 *
 * A ratio is time of A / time of B: 1.05 means that B is faster by 5 %.  Cells are alike in lesson, variant, size,
 * workers and params.  Those of the same n are compared by time; where calibration chose another n, by time per unit of
 * n (per_item), if that leaves no doubt which cell is meant.  Variants that are wrong on purpose are left out.
 *
 * Independent runs: two-sample Hodges-Lehmann on the logs of the blocks' times with the exact Mann-Whitney interval,
 * widened by the drift: the same ratio of the machine's own loop (lesson capacity, serial, warm, per step), because the
 * machine may have changed between the runs.  low * min(1, drift.low), high * max(1, drift.high).
 * Twins (each one's `twin` names the other): paired Hodges-Lehmann on the common blocks; nothing is widened.
 */
#ifndef BENCH_REPORT_COMPARE_H
#define BENCH_REPORT_COMPARE_H

#include "bench/report/summary.h"

#include <stdio.h>

enum compare_verdict {
	COMPARE_FASTER,         /* B is: the interval lies above 1 */
	COMPARE_SLOWER,         /* below 1 */
	COMPARE_SAME,           /* around 1, and wholly within +- the larger precision asked of the two runs */
	COMPARE_UNCLEAR,        /* around 1, and wider than that */
	COMPARE_TOO_FEW,        /* blocks for an interval */
	COMPARE_FAILED_A,       /* wrong, died, hung ... in A alone */
	COMPARE_FAILED_B, COMPARE_FAILED,       /* in B alone, in both */
	COMPARE_ONLY_A,         /* B has no such cell, or no time in this regime */
	COMPARE_ONLY_B,
	COMPARE_VERDICTS
};
extern const char *const compare_verdict_name[COMPARE_VERDICTS];        /* at most 11 columns */

struct compare_ratio {          /* NAN where there is none */
	double estimate, low, high;
};

struct compare_row {
	const struct summary_cell *a, *b;       /* one of them NULL where it was not in that run */
	enum summary_regime regime;
	bool machine;                   /* of the lesson capacity: the machine itself, never a regression */
	bool per_item;                  /* n differs: times are per unit of n */
	unsigned blocks_a, blocks_b;    /* that were used: of twins, the common ones */
	double time_a_s, time_b_s;      /* medians, per run of the cell; NAN without */
	struct compare_ratio alone;     /* as measured */
	struct compare_ratio ratio;     /* with the drift in its interval */
	enum compare_verdict verdict;   /* from `ratio` */
};

struct compare_difference {     /* between the two runs, for the reader; both values are fit for a terminal */
	const char *what;
	char a[80], b[80];
};

enum { COMPARE_MOST_DIFFERENCES = 8 };

struct compare {
	const struct summary *a, *b;    /* not owned */
	bool twins;
	double precision;
	struct compare_ratio drift;     /* NAN where capacity has no interval in both runs: nothing is widened then */
	unsigned differences;
	struct compare_difference difference[COMPARE_MOST_DIFFERENCES];
	unsigned rows;
	struct compare_row *row;        /* as the cells in A: lesson by lesson, warm before cold; then B's own */
	unsigned verdicts[COMPARE_VERDICTS];    /* how many rows have it; the machine's own are not counted */
};

/* Compares all cells.  -EPERM and a sentence when it must not be done: weak against strong scaling; and, unless
 * other_machine, another host, model, number of cores or PUs, or kernel.  -ENOMEM, too.  *out lives as long as a, b. */
int compare_make(const struct summary *a, const struct summary *b, bool other_machine, struct compare **out,
	char *why);
void compare_free(struct compare *);

/* Rows in which B is slower, and by `least` or more (0.05: its time is 1.05 times A's, or more), and those that failed
 * in B alone.  *worst: the slowest of them, or one that failed if there is any; NULL without. */
unsigned compare_regressions(const struct compare *, double least, const struct compare_row **worst);

/* "02_sum_of_powers pthreads p = 2 warm (document's size)", fit for a terminal.  Returns out. */
char *compare_name(const struct compare *, const struct compare_row *, char *out, size_t size);

/* The summary that a row's cell is from: A's, or B's where A has none. */
static inline const struct summary *compare_summary(const struct compare *c, const struct compare_row *row)
{
	return row->a ? c->a : c->b;
}

static inline const struct summary_cell *compare_cell(const struct compare_row *row)
{
	return row->a ? row->a : row->b;
}

/* In at most 80 columns. */
void compare_text(FILE *, const struct compare *);

/* A row per compare_row; times in seconds per run, not per item; empty where there is none.  Quoted as in RFC 4180. */
void compare_csv(FILE *, const struct compare *);

/* {"schema_version": 1, "a": RUN, "b": RUN, "twins": bool, "precision": 0.03, "drift": RATIO or null,
 *  "differences": [{"what", "a", "b"}], "verdicts": {"faster": 3, ...}, "cells": [CELL]}
 * RUN:   {"run_id", "host", "model", "kernel", "revision", "compiler", "policy", "started"}
 * CELL:  {"lesson", "variant", "size", "workers", "regime", "params", "n_a", "n_b", "machine", "per_item", "blocks_a",
 *         "blocks_b", "time_a_s", "time_b_s", "alone": RATIO, "ratio": RATIO, "verdict"}
 * RATIO: {"estimate", "low", "high"}
 * What does not exist is null.  Fields may be added; those that are there keep name and meaning. */
void compare_json(FILE *, const struct compare *);

#endif
