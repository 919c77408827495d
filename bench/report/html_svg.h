/* SPDX-License-Identifier: MIT */
/* html_svg.h -- a picture of charts/ as a part of a page. */
#ifndef BENCH_REPORT_HTML_SVG_H
#define BENCH_REPORT_HTML_SVG_H

#include <stdio.h>

/* Writes the SVG `text` as an element of a page: its ids and what refers to them begin with `prefix`, its name is
 * `title` and its description `about`.  Only what draws is taken over, by lists of elements and attributes: no script,
 * style, link, or anything that a page would fetch or run.  What draws nothing is left out, too.  NULL; or, with part
 * of it already written, what is wrong with it. */
const char *html_svg(FILE *, const char *text, const char *prefix, const char *title, const char *about);

#endif
