/* SPDX-License-Identifier: MIT */
/* read.c -- run.json and samples.ndjson into cells with rows.  What does not look as bench/README.md says is refused in
 * one sentence; a last line without its end is what an interruption leaves, and is passed over. */
#include "bench/report/rows.h"

#include "bench/base/stats.h"
#include "bench/report/words.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What no results folder of ours comes near. */
enum { MAX_NAMES = 4096, MOST_CELLS = 100000, MOST_WORKERS = 1000000, MOST_ORDER = 1000000 };
#define MOST_NS UINT64_C(1000000000000000000)   /* 30 years */

enum { SCHEMA_VERSION = 1 };

const char *const summary_regime_name[] = { [SUMMARY_WARM] = "warm", [SUMMARY_COLD] = "cold" };
const char *const summary_outcome_name[] = {
	[SUMMARY_OK] = "ok", [SUMMARY_WRONG] = "wrong", [SUMMARY_DIED] = "died",
	[SUMMARY_HUNG] = "hung", [SUMMARY_LEAKED] = "leaked", [SUMMARY_SKIPPED] = "skipped",
};

/* Where a value was found, for the sentence about it. */
struct where {
	const char *path;
	size_t line;            /* 0: the whole file */
	char *why;
};

static int no_memory(char *why)
{
	snprintf(why, SUMMARY_WHY, "not enough memory for this results folder");
	return -ENOMEM;
}

/* A file of the folder, at its beginning.  A pipe in its place would be waited for, a folder or a device read for ever
 * or not at all. */
static int open_file(const char *path, const char *expected, FILE **out, char *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), error = fd < 0 ? -errno : 0;
	struct stat status;

	*out = NULL;
	if (error == 0 && fstat(fd, &status) < 0)
		error = -errno;
	if (error == 0 && !S_ISREG(status.st_mode))
		error = S_ISDIR(status.st_mode) ? -EISDIR : -EINVAL;
	if (error == 0 && (*out = fdopen(fd, "r")) == NULL)
		error = -errno;
	if (error == 0)
		return 0;
	if (fd >= 0)
		close(fd);
	snprintf(why, SUMMARY_WHY, "cannot open %.300s: %s; expected %s", path,
		error == -EINVAL ? "it is no plain file" : strerror(-error), expected);
	return error;
}

static int damaged(const struct where *w, const char *field, const char *expected, const json_t *found)
{
	char line[32] = "", *text = found ? json_dumps(found, JSON_COMPACT | JSON_ENCODE_ANY) : NULL, piece[256];

	if (w->line > 0)
		snprintf(line, sizeof line, ", line %zu", w->line);
	snprintf(w->why, SUMMARY_WHY, "%.200s%s: %s: expected %s, found %s; %s, or measure again", w->path, line,
		field, expected, words_clean(text ? text : "nothing", 60, piece, sizeof piece),
		w->line > 0 ? "take that line out" : "mend the file");
	free(text);
	return -EBADMSG;
}

static int bad_json(const struct where *w, const json_error_t *error)
{
	char line[32], piece[512];      /* jansson quotes the text that it stumbles over, whatever is in it */

	snprintf(line, sizeof line, ", line %zu", w->line > 0 ? w->line : (size_t)(error->line > 0 ? error->line : 1));
	snprintf(w->why, SUMMARY_WHY, "%.200s%s: expected JSON, but %s; %s, or measure again", w->path, line,
		words_clean(error->text, 120, piece, sizeof piece),
		w->line > 0 ? "take that line out" : "mend the file");
	return -EBADMSG;
}

/* ---- fields ---- */

static int get_whole(const struct where *w, const json_t *object, const char *field, uint64_t least, uint64_t most,
	uint64_t *out)
{
	const json_t *value = json_object_get(object, field);
	json_int_t number = json_integer_value(value);
	char expected[80];

	if (!json_is_integer(value) || number < 0 || (uint64_t)number < least || (uint64_t)number > most) {
		snprintf(expected, sizeof expected, "a whole number from %" PRIu64 " to %" PRIu64, least, most);
		return damaged(w, field, expected, value);
	}
	*out = (uint64_t)number;
	return 0;
}

static int get_unsigned(const struct where *w, const json_t *object, const char *field, unsigned least, unsigned most,
	unsigned *out)
{
	uint64_t number = 0;
	int error = get_whole(w, object, field, least, most, &number);

	*out = (unsigned)number;
	return error;
}

static int get_text(const struct where *w, const json_t *object, const char *field, const char **out)
{
	const json_t *value = json_object_get(object, field);

	*out = NULL;
	if (!json_is_string(value))
		return damaged(w, field, "a text", value);
	*out = json_string_value(value);
	return 0;
}

