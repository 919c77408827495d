/* SPDX-License-Identifier: MIT */
/* options.c -- what to solve, with how many workers, where.  Defaults are the lesson's own. */
#include "bench/trial/options.h"

#include "bench/base/text.h"
#include "bench/check.h"
#include "bench/trial/rows.h"

#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>

enum { OPT_PARAM = 'P', OPT_PUS = 256, OPT_TOPOLOGY, OPT_WARMUPS, OPT_ROWS, OPT_DESCRIBE, OPT_SHOW, OPT_ANSWER,
	OPT_HAND_OVER, OPT_CHECK };

static const struct argp_option known[] = {
	{ "n", 'n', "N", 0, "problem size (default: the lesson's)", 0 },
	{ "workers", 'p', "P", 0, "threads or processes (default 2; serial: 1)", 0 },
	{ "runs", 'r', "R", 0, "timed runs after the cold one and the warm-ups (default 5)", 0 },
	{ "warmups", OPT_WARMUPS, "W", 0, "recorded, not counted (default 1)", 0 },
	{ "param", OPT_PARAM, "NAME=VALUE", 0, "a parameter of the lesson; may be repeated", 0 },
	{ "pus", OPT_PUS, "LIST", 0, "bind worker i to the i-th PU of LIST, as 0,2 or -,- (-: not bound)", 0 },
	{ "topology", OPT_TOPOLOGY, "FILE", 0, "this machine's topology as XML (spares looking)", 0 },
	{ "show", OPT_SHOW, "I", OPTION_ARG_OPTIONAL,
		"solve the document's examples (only the I-th) and print the result", 0 },
	{ "answer", OPT_ANSWER, NULL, 0, "solve once, and print the result alone", 0 },
	{ "describe", OPT_DESCRIBE, NULL, 0, "write the lesson's card as JSON", 0 },
	{ "hand-over", OPT_HAND_OVER, NULL, 0, "with --rows: write the answers, too, for somebody else to verify", 0 },
	{ "check", OPT_CHECK, "FILE", 0, "solve nothing: verify the answers in FILE, of so many runs", 0 },
	{ "rows", OPT_ROWS, NULL, 0, "write a JSON row per run on descriptor 3", 0 },
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

static unsigned count_params(void)
{
	unsigned count = 0;
	while (count < MAX_PARAMS && lesson.params[count].name)
		count++;
	return count;
}

static unsigned count_examples(void)
{
	unsigned count = 0;
	while (count < MAX_EXAMPLES && lesson.examples[count].source)
		count++;
	return count;
}

static void set_param(struct argp_state *state, struct options *o, const char *text)
{
	const char *equals = strchr(text, '='), *names[MAX_PARAMS];
	unsigned count = count_params();
	char name[64];

	if (!equals || equals == text || equals - text >= (long)sizeof name)
		argp_error(state, "--param %s: write NAME=VALUE", text);
	snprintf(name, sizeof name, "%.*s", (int)(equals - text), text);
	for (unsigned i = 0; i < count; i++) {
		const struct param *param = &lesson.params[i];
		names[i] = param->name;
		if (strcmp(param->name, name) == 0) {
			o->param[i] = number(state, name, equals + 1, param->least, param->most);
			return;
		}
	}
	const char *nearest = text_nearest(name, names, count);
	argp_error(state, "this lesson has no parameter '%s'%s%s%s", name, nearest ? ": did you mean '" : "",
		nearest ? nearest : "", nearest ? "'?" : "");
}

static void set_pus(struct argp_state *state, struct options *o, const char *text)
{
	unsigned i = 0;
	char word[16];

	for (unsigned j = 0; j < MAX_WORKERS; j++)
		o->pus[j] = PU_ANY;
	for (; i < MAX_WORKERS; i++) {
		size_t length = strcspn(text, ",");
		snprintf(word, sizeof word, "%.*s", (int)length, text);
		if (strcmp(word, "-") != 0)
			o->pus[i] = (unsigned)number(state, "--pus", word, 0, PU_ANY - 1);
		if (text[length] == '\0')
			break;
		text += length + 1;
	}
	o->bound = true;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case 'n':          o->task.n = number(state, "--n", arg, 0, lesson.n_max); break;
	case 'p':          o->task.workers = (unsigned)number(state, "--workers", arg, 1, MAX_WORKERS); break;
	case 'r':          o->runs = (unsigned)number(state, "--runs", arg, 0, 1000000); break;
	case OPT_WARMUPS:  o->warmups = (unsigned)number(state, "--warmups", arg, 0, 1000); break;
	case OPT_PARAM:    set_param(state, o, arg); break;
	case OPT_PUS:      set_pus(state, o, arg); break;
	case OPT_TOPOLOGY: o->topology = arg; break;
	case OPT_SHOW:
		o->show = true;
		o->example = arg ? (int)number(state, "--show", arg, 0, count_examples() - 1) : -1;
		break;
	case OPT_ANSWER:   o->answer = true; break;
	case OPT_DESCRIBE: o->describe = true; break;
	case OPT_ROWS:     o->rows = true; break;
	case OPT_HAND_OVER: o->hand_over = true; break;
	case OPT_CHECK:    o->check = arg; break;
	case ARGP_KEY_ARG: argp_error(state, "'%s' is not an option", arg); break;
	default:           return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

void options_parse(struct options *o, int argc, char **argv)
{
	static char doc[1024];
	struct argp argp = { .options = known, .parser = parse, .doc = doc };

	snprintf(doc, sizeof doc,
		"%s\n%s\vWithout --rows it times itself and prints the times. Size is counted in: %s.",
		lesson.title, variant.idea, lesson.unit);
	*o = (struct options){
		.task = { .n = lesson.n, .workers = strcmp(program_invocation_short_name, "serial") == 0 ? 1 : 2,
			.param = o->param },
		.warmups = 1, .runs = 5,
	};
	for (unsigned i = 0; i < count_params(); i++)
		o->param[i] = lesson.params[i].value;
	argp_err_exit_status = 1;
	argp_parse(&argp, argc, argv, 0, NULL, o);
	if (o->rows && fcntl(ROWS_FD, F_GETFD) < 0)
		die("--rows writes on descriptor 3, and that is not open: add 3>&1, or leave --rows out");
}
