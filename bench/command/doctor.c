/* SPDX-License-Identifier: MIT */
/* doctor.c -- manyhands doctor: is this machine fit to measure on. */
#include "bench/command/command.h"

#include "bench/run/doctor.h"

#include <argp.h>
#include <errno.h>

static error_t parse(int key, char *arg, struct argp_state *state)
{
	if (key != ARGP_KEY_ARG)
		return ARGP_ERR_UNKNOWN;
	argp_error(state, "'%s' is not an option", arg);
	return 0;
}

static int examine(const struct places *places, hwloc_topology_t topology)
{
	struct settings settings = { .capacity = places->capacity, .seed = 1 };
	unsigned warnings;
	char why[CARD_WHY] = "";

	place_parse("cores", &settings.policy, why);
	int error = doctor(stdout, &settings, topology, &warnings, why);
	if (error == -EINTR)
		return command_interrupted();
	if (error < 0)
		return command_fail(EXIT_ERROR, "%s", why);
	if (warnings == 0)
		puts("\nFit to measure on.");
	else
		printf("\n%u thing%s may widen the intervals, which stay honest;\na larger --budget narrows them.\n",
			warnings, warnings > 1 ? "s" : "");
	return EXIT_OK;
}

int command_doctor(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { NULL, parse, NULL, "Is this machine fit to measure on, and what will disturb "
		"it?", 0, 0, 0 };
	hwloc_topology_t topology;
	char why[PLACE_WHY];

	argp_parse(&argp, argc, argv, 0, NULL, NULL);
	int error = place_load_here(&topology, why);
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	int code = examine(places, topology);
	hwloc_topology_destroy(topology);
	return code;
}
