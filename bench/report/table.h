/* SPDX-License-Identifier: MIT */
/* table.h -- the closing table: what was measured, in at most 80 columns. */
#ifndef BENCH_REPORT_TABLE_H
#define BENCH_REPORT_TABLE_H

#include "bench/report/summary.h"

#include <stdio.h>

void table_write(FILE *, const struct summary *);

#endif
