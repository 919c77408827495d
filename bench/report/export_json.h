/* SPDX-License-Identifier: MIT */
/* export_json.h -- what the JSON writers of this room share.  Private to it. */
#ifndef BENCH_REPORT_EXPORT_JSON_H
#define BENCH_REPORT_EXPORT_JSON_H

#include "bench/report/summary.h"

#include <math.h>
#include <stdio.h>

enum { EXPORT_NAME = 4096 };    /* longer names are cut */

/* JSON knows no NaN and no infinity. */
static inline void export_number(FILE *out, double value)
{
	if (isfinite(value))
		fprintf(out, "%.9g", value);
	else
		fputs("null", out);
}

/* A cell's unique name in a regime, as export.h describes it; without regime (SUMMARY_REGIMES), that of both.  Returns
 * out (EXPORT_NAME bytes). */
char *export_name(const struct summary *, const struct summary_cell *, enum summary_regime, char *out);

/* Whether the cell has times that may be told: it did not fail, and there are some in this regime. */
bool export_has_time(const struct summary_cell *, enum summary_regime);

int export_trace(FILE *, const struct summary *, char *why);

#endif
