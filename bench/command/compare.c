/* SPDX-License-Identifier: MIT */
/* compare.c -- manyhands compare A B: two results folders, cell by cell; with --ab, two builds, measured first. */
#include "bench/command/ab.h"

#include "bench/base/text.h"
#include "bench/report/compare.h"
#include "bench/report/compare_chart.h"
#include "bench/report/export.h"

#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Past those of asked.c, which stand beside them with --ab. */
enum { OPT_FAIL = 1024, OPT_OTHER_MACHINE, OPT_AB, OPT_PLOT };

struct wanted {
	const char *folder[2], *file;   /* with --ab, folder[] are the builds' folders */
	const char *picture[2];         /* files to draw it in */
	const char *scripts;
	unsigned folders;
	bool other_machine, twins;      /* twins: measured just now; a picture that fails is no reason to fail */
	double least;           /* --fail-if-slower, as a share; 0: never */
	void (*write)(FILE *, const struct compare *);
};

static const struct argp_option options[] = {
	{ "fail-if-slower", OPT_FAIL, "PERCENT", 0, "exit code 5 when a cell of B is slower, for sure, and by so much "
		"or more; or fails where A's does not", 0 },
	{ "format", 'f', "FORMAT", 0, "text (default), csv or json", 0 },
	{ "other-machine", OPT_OTHER_MACHINE, NULL, 0, "compare runs of different machines", 0 },
	{ "ab", OPT_AB, NULL, 0, "A and B are two builds of this suite (folders that `make B=...` made): measure both "
		"now, turn by turn, then compare; `manyhands compare --ab --help` lists what can be measured", 0 },
	{ "output", 'o', "FILE", 0, "replace FILE, when all is ready (default: standard output)", 0 },
	{ "plot", OPT_PLOT, "FILE", 0, "draw the ratios, too: FILE ends with .svg, .png or .pdf; with --ab, "
		"compare.svg and compare.png stand beside the two folders anyway", 0 },
	{ 0 }
};

static void set_format(struct argp_state *state, struct wanted *w, const char *name)
{
	static const struct { const char *name; void (*write)(FILE *, const struct compare *); } formats[] = {
		{ "text", compare_text }, { "csv", compare_csv }, { "json", compare_json },
	};

	for (unsigned i = 0; i < sizeof formats / sizeof *formats; i++)
		if (strcmp(name, formats[i].name) == 0) {
			w->write = formats[i].write;
			return;
		}
	argp_error(state, "--format: '%s' is none; there are text, csv and json", name);
}

