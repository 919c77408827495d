/* SPDX-License-Identifier: MIT */
/* symbols.c -- what an answer calls and what it exports.  See symbols.h. */
#include "bench/grade/symbols.h"

#include <stdio.h>
#include <string.h>

enum { MOST_NAMES = 24 };

/* Lists of names, each with the reason; a name that ends in * is a beginning. */
struct group { const char *reason; const char *name[MOST_NAMES]; };

static const struct group always[] = {
	{ "another program is no answer", { "system", "popen", "exec*", "posix_spawn*", "fexecve" } },
	{ "it hides which functions are called", { "dlopen", "dlsym", "dlmopen", "dlvsym", "syscall" } },
	{ "it looks into the harness, which an answer has no business with", { "ptrace", "process_vm_readv",
		"process_vm_writev", "lesson", "lanes_*", "rows_*", "leaks_*", "names_*", "yields_*", "__wrap_*",
		"__real_*" } },
};

static const struct group by_mechanism[MECHANISMS] = {
	[BY_FORK] = { "this lab asks for processes, made by fork()", { "pthread_create", "thrd_create", "clone",
		"GOMP_*", "omp_*", "thread_pool" } },
	[BY_PTHREADS] = { "this lab asks for threads, made by pthread_create()", { "fork", "vfork", "_Fork", "clone",
		"fork_pool", "thread_pool", "GOMP_*", "omp_*" } },
	[BY_OPENMP] = { "this file is to make its threads by OpenMP's pragmas", { "fork", "vfork", "_Fork", "clone",
		"pthread_create", "thrd_create", "fork_pool", "thread_pool" } },
};

static bool matches(const char *pattern, const char *name)
{
	size_t length = strlen(pattern);

	if (length > 0 && pattern[length - 1] == '*')
		return strncmp(pattern, name, length - 1) == 0;
	return strcmp(pattern, name) == 0;
}

static bool in_group(const struct group *g, const char *name)
{
	for (unsigned i = 0; i < MOST_NAMES && g->name[i]; i++)
		if (matches(g->name[i], name))
			return true;
	return false;
}

static const char *reason_against(const struct conf *c, enum mechanism by, const char *name)
{
	for (unsigned i = 0; i < c->allows; i++)
		if (strcmp(c->allow[i], name) == 0)
			return NULL;
	for (unsigned i = 0; i < c->forbids; i++)
		if (strcmp(c->forbid[i], name) == 0)
			return "this lab is to be solved without it";
	for (unsigned i = 0; i < sizeof always / sizeof *always; i++)
		if (in_group(&always[i], name))
			return always[i].reason;
	return in_group(&by_mechanism[by], name) ? by_mechanism[by].reason : NULL;
}

/* The next line "NAME TYPE ..." of nm -P: false at the end. */
static bool next(const char **list, char *name, char *type)
{
	while (**list) {
		size_t length = strcspn(*list, " \n"), kept = length < CONF_NAME ? length : CONF_NAME - 1;
		memcpy(name, *list, kept);
		name[kept] = '\0';
		*type = (*list)[length] == ' ' ? (*list)[length + 1] : '\0';
		*list += strcspn(*list, "\n");
		*list += **list == '\n';
		if (kept > 0 && *type)
			return true;
	}
	return false;
}

const char *symbols_forbidden(const struct conf *c, enum mechanism by, const char *list, char *name,
	const char **reason)
{
	char type;

	while (next(&list, name, &type)) {
		*reason = type == 'U' || type == 'w' ? reason_against(c, by, name) : NULL;
		if (*reason)
			return name;
	}
	return NULL;
}

const char *symbols_exported(const char *list, char *name)
{
	char type;

	while (next(&list, name, &type))
		if (strchr("ABCDGRSTVWiu", type) && strcmp(name, "variant") != 0
			&& strncmp(name, "__odr_asan", 10) != 0)        /* the sanitizer's own, in a build with it */
			return name;
	return NULL;
}
