/* SPDX-License-Identifier: MIT */
/* export.c -- manyhands export DIR: a results folder in the words of other tools. */
#include "bench/command/command.h"

#include "bench/base/text.h"
#include "bench/report/export.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>

struct wanted {
	const char *folder, *file;
	enum export_format format;      /* EXPORT_FORMATS: not told */
};

static const struct argp_option options[] = {
	{ "to", 't', "FORMAT", 0, "csv; github (github-action-benchmark, customSmallerIsBetter); bmf (Bencher); trace "
		"(ui.perfetto.dev, chrome://tracing); hyperfine", 0 },
	{ "output", 'o', "FILE", 0, "replace FILE, when all is ready (default: standard output)", 0 },
	{ 0 }
};

static enum export_format find_format(struct argp_state *state, const char *name)
{
	for (unsigned i = 0; i < EXPORT_FORMATS; i++)
		if (strcmp(name, export_format_name[i]) == 0)
			return i;
	const char *nearest = text_nearest(name, export_format_name, EXPORT_FORMATS);
	argp_error(state, "--to: '%s' is not a format%s%s%s; there are csv, github, bmf, trace, hyperfine", name,
		nearest ? ": did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
	return EXPORT_FORMATS;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wanted *w = state->input;

	switch (key) {
	case 't':
		w->format = find_format(state, arg);
		return 0;
	case 'o':
		w->file = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (w->folder)
			argp_error(state, "one results folder at a time, please: '%s' is the second", arg);
		w->folder = arg;
		return 0;
	case ARGP_KEY_END:
		if (w->folder == NULL)
			argp_error(state, "which results folder?  results/latest is the newest");
		if (w->format == EXPORT_FORMATS)
			argp_error(state, "to which format?  --to csv, github, bmf, trace or hyperfine");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* The whole answer or a reason why there is none. */
static int make_text(const struct wanted *w, char **text, size_t *length, char *why)
{
	struct summary *summary;
	FILE *out = open_memstream(text, length);
	int error = summary_read(w->folder, &summary, why);

	if (out == NULL) {
		snprintf(why, SUMMARY_WHY, "not enough memory for this export");
		summary_free(summary);
		return -1;
	}
	if (error == 0)
		error = export_write(out, summary, w->format, why);
	if (fclose(out) != 0 && error == 0) {
		snprintf(why, SUMMARY_WHY, "not enough memory for this export");
		error = -1;
	}
	summary_free(summary);
	return error;
}

int command_export(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, "DIR",
		"Write a results folder in the format of another tool.", 0, 0, 0 };
	struct wanted w = { .format = EXPORT_FORMATS };
	char why[SUMMARY_WHY] = "", *text = NULL;
	size_t length = 0;

	(void)places;
	argp_parse(&argp, argc, argv, 0, NULL, &w);
	int error = make_text(&w, &text, &length, why);
	if (error == 0 && w.file != NULL)
		error = export_save(w.file, text, length, why);
	else if (error == 0)
		fwrite(text, 1, length, stdout);        /* main() looks whether it could be written */
	free(text);
	return error == 0 ? EXIT_OK : command_fail(EXIT_ERROR, "%s", why);
}
