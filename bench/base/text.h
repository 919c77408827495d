/* SPDX-License-Identifier: MIT */
/* text.h -- words into numbers and back.  Parsers take the whole text or refuse it: 0, or -EINVAL (not of that form),
 * or -ERANGE (of that form, out of bounds), and leave *out alone then. */
#ifndef BENCH_BASE_TEXT_H
#define BENCH_BASE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

int text_u64(const char *text, uint64_t least, uint64_t most, uint64_t *out);   /* "12"; decimal digits only */
int text_seconds(const char *text, double *out);        /* "90", "90s", "5m", "1h", "250ms"; > 0 and at most a week */
int text_percent(const char *text, double *out);        /* "3%", "3", "0.5%" gives 0.03, 0.03, 0.005; > 0, below 100 */

/* The one of `names` nearest to `word` by edit distance, if near enough to be a slip of the finger; else the first that
 * contains it, if it has three letters; else NULL. */
const char *text_nearest(const char *word, const char *const *names, size_t count);

/* "512 ns", "1.24 ms", "3.07 s": three digits.  Writes at most `size` bytes, returns `out`. */
char *text_time(double seconds, char *out, size_t size);
char *text_count(uint64_t n, char *out, size_t size);   /* "20 000 000", groups split by a space */

/* Writes `text` as a JSON string, quotes included; NULL as null.  Bytes that are not UTF-8 become U+FFFD. */
void text_json(FILE *, const char *text);

/* Makes `text` fit for a terminal and for JSON: control characters and bytes that are not UTF-8 become '?'.  Returns
 * it. */
char *text_clean(char *text);

#endif
