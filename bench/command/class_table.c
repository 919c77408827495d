/* SPDX-License-Identifier: MIT */
/* class_table.c -- the table of a class: written whole each time, and read again by the next run.  See class.h. */
#include "bench/command/class.h"

#include "bench/grade/result.h"
#include "bench/report/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CELLS = 3 + RUNGS + 8, TABLE_BYTES = 64 << 20 };

/* One row of a table; cells point into text. */
struct row { char *text; char *cell[CELLS]; unsigned cells; };

void table_header(FILE *out)
{
	fputs("student,", out);
	result_csv_header(out);
	fputs(",submission\n", out);
}

int table_add(struct table *t, const char *name)
{
	struct student *more = realloc(t->student, (t->count + 1) * sizeof *more);

	if (!more)
		return -ENOMEM;
	t->student = more;
	t->student[t->count] = (struct student){ .name = strdup(name) };
	return t->student[t->count++].name ? 0 : -ENOMEM;
}

void table_free(struct table *t)
{
	for (unsigned i = 0; i < t->count; i++) {
		free(t->student[i].name);
		free(t->student[i].id);
		free(t->student[i].rows);
	}
	free(t->student);
	*t = (struct table){ 0 };
}

/* The row at *at, which moves behind it, its quotes undone; false when it is none. */
static bool read_row(const char **at, struct row *row)
{
	const char *from = *at;
	char *to = row->text;
	bool quoted = false;

	row->cells = 0;
	row->cell[row->cells++] = to;
	for (; *from && (quoted || *from != '\n'); from++) {
		if (*from == '"' && quoted && from[1] == '"')
			*to++ = *from++;
		else if (*from == '"')
			quoted = !quoted;
		else if (*from == ',' && !quoted) {
			*to++ = '\0';
			if (row->cells == CELLS)
				return false;
			row->cell[row->cells++] = to;
		} else if (*from != '\r' || quoted)
			*to++ = *from;
	}
	*to = '\0';
	*at = from + 1;
	return *from == '\n';
}

static struct student *find(struct table *t, const char *cell)
{
	for (unsigned i = 0; i < t->count; i++) {
		char *plain = result_csv_plain(t->student[i].name);
		bool same = plain && strcmp(plain, cell) == 0;
		free(plain);
		if (same)
			return &t->student[i];
	}
	return NULL;
}

/* Adds a line to a student's rows.  One that is gone keeps the cell for a name: it is only written again. */
static int take_row(struct table *t, const struct row *row, const char *text, size_t bytes)
{
	struct student *s = find(t, row->cell[0]);
	char *rows = NULL;

	if (!s) {
		if (table_add(t, row->cell[0]) < 0)
			return -ENOMEM;
		s = &t->student[t->count - 1];
		s->gone = true;
	}
	s->done = (!s->rows || s->done) && s->id && strcmp(s->id, row->cell[row->cells - 1]) == 0;
	if (asprintf(&rows, "%s%.*s", s->rows ?: "", (int)bytes, text) < 0)
		return -ENOMEM;
	free(s->rows);
	s->rows = rows;
	return 0;
}

static int take_rows(struct table *t, const char *text, char *buffer, const char *path, const char *lab, char *why)
{
	struct row row = { .text = buffer };
	char *header = NULL;
	size_t bytes;
	FILE *out = open_memstream(&header, &bytes);
	int error = out ? 0 : -ENOMEM;

	if (!out)
		return error;
	table_header(out);
	fclose(out);
	bool is_ours = strncmp(text, header, bytes) == 0;
	unsigned cells = 1;
	for (const char *c = header; *c; c++)
		cells += *c == ',';
	free(header);
	if (!is_ours) {
		lab_why(why, "%s is no table of a class: give another name after -o, or move it away", path);
		return -EINVAL;
	}
	text += bytes;
	for (unsigned k = 2; *text && error == 0; k++) {
		const char *begin = text;
		if (!read_row(&text, &row) || row.cells != cells) {
			lab_why(why, "%s: row %u is not whole: mend it, or move the table away", path, k);
			return -EINVAL;
		}
		if (strcmp(row.cell[1], lab) != 0) {
			lab_why(why, "%s is of the lab '%.60s': give another name after -o", path, row.cell[1]);
			return -EINVAL;
		}
		error = take_row(t, &row, begin, (size_t)(text - begin));
	}
	if (error < 0)
		lab_why(why, "no memory for %s", path);
	return error;
}

int table_take(struct table *t, const char *path, const char *lab, char *why)
{
	FILE *in = fopen(path, "re");

	if (!in && errno == ENOENT)
		return 0;
	char *text = in ? malloc(TABLE_BYTES + 1) : NULL, *buffer = text ? malloc(TABLE_BYTES + 1) : NULL;
	size_t bytes = buffer ? fread(text, 1, TABLE_BYTES + 1, in) : 0;
	int error = 0;
	if (!buffer || ferror(in)) {
		lab_why(why, "%s cannot be read: %s", path, strerror(errno));
		error = -EIO;
	} else if (bytes > TABLE_BYTES || memchr(text, '\0', bytes)) {
		lab_why(why, "%s is no table of a class: give another name after -o, or move it away", path);
		error = -EINVAL;
	} else {
		text[bytes] = '\0';
		error = take_rows(t, text, buffer, path, lab, why);
	}
	free(text);
	free(buffer);
	if (in)
		fclose(in);
	return error;
}

int output_save(FILE *out, char **text, const size_t *length, const char *path, char *why)
{
	char said[SUMMARY_WHY];
	int error = out && fclose(out) == 0 ? export_save(path, *text, *length, said) : -ENOMEM;

	if (error == -EINVAL)
		lab_why(why, "%s", said);
	else if (error < 0)
		lab_why(why, "%s cannot be written: %s", path, strerror(-error));
	free(*text);
	return error;
}

int table_save(const struct table *t, const char *path, char *why)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (out) {
		table_header(out);
		for (unsigned i = 0; i < t->count; i++)
			fputs(t->student[i].rows ?: "", out);
	}
	return output_save(out, &text, &length, path, why);
}
