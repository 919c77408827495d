/* SPDX-License-Identifier: MIT */
/* result_text.c -- what a grading found, for a student at a terminal: at most 80 columns. */
#include "bench/grade/result.h"

#include "bench/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 80, INDENT = 12, DETAIL_LINES = 18 };

struct page { FILE *out; bool coloured; };

static void colour(const struct page *p, const char *code)
{
	if (p->coloured)
		fprintf(p->out, "\033[%sm", code);
}

/* Code points: columns of the Latin text that this is. */
static size_t columns(const char *text, size_t bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < bytes; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

/* A word that is wider than a line is broken, byte by byte. */
static size_t word_length(const char *text, size_t room)
{
	size_t length = strcspn(text, " \n");
	return columns(text, length) > room ? room : length;
}

/* "  label     text text text", its further lines under the first; `more` ends each line that goes on. */
static void say_on(const struct page *p, const char *label, const char *text, const char *more)
{
	const size_t width = COLUMNS - strlen(more);
	size_t at = INDENT;

	if (!text || !*text)
		return;
	colour(p, "1");
	fprintf(p->out, "  %-*s", INDENT - 2, label);
	colour(p, "0");
	for (const char *word; *(word = text + strspn(text, " "));) {
		size_t gap = at > INDENT ? (size_t)(word - text) : 0, length = word_length(word, width - INDENT);
		if (*word == '\n' || (at > INDENT && at + gap + columns(word, length) > width)) {
			fprintf(p->out, "%s\n%*s", *word == '\n' ? "" : more, INDENT, "");
			text = word + (*word == '\n');
			at = INDENT;
			continue;
		}
		fprintf(p->out, "%*s%.*s", (int)gap, "", (int)length, word);
		at += gap + columns(word, length);
		text = word + length;  /* at least one byte on */
	}
	putc('\n', p->out);
}

static void say(const struct page *p, const char *label, const char *text)
{
	say_on(p, label, text, "");
}

/* How many of these bytes fill a line; better up to a blank, but not in a line of code. */
static size_t line_length(const char *text, size_t length, size_t room, bool code)
{
	size_t bytes = 0, blank = 0, column = 0;

	for (; bytes < length; bytes++) {
		column += ((unsigned char)text[bytes] & 0xC0) != 0x80;
		if (column > room)
			return blank && !code ? blank : bytes;
		if (text[bytes] == ' ')
			blank = bytes + 1;
	}
	return bytes;
}

/* "   12 |   code" or the mark below it, which is of no use on two lines. */
static bool is_code(const char *line)
{
	return line[strspn(line, " 0123456789")] == '|';
}

/* The words of a tool, as they are: long lines go on in the next one, and lines of code are cut. */
static void say_lines(const struct page *p, const char *text)
{
	for (unsigned lines = 0; text && *text && lines < DETAIL_LINES;) {
		const bool code = is_code(text);
		size_t length = strcspn(text, "\n"), from = 0;
		do {
			char line[4 * COLUMNS];
			size_t bytes = line_length(text + from, length - from, COLUMNS - 6, code);
			snprintf(line, sizeof line, "%.*s", (int)bytes, text + from);
			for (char *c = line; *c; c++)
				*c = *c == '\t' ? ' ' : *c;
			fprintf(p->out, "  | %s%s\n", from ? "  " : "", text_clean(line));
			from += bytes;
		} while (++lines < DETAIL_LINES && from < length && !code);
		text += length + (text[length] == '\n');
	}
}

static void write_rungs(const struct page *p, const struct part_result *part)
{
	static const char *const paint[] = { "2", "32", "31", "33" };

	for (unsigned k = 0; k < RUNGS; k++) {
		const struct rung_result *rung = &part->rung[k];
		fprintf(p->out, "  %u  %-20s", k + 1, rung_name[k]);
		colour(p, paint[rung->state]);
		fprintf(p->out, "%-12s", rung_state_name[rung->state]);
		colour(p, "0");
		if (rung->state == RUNG_NOT_REACHED)
			fprintf(p->out, "%5.4g of %g\n", rung->points, rung->of);
		else
			fprintf(p->out, "%5.4g of %-4g %6.1f s\n", rung->points, rung->of, rung->seconds);
	}
	for (unsigned k = 0; k < RUNGS; k++)
		if (part->rung[k].note) {
			char label[16];
			snprintf(label, sizeof label, "rung %u", k + 1);
			say(p, label, part->rung[k].note);
		}
}

static void write_part(const struct page *p, const struct part_result *part)
{
	fprintf(p->out, "\n%s, by %s\n\n", part->file, mechanism_name[part->by]);
	write_rungs(p, part);
	if (part->failed < 0)
		return;
	const struct finding *f = &part->finding;
	putc('\n', p->out);
	say(p, "expected", f->expected);
	say(p, "seen", f->seen);
	say_lines(p, f->detail);
	say(p, "why", f->why);
	say(p, "try", f->advice);
	say_on(p, "replay", f->replay, " \\");  /* for a shell it is one line */
}

void result_text(FILE *out, const struct result *r, bool coloured)
{
	const struct page page = { out, coloured };

	fprintf(out, "%s (lesson %s, seed %" PRIu64 ")\n", r->title, r->lesson, r->seed);
	for (unsigned p = 0; p < r->parts; p++)
		write_part(&page, &r->part[p]);
	fprintf(out, "\n%.4g of %g points\n", r->points, r->of);
	if (r->not_judged > 0)
		fprintf(out, "%.4g more could not be judged on this machine, and are not lost.\n", r->not_judged);
}
