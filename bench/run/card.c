/* SPDX-License-Identifier: MIT */
/* card.c -- the lessons that there are.  A lesson is a folder of programs; each is asked with --describe. */
#include "bench/run/card.h"

#include "bench/base/text.h"
#include "bench/check.h"
#include "bench/run/spawn.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The three ways of a lesson's original.py.  The programs say the same, but 20 times as slowly as those in C, so they
 * are not asked; a test is. */
static const struct card_variant original[CARD_ORIGINALS] = {
	{ "python_serial", "the document's program in Python: one after the other", NULL, CORRECT, true },
	{ "python_threads", "the same in threads, which share one interpreter lock", NULL, CORRECT, true },
	{ "python_processes", "the same in processes, each with its own interpreter", NULL, CORRECT, true },
};

static const char *string(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text ? text : "";
}

static uint64_t number(const json_t *object, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(object, key));
}

static enum expect expected(const json_t *card)
{
	const char *word = string(card, "expect");
	return strcmp(word, "wrong") == 0 ? WRONG : strcmp(word, "hangs") == 0 ? HANGS : CORRECT;
}

/* Runs PROGRAM --describe; -EINTR, or -EINVAL and a sentence, when it gives no card. */
static int describe(const char *program, json_t **card, char *why)
{
	char *const argv[] = { (char *)(uintptr_t)program, "--describe", NULL };
	struct spawned spawned;
	json_error_t reason;
	int error = spawn_run(&(struct spawn){ .argv = argv, .deadline_s = 10 }, &spawned);

	if (error < 0 && error != -EINTR) {
		snprintf(why, CARD_WHY, "%s cannot be started: %s; run make", program, strerror(-error));
		error = -EINVAL;
	} else if (error == 0) {
		*card = json_loads(spawned.text[0], 0, &reason);
		if (strcmp(string(*card, "row"), "card") != 0) {
			snprintf(why, CARD_WHY, "%s --describe gave no lesson card%s: run make again", program,
				spawned.hung ? " within 10 s" : "");
			error = -EINVAL;
		}
	}
	spawned_free(&spawned);
	return error;
}

static void read_lesson(struct card *card, const json_t *json)
{
	const json_t *params = json_object_get(json, "params"), *examples = json_object_get(json, "examples");

	card->title = string(json, "title");
	card->unit = string(json, "unit");
	card->source = string(json, "source");
	card->question = string(json, "question");
	card->charts = json_object_get(json, "charts");
	card->n = number(json, "n");
	card->n_max = number(json, "n_max");
	card->n_least = number(json, "n_least");
	card->base_ms = (unsigned)number(json, "base_ms");
	card->waits = json_is_true(json_object_get(json, "waits"));
	card->crowds = json_is_true(json_object_get(json, "crowds"));
	card->sizes = string(json, "sizes");
	card->moves = json_is_true(json_object_get(json, "moves"));
	for (; card->params < json_array_size(params) && card->params < MAX_PARAMS; card->params++) {
		const json_t *param = json_array_get(params, card->params);
		card->param[card->params] = (struct param){
			.name = string(param, "name"), .unit = string(param, "unit"), .about = string(param, "about"),
			.value = number(param, "value"), .least = number(param, "least"), .most = number(param, "most"),
			.grain = json_is_true(json_object_get(param, "grain")),
			.sweep = json_string_value(json_object_get(param, "sweep")),
		};
	}
	for (; card->examples < json_array_size(examples) && card->examples < MAX_EXAMPLES; card->examples++) {
		const json_t *from = json_array_get(examples, card->examples);
		struct example *to = &card->example[card->examples];
		*to = (struct example){
			.source = string(from, "source"), .prints = string(from, "prints"), .n = number(from, "n"),
			.workers = (unsigned)number(from, "workers"),
		};
		for (unsigned i = 0; i < card->params; i++)
			to->param[i] = number(json_object_get(from, "params"), card->param[i].name);
	}
}

