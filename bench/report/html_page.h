/* SPDX-License-Identifier: MIT */
/* html_page.h -- what the parts of the page share.  Private to this room. */
#ifndef BENCH_REPORT_HTML_PAGE_H
#define BENCH_REPORT_HTML_PAGE_H

#include "bench/report/charts.h"
#include "bench/report/html_text.h"
#include "bench/report/summary.h"

#include <stdbool.h>
#include <stdio.h>

/* A browser can take no more, and nobody reads so much; the files have all of it. */
enum { HTML_ROWS = 4000, HTML_LESSON_ROWS = 500, HTML_LESSONS = 200, HTML_ITEMS = 100 };

struct page {
	FILE *out;
	const char *folder;
	const struct summary *s;
	const struct charts *charts;
	bool drawn;                     /* there is a gnuplot */
};

/* The parts, in their order on the page. */
void html_run(struct page *);           /* what was measured, on what; verdicts; failures; notes */
void html_table(struct page *);         /* all cells */
void html_lessons(struct page *);       /* a section for each */
void html_again(struct page *);         /* raw files, and how to reproduce */

/* Of a section: the charts of a lesson; the documents' own programs, where cells [begin, end) hold such; what the
 * documents printed. */
void html_figures(struct page *, unsigned lesson);
void html_originals(struct page *, unsigned begin, unsigned end);
void html_printed(struct page *, unsigned lesson);

/* ---- words that they share ---- */

/* In a verdict's place: "faster", "wrong on purpose" ...; its class in report.css. */
struct html_verdict {
	const char *word, *class, *means;
};
enum { HTML_VERDICTS = 11 };
extern const struct html_verdict html_verdicts[HTML_VERDICTS];
const struct html_verdict *html_verdict(const struct summary *, const struct summary_cell *, enum summary_regime);

/* Warm where there is a warm time, or no time at all. */
enum summary_regime html_judged(const struct summary_cell *);

bool html_is_lesson(const struct summary *, unsigned lesson);           /* no yardstick of the machine */
bool html_is_broken(const struct summary *, const struct summary_cell *);
bool html_is_original(const struct summary *, const struct summary_cell *);    /* the document's own program */

/* ` id="lesson-07_locked_counter"`, or a link to it. */
void html_lesson_id(struct page *, const char *before, unsigned lesson);
void html_lesson_name(struct page *, unsigned lesson);  /* its title without what follows the colon */

/* Cells of a table; a number that there is not is a dash, and sorts last. */
void html_td_time(FILE *, double seconds, double low, double high);
void html_td_ratio(FILE *, double ratio, double low, double high);
void html_td_percent(FILE *, double share);
void html_td_verdict(struct page *, const struct summary_cell *, enum summary_regime);

/* "n = 20 000 terms, chunk=1": the problem that a cell solves. */
void html_size(struct page *, const struct summary_cell *, uint64_t n);

/* A table that scrolls sideways where it is too wide, by keyboard, too. */
void html_table_begin(FILE *, const char *class, const char *label);
void html_heads(FILE *, const char *const *heads);      /* ends with NULL; "#p": a column of numbers; opens the body */
void html_table_end(FILE *);

#endif
