/* SPDX-License-Identifier: MIT */
/* draw.h -- gnuplot as a subprocess: no shell, no start-up file, no standard input, a deadline. */
#ifndef BENCH_REPORT_DRAW_H
#define BENCH_REPORT_DRAW_H

#include <stddef.h>

enum { DRAW_WHY = 640 };

/* What to draw: `count` scripts, names in `folder`.  formats: what they find in their variable of that name, "svg png";
 * NULL leaves it unset. */
struct draw {
	const char *folder;
	const char *const *script;
	unsigned count;
	const char *formats;
	int deadline_ms;                /* for each script */
};

/* Runs gnuplot on each script, on as many at once as this process has PUs.  One that fails does not keep the others
 * from being drawn, but for want of a gnuplot.  0; -ENOENT when there is none in PATH; -ETIMEDOUT when a script had not
 * ended at its deadline, and was stopped; -EIO when gnuplot failed, with its own words; else -errno.  Of several
 * failures the first is told.  One sentence in `why` (DRAW_WHY bytes). */
int draw_run(const struct draw *, char *why);

#endif
