/* SPDX-License-Identifier: MIT */
/* topo.c -- manyhands topo: the machine, and the plan of who runs where.  Binds nothing. */
#include "bench/command/command.h"

#include "bench/base/text.h"
#include "bench/lesson.h"
#include "bench/place/place.h"

#include <argp.h>
#include <errno.h>

struct wanted {
	const char *policy, *synthetic, *xml, *workers;
	bool oversubscribe;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct wanted *w = state->input;

	switch (key) {
	case 'P': w->policy = arg; break;
	case 'p': w->workers = arg; break;
	case 's': w->synthetic = arg; break;
	case 'x': w->xml = arg; break;
	case 'o': w->oversubscribe = true; break;
	case ARGP_KEY_ARG: argp_error(state, "'%s' is not an option", arg); break;
	default: return ARGP_ERR_UNKNOWN;
	}
	return 0;
}

static int load(const struct wanted *w, hwloc_topology_t *topology, char *why)
{
	if (w->synthetic && w->xml)
		return snprintf(why, PLACE_WHY, "--synthetic and --xml both name a machine: give one of them"), -EINVAL;
	return w->synthetic ? place_load_synthetic(topology, w->synthetic, why)
		: w->xml ? place_load_xml(topology, w->xml, why) : place_load_here(topology, why);
}

/* As many workers as asked; without a word, as many as the policy has PUs for. */
static int plan(const struct wanted *w, hwloc_topology_t topology, unsigned *pus, unsigned *workers, char *why)
{
	struct place_policy policy;
	uint64_t asked;
	int error = place_parse(w->policy, &policy, why);

	if (error < 0)
		return error;
	if (w->workers) {
		if (text_u64(w->workers, 1, MAX_WORKERS, &asked) < 0)
			return snprintf(why, PLACE_WHY, "-p %.40s: not a number of workers from 1 to %d", w->workers,
				MAX_WORKERS), -EINVAL;
		*workers = (unsigned)asked;
		return place_plan(topology, &policy, *workers, w->oversubscribe, pus, why);
	}
	*workers = place_pus(topology) < MAX_WORKERS ? place_pus(topology) : MAX_WORKERS;
	while ((error = place_plan(topology, &policy, *workers, false, pus, why)) < 0 && *workers > 1)
		--*workers;
	return error;
}

int command_topo(const struct places *places, int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ "policy", 'P', "POLICY", 0,
			"cores (default), close, spread, smt, numa:K, kind:P|E, list:0,2,4-7, none", 0 },
		{ "workers", 'p', "N", 0, "how many workers (default: as many as the policy has PUs)", 0 },
		{ "synthetic", 's', "TEXT", 0, "a machine that hwloc makes up, as 'pack:2 numa:2 core:8 pu:2'", 0 },
		{ "xml", 'x', "FILE", 0, "a machine that lstopo wrote down", 0 },
		{ "oversubscribe", 'o', NULL, 0, "more workers than PUs are welcome", 0 }, { 0 }
	};
	static const struct argp argp = { options, parse, NULL, "The machine, and who would run where.  Binds nothing.",
		0, 0, 0 };
	struct wanted wanted = { .policy = "cores" };
	hwloc_topology_t topology;
	unsigned pus[MAX_WORKERS], workers;
	char why[PLACE_WHY];

	(void)places;
	argp_parse(&argp, argc, argv, 0, NULL, &wanted);
	int error = load(&wanted, &topology, why);
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	error = plan(&wanted, topology, pus, &workers, why);
	if (error == 0)
		place_draw(stdout, topology, pus, workers);
	hwloc_topology_destroy(topology);
	return error < 0 ? command_fail(EXIT_ERROR, "%s", why) : EXIT_OK;
}