/* The same for a field that may be null or missing. */
static int get_optional_text(const struct where *w, const json_t *object, const char *field, const char *otherwise,
	const char **out)
{
	*out = otherwise;
	if (json_is_null(json_object_get(object, field)) || !json_object_get(object, field))
		return 0;
	return get_text(w, object, field, out);
}

/* NAN for a number that is null or missing. */
static int get_optional_number(const struct where *w, const json_t *object, const char *field, double *out)
{
	const json_t *value = json_object_get(object, field);
	double number = json_number_value(value);

	*out = NAN;
	if (value == NULL || json_is_null(value))
		return 0;
	if (!json_is_number(value) || !(number >= 0 && number <= 1e18))
		return damaged(w, field, "a number from 0 to 1e18, or null", value);
	*out = number;
	return 0;
}

static int get_optional_whole(const struct where *w, const json_t *object, const char *field, uint64_t *out)
{
	const json_t *value = json_object_get(object, field);

	*out = 0;
	return value == NULL || json_is_null(value) ? 0 : get_whole(w, object, field, 0, INT64_MAX, out);
}

/* NULL in *out for a list that is null or missing. */
static int get_list(const struct where *w, const json_t *object, const char *field, json_t **out)
{
	json_t *value = json_object_get(object, field);

	*out = json_is_array(value) ? value : NULL;
	if (value == NULL || json_is_null(value) || json_is_array(value))
		return 0;
	return damaged(w, field, "a list", value);
}

static int get_bool(const struct where *w, const json_t *object, const char *field, bool *out)
{
	const json_t *value = json_object_get(object, field);

	*out = json_is_true(value);
	return json_is_boolean(value) ? 0 : damaged(w, field, "true or false", value);
}

/* Index of a text among the names of an enum, in *out. */
static int get_word(const struct where *w, const json_t *object, const char *field, const char *const *names,
	size_t count, const char *expected, unsigned *out)
{
	const json_t *value = json_object_get(object, field);

	for (unsigned i = 0; i < count && json_is_string(value); i++)
		if (strcmp(names[i], json_string_value(value)) == 0) {
			*out = i;
			return 0;
		}
	return damaged(w, field, expected, value);
}

static int get_version(const struct where *w, const json_t *object)
{
	const json_t *value = json_object_get(object, "schema_version");

	if (json_is_integer(value) && json_integer_value(value) > SCHEMA_VERSION) {
		snprintf(w->why, SUMMARY_WHY, "%.200s: schema_version is %" JSON_INTEGER_FORMAT ", and this "
			"manyhands knows %d: it was written by a later one, report it with that", w->path,
			json_integer_value(value), SCHEMA_VERSION);
		return -EPROTONOSUPPORT;
	}
	if (!json_is_integer(value) || json_integer_value(value) != SCHEMA_VERSION)
		return damaged(w, "schema_version", "1", value);
	return 0;
}

/* ---- lessons and their variants ---- */

/* {"bytes": 64, "chunk": 1} as "bytes=64 chunk=1". */
static int read_params(const struct where *w, const json_t *row, char *out, size_t size)
{
	json_t *params = json_object_get(row, "params"), *value;
	const char *name;
	size_t at = 0;

	out[0] = '\0';
	if (!json_is_object(params))
		return damaged(w, "params", "an object", params);
	json_object_foreach(params, name, value) {
		if (!json_is_number(value))
			return damaged(w, "params", "numbers", value);
		at += (size_t)snprintf(out + at, size - at, "%s%s=%.15g", at ? " " : "", name,
			json_number_value(value));
		if (at >= size)
			return damaged(w, "params", "fewer of them", params);
	}
	return 0;
}

/* Room for one more element: the array doubles when it is full. */
static int grow(void *array, size_t count, size_t *room, size_t size)
{
	void *old, *more;
	size_t wanted = *room > 0 ? *room * 2 : 16;

	if (count < *room)
		return 0;
	memcpy(&old, array, sizeof old);        /* array is the address of a pointer of some type */
	more = reallocarray(old, wanted, size);
	if (more == NULL)
		return -ENOMEM;
	memcpy(array, &more, sizeof more);
	*room = wanted;
	return 0;
}

static int add_variant(struct summary_lesson *lesson, const char *name, bool broken)
{
	struct summary_variant *more = reallocarray(lesson->variant, lesson->variants + 1, sizeof *more);

	if (more == NULL)
		return -ENOMEM;
	lesson->variant = more;
	if ((more[lesson->variants].name = strdup(name)) == NULL)
		return -ENOMEM;
	more[lesson->variants++].broken = broken;
	return 0;
}

