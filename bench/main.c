/* SPDX-License-Identifier: MIT */
/* main.c -- manyhands: find the word, run its command. */
#include "bench/base/text.h"
#include "bench/command/command.h"
#include "bench/run/spawn.h"

#include <argp.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct command commands[] = {
	{ "list", "lessons and their variants, one line each", command_list },
	{ "show", "every variant at the document's size, printing what the document printed", command_show },
	{ "topo", "this machine (or a described one), and who would run where", command_topo },
	{ "doctor", "is this machine fit to measure on, and what will disturb it", command_doctor },
	{ "run", "measure lessons, write a results folder, print the speedups", command_run },
	{ "report", "make the table and the charts of a results folder again", command_report },
	{ "compare", "two results folders, cell by cell: which is faster, for sure", command_compare },
	{ "export", "a results folder as CSV or in the words of other tools", command_export },
	{ "grade", "an answer to a lab, rung by rung: what is wrong, and why it matters", command_grade },
	{ "selftest", "does the method keep its promises on this machine", command_selftest },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

int command_fail(enum exit_code code, const char *format, ...)
{
	va_list args;

	fputs("manyhands: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return (int)code;
}

int command_interrupted(void)
{
	int number = spawn_signal();

	fprintf(stderr, "manyhands: interrupted (SIG%s)\n", sigabbrev_np(number));
	return 128 + number;
}

static void usage(FILE *out)
{
	fputs("manyhands measures how much lighter many hands make the work.\n\n"
		"Usage: manyhands COMMAND [OPTION...]\n\n", out);
	for (unsigned i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].about);
	fputs("\n`manyhands COMMAND --help` lists a command's options.\n"
		"Exit codes: 0 ok, 1 error, 2 a wrong result, 3 less precise than asked,\n"
		"4 environment refused, 5 regression.\n", out);
}

/* The command lies in build/, its lessons in build/lessons, the scripts beside build or where the source was. */
static int find_places(struct places *p)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

	if (length < 0)
		return command_fail(EXIT_ERROR, "/proc/self/exe cannot be read: is /proc mounted?");
	self[length] = '\0';
	const char *folder = dirname(self);
	snprintf(p->programs, sizeof p->programs, "%s/lessons", folder);
	snprintf(p->capacity, sizeof p->capacity, "%s/bench", folder);
	snprintf(p->scripts, sizeof p->scripts, "%s/../scripts", folder);
	if (access(p->scripts, R_OK) < 0)
		snprintf(p->scripts, sizeof p->scripts, "%s/scripts", SOURCE_FOLDER);
	snprintf(p->build, sizeof p->build, "%s", folder);
	snprintf(p->source, sizeof p->source, "%s", SOURCE_FOLDER);
	return EXIT_OK;
}

static int unknown(const char *word)
{
	const char *names[COMMANDS];

	for (unsigned i = 0; i < COMMANDS; i++)
		names[i] = commands[i].name;
	const char *nearest = text_nearest(word, names, COMMANDS);
	if (nearest)
		return command_fail(EXIT_ERROR,
			"'%s' is not a command: did you mean '%s'?  `manyhands --help` lists all", word, nearest);
	return command_fail(EXIT_ERROR, "'%s' is not a command; `manyhands --help` lists all", word);
}

/* What could not be written was not told: a full disk below a redirection, say. */
static int told(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	return command_fail(EXIT_ERROR, "standard output cannot be written: make room where it goes");
}

int main(int argc, char **argv)
{
	struct places places;
	char name[64];

	if (argc < 2) {
		usage(stderr);
		return EXIT_ERROR;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return EXIT_OK;
	}
	for (unsigned i = 0; i < COMMANDS; i++)
		if (strcmp(argv[1], commands[i].name) == 0) {
			if (find_places(&places) != EXIT_OK)
				return EXIT_ERROR;
			if (spawn_init() < 0)
				return command_fail(EXIT_ERROR, "this kernel has no child subreapers: Linux 3.4 or "
					"later is needed");
			/* GPUs and networks are not asked after: see lanes.c */
			setenv("HWLOC_PLUGINS_PATH", "/dev/null", 1);
			argp_err_exit_status = EXIT_ERROR;
			snprintf(name, sizeof name, "manyhands %s", commands[i].name);
			argv[1] = name;
			return told(commands[i].run(&places, argc - 1, argv + 1));
		}
	return unknown(argv[1]);
}
