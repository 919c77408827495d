/* SPDX-License-Identifier: MIT */
/* chosen.h -- the one trial that stands for a cell, with its rows as samples.ndjson has them.  Private to this room. */
#ifndef BENCH_REPORT_CHOSEN_H
#define BENCH_REPORT_CHOSEN_H

#include "bench/report/summary.h"

#include <jansson.h>

struct chosen {
	const struct summary_cell *cell;
	unsigned block, order;
	json_t *rows;                   /* its rows, warm-ups too: an array in the file's order; NULL: not yet read */
};

/* The trial whose time in that regime is nearest the cell's median.  False, and *out left alone, when the cell has no
 * time in it that may be told. */
bool chosen_find(const struct summary_cell *, enum summary_regime, struct chosen *out);

/* Reads the rows of all these trials, and little else of the file, however long it is; of its rows, those that the
 * summary was made from.  A trial that the file no longer holds has no rows.  0, or -errno and a sentence of
 * SUMMARY_WHY bytes; the rows are to be freed in every case. */
int chosen_read(const struct summary *, struct chosen *, unsigned count, char *why);
void chosen_free(struct chosen *, unsigned count);

#endif