/* The folder that holds the labs' programs, beside that of the lessons. */
static bool is_labs(const char *folder)
{
	const char *name = strrchr(folder, '/');
	return name && strcmp(name, "/labs") == 0;
}

static int no_program(const struct card *card, const char *missing, char *why)
{
	snprintf(why, CARD_WHY, "lesson %s lists the variant '%s', but its program is not built: "
		"is lessons/%s/%s.c there?  Restore it, or take it off the list in lesson.c, and run make",
		card->name, missing, card->name, missing);
	return -ENOENT;
}

/* The serial program tells which variants there are; each of them tells its own idea.  Of a lab, answers need not be
 * there: who has not written one yet has none, and a student's copy has no model answer. */
static int read_variants(struct card *card, const char *folder, char *why)
{
	const json_t *names = json_object_get(card->json[0], "variants");

	for (size_t i = 0; i < json_array_size(names) && card->variants < MAX_VARIANTS; i++) {
		struct card_variant *v = &card->variant[card->variants];
		const char *name = json_string_value(json_array_get(names, i));
		json_t **json = &card->json[card->variants];

		if (asprintf(&v->program, "%s/%s/%s", folder, card->name, name) < 0)
			return -ENOMEM;
		if (access(v->program, X_OK) < 0 && i > 0 && is_labs(folder)) {
			free(v->program);
			v->program = NULL;
			continue;
		}
		if (access(v->program, X_OK) < 0)
			return no_program(card, name, why);
		int error = card->variants > 0 ? describe(v->program, json, why) : 0;
		if (error < 0)
			return error;
		v->name = name;
		v->idea = string(*json, "idea");
		v->expect = expected(*json);
		card->variants++;
	}
	return 0;
}

static int read_card(struct card *card, const char *folder, char *why)
{
	char *serial;

	if (asprintf(&serial, "%s/%s/serial", folder, card->name) < 0)
		return -ENOMEM;
	if (access(serial, X_OK) < 0) {
		free(serial);
		return no_program(card, "serial", why);
	}
	int error = describe(serial, &card->json[0], why);
	free(serial);
	if (error < 0)
		return error;
	read_lesson(card, card->json[0]);
	const json_t *first = json_array_get(json_object_get(card->json[0], "variants"), 0);
	if (!first || strcmp(json_string_value(first), "serial") != 0) {
		snprintf(why, CARD_WHY, "lesson %s: the first of its variants must be 'serial', the base of every "
			"speedup: mend lessons/%s/lesson.c", card->name, card->name);
		return -EINVAL;
	}
	return read_variants(card, folder, why);
}

static int is_lesson(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && strncmp(entry->d_name, "lib", 4) != 0;
}

/* 02_sum_of_powers answers to that name, to sum_of_powers and to 02. */
static bool answers_to(const char *folder, const char *name)
{
	const char *rest = folder;

	while (isdigit((unsigned char)*rest))
		rest++;
	if (strcmp(folder, name) == 0)
		return true;
	if (rest == folder || *rest != '_')
		return false;
	return strcmp(rest + 1, name) == 0
		|| (strlen(name) == (size_t)(rest - folder) && strncmp(folder, name, (size_t)(rest - folder)) == 0);
}

static int unknown_lesson(struct dirent **entry, int count, const char *name, char *why)
{
	const char *names[2 * CARD_MAX_LESSONS];
	size_t known = 0;

	for (int i = 0; i < count && known + 2 <= 2 * CARD_MAX_LESSONS; i++) {
		const char *underscore = strchr(entry[i]->d_name, '_');
		names[known++] = entry[i]->d_name;
		if (underscore)
			names[known++] = underscore + 1;
	}
	const char *nearest = text_nearest(name, names, known);
	snprintf(why, CARD_WHY, "there is no lesson '%s'%s%s%s  `manyhands list` shows all", name,
		nearest ? ": did you mean '" : ".", nearest ? nearest : "", nearest ? "'?" : "");
	return -EINVAL;
}

