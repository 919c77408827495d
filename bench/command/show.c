/* SPDX-License-Identifier: MIT */
/* show.c -- manyhands show: every variant solves the document's examples and prints what the document printed. */
#include "bench/command/command.h"

#include "bench/base/text.h"
#include "bench/run/card.h"
#include "bench/run/spawn.h"

#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { NAME_COLUMNS = 22, LINE_COLUMNS = 80 };
static const double correct_deadline_s = 60, hangs_deadline_s = 1;

struct wanted { const char *programs, *name; };

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wanted *w = state->input;

	switch (key) {
	case 'L':
		w->programs = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (w->name)
			argp_error(state, "one lesson at a time, please: '%s' is the second", arg);
		w->name = arg;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "which lesson?  `manyhands list` shows all");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The name beside the first line, further lines below each other. */
static void print_beside(const char *name, const char *text)
{
	printf("  %-*s", NAME_COLUMNS, name);
	for (const char *line = text; *line;) {
		int length = (int)strcspn(line, "\n");
		printf("%*s%.*s\n", line == text ? 0 : NAME_COLUMNS + 2, "", length, line);
		line += length + (line[length] == '\n');
	}
	if (!*text)
		putchar('\n');
}

/* Breaks `text` at blanks, so that it fits beside a name. */
static char *wrap(char *text)
{
	char *line = text, *blank = NULL;

	for (char *at = text; *at; at++) {
		if (*at == ' ')
			blank = at;
		if (at - line >= LINE_COLUMNS - NAME_COLUMNS - 2 && blank && blank > line) {
			*blank = '\n';
			line = blank + 1;
		}
	}
	return text;
}

static const char *last_line(const char *text)
{
	const char *line = text, *newline;

	while ((newline = strchr(line, '\n')) && newline[1])
		line = newline + 1;
	return line;
}

static int judge(const struct card_variant *v, struct spawned *s)
{
	char words[HANG_TEXT + 80];
	const char *said = last_line(s->text[1]);       /* Python says why at the end of a traceback */

	if (s->hung && v->expect == HANGS) {
		snprintf(words, sizeof words, "(hangs, as it is meant to: ended after 1 s)\n%s", wrap(s->why));
		print_beside(v->name, words);
		return EXIT_OK;
	}
	if (s->hung || WIFSIGNALED(s->status) || (WEXITSTATUS(s->status) != 0 && WEXITSTATUS(s->status) != EXIT_WRONG)
		|| v->expect == HANGS) {
		if (s->hung)
			snprintf(words, sizeof words, "(hung: ended by its deadline)\n%s", wrap(s->why));
		else if (WIFSIGNALED(s->status))
			snprintf(words, sizeof words, "(died by SIG%s)", sigabbrev_np(WTERMSIG(s->status)));
		else
			snprintf(words, sizeof words, "(%s) %.200s",
				v->expect == HANGS ? "ended, but was meant to hang" : "failed", said);
		print_beside(v->name, words);
		return EXIT_ERROR;
	}
	print_beside(v->name, s->text[0]);
	return WEXITSTATUS(s->status);
}

static int show_variant(const struct card_variant *v, unsigned example)
{
	char option[32];
	char *const argv[] = { v->program, option, NULL };
	struct spawned spawned;

	snprintf(option, sizeof option, "--show=%u", example);
	int error = spawn_run(&(struct spawn){ .argv = argv,
		.deadline_s = v->expect == HANGS ? hangs_deadline_s : correct_deadline_s }, &spawned);
	int code = error == -EINTR ? command_interrupted()
		: error < 0 ? command_fail(EXIT_ERROR, "%s cannot be started: %s; run make", v->program,
		strerror(-error))
		: judge(v, &spawned);
	spawned_free(&spawned);
	fflush(stdout);
	return code;
}

static int show_lesson(const struct card *card)
{
	int worst = EXIT_OK;

	printf("%s: %s\n", card->name, card->title);
	for (unsigned e = 0; e < card->examples; e++) {
		const struct example *example = &card->example[e];
		char n[32];
		printf("\n%s: n = %s, %u worker%s", example->source, text_count(example->n, n, sizeof n),
			example->workers, example->workers > 1 ? "s" : "");
		for (unsigned i = 0; i < card->params; i++)
			printf(", %s = %llu", card->param[i].name, (unsigned long long)example->param[i]);
		putchar('\n');
		for (unsigned v = 0; v < card->variants && !spawn_signal(); v++) {
			int code = show_variant(&card->variant[v], e);
			worst = code > worst ? code : worst;
		}
	}
	return worst;
}

int command_show(const struct places *places, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "lessons", 'L', "DIR", OPTION_HIDDEN, "folder of the lessons' programs", 0 }, { 0 }
	};
	static const struct argp argp = { options, parse, "LESSON",
		"Every variant solves the document's examples and prints what the document printed.", 0, 0, 0 };
	struct wanted wanted = { .programs = places->programs };
	struct catalogue lessons;
	char why[CARD_WHY];

	argp_parse(&argp, argc, argv, 0, NULL, &wanted);
	int error = catalogue_load_one(&lessons, wanted.programs, wanted.name, why);
	int code = error == -EINTR ? command_interrupted() : error < 0 ? command_fail(EXIT_ERROR, "%s", why)
		: show_lesson(lessons.card[0]);
	catalogue_free(&lessons);
	return code;
}
