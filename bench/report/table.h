/* SPDX-License-Identifier: MIT */
/* table.h -- the closing table: what was measured, in at most 80 columns. */
#ifndef BENCH_REPORT_TABLE_H
#define BENCH_REPORT_TABLE_H

#include "bench/report/summary.h"

#include <limits.h>
#include <stdio.h>

enum { TABLE_ALL = INT_MAX };

void table_write(FILE *, const struct summary *);

/* Of one lesson, an index into the summary, or TABLE_ALL; with what is said of the whole run. */
void table_write_lesson(FILE *, const struct summary *, unsigned lesson);

#endif
