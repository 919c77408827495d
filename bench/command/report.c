/* SPDX-License-Identifier: MIT */
/* report.c -- manyhands report DIR: tables, charts and CSV files of a results folder, made again. */
#include "bench/command/command.h"

#include "bench/report/report.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char newest[] = "results/latest";

enum { OPT_PLOT = 1024, OPT_CHARTS, OPT_LESSON };

struct wanted {
	struct report_order order;
	char formats[16];
};

static const struct argp_option options[] = {
	{ "plot", OPT_PLOT, "sixel", OPTION_ARG_OPTIONAL, "charts in the terminal, too: in characters, or in sixels, "
		"for a terminal that shows pictures", 0 },
	{ "charts", OPT_CHARTS, "svg,png,pdf", 0, "the formats of the charts (default: all three; svg is always "
		"drawn); none leaves them, and report.html, as they are", 0 },
	{ "lesson", OPT_LESSON, "NAME", 0, "show this lesson alone", 0 },
	{ 0 }
};

/* Whether this folder's summary and charts may be made again is found out later; here it only has to be there. */
static const char *newest_folder(struct argp_state *state)
{
	struct stat status;

	if (stat(newest, &status) < 0 || !S_ISDIR(status.st_mode))
		argp_error(state, "which results folder?  There is no %s here, which would be the newest; "
			"`make bench` makes one", newest);
	return newest;
}

static void set_plot(struct argp_state *state, struct plot *plot, const char *kind)
{
	struct winsize size;
	const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
	bool on_terminal = isatty(STDOUT_FILENO) == 1;

	if (kind != NULL && strcmp(kind, "sixel") != 0 && strcmp(kind, "text") != 0)
		argp_error(state, "--plot: '%s' is none; there are text (as without a word) and sixel", kind);
	plot->kind = kind != NULL && strcmp(kind, "sixel") == 0 ? PLOT_SIXEL : PLOT_TEXT;
	plot->columns = on_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
	plot->colour = on_terminal && (no_colour == NULL || *no_colour == '\0')
		&& (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

/* "png,svg" gives "svg png": each once, in an order of its own. */
static void set_formats(struct argp_state *state, struct wanted *w, const char *list)
{
	static const char *const known[] = { "svg", "png", "pdf" };
	bool asked[3] = { false };

	w->order.formats = w->formats;
	w->formats[0] = '\0';
	if (strcmp(list, "none") == 0)
		return;
	for (const char *at = list;; at++) {
		size_t length = strcspn(at, ","), k = 0;
		while (k < 3 && (strlen(known[k]) != length || strncmp(known[k], at, length) != 0))
			k++;
		if (k == 3)
			argp_error(state, "--charts: '%.*s' is no format; there are svg, png, pdf, with commas "
				"between, or none", (int)length, at);
		else
			asked[k] = true;
		at += length;
		if (*at == '\0')
			break;
	}
	for (size_t k = 0, length; k < 3; k++) {
		length = strlen(w->formats);
		if (asked[k])
			snprintf(w->formats + length, sizeof w->formats - length, "%s%s", length ? " " : "", known[k]);
	}
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wanted *w = state->input;

	switch (key) {
	case OPT_PLOT:
		set_plot(state, &w->order.plot, arg);
		return 0;
	case OPT_CHARTS:
		set_formats(state, w, arg);
		return 0;
	case OPT_LESSON:
		w->order.lesson = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (w->order.folder)
			argp_error(state, "one results folder at a time, please: '%s' is the second", arg);
		w->order.folder = arg;
		return 0;
	case ARGP_KEY_NO_ARGS:
		w->order.folder = newest_folder(state);
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int command_report(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, "[DIR]",
		"Make the tables and the charts of a results folder again (default: results/latest).", 0, 0, 0 };
	struct wanted w = { .order = { .scripts_dir = places->scripts } };

	argp_parse(&argp, argc, argv, 0, NULL, &w);
	return report_make(&w.order, stdout) < 0 ? EXIT_ERROR : EXIT_OK;
}
