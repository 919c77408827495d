/* SPDX-License-Identifier: MIT */
/* picture.h -- a gnuplot script drawn in memory: no file is made, so none is left behind. */
#ifndef BENCH_REPORT_PICTURE_H
#define BENCH_REPORT_PICTURE_H

#include "bench/report/summary.h"

struct picture {
	const char *name;               /* what it is called in messages */
	const char *script;             /* the text; it writes to the file that its variable `file` names */
	const char *formats;            /* as in draw.h; NULL leaves the variable unset */
};

/* Draws it.  *drawn: `*length` bytes and a '\0', the caller's to free; NULL on failure.  0, or -errno as draw_run()
 * says, and a sentence in `why` (SUMMARY_WHY bytes).  Nothing drawn is -EIO, too. */
int picture_draw(const struct picture *, char **drawn, size_t *length, char *why);

#endif
