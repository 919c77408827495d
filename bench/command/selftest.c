/* SPDX-License-Identifier: MIT */
/* selftest.c -- manyhands selftest: does the method keep its promises on this machine? */
#include "bench/command/command.h"

#include "bench/base/text.h"
#include "bench/run/selftest.h"

#include <argp.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>

enum { OPT_QUICK = 256, OPT_SEED, OPT_EXPERIMENTS, OPT_BREAK };

static const struct argp_option options[] = {
	{ "quick", OPT_QUICK, NULL, 0, "in one minute, with fewer experiments and so with wider intervals", 0 },
	{ "seed", OPT_SEED, "N", 0, "of order, neighbour and made-up times (default: drawn)", 0 },
	{ "experiments", OPT_EXPERIMENTS, "N", 0, "exactly so many of each kind (default: at most 250, with --quick "
		"50, as time allows)", 0 },
	{ "break", OPT_BREAK, "METHOD", OPTION_HIDDEN, "use a method known to be bad, which must miss goals: pooled",
		0 },
	{ 0 }
};

struct choice { struct selftest asked; uint64_t seed; };

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct choice *choice = state->input;
	uint64_t value = 1;

	switch (key) {
	case OPT_QUICK:
		choice->asked.quick = true;
		break;
	case OPT_SEED:
		if (text_u64(arg, 0, INT64_MAX, &choice->seed) < 0)
			argp_error(state, "--seed: '%s' is not a whole number from 0 to %" PRId64, arg, INT64_MAX);
		break;
	case OPT_EXPERIMENTS:
		if (text_u64(arg, 1, SELFTEST_MOST, &value) < 0)
			argp_error(state, "--experiments: '%s' is not a whole number from 1 to %d", arg, SELFTEST_MOST);
		choice->asked.experiments = (unsigned)value;
		break;
	case OPT_BREAK:
		if (strcmp(arg, "pooled") != 0)
			argp_error(state, "--break: '%s' is no method: 'pooled' is the only one", arg);
		choice->asked.broken = true;
		break;
	case ARGP_KEY_ARG:
		argp_error(state, "'%s' is not an option", arg);
		break;
	default:
		return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static int try(const struct places *places, hwloc_topology_t topology, const struct choice *choice)
{
	struct settings settings = { .capacity = places->capacity, .seed = choice->seed };
	struct selftest_result result;
	char why[CARD_WHY] = "";

	place_parse("cores", &settings.policy, why);
	printf("Does the method keep its promises on this machine?  (--seed %" PRIu64 ")\n\n", choice->seed);
	if (choice->asked.broken)
		puts("BROKEN ON PURPOSE: all of A, then all of B, and every run counts as news.\n");
	int error = selftest(stdout, &settings, topology, &choice->asked, &result, why);
	fflush(stdout);
	if (error == -EINTR)
		return command_interrupted();
	if (error < 0)
		return command_fail(EXIT_ERROR, "%s", why);
	if (result.missed > 0)
		return command_fail(EXIT_ERROR, "%u goal%s missed%s by '%s': `manyhands doctor` tells what may disturb",
			result.missed, result.missed > 1 ? "s" : "", result.missed > 1 ? ", the first" : "",
			result.first);
	if (result.open > 0)
		printf("\nNo goal is missed, but for %u open rate%s there were too few experiments to tell:\n"
			"leave --quick out, or ask for more --experiments.\n", result.open,
			result.open > 1 ? "s" : "");
	else
		puts("\nEvery goal is met.");
	return EXIT_OK;
}

int command_selftest(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, NULL, "Does the method keep its promises on this machine: is "
		"one program no faster than itself, is a small difference found, do intervals hold the truth?  "
		"About 5 minutes.", 0, 0, 0 };
	struct choice choice = { 0 };
	hwloc_topology_t topology;
	char why[PLACE_WHY];

	if (getrandom(&choice.seed, sizeof choice.seed, 0) != sizeof choice.seed)
		choice.seed = 1;
	choice.seed %= 1000000000;  /* short enough to be typed again */
	argp_parse(&argp, argc, argv, 0, NULL, &choice);
	int error = place_load_here(&topology, why);
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	int code = try(places, topology, &choice);
	hwloc_topology_destroy(topology);
	return code;
}
