/* SPDX-License-Identifier: MIT */
/* run.c -- manyhands run: measure, write a results folder, print the speedups. */
#include "bench/command/command.h"

#include "bench/base/text.h"
#include "bench/report/report.h"
#include "bench/run/measure.h"
#include "bench/run/run.h"
#include "bench/run/spawn.h"

#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { OPT_QUICK = 256, OPT_RIGOROUS, OPT_PRECISION, OPT_SEED, OPT_OVERSUBSCRIBE, OPT_RUNS, OPT_BLOCKS, OPT_DEADLINE,
	OPT_LESSONS, OPT_ELSEWHERE };

static const struct argp_option options[] = {
	{ "variants", 'v', "A,B", 0, "only these variants (serial, the base, is always measured)", 0 },
	{ "workers", 'p', "LIST", 0, "numbers of workers, as 1,2,4 or 1..max (default: every number of cores)", 0 },
	{ "policy", 'P', "POLICY", 0, "where workers go: cores (default), close, spread, smt, numa:K, kind:P|E, "
		"list:0,2,4-7, none", 0 },
	{ "oversubscribe", OPT_OVERSUBSCRIBE, NULL, 0, "more workers than PUs are welcome", 0 },
	{ "n", 'n', "N", 0, "problem size (default: scaled until serial takes about 100 ms)", 0 },
	{ "param", 'a', "NAME=VALUE", 0, "a parameter of the lesson; may be repeated", 0 },
	{ "budget", 'b', "TIME", 0, "stop by then, as 90s, 5m (default 5m; with --quick 1m, with --rigorous 30m)", 0 },
	{ "precision", OPT_PRECISION, "PERCENT", 0, "stop when every speedup is known so well (default 3%); when asked "
		"for and missed, the exit code is 3", 0 },
	{ "quick", OPT_QUICK, NULL, 0, "small sizes, six blocks", 0 },
	{ "rigorous", OPT_RIGOROUS, NULL, 0, "large sizes, twenty blocks at least", 0 },
	{ "runs", OPT_RUNS, "R", 0, "timed runs per trial (default: as many as fit)", 0 },
	{ "blocks", OPT_BLOCKS, "B", 0, "exactly so many blocks", 0 },
	{ "deadline", OPT_DEADLINE, "TIME", 0, "a trial that takes longer is killed and counts as hung (default 60s)",
		0 },
	{ "seed", OPT_SEED, "N", 0, "of the shuffling (default: drawn)", 0 },
	{ "output", 'o', "DIR", 0, "results folder, new or empty (default: results/<date>-<host>-<revision>)", 0 },
	{ "lessons", OPT_LESSONS, "DIR", OPTION_HIDDEN, "folder of the lessons' programs", 0 },
	{ "synthetic", OPT_ELSEWHERE, "TEXT", OPTION_HIDDEN, "refused: see topo", 0 },
	{ "xml", OPT_ELSEWHERE, "FILE", OPTION_HIDDEN, "refused: see topo", 0 },
	{ 0 }
};

static uint64_t number(struct argp_state *state, const char *name, const char *text, uint64_t least, uint64_t most)
{
	uint64_t value = least;

	if (text_u64(text, least, most, &value) < 0)
		argp_error(state, "%s: '%s' is not a whole number from %" PRIu64 " to %" PRIu64, name, text, least,
			most);
	return value;
}

static double seconds(struct argp_state *state, const char *name, const char *text)
{
	double value = 1;

	if (text_seconds(text, &value) < 0)
		argp_error(state, "%s: '%s' is not a time from 1ms to 168h; write it as 250ms, 90s, 5m or 1h", name,
			text);
	return value;
}

static double percent(struct argp_state *state, const char *text)
{
	double value = 1;

	if (text_percent(text, &value) < 0)
		argp_error(state, "--precision: '%s' is not a percentage above 0 and below 100; write it as 3%%", text);
	return value;
}

static void add_lesson(struct argp_state *state, struct settings *s, const char *name)
{
	if (s->lessons == PLAN_MAX_NAMES)
		argp_error(state, "more than %d lessons named", PLAN_MAX_NAMES);
	s->lesson[s->lessons++] = name;
}

static void add_param(struct argp_state *state, struct settings *s, const char *text)
{
	if (s->param_count == MAX_PARAMS)
		argp_error(state, "more than %d parameters given", MAX_PARAMS);
	s->params[s->param_count++] = text;
}

