/* SPDX-License-Identifier: MIT */
/* lab.c -- the labs that there are.  See lab.h. */
#include "bench/grade/lab.h"

#include "bench/base/text.h"

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void lab_why(char *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, LAB_WHY, format, args);
	va_end(args);
}

/* "/.../lessons/02_sum_of_powers/lab/primes.conf" into its parts. */
static void take_apart(struct lab *lab, const struct lab_places *places, const char *path)
{
	const char *folder = path + strlen(places->source) + strlen("/lessons/");
	const char *slash = strchr(folder, '/'), *file = strrchr(path, '/') + 1;

	*lab = (struct lab){ 0 };
	snprintf(lab->lesson, sizeof lab->lesson, "%.*s", (int)(slash - folder), folder);
	snprintf(lab->name, sizeof lab->name, "%.*s", (int)(strlen(file) - strlen(".conf")), file);
	snprintf(lab->source, sizeof lab->source, "%s/lessons/%s/lab", places->source, lab->lesson);
	snprintf(lab->labs, sizeof lab->labs, "%s/labs", places->build);
	snprintf(lab->built, sizeof lab->built, "%s/lessons/%s/lab", places->build, lab->lesson);
}

static bool answers_to(const struct lab *lab, const char *name)
{
	size_t digits = strspn(lab->lesson, "0123456789");

	if (strcmp(name, lab->name) == 0 || strcmp(name, lab->lesson) == 0)
		return true;
	if (digits == 0 || lab->lesson[digits] != '_')
		return false;
	if (strcmp(name, lab->lesson + digits + 1) == 0)
		return true;
	if (strncmp(name, lab->lesson, digits) != 0)
		return false;
	return name[digits] == '\0' || (name[digits] == '_' && strcmp(name + digits + 1, lab->name) == 0);
}

static int find_files(const struct lab_places *places, glob_t *found, char *why)
{
	char pattern[PATH_MAX];

	snprintf(pattern, sizeof pattern, "%s/lessons/*/lab/*.conf", places->source);
	if (glob(pattern, 0, NULL, found) == 0)
		return 0;
	globfree(found);
	lab_why(why, "%s/lessons holds no labs (NN_name/lab/NAME.conf): "
		"is the source where it was when this was built?", places->source);
	return -ENOENT;
}

static int read_settings(struct lab *lab, const char *path, char *why)
{
	char words[CONF_WHY];
	int error = conf_read(&lab->conf, path, words);

	if (error < 0)
		lab_why(why, "%s", words);
	return error;
}

static int unknown(const struct lab_places *places, const glob_t *found, const char *name, char *why)
{
	static struct lab lab[LAB_MOST];        /* static for its size alone */
	const char *names[2 * LAB_MOST];
	size_t known = 0;

	for (size_t i = 0; i < found->gl_pathc && i < LAB_MOST; i++) {
		take_apart(&lab[i], places, found->gl_pathv[i]);
		names[known++] = lab[i].name;
		names[known++] = lab[i].lesson + strspn(lab[i].lesson, "0123456789_");
	}
	const char *nearest = text_nearest(name, names, known);
	char clean[80];
	snprintf(clean, sizeof clean, "%s", name);
	lab_why(why, "there is no lab '%s'%s%s%s  `make labs` shows all", text_clean(clean),
		nearest ? ": did you mean '" : ".", nearest ?: "", nearest ? "'?" : "");
	return -EINVAL;
}

int lab_find(struct lab *lab, const struct lab_places *places, const char *name, char *why)
{
	glob_t found;
	int error = find_files(places, &found, why);

	if (error < 0)
		return error;
	error = -EINVAL;
	for (size_t i = 0; i < found.gl_pathc && error == -EINVAL; i++) {
		take_apart(lab, places, found.gl_pathv[i]);
		if (answers_to(lab, name)) {
			error = read_settings(lab, found.gl_pathv[i], why);
			globfree(&found);
			return error;
		}
	}
	error = unknown(places, &found, name, why);
	globfree(&found);
	return error;
}

int lab_at(struct lab *lab, const struct lab_places *places, unsigned k, char *why)
{
	glob_t found;
	int error = find_files(places, &found, why);

	if (error < 0)
		return error;
	if (k < found.gl_pathc) {
		take_apart(lab, places, found.gl_pathv[k]);
		error = read_settings(lab, found.gl_pathv[k], why);
	} else {
		error = -ENOENT;
	}
	globfree(&found);
	return error;
}

/* The settings name parameters and sizes that the lesson must have. */
static int check(const struct lab *lab, char *why)
{
	const struct conf *c = &lab->conf;
	char words[CARD_WHY];

	if (c->n > lab->card->n_max || c->n_fast > lab->card->n_max) {
		lab_why(why, "%s/%s.conf: n and n_fast must not pass %llu, the n_max of lesson.c", lab->source,
			lab->name, (unsigned long long)lab->card->n_max);
		return -EINVAL;
	}
	for (unsigned i = 0; i < c->varies; i++)
		if (card_param(lab->card, c->vary[i].name, words) < 0) {
			lab_why(why, "%s/%s.conf: vary: %s", lab->source, lab->name, words);
			return -EINVAL;
		}
	return 0;
}

int lab_open(struct lab *lab, char *why)
{
	char name[160];

	snprintf(name, sizeof name, "%.*s_%s", (int)strcspn(lab->lesson, "_"), lab->lesson, lab->name);
	int error = catalogue_load_one(&lab->catalogue, lab->labs, name, why);
	if (error < 0)
		return error;
	lab->card = lab->catalogue.card[0];
	return check(lab, why);
}

void lab_close(struct lab *lab)
{
	catalogue_free(&lab->catalogue);
	lab->card = NULL;
}

void lab_file(const struct lab *lab, unsigned part, const char *stem, char *out, size_t size)
{
	bool second = part > 0 && lab->conf.by[part] == BY_OPENMP;
	snprintf(out, size, "%s%s.c", stem, second ? "_openmp" : "");
}

unsigned lab_part(const struct lab *lab, const char *file)
{
	const char *name = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	bool openmp = strstr(name, "openmp");

	for (unsigned i = 0; i < lab->conf.parts; i++)
		if ((lab->conf.by[i] == BY_OPENMP) == openmp)
			return i;
	return 0;
}