static int add_lesson(struct summary *s, const char *name, const char *title, const char *unit, bool waits)
{
	if (grow(&s->lesson, s->lessons, &s->source->lesson_room, sizeof *s->lesson) < 0)
		return -ENOMEM;
	struct summary_lesson *lesson = &s->lesson[s->lessons++];
	*lesson = (struct summary_lesson){ .name = strdup(name), .title = strdup(title), .unit = strdup(unit),
		.waits = waits, .question = "", .source = "", .is_capacity = strcmp(name, "capacity") == 0,
		.is_bandwidth = strcmp(name, "bandwidth") == 0 };
	return lesson->name && lesson->title && lesson->unit ? 0 : -ENOMEM;
}

/* Index of the lesson in *out; one that run.json does not tell of is added. */
static int find_lesson(struct summary *s, const struct where *w, const char *name, unsigned *out)
{
	for (*out = 0; *out < s->lessons; ++*out)
		if (strcmp(s->lesson[*out].name, name) == 0)
			return 0;
	if (s->lessons == MAX_NAMES)
		return damaged(w, "lesson", "one of at most 4096 names", NULL);
	return add_lesson(s, name, name, "", false) < 0 ? no_memory(w->why) : 0;
}

static int find_variant(struct summary_lesson *lesson, const struct where *w, const char *name, unsigned *out)
{
	for (*out = 0; *out < lesson->variants; ++*out)
		if (strcmp(lesson->variant[*out].name, name) == 0)
			return 0;
	if (lesson->variants == MAX_NAMES)
		return damaged(w, "variant", "one of at most 4096 names", NULL);
	return add_variant(lesson, name, false) < 0 ? no_memory(w->why) : 0;
}

/* ---- run.json ---- */

static int read_variants(struct summary_lesson *lesson, const struct where *w, const json_t *entry)
{
	static const char *const expect[] = { "correct", "wrong", "hangs" };
	json_t *list, *variant;
	size_t i;

	if (get_list(w, entry, "variants", &list) < 0)
		return -EBADMSG;
	json_array_foreach(list, i, variant) {
		const char *name;
		unsigned what, at;
		if (get_text(w, variant, "name", &name) < 0
			|| get_word(w, variant, "expect", expect, 3, "correct, wrong or hangs", &what) < 0)
			return -EBADMSG;
		int error = find_variant(lesson, w, name, &at);
		if (error < 0)
			return error;
		lesson->variant[at].broken = what != 0;
	}
	return 0;
}

/* Kinds that this program does not know are for charts.c to pass over. */
static int read_charts(struct summary_lesson *lesson, const struct where *w, const json_t *entry)
{
	json_t *list = json_object_get(entry, "charts"), *name;
	size_t count = json_array_size(list), i;

	if (list == NULL)
		return 0;
	if (!json_is_array(list) || count > MAX_NAMES)
		return damaged(w, "charts", "a list of at most 4096 names", list);
	if (count > 0 && (lesson->chart = calloc(count, sizeof *lesson->chart)) == NULL)
		return no_memory(w->why);
	json_array_foreach(list, i, name) {
		if (!json_is_string(name))
			return damaged(w, "charts", "names", name);
		lesson->chart[lesson->charts++] = json_string_value(name);
	}
	return 0;
}

static int read_examples(struct summary_lesson *lesson, const struct where *w, const json_t *entry)
{
	json_t *list = json_object_get(entry, "examples"), *example;
	size_t count = json_array_size(list), i;

	if (list == NULL)
		return 0;
	if (!json_is_array(list) || count > MAX_NAMES)
		return damaged(w, "examples", "a list of at most 4096", list);
	if (count > 0 && (lesson->example = calloc(count, sizeof *lesson->example)) == NULL)
		return no_memory(w->why);
	json_array_foreach(list, i, example) {
		struct summary_example *to = &lesson->example[lesson->examples++];
		uint64_t workers;
		if (get_text(w, example, "source", &to->source) < 0 || get_text(w, example, "prints", &to->prints) < 0
			|| get_optional_whole(w, example, "n", &to->n) < 0
			|| get_optional_whole(w, example, "workers", &workers) < 0
			|| get_optional_text(w, example, "printed", NULL, &to->printed) < 0)
			return -EBADMSG;
		to->workers = workers <= MOST_WORKERS ? (unsigned)workers : 0;
	}
	return 0;
}

