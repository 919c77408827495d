/* SPDX-License-Identifier: MIT */
/* list.c -- manyhands list: lessons and their variants, one line each. */
#include "bench/command/command.h"

#include "bench/run/card.h"

#include <argp.h>
#include <errno.h>

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const char **programs = state->input;

	if (key == 'L')
		*programs = arg;
	else if (key == ARGP_KEY_ARG)
		argp_error(state, "'%s' is not an option", arg);
	return key == 'L' || key == ARGP_KEY_ARG ? 0 : ARGP_ERR_UNKNOWN;
}

int command_list(const struct places *places, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "lessons", 'L', "DIR", OPTION_HIDDEN, "folder of the lessons' programs", 0 }, { 0 }
	};
	static const struct argp argp = { options, parse, NULL, "Lessons and their variants, one line each.", 0, 0, 0 };
	static const char *const mark[] = { [CORRECT] = "", [WRONG] = "(wrong on purpose) ",
		[HANGS] = "(hangs on purpose) " };
	const char *programs = places->programs;
	struct catalogue lessons;
	char why[CARD_WHY];

	argp_parse(&argp, argc, argv, 0, NULL, &programs);
	int error = catalogue_load(&lessons, programs, NULL, 0, why);
	for (unsigned i = 0; i < lessons.count; i++) {
		const struct card *card = lessons.card[i];
		printf("%-19s %s\n", card->name, card->title);
		for (unsigned v = 0; v < card->variants; v++)
			printf("  %-21s %s%s\n", card->variant[v].name, mark[card->variant[v].expect],
				card->variant[v].idea);
	}
	fflush(stdout);
	catalogue_free(&lessons);
	return error == -EINTR ? command_interrupted() : error < 0 ? command_fail(EXIT_ERROR, "%s", why) : EXIT_OK;
}
