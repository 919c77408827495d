/* SPDX-License-Identifier: MIT */
/* doctor.c -- manyhands doctor: is this machine fit to measure on; with --pid, why does that program not go on. */
#include "bench/command/command.h"

#include "bench/base/text.h"
#include "bench/hang/hang.h"
#include "bench/run/doctor.h"

#include <argp.h>
#include <errno.h>
#include <limits.h>

enum { OPT_STRICT = 256, OPT_PID };

struct asked { bool strict; pid_t pid; };  /* pid 0: the machine */

static const struct argp_option options[] = {
	{ "strict", OPT_STRICT, NULL, 0, "refuse a machine that is not fit: exit code 4", 0 },
	{ "pid", OPT_PID, "N", 0, "instead: why does process N not go on?  Who waits for whom, and what to change", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct asked *asked = state->input;
	uint64_t pid;

	if (key == OPT_STRICT) {
		asked->strict = true;
	} else if (key == OPT_PID) {
		if (text_u64(arg, 1, INT_MAX, &pid) < 0)
			argp_error(state, "--pid: '%s' is not the number of a process", arg);
		else
			asked->pid = (pid_t)pid;
	} else if (key == ARGP_KEY_ARG) {
		argp_error(state, "'%s' is not an option", arg);
	} else {
		return ARGP_ERR_UNKNOWN;
	}
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
		printf("Fit, with %u warning%s: intervals may be wider, but stay honest;\n"
			"a larger --budget narrows them.\n", found->warnings, s);
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

static int examine_process(pid_t pid)
{
	char why[HANG_TEXT];
	int verdict = hang_report(pid, stdout, why);

	fflush(stdout);
	return verdict < 0 ? command_fail(EXIT_ERROR, "%s", why) : EXIT_OK;
}

int command_doctor(const struct places *places, int argc, char **argv)
{
	static const struct argp argp = { options, parse, NULL, "Is this machine fit to measure on, what will disturb "
		"it, and what does the harness itself add?\vWith --pid: does that program hang, and why?", 0, 0, 0 };
	struct asked asked = { 0 };
	hwloc_topology_t topology;
	char why[PLACE_WHY];

	argp_parse(&argp, argc, argv, 0, NULL, &asked);
	if (asked.pid)
		return examine_process(asked.pid);
	int error = place_load_here(&topology, why);
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	int code = examine(places, topology, asked.strict);
	hwloc_topology_destroy(topology);
	return code;
}