/* The problem that the lesson is measured with: an older run.json does not tell it in full. */
static int read_problem(struct summary_lesson *lesson, const struct where *w, const json_t *entry)
{
	char params[512];

	if (!json_object_get(entry, "n") || !json_object_get(entry, "params"))
		return 0;
	if (get_whole(w, entry, "n", 0, INT64_MAX, &lesson->n) < 0 || read_params(w, entry, params, sizeof params) < 0)
		return -EBADMSG;
	lesson->params = strdup(params);
	return lesson->params ? 0 : no_memory(w->why);
}

/* Older folders do not tell of them. */
static int read_knobs(struct summary_lesson *lesson, const struct where *w, const json_t *entry)
{
	json_t *list = json_object_get(entry, "knobs"), *knob;
	size_t count = json_array_size(list), i;

	if (list == NULL)
		return 0;
	if (!json_is_array(list) || count > MAX_NAMES)
		return damaged(w, "knobs", "a list of at most 4096", list);
	if (count > 0 && (lesson->knob = calloc(count, sizeof *lesson->knob)) == NULL)
		return no_memory(w->why);
	json_array_foreach(list, i, knob) {
		struct summary_knob *to = &lesson->knob[lesson->knobs++];
		if (get_text(w, knob, "name", &to->name) < 0 || get_optional_text(w, knob, "unit", "", &to->unit) < 0
			|| get_optional_text(w, knob, "about", "", &to->about) < 0
			|| get_optional_text(w, knob, "sweep", NULL, &to->sweep) < 0)
			return -EBADMSG;
	}
	return 0;
}

static int read_lesson(struct summary *s, const struct where *w, const json_t *entry)
{
	const char *name, *title, *unit, *grain, *question, *source;
	unsigned at;

	if (get_text(w, entry, "name", &name) < 0 || get_optional_text(w, entry, "title", name, &title) < 0
		|| get_optional_text(w, entry, "grain", NULL, &grain) < 0
		|| get_optional_text(w, entry, "question", "", &question) < 0
		|| get_optional_text(w, entry, "source", "", &source) < 0
		|| get_optional_text(w, entry, "unit", "", &unit) < 0)
		return -EBADMSG;
	if (s->lessons == MAX_NAMES)
		return damaged(w, "lessons", "at most 4096 of them", NULL);
	if (add_lesson(s, name, title, unit, json_is_true(json_object_get(entry, "waits"))) < 0)
		return no_memory(w->why);
	struct summary_lesson *lesson = &s->lesson[s->lessons - 1];
	lesson->question = question;
	lesson->source = source;
	if (grain && !(lesson->grain = strdup(grain)))
		return no_memory(w->why);
	int error = find_lesson(s, w, name, &at);
	if (error == 0 && at + 1 < s->lessons)
		error = damaged(w, "lessons", "each name once", entry);
	if (error == 0)
		error = read_problem(lesson, w, entry);
	if (error == 0)
		error = read_variants(lesson, w, entry);
	if (error == 0)
		error = read_charts(lesson, w, entry);
	if (error == 0)
		error = read_examples(lesson, w, entry);
	return error < 0 ? error : read_knobs(lesson, w, entry);
}

static int read_lessons(struct summary *s, const struct where *w)
{
	json_t *list, *entry;
	size_t i;
	int error = get_list(w, s->source->run, "lessons", &list) < 0 ? -EBADMSG : 0;

	if (error == 0)
		json_array_foreach(list, i, entry)
			if ((error = read_lesson(s, w, entry)) < 0)
				break;
	return error;
}

static int read_left_out(struct summary *s, const struct where *w)
{
	json_t *list, *entry;
	size_t i;

	if (get_list(w, s->source->run, "left_out", &list) < 0)
		return -EBADMSG;
	s->left_out = calloc(json_array_size(list) + 1, sizeof *s->left_out);
	if (s->left_out == NULL)
		return no_memory(w->why);
	json_array_foreach(list, i, entry) {
		struct summary_left_out *cell = &s->left_out[i];
		if (get_text(w, entry, "lesson", &cell->lesson) < 0 || get_text(w, entry, "variant", &cell->variant) < 0
			|| get_optional_text(w, entry, "size", "measured", &cell->size) < 0
			|| get_text(w, entry, "reason", &cell->reason) < 0
			|| get_unsigned(w, entry, "workers", 1, MOST_WORKERS, &cell->workers) < 0)
			return -EBADMSG;
		s->left_outs++;
	}
	return 0;
}

