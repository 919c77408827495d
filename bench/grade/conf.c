/* SPDX-License-Identifier: MIT */
/* conf.c -- a lab's settings file, read strictly.  See conf.h. */
#include "bench/grade/conf.h"

#include "bench/base/text.h"
#include "bench/lesson.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1024, WORDS = 40 };

const char *const mechanism_name[MECHANISMS] = { "fork", "pthreads", "openmp" };

/* A value, as words. */
struct value { unsigned count; char *word[WORDS]; };

struct key {
	const char *name;
	int (*read)(struct conf *, const struct value *);       /* 0, or -1: not as it should be */
	const char *form;                                       /* what it should be */
	bool repeats;
};

static int one_u64(const struct value *v, uint64_t least, uint64_t most, uint64_t *out)
{
	return v->count == 1 && text_u64(v->word[0], least, most, out) == 0 ? 0 : -1;
}

static int one_unsigned(const struct value *v, unsigned least, unsigned most, unsigned *out)
{
	uint64_t value;

	if (one_u64(v, least, most, &value) < 0)
		return -1;
	*out = (unsigned)value;
	return 0;
}

static int one_share(const struct value *v, double *out)
{
	if (v->count == 1 && (strcmp(v->word[0], "0%") == 0 || strcmp(v->word[0], "0") == 0)) {
		*out = 0;
		return 0;
	}
	return v->count == 1 && text_percent(v->word[0], out) == 0 ? 0 : -1;
}

static int read_by(struct conf *c, const struct value *v)
{
	if (v->count < 1 || v->count > CONF_PARTS)
		return -1;
	for (unsigned i = 0; i < v->count; i++) {
		unsigned m = 0;
		while (m < MECHANISMS && strcmp(v->word[i], mechanism_name[m]) != 0)
			m++;
		if (m == MECHANISMS || (i > 0 && (m != BY_OPENMP || c->by[0] == BY_OPENMP)))
			return -1;
		c->by[i] = m;
	}
	c->parts = v->count;
	return 0;
}

static int read_points(struct conf *c, const struct value *v)
{
	uint64_t sum = 0, points;

	if (v->count != RUNGS)
		return -1;
	for (unsigned i = 0; i < RUNGS; i++) {
		if (text_u64(v->word[i], 0, 100, &points) < 0)
			return -1;
		c->points[i] = (unsigned)points;
		sum += points;
	}
	return sum == 100 ? 0 : -1;
}

static int read_workers(struct conf *c, const struct value *v)
{
	uint64_t workers;

	if (v->count < 1 || v->count > CONF_COUNTS)
		return -1;
	c->counts = 0;
	for (unsigned i = 0; i < v->count; i++) {
		if (text_u64(v->word[i], 1, 64, &workers) < 0)
			return -1;
		c->workers[c->counts++] = (unsigned)workers;
	}
	return 0;
}

static bool is_name(const char *word)
{
	size_t i = 0;

	while (isalnum((unsigned char)word[i]) || word[i] == '_')
		i++;
	return i > 0 && i < CONF_NAME && word[i] == '\0';
}

static int read_vary(struct conf *c, const struct value *v)
{
	struct conf_vary *vary = &c->vary[c->varies];

	if (c->varies == CONF_VARIES || v->count < 2 || v->count > 1 + CONF_VALUES || !is_name(v->word[0]))
		return -1;
	*vary = (struct conf_vary){ .values = v->count - 1 };
	snprintf(vary->name, sizeof vary->name, "%s", v->word[0]);
	for (unsigned i = 0; i < vary->values; i++)
		if (text_u64(v->word[i + 1], 0, UINT64_MAX, &vary->value[i]) < 0)
			return -1;
	c->varies++;
	return 0;
}

static int read_names(const struct value *v, char (*names)[CONF_NAME], unsigned *count)
{
	if (v->count < 1 || v->count > CONF_NAMES)
		return -1;
	for (unsigned i = 0; i < v->count; i++) {
		if (!is_name(v->word[i]))
			return -1;
		snprintf(names[i], CONF_NAME, "%s", v->word[i]);
	}
	*count = v->count;
	return 0;
}

static int read_forbid(struct conf *c, const struct value *v) { return read_names(v, c->forbid, &c->forbids); }
static int read_allow(struct conf *c, const struct value *v) { return read_names(v, c->allow, &c->allows); }
static int read_n(struct conf *c, const struct value *v) { return one_u64(v, 1, INT64_MAX, &c->n); }
static int read_n_fast(struct conf *c, const struct value *v) { return one_u64(v, 1, INT64_MAX, &c->n_fast); }
static int read_seen(struct conf *c, const struct value *v) { return one_unsigned(v, 1, 64, &c->workers_seen); }
static int read_fast(struct conf *c, const struct value *v) { return one_unsigned(v, 1, 64, &c->workers_fast); }
static int read_repeats(struct conf *c, const struct value *v) { return one_unsigned(v, 1, 1000, &c->repeats); }
static int read_each(struct conf *c, const struct value *v) { return one_share(v, &c->each_works); }
static int read_model(struct conf *c, const struct value *v) { return one_share(v, &c->fast_of_model); }
static int read_cores(struct conf *c, const struct value *v) { return one_share(v, &c->fast_of_cores); }

static int read_deadline(struct conf *c, const struct value *v)
{
	return v->count == 1 && text_seconds(v->word[0], &c->deadline_s) == 0 ? 0 : -1;
}

