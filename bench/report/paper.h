/* SPDX-License-Identifier: MIT */
/* paper.h -- how text is laid on an 80-column page, and into a CSV file. */
#ifndef BENCH_REPORT_PAPER_H
#define BENCH_REPORT_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { PAPER_COLUMNS = 80, PAPER_TEXT = 2048 };

/* Items that flow into lines, one space between them. */
struct flow {
	FILE *out;
	size_t column, indent;  /* where the next item goes; indent: of the lines after the first */
	bool spaced;            /* an item stands before this one on its line */
};

/* An item is never broken, and cut where a whole line is too short for it. */
void flow_item(struct flow *, const char *item);

/* Broken at spaces, and ended; later lines are indented.  Spaces before the first word stay. */
void paper_paragraph(FILE *, size_t indent, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Exactly so many columns: cut, or filled up with spaces. */
void paper_padded(FILE *, const char *text, size_t columns);

/* One field, quoted as RFC 4180 says where it must be; control characters become '?', as on a terminal. */
void paper_csv(FILE *, const char *text);

#endif