static int read_notes(struct summary *s, const struct where *w)
{
	json_t *list, *entry;
	size_t i;

	if (get_list(w, s->source->run, "notes", &list) < 0)
		return -EBADMSG;
	s->note = calloc(json_array_size(list) + 1, sizeof *s->note);
	if (s->note == NULL)
		return no_memory(w->why);
	json_array_foreach(list, i, entry) {
		if (!json_is_string(entry))
			return damaged(w, "notes", "texts", entry);
		s->note[s->notes++] = json_string_value(entry);
	}
	return 0;
}

/* The words of the command that made the run. */
static int read_argv(struct summary *s, const struct where *w)
{
	json_t *list, *word;
	size_t i;

	if (get_list(w, s->source->run, "argv", &list) < 0)
		return -EBADMSG;
	s->arg = calloc(json_array_size(list) + 1, sizeof *s->arg);
	if (s->arg == NULL)
		return no_memory(w->why);
	json_array_foreach(list, i, word) {
		if (!json_is_string(word))
			return damaged(w, "argv", "texts", word);
		s->arg[s->args++] = json_string_value(word);
	}
	if (get_optional_text(w, s->source->run, "mode", "", &s->mode) < 0
		|| get_optional_number(w, s->source->run, "budget_s", &s->budget_s) < 0
		|| get_optional_whole(w, s->source->run, "blocks", &s->blocks) < 0)
		return -EBADMSG;
	return 0;
}

static int read_environment(struct summary *s, const struct where *w)
{
	const json_t *run = s->source->run, *machine = json_object_get(run, "machine");
	const json_t *precision = json_object_get(run, "precision");
	const char *scaling;
	uint64_t cores = 0, pus = 0, packages = 0, kinds = 0;

	if (get_optional_text(w, run, "run_id", "", &s->run_id) < 0
		|| get_optional_text(w, run, "host", "", &s->host) < 0
		|| get_optional_text(w, run, "kernel", "", &s->kernel) < 0
		|| get_optional_text(w, run, "revision", "", &s->revision) < 0
		|| get_optional_text(w, run, "compiler", "", &s->compiler) < 0
		|| get_optional_text(w, run, "policy", "", &s->policy) < 0
		|| get_optional_text(w, run, "started", "", &s->started) < 0
		|| get_optional_text(w, run, "twin", NULL, &s->twin) < 0
		|| get_optional_text(w, run, "scaling", "strong", &scaling) < 0
		|| get_optional_whole(w, run, "seed", &s->seed) < 0
		|| get_optional_text(w, run, "stop_reason", NULL, &s->stop_reason) < 0
		|| get_optional_text(w, machine, "model", "", &s->model) < 0
		|| get_optional_text(w, machine, "hypervisor", NULL, &s->hypervisor) < 0)
		return -EBADMSG;
	if (get_optional_whole(w, machine, "cores", &cores) < 0 || get_optional_whole(w, machine, "pus", &pus) < 0
		|| get_optional_whole(w, machine, "packages", &packages) < 0
		|| get_optional_whole(w, machine, "core_kinds", &kinds) < 0)
		return -EBADMSG;
	if (strcmp(scaling, "strong") != 0 && strcmp(scaling, "weak") != 0)
		return damaged(w, "scaling", "strong or weak", json_object_get(run, "scaling"));
	s->precision = precision ? json_number_value(precision) : 0.03;
	if (!(s->precision > 0 && s->precision < 1))
		return damaged(w, "precision", "a number between 0 and 1", precision);
	s->weak = strcmp(scaling, "weak") == 0;
	s->cores = cores < MOST_WORKERS ? (unsigned)cores : 0;
	s->pus = pus < MOST_WORKERS ? (unsigned)pus : 0;
	s->packages = packages < MOST_WORKERS ? (unsigned)packages : 0;
	s->core_kinds = kinds < MOST_WORKERS ? (unsigned)kinds : 0;
	s->finished = json_is_true(json_object_get(run, "finished"));
	return 0;
}

int read_run(struct summary *s, const char *folder, char *why)
{
	struct source *source = s->source;
	struct where w = { .why = why };
	json_error_t error;

	if (asprintf(&source->run_path, "%s/run.json", folder) < 0
		|| asprintf(&source->samples_path, "%s/samples.ndjson", folder) < 0)
		return no_memory(why);
	w.path = source->run_path;

	FILE *file;
	int failed = open_file(w.path, "the folder of a `manyhands run`", &file, why);
	if (failed < 0)
		return failed;
	source->run = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
	fclose(file);
	if (source->run == NULL)
		return bad_json(&w, &error);
	if (!json_is_object(source->run))
		return damaged(&w, "run.json", "an object", source->run);

	failed = get_version(&w, source->run);
	if (failed == 0)
		failed = read_environment(s, &w);
	if (failed == 0)
		failed = read_argv(s, &w);
	if (failed == 0)
		failed = read_lessons(s, &w);
	if (failed == 0)
		failed = read_left_out(s, &w);
	return failed == 0 ? read_notes(s, &w) : failed;
}

