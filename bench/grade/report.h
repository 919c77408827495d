/* SPDX-License-Identifier: MIT */
/* report.h -- what a sanitizer found, in a student's words: what happened, and where in the answer. */
#ifndef BENCH_GRADE_REPORT_H
#define BENCH_GRADE_REPORT_H

#include "bench/grade/words.h"

struct report {
	enum cause cause;
	char seen[640];         /* one or two sentences with file and line of the answer, where the report has them */
};

/* Reads the first finding in `said`; `file` is the answer's name, "mine.c".  False when there is none. */
bool report_read(const char *said, const char *file, struct report *);

#endif
