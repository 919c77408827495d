/* SPDX-License-Identifier: MIT */
/* test_run.c -- when cells sit out, and when a run stops: real trials, but what is known of each cell is made up. */
#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/run/run.h"
#include "bench/run/spawn.h"
#include "bench/tests/programs.h"

static struct programs programs;
static struct settings settings;
static hwloc_topology_t topology;
static char folder[64], out[80], why[CARD_WHY];
static char *argv[] = { "manyhands run", NULL };

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static int set_up_all(void **state)
{
	(void)state;
	return programs_find(&programs) < 0 || spawn_init() < 0 || place_load_here(&topology, why) < 0 ? -1 : 0;
}

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/test_run.XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(out, sizeof out, "%s/out", folder);
	settings = (struct settings){ .programs = programs.lessons, .capacity = programs.capacity,
		.lesson = { "growing" },
		.lessons = 1, .workers = "1", .mode = QUICK, .n = 1000, .runs = 1, .seed = 1, .budget_s = 60,
		.precision = 0.03, .deadline_s = 60, .folder = out };
	return place_parse("cores", &settings.policy, why);
}

static int tear_down(void **state)
{
	(void)state;
	return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* What the precision of one cell is at each check: constant on one worker, the plan's second cell. */
struct story { const double *halfwidth; unsigned count, asked; };

static int tell(void *state, unsigned side, const char *where, const struct plan *plan, double *halfwidth)
{
	struct story *story = state;
	double now = story->halfwidth[story->asked < story->count ? story->asked : story->count - 1];

	(void)side, (void)where;
	story->asked++;
	if (now < 0)
		return -EIO;
	for (unsigned c = 0; c < plan->count; c++)
		halfwidth[c] = NAN;
	halfwidth[1] = now;
	return 0;
}

static unsigned blocks_of(const char *cell)
{
	char path[128], *line = NULL;
	unsigned blocks = 0;
	size_t room = 0;

	snprintf(path, sizeof path, "%s/samples.ndjson", out);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	while (getline(&line, &room, file) > 0)
		blocks += strstr(line, cell) && strstr(line, "\"regime\":\"cold\"") ? 1 : 0;
	free(line);
	fclose(file);
	return blocks;
}

static bool says(const char *word)
{
	char path[128], text[65536];

	snprintf(path, sizeof path, "%s/run.json", out);
	FILE *file = fopen(path, "re");
	assert_non_null(file);
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	return strstr(text, word) != NULL;
}

static struct run_result run_it(struct story *story)
{
	const struct run_order order = { .settings = &settings, .topology = topology, .argv = argv, .precision = tell,
		.state = story };
	struct run_result result;

	assert_int_equal(run_all(&order, &result, why), 0);
	free(result.folder);
	return result;
}

#define STORY(...) &(struct story){ .halfwidth = (const double[]){ __VA_ARGS__ }, \
	.count = sizeof (double[]){ __VA_ARGS__ } / sizeof(double) }

/* Checks come after 6, 8, 10 ... blocks with --quick. */
static void precise_twice_and_it_stops(void **state)
{
	(void)state;
	struct run_result r = run_it(STORY(0.5, 0.02, 0.02));
	assert_int_equal(r.blocks, 10);
	assert_true(r.worst == 0.02);
	assert_true(says("\"stop_reason\": \"precise enough, twice\""));
	assert_int_equal(blocks_of("\"variant\":\"constant\""), 10);
	assert_int_equal(blocks_of("\"lesson\":\"53_growing\",\"variant\":\"serial\""), 10);
}

/* Precise, then not, then again twice: once is not enough. */
static void precise_once_is_not_enough(void **state)
{
	(void)state;
	assert_int_equal(run_it(STORY(0.02, 0.04, 0.02, 0.02)).blocks, 12);
}

/* The ceiling has only its base here, which nobody needs; serial stays as long as a cell needs it. */
static void who_is_known_sits_out_and_the_base_does_not(void **state)
{
	(void)state;
	assert_int_equal(run_it(STORY(0.5, 0.5, 0.5, 0.02, 0.02)).blocks, 14);
	assert_int_equal(blocks_of("\"variant\":\"constant\""), 14);
	assert_int_equal(blocks_of("\"lesson\":\"53_growing\",\"variant\":\"serial\""), 14);
	assert_int_equal(blocks_of("\"lesson\":\"capacity\",\"variant\":\"serial\""), 6);
}

static void never_precise_it_stops_at_sixty(void **state)
{
	(void)state;
	struct run_result r = run_it(STORY(0.5));
	assert_int_equal(r.blocks, 60);
	assert_true(r.worst == 0.5);
	assert_true(says("\"stop_reason\": \"60 blocks\""));
}

static void the_budget_ends_it(void **state)
{
	(void)state;
	settings.budget_s = 0.01;       /* less than sizing takes */
	assert_int_equal(run_it(STORY(0.5)).blocks, 1);
	assert_true(says("\"stop_reason\": \"budget spent\""));
	assert_true(says("took more than the budget"));
}

static void so_many_blocks_as_asked_whatever_the_precision(void **state)
{
	(void)state;
	settings.blocks = 9;
	assert_int_equal(run_it(STORY(0.001)).blocks, 9);
	assert_int_equal(blocks_of("\"lesson\":\"capacity\",\"variant\":\"serial\""), 9);
}

/* A summary that cannot be read (a full disk, say) is no reason to call it precise. */
static void without_knowledge_it_goes_on(void **state)
{
	(void)state;
	struct run_result r = run_it(STORY(-1));
	assert_int_equal(r.blocks, 60);
	assert_true(isinf(r.worst));
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(precise_twice_and_it_stops),
		WITH_FOLDER(precise_once_is_not_enough),
		WITH_FOLDER(who_is_known_sits_out_and_the_base_does_not),
		WITH_FOLDER(never_precise_it_stops_at_sixty),
		WITH_FOLDER(the_budget_ends_it),
		WITH_FOLDER(so_many_blocks_as_asked_whatever_the_precision),
		WITH_FOLDER(without_knowledge_it_goes_on),
	};

	return cmocka_run_group_tests_name("run", tests, set_up_all, NULL);
}
