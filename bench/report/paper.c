/* SPDX-License-Identifier: MIT */
/* paper.c -- text on a page of 80 columns, and in a CSV file.  See paper.h. */
#include "bench/report/paper.h"

#include "bench/report/words.h"

#include <stdarg.h>
#include <string.h>

void flow_item(struct flow *f, const char *item)
{
	char clean[4 * PAPER_COLUMNS + 1];
	size_t columns = words_columns(words_clean(item, PAPER_COLUMNS - f->indent, clean, sizeof clean));

	if (f->spaced && f->column + 1 + columns > PAPER_COLUMNS) {
		fprintf(f->out, "\n%*s", (int)f->indent, "");
		f->column = f->indent;
	} else if (f->spaced) {
		putc(' ', f->out);
		f->column++;
	}
	fputs(clean, f->out);
	f->column += columns;
	f->spaced = true;
}

void paper_paragraph(FILE *out, size_t indent, const char *format, ...)
{
	struct flow f = { out, 0, indent, false };
	char text[PAPER_TEXT], *rest;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	f.column = strspn(text, " ");
	fprintf(out, "%*s", (int)f.column, "");
	for (char *word = strtok_r(text, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
		flow_item(&f, word);
	putc('\n', out);
}

void paper_padded(FILE *out, const char *text, size_t columns)
{
	char clean[PAPER_TEXT];
	words_clean(text, columns, clean, sizeof clean);
	fprintf(out, "%s%*s", clean, (int)(columns - words_columns(clean)), "");
}

void paper_csv(FILE *out, const char *text)
{
	bool quoted = strpbrk(text, ",\"\r\n") != NULL;

	if (quoted)
		putc('"', out);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '"')
			putc('"', out);
		putc(c < 0x20 || c == 0x7F ? '?' : c, out);
	}
	if (quoted)
		putc('"', out);
}
