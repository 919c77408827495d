/* SPDX-License-Identifier: MIT */
/* html_text.h -- foreign text on an HTML page.
 *
 * What is written is HTML and well-formed XML at once: every tag closed, every attribute quoted, no named entities but
 * XML's.  Markup stands in formats, data in arguments; so data never become markup.
 */
#ifndef BENCH_REPORT_HTML_TEXT_H
#define BENCH_REPORT_HTML_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { HTML_TEXT = 1000 };      /* characters of a foreign text that a page shows */

/* The character at *s, which moves behind it; U+FFFD, one byte on, for what is not UTF-8 (overlong forms, surrogates
 * and what lies beyond U+10FFFF included). */
uint32_t html_decode(const char **s);

/* Fit for text and for attributes in double quotes, at most `most` characters of it and then "...".  What steers a
 * terminal or the order of text (words_is_control), what XML forbids, and what is not UTF-8, becomes '?'; so do line
 * ends, but for html_lines(), which keeps them and tabs. */
void html_text(FILE *, const char *text, size_t most);
void html_lines(FILE *, const char *text, size_t most);

/* printf() of %s, which is escaped and cut to HTML_TEXT, %u, %lu, %zu, %f, %g (with a precision, for one), and %%. */
void html_print(FILE *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A figure of words.h, which is ASCII: "53.2 us", "+-3 %", as one writes it elsewhere. */
void html_figure(FILE *, const char *text);

/* A word of a command line as a shell must find it to read this word: bare, in quotes, or as $'\x1b' where it holds
 * what a page would not show. */
void html_shell_word(FILE *, const char *word);

#endif
