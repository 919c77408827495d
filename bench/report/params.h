/* SPDX-License-Identifier: MIT */
/* params.h -- the parameters of a cell as its text holds them: "name=value name=value".  Private to this room. */
#ifndef BENCH_REPORT_PARAMS_H
#define BENCH_REPORT_PARAMS_H

#include <stdbool.h>

/* False, and *value left alone, when there is none of that name. */
bool params_value(const char *params, const char *name, double *value);

/* Whether a and b agree in all values but that of `name` (NULL: in all). */
bool params_agree(const char *a, const char *b, const char *name);

#endif