/* ---- samples.ndjson ---- */

static int compare_cells(const void *left, const void *right)
{
	const struct summary_cell *a = left, *b = right;

	if (a->lesson != b->lesson)
		return a->lesson < b->lesson ? -1 : 1;
	if (a->document != b->document)
		return a->document < b->document ? -1 : 1;
	int params = strverscmp(a->params, b->params);  /* chunk=9 before chunk=10 */
	if (params != 0)
		return params;
	/* what a problem's cells share comes first: n, or with weak scaling n per worker */
	if (a->problem != b->problem)
		return a->problem < b->problem ? -1 : 1;
	if (a->variant != b->variant)
		return a->variant < b->variant ? -1 : 1;
	if (a->workers != b->workers)
		return a->workers < b->workers ? -1 : 1;
	return (a->n > b->n) - (a->n < b->n);
}

static int compare_places(const void *left, const void *right)
{
	return compare_cells(*(struct summary_cell *const *)left, *(struct summary_cell *const *)right);
}

struct summary_cell *read_find(const struct summary *s, const struct summary_cell *probe)
{
	struct summary_cell **found = tfind(probe, &s->source->tree, compare_cells);
	return found ? *found : NULL;
}

static struct summary_cell *add_cell(struct summary *s, const struct summary_cell *probe)
{
	struct summary_cell *cell = malloc(sizeof *cell);

	if (cell == NULL || grow(&s->cell, s->cells, &s->source->cell_room, sizeof *s->cell) < 0) {
		free(cell);
		return NULL;
	}
	*cell = *probe;
	cell->params = strdup(probe->params);
	cell->rows = calloc(1, sizeof *cell->rows);
	s->cell[s->cells++] = cell;
	if (cell->params == NULL || cell->rows == NULL || tsearch(cell, &s->source->tree, compare_cells) == NULL)
		return NULL;
	return cell;
}

/* The cell that a row belongs to, made when it is its first. */
static int read_cell(struct summary *s, const struct where *w, json_t *row, struct summary_cell **out)
{
	static const char *const sizes[] = { "measured", "document" };
	struct summary_cell probe = { 0 };
	const char *lesson, *variant;
	char params[512];
	unsigned size;

	if (get_text(w, row, "lesson", &lesson) < 0 || get_text(w, row, "variant", &variant) < 0
		|| get_word(w, row, "size", sizes, 2, "measured or document", &size) < 0
		|| get_unsigned(w, row, "workers", 1, MOST_WORKERS, &probe.workers) < 0
		|| get_whole(w, row, "n", 0, INT64_MAX, &probe.n) < 0 || read_params(w, row, params, sizeof params) < 0)
		return -EBADMSG;
	int error = find_lesson(s, w, lesson, &probe.lesson);
	if (error == 0)
		error = find_variant(&s->lesson[probe.lesson], w, variant, &probe.variant);
	if (error < 0)
		return error;
	probe.document = size == 1;
	probe.problem = summary_problem(s, probe.lesson, probe.document, probe.workers, probe.n);
	probe.params = params;
	*out = read_find(s, &probe);
	if (*out == NULL && s->cells == MOST_CELLS)
		return damaged(w, "row", "one of at most 100000 cells", row);
	if (*out == NULL)
		*out = add_cell(s, &probe);
	return *out ? 0 : no_memory(w->why);
}

/* A trial has many ok rows, one after the other, and counts once. */
static int count_ok(struct summary_cell *cell, unsigned block, unsigned order, off_t row)
{
	struct rows *rows = cell->rows;
	struct place *last = rows->places > 0 ? &rows->place[rows->places - 1] : NULL;

	if (last != NULL && last->block == block && last->order == order) {
		last->last = row;
		return 0;
	}
	if (grow(&rows->place, rows->places, &rows->places_room, sizeof *rows->place) < 0)
		return -ENOMEM;
	rows->place[rows->places++] = (struct place){ block, order, row, row };
	cell->outcomes[SUMMARY_OK]++;
	return 0;
}

static int read_failure(const struct where *w, const json_t *row, struct summary_cell *cell, unsigned outcome)
{
	const char *reason;

	if (get_optional_text(w, row, "reason", NULL, &reason) < 0)
		return -EBADMSG;
	cell->outcomes[outcome]++;
	if (reason != NULL && cell->reason == NULL && (cell->reason = strdup(reason)) == NULL)
		return no_memory(w->why);
	return 0;
}

