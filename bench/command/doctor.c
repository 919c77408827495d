/* SPDX-License-Identifier: MIT */
/* doctor.c -- manyhands doctor: is this machine fit to measure on. */
#include "bench/command/command.h"

#include "bench/run/doctor.h"

#include <argp.h>
#include <errno.h>

enum { OPT_STRICT = 256 };

static const struct argp_option options[] = {
	{ "strict", OPT_STRICT, NULL, 0, "refuse a machine that is not fit: exit code 4", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	bool *strict = state->input;

	if (key == OPT_STRICT)
		*strict = true;
	else if (key == ARGP_KEY_ARG)
		argp_error(state, "'%s' is not an option", arg);
	else
		return ARGP_ERR_UNKNOWN;
	return 0;
}

/* The findings in one sentence, and the exit code that they are worth. */
static int sum_up(const struct diagnosis *found, bool strict)
{
	const char *s = found->warnings > 1 ? "s" : "";

	putchar('\n');
	if (found->reasons > 0) {
		printf("Not fit to measure on, for the %s marked bad; each says what to change.\n",
			found->reasons > 1 ? "reasons" : "reason");
		fflush(stdout);
		return strict ? command_fail(EXIT_REFUSED, "not fit to measure on: %u reason%s", found->reasons,
			found->reasons > 1 ? "s" : "") : EXIT_OK;
	}
	if (found->warnings > 0)
		printf("Fit, with %u warning%s: intervals may be wider, but stay honest;\na larger --budget narrows "
			"them.\n", found->warnings, s);
	else
		puts("Fit to measure on.");
	return EXIT_OK;
}

static int examine(const struct places *places, hwloc_topology_t topology, bool strict)
{
	struct settings settings = { .capacity = places->capacity, .seed = 1 };
	struct diagnosis found;
	char why[CARD_WHY] = "";

	place_parse("cores", &settings.policy, why);
	int error = doctor(stdout, &settings, topology, &found, why);
	fflush(stdout);
	if (error == -EINTR)
		return command_interrupted();
	return error < 0 ? command_fail(EXIT_ERROR, "%s", why) : sum_up(&found, strict);
}

int command_doctor(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, NULL, "Is this machine fit to measure on, what will disturb "
		"it, and what does the harness itself add?", 0, 0, 0 };
	bool strict = false;
	hwloc_topology_t topology;
	char why[PLACE_WHY];

	argp_parse(&argp, argc, argv, 0, NULL, &strict);
	int error = place_load_here(&topology, why);
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	int code = examine(places, topology, strict);
	hwloc_topology_destroy(topology);
	return code;
}