static void parse_least(struct argp_state *state, struct wanted *w, const char *text)
{
	if (text_percent(text, &w->least) < 0)
		argp_error(state, "--fail-if-slower: '%s' is not a percentage above 0 and below 100; write it as 5%%",
			text);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wanted *w = state->input;

	switch (key) {
	case OPT_FAIL:
		parse_least(state, w, arg);
		return 0;
	case 'f':
		set_format(state, w, arg);
		return 0;
	case OPT_OTHER_MACHINE:
		w->other_machine = true;
		return 0;
	case 'o':
		w->file = arg;
		return 0;
	case OPT_PLOT:
		if (!compare_chart_can(arg))
			argp_error(state, "--plot: '%s' does not say what picture it is: "
				"its name ends with .svg, .png or .pdf", arg);
		w->picture[0] = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (w->folders == 2)
			argp_error(state, "two results folders, please: '%s' is the third", arg);
		w->folder[w->folders++] = arg;
		return 0;
	case ARGP_KEY_END:
		if (w->folders < 2)
			argp_error(state, "which two results folders?  A, the old one, and B, the new one");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* To w->file or to standard output; nothing before all of it is there. */
static int tell(const struct wanted *w, const struct compare *c)
{
	char why[SUMMARY_WHY], *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	int error = -ENOMEM;

	snprintf(why, sizeof why, "not enough memory for this comparison");
	if (out != NULL) {
		w->write(out, c);
		error = fclose(out) == 0 ? 0 : -ENOMEM;
	}
	if (error == 0 && w->file != NULL)
		error = export_save(w->file, text, length, why);
	else if (error == 0)
		fwrite(text, 1, length, stdout);        /* main() looks whether it could be written */
	free(text);
	return error == 0 ? EXIT_OK : command_fail(EXIT_ERROR, "%s", why);
}

static int draw(const struct wanted *w, const struct compare *c)
{
	char why[SUMMARY_WHY];

	for (unsigned i = 0; i < 2 && w->picture[i] != NULL; i++)
		if (compare_chart_save(c, w->scripts, w->picture[i], why) < 0) {
			fflush(stdout);
			return command_fail(EXIT_ERROR, "%s is not drawn: %s", w->picture[i], why);
		}
	return EXIT_OK;
}

static int judge(const struct wanted *w, const struct compare *c)
{
	const struct compare_row *worst;
	unsigned count = w->least > 0 ? compare_regressions(c, w->least, &worst) : 0;
	char name[512];

	if (count == 0)
		return EXIT_OK;
	fflush(stdout);
	compare_name(c, worst, name, sizeof name);
	if (worst->verdict == COMPARE_FAILED_B)
		return command_fail(EXIT_REGRESSION,
			"%u cell%s slower by %g %% or more, or failed in B alone: %s failed", count,
			count == 1 ? " is" : "s are", 100 * w->least, name);
	return command_fail(EXIT_REGRESSION, "%u cell%s slower by %g %% or more; the worst is %s: %.3g %%", count,
		count == 1 ? " is" : "s are", 100 * w->least, name, 100 * (1 / worst->ratio.estimate - 1));
}

/* Two folders that are there, whoever made them. */
static int compare_folders(const struct wanted *w)
{
	struct summary *a = NULL, *b = NULL;
	struct compare *c = NULL;
	char why[SUMMARY_WHY];
	int code = EXIT_OK;

	int error = summary_read(w->folder[0], &a, why);
	if (error == 0)
		error = summary_read(w->folder[1], &b, why);
	if (error == 0)
		error = compare_make(a, b, w->other_machine, &c, why);
	if (error < 0)
		code = command_fail(c == NULL && a != NULL && b != NULL && error == -EPERM ? EXIT_REFUSED : EXIT_ERROR,
			"%s", why);
	if (code == EXIT_OK)
		code = tell(w, c);
	if (code == EXIT_OK) {
		int drawn = draw(w, c);
		code = judge(w, c);
		code = code == EXIT_OK && !w->twins ? drawn : code;
	}
	compare_free(c);
	summary_free(b);
	summary_free(a);
	return code;
}

/* ---- two builds ---- */

struct builds { struct wanted wanted; struct asked asked; };

static error_t parse_builds(int key, char *arg, struct argp_state *state)
{
	struct builds *b = state->input;
	struct wanted *w = &b->wanted;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &b->asked;
		return 0;
	case OPT_AB:
		return 0;
	case OPT_FAIL:
		parse_least(state, w, arg);
		return 0;
	case 'f':
		set_format(state, w, arg);
		return 0;
	case ARGP_KEY_ARG:
		if (w->folders == 2)
			return ARGP_ERR_UNKNOWN;        /* a lesson: asked.c takes it */
		w->folder[w->folders++] = arg;
		return 0;
	case ARGP_KEY_END:
		if (w->folders < 2)
			argp_error(state, "which two builds?  A, the old one, and B, the new one");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int compare_builds(const struct places *places, int argc, char **argv)
{
	static const struct argp_option ab_options[] = {
		{ "ab", OPT_AB, NULL, OPTION_HIDDEN, "", 0 },
		{ "fail-if-slower", OPT_FAIL, "PERCENT", 0,
			"exit code 5 when a cell of B is slower, for sure, and by so much or more; "
			"or fails where A's does not", 0 },
		{ "format", 'f', "FORMAT", 0, "text (default), csv or json", 0 },
		{ 0 }
	};
	static const struct argp_child children[] = { { &asked_argp, 0, "What is measured:", 1 }, { 0 } };
	static const struct argp argp = { ab_options, parse_builds, "BUILD-A BUILD-B [LESSON...]",
		"Measure two builds of this suite turn by turn: is B faster than A?", children, 0, 0 };
	struct builds b = { .wanted = { .write = compare_text }, .asked = { .settings = asked_default(places) } };
	char *folder[2], picture[2][PATH_MAX];

	argp_parse(&argp, argc, argv, 0, NULL, &b);
	asked_finish(&b.asked);
	int code = ab_measure(b.wanted.folder, &b.asked, argv, folder);
	if (folder[0] && folder[1]) {
		struct wanted w = b.wanted;
		w.folder[0] = folder[0];
		w.folder[1] = folder[1];
		w.twins = true;
		w.scripts = places->scripts;
		for (int i = 0; i < 2; i++) {
			/* beside the folder a */
			snprintf(picture[i], sizeof picture[i], "%.*s/compare.%s", (int)strlen(folder[0]) - 2,
				folder[0], i == 0 ? "svg" : "png");
			w.picture[i] = picture[i];
		}
		int compared = compare_folders(&w);
		code = code == EXIT_OK ? compared : code;
		if (w.write == compare_text)
			printf("\nResults are in %s and %s%s\n", folder[0], folder[1], access(picture[0], R_OK) == 0
				? "; compare.svg and .png beside them" : "");
	}
	free(folder[0]);
	free(folder[1]);
	return code;
}

int command_compare(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, "A B",
		"Compare two results folders: is B faster than A?", 0, 0, 0 };
	struct wanted w = { .write = compare_text };

	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--ab") == 0)
			return compare_builds(places, argc, argv);
	argp_parse(&argp, argc, argv, 0, NULL, &w);
	w.scripts = places->scripts;
	return compare_folders(&w);
}
