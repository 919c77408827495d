/* SPDX-License-Identifier: MIT */
/* report.c -- manyhands report DIR: summary.csv, charts and table of a results folder, made again. */
#include "bench/command/command.h"

#include "bench/report/report.h"

#include <argp.h>
#include <stdio.h>

static error_t parse(int key, char *arg, struct argp_state *state)
{
	const char **folder = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (*folder)
			argp_error(state, "one results folder at a time, please: '%s' is the second", arg);
		*folder = arg;
		return 0;
	case ARGP_KEY_NO_ARGS:
		argp_error(state, "which results folder?  results/latest is the newest");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int command_report(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { NULL, parse, "DIR",
		"Make the table and the charts of a results folder again.", 0, 0, 0 };
	const char *folder = NULL;

	argp_parse(&argp, argc, argv, 0, NULL, &folder);
	return report_folder(folder, places->scripts, stdout) < 0 ? EXIT_ERROR : EXIT_OK;
}
