/* SPDX-License-Identifier: MIT */
/* result_csv.c -- what a grading found, as rows of a table.  See result.h. */
#include "bench/grade/result.h"

#include "bench/base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Signs, and their full-width forms, by which spreadsheets know a formula. */
static bool begins_formula(const char *text)
{
	static const char *const wide[] = { "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20" };

	text += strspn(text, " \t\n\r");
	for (unsigned i = 0; i < sizeof wide / sizeof *wide; i++)
		if (strncmp(text, wide[i], strlen(wide[i])) == 0)
			return true;
	return *text && strchr("=+-@", *text);
}

char *result_csv_plain(const char *text)
{
	char *plain = malloc(strlen(text) + 2);

	if (!plain)
		return NULL;
	char *copy = plain;
	if (begins_formula(text))
		*copy++ = '\'';
	strcpy(copy, text);
	text_clean(copy);
	for (size_t i = 0; text[i]; i++)
		if (text[i] == '\n')
			copy[i] = '\n';
	return plain;
}

void result_csv_cell(FILE *out, const char *text)
{
	char *plain = result_csv_plain(text ? text : "");

	putc('"', out);
	for (const char *c = plain; c && *c; c++) {
		if (*c == '"')
			putc('"', out);
		putc(*c, out);
	}
	putc('"', out);
	free(plain);
}

void result_csv_header(FILE *out)
{
	fputs("lab,mechanism,file", out);
	for (unsigned k = 0; k < RUNGS; k++) {
		putc(',', out);
		for (const char *c = rung_name[k]; *c; c++)
			putc(*c == ' ' ? '_' : *c, out);
	}
	fputs(",points,not_judged,of,failed_rung,seen,seed", out);
}

/* Of the compiler's words: the first line that is a message, and not where it was found. */
static const char *first_message(const char *detail)
{
	for (const char *line = detail; *line; line += strcspn(line, "\n"), line += *line == '\n')
		for (const char *word = line; *word && *word != '\n'; word++)
			if (strncmp(word, "error: ", 7) == 0 || strncmp(word, "warning: ", 9) == 0)
				return line;
	return detail;
}

/* What was seen; the compiler's words are in the detail, of which one line tells most. */
static void write_seen(FILE *out, const struct part_result *part, const char *note)
{
	const struct finding *f = &part->finding;
	char *seen = NULL;

	if (part->failed < 0) {
		result_csv_cell(out, note);
	} else if (!f->detail || asprintf(&seen, "%s %.*s", f->seen ?: "",
		(int)strcspn(first_message(f->detail), "\n"), first_message(f->detail)) < 0) {
		result_csv_cell(out, f->seen);
	} else {
		result_csv_cell(out, seen);
		free(seen);
	}
}

void result_csv_cells(FILE *out, const char *lab, uint64_t seed, const struct part_result *part)
{
	double points = 0, not_judged = 0, of = 0;
	const char *note = NULL;

	result_csv_cell(out, lab);
	fprintf(out, ",%s,", mechanism_name[part->by]);
	result_csv_cell(out, part->file);
	for (unsigned k = 0; k < RUNGS; k++) {
		const struct rung_result *rung = &part->rung[k];
		fprintf(out, ",%g", rung->points);
		points += rung->points;
		of += rung->of;
		not_judged += rung->state == RUNG_NOT_JUDGED ? rung->of : 0;
		if (!note)
			note = rung->note;
	}
	fprintf(out, ",%g,%g,%g,", points, not_judged, of);
	if (part->failed >= 0)
		fprintf(out, "%d", part->failed + 1);
	putc(',', out);
	write_seen(out, part, note);
	fprintf(out, ",%" PRIu64, seed);
}

void result_csv(FILE *out, const struct result *r)
{
	result_csv_header(out);
	putc('\n', out);
	for (unsigned p = 0; p < r->parts; p++) {
		result_csv_cells(out, r->lab, r->seed, &r->part[p]);
		putc('\n', out);
	}
}
