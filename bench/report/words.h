/* SPDX-License-Identifier: MIT */
/* words.h -- numbers and foreign texts as the table and the charts show them. */
#ifndef BENCH_REPORT_WORDS_H
#define BENCH_REPORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Columns that UTF-8 text takes on a terminal; East Asian wide characters take two. */
size_t words_columns(const char *text);

/* Steers a terminal, or the order of what stands beside it (bidirectional overrides), or cannot be seen. */
bool words_is_control(uint32_t character);

/* A copy of at most `columns` columns, "..." at its end when it was cut.  Control characters, which would steer a
 * terminal, become '?'.  Returns out, which is always valid UTF-8 when text is. */
char *words_clean(const char *text, size_t columns, char *out, size_t size);

/* A speedup in at most five characters: "1.974", "63.81", "0.052", "3e-05"; "-" for NAN. */
char *words_ratio(double ratio, char *out, size_t size);

/* "[1.962, 1.983]"; "" when there is none (NAN). */
char *words_interval(double low, double high, char *out, size_t size);

/* "103 ms [102, 104]": the interval in the unit of the time, and left out where it is NAN. */
char *words_time_interval(double seconds, double low, double high, char *out, size_t size);

/* "terms of each job": the first word takes the s.  At most 40 columns. */
char *words_plural(const char *unit, char *out, size_t size);

/* "n = 20 000 terms of each job", "n = 3 items, chunk=1": size and parameters of a problem.  `unit` is in the singular,
 * and its first word takes the s. */
char *words_size(unsigned long long n, const char *unit, const char *params, char *out, size_t size);

#endif
