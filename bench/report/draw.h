/* SPDX-License-Identifier: MIT */
/* draw.h -- gnuplot as a subprocess: no shell, no start-up file, no standard input, a deadline. */
#ifndef BENCH_REPORT_DRAW_H
#define BENCH_REPORT_DRAW_H

#include <stddef.h>

enum { DRAW_WHY = 640 };

/* Runs `gnuplot script` in `folder`.  0; -ENOENT when there is no gnuplot in PATH; -ETIMEDOUT after deadline_ms, when
 * it was killed; -EIO when it failed, with its own words; else -errno.  One sentence in `why` (DRAW_WHY bytes). */
int draw_run(const char *folder, const char *script, int deadline_ms, char *why);

#endif
