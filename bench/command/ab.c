/* SPDX-License-Identifier: MIT */
/* ab.c -- two builds in one run.  See ab.h. */
#include "bench/command/ab.h"

#include "bench/command/precision.h"
#include "bench/run/run.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Where one side's programs are, and where its results go. */
struct place { char programs[PATH_MAX], capacity[PATH_MAX], folder[PATH_MAX]; };

static int find_build(const char *build, struct place *place)
{
	struct stat lessons, bench;

	snprintf(place->programs, sizeof place->programs, "%s/lessons", build);
	snprintf(place->capacity, sizeof place->capacity, "%s/bench", build);
	if (stat(place->programs, &lessons) == 0 && stat(place->capacity, &bench) == 0)
		return EXIT_OK;
	return command_fail(EXIT_ERROR,
		"%s is not a build of manyhands (%s/lessons is not there): make one with `make B=%s`",
		build, build, build);
}

/* The folder that holds both sides. */
static int make_parent(const char *asked, char *parent)
{
	time_t now = time(NULL);
	struct tm utc;

	if (asked) {
		snprintf(parent, PATH_MAX, "%s", asked);
	} else {
		mkdir("results", 0777);
		strftime(parent, PATH_MAX, "results/%Y%m%dT%H%M%S-ab", gmtime_r(&now, &utc));
	}
	if (mkdir(parent, 0777) < 0 && errno != EEXIST)
		return command_fail(EXIT_ERROR, "cannot make the results folder %s: %s; choose another with -o", parent,
			strerror(errno));
	return EXIT_OK;
}

static int measure(struct asked *asked, const struct settings *twin, char **argv, char *folder[2])
{
	struct precision precision = { 0 };
	struct run_order order = { .settings = &asked->settings, .twin = twin, .argv = argv,
		.precision = precision_read, .state = &precision };
	struct run_result result;
	char why[CARD_WHY] = "";

	int error = place_load_here(&order.topology, why);
	if (error < 0)
		return command_fail(error == -EPERM ? EXIT_REFUSED : EXIT_ERROR, "%s", why);
	error = run_all(&order, &result, why);
	precision_free(&precision);
	hwloc_topology_destroy(order.topology);
	if (result.blocks > 0) {
		folder[0] = result.folder;
		folder[1] = result.twin_folder;
	} else {
		free(result.folder);
		free(result.twin_folder);
	}
	if (error == -EINTR)
		return command_interrupted();
	return error < 0 ? command_fail(EXIT_ERROR, "%s", why) : trials_judge(&result, "");
}

int ab_measure(const char *const build[2], struct asked *asked, char **argv, char *folder[2])
{
	struct place side[2];
	char parent[PATH_MAX - 8];
	int code = EXIT_OK;

	folder[0] = folder[1] = NULL;
	if (asked->resume)
		return command_fail(EXIT_ERROR, "--resume does not go with --ab: compare anew");
	for (int i = 0; i < 2 && code == EXIT_OK; i++)
		code = find_build(build[i], &side[i]);
	if (code == EXIT_OK)
		code = make_parent(asked->settings.folder, parent);
	if (code != EXIT_OK)
		return code;
	for (int i = 0; i < 2; i++)
		snprintf(side[i].folder, sizeof side[i].folder, "%s/%c", parent, 'a' + i);
	struct settings twin = asked->settings;
	asked->settings.programs = side[0].programs;
	asked->settings.capacity = side[0].capacity;
	asked->settings.folder = side[0].folder;
	twin.programs = side[1].programs;
	twin.capacity = side[1].capacity;
	twin.folder = side[1].folder;
	code = measure(asked, &twin, argv, folder);
	if (!folder[0])         /* nothing was measured: leave no empty folder behind */
		rmdir(parent);
	return code;
}