/* When the first worker entered and the last one left, in ns; false when the row does not tell. */
static bool read_lanes(const json_t *row, uint64_t *enter_ns, uint64_t *leave_ns)
{
	const json_t *lanes = json_object_get(row, "lanes"), *lane;
	size_t i;

	*enter_ns = UINT64_MAX;
	*leave_ns = 0;
	json_array_foreach(lanes, i, lane) {
		json_int_t enter = json_integer_value(json_object_get(lane, "enter_ns"));
		json_int_t leave = json_integer_value(json_object_get(lane, "leave_ns"));
		if (enter == 0)
			continue;       /* more workers than work: this one had none */
		if (enter < 0 || leave < enter)
			return false;
		*enter_ns = (uint64_t)enter < *enter_ns ? (uint64_t)enter : *enter_ns;
		*leave_ns = (uint64_t)leave > *leave_ns ? (uint64_t)leave : *leave_ns;
	}
	return *leave_ns > 0;
}

/* Until the first worker works, until the last one is done, until the caller has the answer (and, cold, all is torn
 * down).  Left NAN when the stamps do not lie within the run. */
static int read_phases(const struct where *w, const json_t *row, struct timed_run *run, uint64_t wall_ns)
{
	uint64_t enter_ns, leave_ns, solve_ns = 0, start_ns = 0, stop_ns = 0;

	run->startup_s = run->work_s = run->teardown_s = NAN;
	if (get_optional_number(w, row, "imbalance", &run->imbalance) < 0
		|| get_optional_whole(w, row, "startup_ns", &start_ns) < 0
		|| get_optional_whole(w, row, "solve_ns", &solve_ns) < 0
		|| get_optional_whole(w, row, "stop_ns", &stop_ns) < 0)
		return -EBADMSG;
	bool cold = run->regime == SUMMARY_COLD;
	double end_ns = (double)run->start_ns + (cold ? (double)start_ns + (double)solve_ns : (double)wall_ns);
	if (read_lanes(row, &enter_ns, &leave_ns) && enter_ns >= run->start_ns && (double)leave_ns <= end_ns) {
		run->startup_s = (double)(enter_ns - run->start_ns) * 1e-9;
		run->work_s = (double)(leave_ns - enter_ns) * 1e-9;
		run->teardown_s = (end_ns - (double)leave_ns + (double)stop_ns) * 1e-9;
	}
	return 0;
}

/* What disturbed the trial, and what its lesson declares: its cold row tells. */
static int read_signals(const struct where *w, const json_t *row, struct summary_cell *cell,
	const struct timed_run *run)
{
	struct rows *rows = cell->rows;
	struct signals now = { .block = run->block, .order = run->order };
	double ticks, throttled_us, delay_ns, pressure_us, trial_ns;

	if (get_optional_whole(w, row, "crossed_bytes", &cell->crossed_bytes) < 0
		|| get_optional_whole(w, row, "moved_bytes", &cell->moved_bytes) < 0
		|| get_optional_number(w, row, "steal_ticks", &ticks) < 0
		|| get_optional_number(w, row, "throttled_us", &throttled_us) < 0
		|| get_optional_number(w, row, "run_delay_ns", &delay_ns) < 0
		|| get_optional_number(w, row, "pressure_us", &pressure_us) < 0
		|| get_optional_number(w, row, "switches_involuntary", &now.involuntary) < 0
		|| get_optional_number(w, row, "trial_ns", &trial_ns) < 0)
		return -EBADMSG;
	now.trial_s = (isnan(trial_ns) ? run->wall_s * 1e9 : trial_ns) * 1e-9;
	now.steal_s = ticks * 0.01;     /* USER_HZ is 100 wherever Linux runs */
	now.throttled_s = throttled_us * 1e-6;
	now.waited_s = isnan(pressure_us) ? delay_ns * 1e-9 : pressure_us * 1e-6;
	if (grow(&rows->signal, rows->signals, &rows->signals_room, sizeof now) < 0)
		return no_memory(w->why);
	rows->signal[rows->signals++] = now;
	return 0;
}

