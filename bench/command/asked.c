/* SPDX-License-Identifier: MIT */
/* asked.c -- the options of a measurement.  See asked.h. */
#include "bench/command/asked.h"

#include "bench/base/text.h"
#include "bench/run/run.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/random.h>

enum { OPT_QUICK = 256, OPT_RIGOROUS, OPT_PRECISION, OPT_SEED, OPT_OVERSUBSCRIBE, OPT_RUNS, OPT_BLOCKS, OPT_DEADLINE,
	OPT_SIZES, OPT_SWEEP, OPT_WEAK, OPT_RESUME, OPT_LESSONS, OPT_ELSEWHERE };

static const struct argp_option options[] = {
	{ "variants", 'v', "A,B", 0, "only these variants (serial, the base, is always measured); +A: these, too; "
		"python: the documents' own programs, at the document's size (default: all but those)", 0 },
	{ "workers", 'p', "LIST", 0, "numbers of workers, as 1,2,4 or 1..max (default: every number of cores)", 0 },
	{ "policy", 'P', "POLICY", 0, "where workers go: cores (default), close, spread, smt, numa:K, kind:P|E, "
		"list:0,2,4-7, none", 0 },
	{ "oversubscribe", OPT_OVERSUBSCRIBE, NULL, 0, "more workers than PUs are welcome", 0 },
	{ "n", 'n', "N", 0, "problem size (default: scaled until serial takes about 100 ms)", 0 },
	{ "param", 'a', "NAME=VALUE", 0, "a parameter of the lesson; may be repeated", 0 },
	{ "sizes", OPT_SIZES, "LIST", 0, "problem sizes, as 1000,2000 or, doubling, 1000..64000: "
		"from where on does a variant pay?", 0 },
	{ "sweep", OPT_SWEEP, "NAME=LIST", 0, "values of a parameter, likewise; may be repeated", 0 },
	{ "weak", OPT_WEAK, NULL, 0, "weak scaling: n grows with the workers", 0 },
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
	{ "resume", OPT_RESUME, "DIR", 0, "go on with a run that was interrupted or ran out of budget, as it was "
		"begun; only --budget, --precision and --blocks may be given anew", 0 },
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

static void add_sweep(struct argp_state *state, struct settings *s, const char *text)
{
	if (s->sweeps == MAX_PARAMS)
		argp_error(state, "more than %d parameters swept", MAX_PARAMS);
	s->sweep[s->sweeps++] = text;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct asked *asked = state->input;
	struct settings *s = &asked->settings;

	bool is_word = key >= 0 && key < ARGP_KEY_END;  /* an option or a lesson, and no event of argp's own */
	asked->others |= is_word && key != 'b' && key != OPT_PRECISION && key != OPT_BLOCKS && key != OPT_RESUME;
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
	case OPT_BLOCKS:        s->blocks = (unsigned)number(state, "--blocks", arg, 1, RUN_MOST_BLOCKS); break;
	case OPT_DEADLINE:      s->deadline_s = seconds(state, "--deadline", arg); break;
	case OPT_SEED:          s->seed = number(state, "--seed", arg, 0, INT64_MAX); break;
	case 'o':               s->folder = arg; break;
	case OPT_SIZES:         s->sizes = arg; break;
	case OPT_SWEEP:         add_sweep(state, s, arg); break;
	case OPT_WEAK:          s->weak = true; break;
	case OPT_RESUME:        asked->resume = arg; break;
	case OPT_LESSONS:       s->programs = arg; break;
	case OPT_ELSEWHERE:     exit(refuse_elsewhere(arg));
	case ARGP_KEY_ARG:      add_lesson(state, s, arg); break;
	default:                return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

struct settings asked_default(const struct places *places)
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

void asked_finish(struct asked *asked)
{
	static const double budget_s[] = { [QUICK] = 60, [NORMAL] = 300, [RIGOROUS] = 1800 };

	if (asked->settings.budget_s == 0)
		asked->settings.budget_s = budget_s[asked->settings.mode];
}

const struct argp asked_argp = { options, parse, "[LESSON...]",
	"Measure lessons (default: all), write a results folder, print the speedups.", 0, 0, 0 };
