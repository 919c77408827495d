/* SPDX-License-Identifier: MIT */
/* symbols.h -- what an answer calls and what it exports, by its object's symbols. */
#ifndef BENCH_GRADE_SYMBOLS_H
#define BENCH_GRADE_SYMBOLS_H

#include "bench/grade/conf.h"

/* `list` as nm -P prints it.  The first symbol that the answer may not call, or NULL; *reason then tells why not. */
const char *symbols_forbidden(const struct conf *, enum mechanism, const char *list, char *name, const char **reason);

/* The first symbol that it exports beside `variant`, copied to name (CONF_NAME bytes), or NULL. */
const char *symbols_exported(const char *list, char *name);

#endif