static int read_row(struct summary *s, const struct where *w, json_t *row)
{
	struct timed_run run = { 0 };
	struct summary_cell *cell = NULL;
	uint64_t wall_ns;
	unsigned outcome, regime;
	bool warmup;

	int error = get_version(w, row);
	if (error == 0)
		error = read_cell(s, w, row, &cell);
	if (error < 0)
		return error;
	if (get_unsigned(w, row, "block", 0, STATS_MOST - 1, &run.block) < 0
		|| get_unsigned(w, row, "order", 0, MOST_ORDER, &run.order) < 0
		|| get_word(w, row, "regime", summary_regime_name, SUMMARY_REGIMES, "cold or warm", &regime) < 0
		|| get_bool(w, row, "is_warmup", &warmup) < 0
		|| get_word(w, row, "outcome", summary_outcome_name, SUMMARY_OUTCOMES,
			"ok, wrong, died, hung, leaked or skipped", &outcome) < 0)
		return -EBADMSG;
	if (outcome != SUMMARY_OK)
		return read_failure(w, row, cell, outcome);

	if (get_whole(w, row, "start_ns", 0, INT64_MAX, &run.start_ns) < 0
		|| get_whole(w, row, "wall_ns", 0, MOST_NS, &wall_ns) < 0)
		return -EBADMSG;
	if (count_ok(cell, run.block, run.order, s->source->row) < 0)
		return no_memory(w->why);
	if (warmup)
		return 0;
	run.regime = regime;
	run.wall_s = (double)(wall_ns > 0 ? wall_ns : 1) * 1e-9;        /* 0: below the clock's grain, and no ratio */
	error = read_phases(w, row, &run, wall_ns);
	if (error == 0 && regime == SUMMARY_COLD)
		error = read_signals(w, row, cell, &run);
	if (error < 0)
		return error;
	if (grow(&cell->rows->run, cell->rows->runs, &cell->rows->room, sizeof run) < 0)
		return no_memory(w->why);
	cell->rows->run[cell->rows->runs++] = run;
	return 0;
}

static int read_line(struct summary *s, const struct where *w, const char *line, size_t length)
{
	json_error_t error;
	json_t *row = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);

	if (row == NULL)
		return bad_json(w, &error);
	int failed = json_is_object(row) ? read_row(s, w, row) : damaged(w, "row", "an object", row);
	json_decref(row);
	s->rows += failed == 0;
	return failed;
}

int read_samples(struct summary *s, char *why)
{
	struct source *source = s->source;
	struct where w = { source->samples_path, 0, why };
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	FILE *file;
	int error = open_file(w.path, "the rows of a `manyhands run`", &file, why);

	if (error < 0)
		return error;
	if (fseeko(file, source->offset, SEEK_SET) < 0) {
		error = -errno;
		snprintf(why, SUMMARY_WHY, "cannot read %.300s: %s", w.path, strerror(-error));
		goto out;
	}
	s->truncated = false;
	while (error == 0 && (length = getline(&line, &room, file)) > 0) {
		s->truncated = line[length - 1] != '\n';
		if (s->truncated)
			break;
		w.line = ++source->line;
		source->row = source->offset;
		source->offset += length;
		error = read_line(s, &w, line, (size_t)length);
	}
	if (error == 0 && ferror(file)) {
		error = -EIO;
		snprintf(why, SUMMARY_WHY, "cannot read %.300s to its end: is the disk well?", w.path);
	}
	if (s->cells > 0)
		qsort(s->cell, s->cells, sizeof *s->cell, compare_places);
out:
	fclose(file);
	free(line);
	return error;
}

/* ---- release ---- */

static void keep_cell(void *cell)
{
	(void)cell;     /* it is freed with the array */
}

static void free_cell(struct summary_cell *cell)
{
	for (int r = 0; r < SUMMARY_REGIMES; r++) {
		free(cell->regime[r].block);
		if (cell->rows != NULL)
			free(cell->rows->trial[r]);
	}
	if (cell->rows != NULL) {
		free(cell->rows->run);
		free(cell->rows->signal);
		free(cell->rows->place);
	}
	free(cell->rows);
	free(cell->params);
	free(cell->reason);
	free(cell);
}

void read_free(struct summary *s)
{
	tdestroy(s->source->tree, keep_cell);
	for (unsigned i = 0; i < s->cells; i++)
		free_cell(s->cell[i]);
	for (unsigned i = 0; i < s->lessons; i++) {
		struct summary_lesson *lesson = &s->lesson[i];
		for (unsigned j = 0; j < lesson->variants; j++)
			free(lesson->variant[j].name);
		free(lesson->variant);
		free(lesson->name);
		free(lesson->title);
		free(lesson->unit);
		free(lesson->grain);
		free(lesson->params);
		free(lesson->chart);
		free(lesson->example);
		free(lesson->knob);
	}
	free(s->cell);
	free(s->ceiling);
	free(s->lesson);
	free(s->left_out);
	free(s->note);
	free(s->arg);
	free(s->source->run_path);
	free(s->source->samples_path);
	json_decref(s->source->run);
}