static void set_policy(struct argp_state *state, struct settings *s, const char *text)
{
	char why[PLACE_WHY];

	if (place_parse(text, &s->policy, why) < 0)
		argp_error(state, "--policy: %s", why);
}

/* hwloc would bind to a machine that is not here, say that it did, and do nothing. */
static int refuse_elsewhere(const char *machine)
{
	return command_fail(EXIT_REFUSED, "'%s' describes another machine, and only this one can be measured: leave it "
		"out, or see the plan with `manyhands topo`", machine);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct settings *s = state->input;

	switch (key) {
	case 'v':               s->variants = arg; break;
	case 'p':               s->workers = arg; break;
	case 'P':               set_policy(state, s, arg); break;
	case OPT_OVERSUBSCRIBE: s->oversubscribe = true; break;
	case 'n':               s->n = number(state, "--n", arg, 1, INT64_MAX); break;
	case 'a':               add_param(state, s, arg); break;
	case 'b':               s->budget_s = seconds(state, "--budget", arg); break;
	case OPT_PRECISION:     s->precision = percent(state, arg); s->precision_asked = true; break;
	case OPT_QUICK:         s->mode = QUICK; break;
	case OPT_RIGOROUS:      s->mode = RIGOROUS; break;
	case OPT_RUNS:          s->runs = (unsigned)number(state, "--runs", arg, 1, 1000); break;
	case OPT_BLOCKS:        s->blocks = (unsigned)number(state, "--blocks", arg, 1, 1000); break;
	case OPT_DEADLINE:      s->deadline_s = seconds(state, "--deadline", arg); break;
	case OPT_SEED:          s->seed = number(state, "--seed", arg, 0, INT64_MAX); break;
	case 'o':               s->folder = arg; break;
	case OPT_LESSONS:       s->programs = arg; break;
	case OPT_ELSEWHERE:     exit(refuse_elsewhere(arg));
	case ARGP_KEY_ARG:      add_lesson(state, s, arg); break;
	default:                return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static struct settings default_settings(const struct places *places)
{
	struct settings s = {
		.programs = places->programs, .capacity = places->capacity, .mode = NORMAL, .precision = 0.03,
			.deadline_s = 60,
	};
	char why[PLACE_WHY];

	place_parse("cores", &s.policy, why);
	if (getrandom(&s.seed, sizeof s.seed, 0) != sizeof s.seed)
		s.seed = 1;
	s.seed %= 1000000000;  /* short enough to be typed again */
	return s;
}

static double default_budget_s(enum mode mode)
{
	return mode == QUICK ? 60 : mode == NORMAL ? 300 : 1800;
}

/* What the results are worth, as an exit code. */
static int judge(const struct settings *s, const struct run_result *r)
{
	double worst = INFINITY;

	if (r->outcomes[OUTCOME_WRONG] > 0)
		return command_fail(EXIT_WRONG, "%u trial%s gave a wrong answer: see the table above",
			r->outcomes[OUTCOME_WRONG], r->outcomes[OUTCOME_WRONG] > 1 ? "s" : "");
	unsigned lost = r->outcomes[OUTCOME_DIED] + r->outcomes[OUTCOME_HUNG] + r->outcomes[OUTCOME_LEAKED];
	if (lost > 0)
		return command_fail(EXIT_ERROR, "%u trial%s died, hung or left something behind: see the table above",
			lost, lost > 1 ? "s" : "");
	report_precision(r->folder, &worst);
	if (s->precision_asked && worst > s->precision)
		return command_fail(EXIT_IMPRECISE, "imprecise, +-%.1f %% where %.1f %% was asked: give it a larger "
			"--budget", 100 * worst, 100 * s->precision);
	return EXIT_OK;
}

static int measure(const struct settings *s, hwloc_topology_t topology, const char *scripts, char **argv)
{
	struct run_result result;
	char why[CARD_WHY] = "";
	int error = run_all(s, topology, argv, report_precision, &result, why), code = EXIT_OK;

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
		code = judge(s, &result);
	free(result.folder);
	return code;
}

int command_run(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, "[LESSON...]",
		"Measure lessons (default: all), write a results folder, print the speedups.", 0, 0, 0 };
	struct settings settings = default_settings(places);
	hwloc_topology_t topology;
	char why[PLACE_WHY];

	argp_parse(&argp, argc, argv, 0, NULL, &settings);
	if (settings.budget_s == 0)
		settings.budget_s = default_budget_s(settings.mode);
	int error = place_load_here(&topology, why);
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	int code = measure(&settings, topology, places->scripts, argv);
	hwloc_topology_destroy(topology);
	return code;
}