static int read_main(struct conf *c, const struct value *v)
{
	if (v->count != 1 || (strcmp(v->word[0], "yes") != 0 && strcmp(v->word[0], "no") != 0))
		return -1;
	c->main_works = strcmp(v->word[0], "yes") == 0;
	return 0;
}

static const struct key keys[] = {
	{ "by", read_by, "one of fork, pthreads and openmp, or openmp after one of the others", false },
	{ "points", read_points, "eight whole numbers, 100 in all", false },
	{ "deadline", read_deadline, "a time, as 10s or 500ms", false },
	{ "n", read_n, "a whole number above 0", false },
	{ "n_fast", read_n_fast, "a whole number above 0", false },
	{ "workers", read_workers, "up to eight whole numbers from 1 to 64", false },
	{ "workers_seen", read_seen, "a whole number from 1 to 64", false },
	{ "workers_fast", read_fast, "a whole number from 1 to 64", false },
	{ "main_works", read_main, "yes or no", false },
	{ "each_works", read_each, "a percentage from 0% to below 100%", false },
	{ "repeats", read_repeats, "a whole number from 1 to 1000", false },
	{ "vary", read_vary, "a parameter's name and up to 16 whole numbers", true },
	{ "forbid", read_forbid, "up to 32 names of functions", false },
	{ "allow", read_allow, "up to 32 names of functions", false },
	{ "fast_of_model", read_model, "a percentage from 0% to below 100%", false },
	{ "fast_of_cores", read_cores, "a percentage from 0% to below 100%", false },
};
enum { KEYS = sizeof keys / sizeof *keys };

static const struct key *find_key(const char *name, const char **nearest)
{
	const char *names[KEYS];

	for (unsigned i = 0; i < KEYS; i++) {
		names[i] = keys[i].name;
		if (strcmp(name, names[i]) == 0)
			return &keys[i];
	}
	*nearest = text_nearest(name, names, KEYS);
	return NULL;
}

static struct value split_words(char *text)
{
	struct value v = { 0 };

	for (char *word, *rest = text; (word = strtok_r(v.count ? NULL : text, " \t", &rest)) && v.count < WORDS;)
		v.word[v.count++] = word;
	return v;
}

/* One line, which it takes apart. */
static int read_line(struct conf *c, bool *given, char *line, const char *path, unsigned number, char *why)
{
	const char *nearest = NULL;

	line[strcspn(line, "#\n")] = '\0';
	char *equals = strchr(line, '='), *rest;
	if (line[strspn(line, " \t\r")] == '\0')
		return 0;
	char *name = equals ? (*equals = '\0', strtok_r(line, " \t", &rest)) : NULL;
	if (!name || strtok_r(NULL, " \t", &rest)) {
		snprintf(why, CONF_WHY, "%s:%u: expected `key = value`, as `deadline = 10s`", path, number);
		return -EINVAL;
	}
	const struct key *key = find_key(name, &nearest);
	if (!key) {
		text_clean(name);
		snprintf(why, CONF_WHY, "%s:%u: there is no key '%.40s'%s%s%s; bench/grade/conf.h explains all", path,
			number, name, nearest ? ": did you mean '" : "", nearest ?: "", nearest ? "'?" : "");
		return -EINVAL;
	}
	if (given[key - keys] && !key->repeats) {
		snprintf(why, CONF_WHY, "%s:%u: '%s' was given before: leave one of the two out", path, number, name);
		return -EINVAL;
	}
	given[key - keys] = true;
	struct value value = split_words(equals + 1);
	if (key->read(c, &value) < 0) {
		snprintf(why, CONF_WHY, "%s:%u: '%s' must be %s", path, number, key->name, key->form);
		return -EINVAL;
	}
	return 0;
}

static int read_lines(struct conf *c, FILE *file, const char *path, char *why)
{
	bool given[KEYS] = { false };
	char line[LINE];
	unsigned number = 0;
	int error = 0;

	while (error == 0 && fgets(line, sizeof line, file)) {
		number++;
		if (!strchr(line, '\n') && !feof(file)) {
			snprintf(why, CONF_WHY, "%s:%u: the line is longer than %d bytes", path, number, LINE - 2);
			return -EINVAL;
		}
		error = read_line(c, given, line, path, number, why);
	}
	if (error == 0 && ferror(file)) {
		error = -errno;
		snprintf(why, CONF_WHY, "%s cannot be read: %s", path, strerror(-error));
	}
	if (error == 0 && c->parts == 0) {
		snprintf(why, CONF_WHY,
			"%s: the key 'by' is missing: write `by = pthreads`, or another mechanism", path);
		error = -EINVAL;
	}
	return error;
}

int conf_read(struct conf *c, const char *path, char *why)
{
	FILE *file = fopen(path, "re");

	*c = (struct conf){
		.points = { 5, 10, 30, 15, 15, 5, 5, 15 }, .deadline_s = 10, .n = 1000, .n_fast = 10000,
		.counts = 4, .workers = { 1, 2, 3, 8 }, .workers_seen = 3, .workers_fast = 4, .repeats = 24,
		.each_works = 0.1, .fast_of_model = 0.85, .fast_of_cores = 0.6,
	};
	if (!file) {
		int error = -errno;
		snprintf(why, CONF_WHY, "%s cannot be opened: %s", path, strerror(-error));
		return error;
	}
	int error = read_lines(c, file, path, why);
	fclose(file);
	return error;
}
