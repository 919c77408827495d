/* SPDX-License-Identifier: MIT */
/* run.c -- manyhands run: measure, write a results folder, print the speedups. */
#include "bench/command/asked.h"
#include "bench/command/precision.h"
#include "bench/report/report.h"
#include "bench/run/record.h"
#include "bench/run/run.h"
#include "bench/run/spawn.h"

#include <errno.h>
#include <stdlib.h>

/* What the results are worth, as an exit code. */
static int judge(const struct settings *s, const struct run_result *r)
{
	int code = trials_judge(r, ": see the table above");

	if (code != EXIT_OK)
		return code;
	if (s->precision_asked && r->worst > s->precision)
		return command_fail(EXIT_IMPRECISE, "imprecise, +-%.1f %% where %.1f %% was asked: give it a larger "
			"--budget, or go on with `manyhands run --resume %s`", 100 * r->worst, 100 * s->precision,
			r->folder);
	return EXIT_OK;
}

static int measure(const struct asked *asked, hwloc_topology_t topology, const char *scripts, char **argv)
{
	struct precision precision = { 0 };
	const struct run_order order = { .settings = &asked->settings, .topology = topology, .argv = argv,
		.resume = asked->resume, .precision = precision_read, .state = &precision };
	struct run_result result;
	char why[CARD_WHY] = "";
	int error = run_all(&order, &result, why), code = EXIT_OK;

	precision_free(&precision);
	if (error < 0 && error != -EINTR)
		code = command_fail(EXIT_ERROR, "%s", why);
	if (result.folder && result.blocks > 0) {
		report_folder(result.folder, scripts, stdout);
		printf("\nResults are in %s\n", result.folder);
	} else if (result.folder) {
		printf("No whole block was measured; what there is lies in %s\n", result.folder);
	}
	fflush(stdout);
	if (error == -EINTR)
		code = command_interrupted();
	else if (error == 0)
		code = judge(&asked->settings, &result);
	free(result.folder);
	return code;
}

/* Two ways to say n are one too many. */
static int check(const struct asked *asked)
{
	const struct settings *s = &asked->settings;

	if (s->n && s->sizes)
		return command_fail(EXIT_ERROR, "--n and --sizes both say how large: give one of them");
	if (asked->resume && asked->others)
		return command_fail(EXIT_ERROR, "--resume goes on as the run was begun: beside it only --budget, "
			"--precision and --blocks may be given");
	return EXIT_OK;
}

/* The recorded words say what to measure; what was asked for now says only how long and how well.  *words is what the
 * settings point into: the caller's to free. */
static int recall(struct asked *asked, const struct places *places, char ***words)
{
	const struct asked now = *asked;
	char why[CARD_WHY];
	int count = 0;

	*words = record_argv(now.resume, why);
	if (!*words)
		return command_fail(EXIT_ERROR, "%s", why);
	while ((*words)[count])
		count++;
	*asked = (struct asked){ .settings = asked_default(places), .resume = now.resume };
	if (argp_parse(&asked_argp, count, *words, ARGP_NO_EXIT | ARGP_NO_ERRS, NULL, asked) != 0)
		return command_fail(EXIT_ERROR,
			"%s/run.json: argv: expected the words of a `manyhands run`; measure anew", now.resume);
	struct settings *s = &asked->settings;
	asked->resume = now.resume;
	s->folder = now.resume;
	s->blocks = now.settings.blocks;
	s->budget_s = now.settings.budget_s > 0 ? now.settings.budget_s : s->budget_s;
	s->precision = now.settings.precision_asked ? now.settings.precision : s->precision;
	s->precision_asked |= now.settings.precision_asked;
	return EXIT_OK;
}

int command_run(const struct places *places, int argc, char **argv)
{
	struct asked asked = { .settings = asked_default(places) };
	hwloc_topology_t topology;
	char why[PLACE_WHY], **words = NULL;

	argp_parse(&asked_argp, argc, argv, 0, NULL, &asked);
	int code = check(&asked);
	if (code == EXIT_OK && asked.resume)
		code = recall(&asked, places, &words);
	asked_finish(&asked);
	int error = code == EXIT_OK ? place_load_here(&topology, why) : 0;
	if (error < 0)
		code = command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	if (code == EXIT_OK) {
		code = measure(&asked, topology, places->scripts, argv);
		hwloc_topology_destroy(topology);
	}
	free(words);
	return code;
}