static bool wanted(const char *folder, const char *const *only, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (answers_to(folder, only[i]))
			return true;
	return !only;
}

static void free_card(struct card *card)
{
	for (unsigned i = 0; i < CARD_MAX_VARIANTS; i++)
		free(card->variant[i].program);
	for (unsigned i = 0; i < MAX_VARIANTS; i++)
		json_decref(card->json[i]);
	free(card->name);
	free(card);
}

/* Whether there is a Python to run it with: no interpreter cannot be started, env(1) says 127, and one that is too old
 * has the program skip.  Whatever else is amiss, the program is to blame, and a trial will tell. */
static int find_python(struct catalogue *c, const char *program)
{
	char *const argv[] = { (char *)(uintptr_t)program, "--describe", NULL };
	struct spawned s;
	int error = spawn_run(&(struct spawn){ .argv = argv, .deadline_s = 10 }, &s);
	int code = error == 0 && WIFEXITED(s.status) ? WEXITSTATUS(s.status) : 0;

	c->python = error < 0 || code == 127 || code == EXIT_SKIPPED ? PYTHON_MISSING : PYTHON_HERE;
	spawned_free(&s);
	return error == -EINTR ? error : 0;
}

/* The document's own programs, if the lesson has them and they can run here. */
static int add_originals(struct catalogue *c, struct card *card, const char *folder)
{
	int error = 0;

	for (unsigned i = 0; i < CARD_ORIGINALS && error == 0; i++) {
		struct card_variant *v = &card->variant[card->variants];
		char *program;
		if (asprintf(&program, "%s/%s/%s", folder, card->name, original[i].name) < 0)
			return -ENOMEM;
		bool there = access(program, X_OK) == 0;
		if (there && c->python == NO_ORIGINALS)
			error = find_python(c, program);
		if (!there || c->python == PYTHON_MISSING || error < 0) {
			free(program);
			continue;
		}
		*v = original[i];
		v->program = program;
		card->variants++;
	}
	return error;
}

static int add_card(struct catalogue *c, const char *folder, const char *name, char *why)
{
	struct card *card = calloc(1, sizeof *card);

	if (!card || !(card->name = strdup(name)))
		return free(card), -ENOMEM;
	int error = read_card(card, folder, why);
	if (error == 0)
		error = add_originals(c, card, folder);
	if (error < 0)
		free_card(card);
	else
		c->card[c->count++] = card;
	return error;
}

static int all_known(struct dirent **entry, int count, const char *const *only, unsigned only_count, char *why)
{
	for (unsigned i = 0; i < only_count; i++) {
		int found = 0;
		for (int j = 0; j < count; j++)
			found += answers_to(entry[j]->d_name, only[i]);
		if (!found)
			return unknown_lesson(entry, count, only[i], why);
	}
	return 0;
}

/* Keeps the entries that are built: of a lesson that was removed, make may have left a folder behind. */
static int keep_built(struct dirent **entry, int count, const char *folder)
{
	char path[PATH_MAX];
	int kept = 0;

	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof path, "%s/%s/lesson.o", folder, entry[i]->d_name);
		if (access(path, F_OK) == 0)
			entry[kept++] = entry[i];
		else
			free(entry[i]);
	}
	return kept;
}

static int load_folder(struct catalogue *c, const char *folder, const char *const *only, unsigned only_count, char *why)
{
	struct dirent **entry;
	int count = scandir(folder, &entry, is_lesson, alphasort);

	snprintf(why, CARD_WHY, "no memory to read the lessons");
	if (count >= 0)
		count = keep_built(entry, count, folder);
	if (count <= 0) {
		snprintf(why, CARD_WHY, "%s holds no lessons: run make first", folder);
		return count < 0 ? -errno : (free(entry), -ENOENT);
	}
	int error = all_known(entry, count, only, only_count, why);
	for (int i = 0; i < count; i++) {
		/* of several broken lessons the first is told of; the whole ones are there all the same */
		char unheard[CARD_WHY];
		if (c->count < CARD_MAX_LESSONS && wanted(entry[i]->d_name, only, only_count)) {
			int this = add_card(c, folder, entry[i]->d_name, error ? unheard : why);
			error = error ? error : this;
		}
		free(entry[i]);
	}
	free(entry);
	return error;
}

