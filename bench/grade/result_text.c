/* SPDX-License-Identifier: MIT */
/* result_text.c -- what a grading found, for a student at a terminal: at most 80 columns. */
#include "bench/grade/result.h"

#include "bench/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 80, INDENT = 12 };

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

/* "  label     text text text", its further lines under the first. */
static void say(const struct page *p, const char *label, const char *text)
{
	size_t at = INDENT;

	if (!text || !*text)
		return;
	colour(p, "1");
	fprintf(p->out, "  %-*s", INDENT - 2, label);
	colour(p, "0");
	for (const char *word; *(word = text + strspn(text, " "));) {
		size_t gap = at > INDENT ? (size_t)(word - text) : 0, length = word_length(word, COLUMNS - INDENT);
		if (*word == '\n' || (at > INDENT && at + gap + columns(word, length) > COLUMNS)) {
			fprintf(p->out, "\n%*s", INDENT, "");
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

/* The words of a tool, as they are, cut to the page. */
static void say_lines(const struct page *p, const char *text)
{
	for (unsigned line = 0; text && *text && line < 14; line++) {
		char cut[4 * COLUMNS];
		size_t length = strcspn(text, "\n"), bytes = 0, column = 0;
		for (; bytes < length && column < COLUMNS - 4 && bytes < sizeof cut - 5; bytes++) {
			cut[bytes] = text[bytes] == '\t' ? ' ' : text[bytes];
			column += ((unsigned char)text[bytes] & 0xC0) != 0x80;
		}
		while (bytes < length && bytes < sizeof cut - 1 && ((unsigned char)text[bytes] & 0xC0) == 0x80)
			cut[bytes] = text[bytes], bytes++;
		cut[bytes] = '\0';
		fprintf(p->out, "  | %s\n", text_clean(cut));
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
	say(p, "replay", f->replay);
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
