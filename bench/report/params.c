/* SPDX-License-Identifier: MIT */
/* params.c -- the parameters of a cell, a word each. */
#include "bench/report/params.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool is_of(const char *word, const char *name)
{
	size_t length = strlen(name);

	return strncmp(word, name, length) == 0 && word[length] == '=';
}

static const char *next(const char *word)
{
	size_t length = strcspn(word, " ");

	return word + length + (word[length] == ' ');
}

bool params_value(const char *params, const char *name, double *value)
{
	while (*params && !is_of(params, name))
		params = next(params);
	if (!*params)
		return false;
	*value = strtod(params + strlen(name) + 1, NULL);
	return true;
}

static const char *skip(const char *word, const char *name)
{
	while (name != NULL && *word && is_of(word, name))
		word = next(word);
	return word;
}

bool params_agree(const char *a, const char *b, const char *name)
{
	for (a = skip(a, name), b = skip(b, name); *a && *b; a = skip(next(a), name), b = skip(next(b), name)) {
		size_t length = strcspn(a, " ");
		if (length != strcspn(b, " ") || strncmp(a, b, length) != 0)
			return false;
	}
	return !*a && !*b;
}
