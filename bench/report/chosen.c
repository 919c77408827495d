/* SPDX-License-Identifier: MIT */
/* chosen.c -- the trial that stands for its cell: chosen from the summary, its rows read again from the file.
 *
 * The summary knows where in the file the rows of a trial begin.  So of 10^6 rows only those are parsed again that lie
 * between the first and the last one of a trial that is wanted; in our own files these are that trial's alone.
 */
#include "bench/report/chosen.h"

#include "bench/report/export_json.h"
#include "bench/report/rows.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct span {                   /* of the file: where the first and the last wanted row of a trial begin */
	off_t first, last;
};

struct search {
	const struct summary *s;
	struct chosen **sorted;         /* by trial */
	struct span *span;              /* ascending; they may overlap */
	unsigned count;
};

bool chosen_find(const struct summary_cell *cell, enum summary_regime regime, struct chosen *out)
{
	const struct rows *rows = cell->rows;
	double nearest = INFINITY;

	if (!export_has_time(cell, regime))
		return false;
	for (size_t i = 0; i < rows->trials[regime]; i++) {
		const struct trial_time *trial = &rows->trial[regime][i];
		double distance = fabs(trial->wall_s - cell->regime[regime].median_s);
		if (distance >= nearest)
			continue;
		nearest = distance;
		*out = (struct chosen){ .cell = cell, .block = trial->block, .order = trial->order };
	}
	return true;
}

static int by_trial(const void *left, const void *right)
{
	const struct chosen *a = *(struct chosen *const *)left, *b = *(struct chosen *const *)right;

	if (a->block != b->block)
		return a->block < b->block ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static int by_place(const void *left, const void *right)
{
	const struct span *a = left, *b = right;
	return (a->first > b->first) - (a->first < b->first);
}

static struct span span_of(const struct chosen *c)
{
	const struct rows *rows = c->cell->rows;
	struct span span = { INT64_MAX, -1 };

	for (size_t i = 0; i < rows->places; i++) {
		const struct place *place = &rows->place[i];
		if (place->block != c->block || place->order != c->order)
			continue;
		span.first = place->first < span.first ? place->first : span.first;
		span.last = place->last > span.last ? place->last : span.last;
	}
	return span;
}

static const char *text_of(const json_t *row, const char *field)
{
	const char *value = json_string_value(json_object_get(row, field));
	return value ? value : "";
}

/* Two cells have no trial in common; but files that others wrote may number two trials alike. */
static bool belongs(const struct summary *s, const struct chosen *c, const json_t *row)
{
	return strcmp(text_of(row, "lesson"), s->lesson[c->cell->lesson].name) == 0
		&& strcmp(text_of(row, "variant"), summary_variant_name(s, c->cell)) == 0
		&& strcmp(text_of(row, "size"), c->cell->document ? "document" : "measured") == 0
		&& json_integer_value(json_object_get(row, "workers")) == c->cell->workers
		&& (uint64_t)json_integer_value(json_object_get(row, "n")) == c->cell->n;
}

static int keep_row(const struct search *search, json_t *row)
{
	struct chosen probe = { .block = (unsigned)json_integer_value(json_object_get(row, "block")),
		.order = (unsigned)json_integer_value(json_object_get(row, "order")) }, *key = &probe;
	unsigned low = 0, high = search->count;

	if (strcmp(text_of(row, "outcome"), "ok") != 0)
		return 0;
	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		if (by_trial(&search->sorted[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < search->count && by_trial(&search->sorted[low], &key) == 0; low++)
		if (belongs(search->s, search->sorted[low], row))
			return json_array_append(search->sorted[low]->rows, row) < 0 ? -ENOMEM : 0;
	return 0;
}

/* Every line at most once, whatever the spans; what lies between them is passed over. */
static int keep_rows(const struct search *search, FILE *file)
{
	off_t at = 0, known = search->s->source->offset;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int error = 0;

	for (unsigned i = 0; i < search->count && error == 0; i++) {
		const struct span *span = &search->span[i];
		if (span->first > at) {
			at = span->first;
			error = fseeko(file, at, SEEK_SET) < 0 ? -errno : 0;
		}
		while (error == 0 && at <= span->last && at < known && (length = getline(&line, &room, file)) > 0) {
			json_t *row = json_loadb(line, (size_t)length, 0, NULL);
			error = json_is_object(row) ? keep_row(search, row) : -EBADMSG;
			json_decref(row);
			at += length;
		}
	}
	free(line);
	return error == 0 && ferror(file) ? -EIO : error;
}

int chosen_read(const struct summary *s, struct chosen *chosen, unsigned count, char *why)
{
	struct search search = { .s = s, .count = count, .sorted = calloc(count + 1, sizeof *search.sorted),
		.span = calloc(count + 1, sizeof *search.span) };
	FILE *file = fopen(s->source->samples_path, "re");
	int error = file != NULL ? 0 : -errno;

	if (search.sorted == NULL || search.span == NULL)
		error = -ENOMEM;
	for (unsigned i = 0; i < count && error == 0; i++) {
		chosen[i].rows = json_array();
		error = chosen[i].rows ? 0 : -ENOMEM;
		search.sorted[i] = &chosen[i];
		search.span[i] = span_of(&chosen[i]);
	}
	if (error == 0) {
		qsort(search.sorted, count, sizeof *search.sorted, by_trial);
		qsort(search.span, count, sizeof *search.span, by_place);
		error = keep_rows(&search, file);
	}
	if (error < 0)
		snprintf(why, SUMMARY_WHY, "cannot read %.300s a second time: %s; has something changed it?",
			s->source->samples_path, strerror(-error));
	if (file != NULL)
		fclose(file);
	free(search.sorted);
	free(search.span);
	return error;
}

void chosen_free(struct chosen *chosen, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		json_decref(chosen[i].rows);
}