/* Whether a lab has this name: 02_primes and primes, but not 02, which is a lesson. */
static bool names_lab(const char *labs, const char *name)
{
	struct dirent **entry;
	int count = scandir(labs, &entry, is_lesson, alphasort);
	bool found = false;

	for (int i = 0; i < count; i++) {
		const char *underscore = strchr(entry[i]->d_name, '_');
		found |= strcmp(entry[i]->d_name, name) == 0 || (underscore && strcmp(underscore + 1, name) == 0);
		free(entry[i]);
	}
	if (count >= 0)
		free(entry);
	return found;
}

int catalogue_load(struct catalogue *c, const char *folder, const char *const *only, unsigned only_count, char *why)
{
	const char *lesson_name[CARD_MAX_LESSONS] = { 0 }, *lab_name[CARD_MAX_LESSONS] = { 0 };
	unsigned lesson_names = 0, lab_names = 0;
	char labs[PATH_MAX];

	*c = (struct catalogue){ 0 };
	snprintf(labs, sizeof labs, "%s/../labs", folder);
	for (unsigned i = 0; i < only_count && i < CARD_MAX_LESSONS; i++)
		if (names_lab(labs, only[i]))
			lab_name[lab_names++] = only[i];
		else
			lesson_name[lesson_names++] = only[i];
	int error = load_folder(c, folder, only ? lesson_name : NULL, lesson_names, why);
	if (error == 0 && lab_names > 0)
		error = load_folder(c, labs, lab_name, lab_names, why);
	return error;
}

int catalogue_load_one(struct catalogue *c, const char *folder, const char *name, char *why)
{
	return catalogue_load(c, folder, &name, 1, why);
}

void catalogue_free(struct catalogue *c)
{
	for (unsigned i = 0; i < c->count; i++)
		free_card(c->card[i]);
	c->count = 0;
}

static int no_such(const struct card *card, const char *what, const char *name, const char *const *names,
	unsigned count, char *why)
{
	const char *nearest = text_nearest(name, names, count);
	int at = snprintf(why, CARD_WHY, "lesson %s has no %s '%s'", card->name, what, name);

	if (nearest)
		at += snprintf(why + at, CARD_WHY - (size_t)at, ": did you mean '%s'?", nearest);
	for (unsigned i = 0; i < count && at < CARD_WHY; i++)
		at += snprintf(why + at, CARD_WHY - (size_t)at, "%s%s", i ? ", " : nearest ? "  It has " : ": it has ",
			names[i]);
	return -1;
}

int card_variant(const struct card *card, const char *name, char *why)
{
	const char *names[CARD_MAX_VARIANTS];

	for (unsigned i = 0; i < card->variants; i++) {
		names[i] = card->variant[i].name;
		if (strcmp(names[i], name) == 0)
			return (int)i;
	}
	return no_such(card, "variant", name, names, card->variants, why);
}

int card_param(const struct card *card, const char *name, char *why)
{
	const char *names[MAX_PARAMS];

	for (unsigned i = 0; i < card->params; i++) {
		names[i] = card->param[i].name;
		if (strcmp(names[i], name) == 0)
			return (int)i;
	}
	return no_such(card, "parameter", name, names, card->params, why);
}

json_t *card_params(const struct card *card, const uint64_t *value)
{
	json_t *params = json_object();

	for (unsigned i = 0; i < card->params; i++)
		json_object_set_new(params, card->param[i].name, json_integer((json_int_t)value[i]));
	return params;
}
