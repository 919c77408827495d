/* SPDX-License-Identifier: MIT */
/* test_record.c -- the results folder while it grows: whole rows only, also on a disk that runs full. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/run/record.h"
#include "bench/run/spawn.h"
#include "bench/tests/programs.h"

/* ---- a plan, a folder and trials to record ---- */

static struct programs programs;
static struct settings settings = { .budget_s = 60, .precision = 0.03, .lesson = { "growing" }, .lessons = 1,
	.seed = 4711 };
static struct plan plan;
static struct bench bench;
static struct machine machine;
static hwloc_topology_t topology;
static char folder[64], why[CARD_WHY];
static char *argv[] = { "manyhands run", "growing", "\xff is no UTF-8", NULL };

static int set_up(void **state)
{
	(void)state;
	if (programs_find(&programs) < 0 || spawn_init() < 0)
		return -1;
	settings.programs = programs.lessons;
	settings.capacity = programs.capacity;
	if (place_parse("cores", &settings.policy, why) < 0 || place_load_here(&topology, why) < 0
		|| plan_make(&plan, &settings, topology, why) < 0 || bench_open(&bench, &settings, topology) < 0) {
		fprintf(stderr, "%s\n", why);
		return -1;
	}
	machine_read(&machine, topology);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bench_close(&bench);
	plan_free(&plan);
	hwloc_topology_destroy(topology);
	return 0;
}

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/test_record.XXXXXX");
	settings.folder = folder;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	static const char *const names[] = { "run.json", ".run.json", "samples.ndjson", "topology.xml", "mine", "" };
	char path[128];

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		remove(path);
	}
	return access(folder, F_OK) < 0 ? 0 : -1;
}

static json_t *load(const char *name)
{
	char path[128];
	json_error_t error;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return json_load_file(path, 0, &error);
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* Reads samples.ndjson; every line must be a whole row.  Returns how many there are. */
static unsigned whole_rows(void)
{
	char path[128], *line = NULL;
	size_t room = 0;
	ssize_t length;
	unsigned rows = 0;
	json_error_t error;

	snprintf(path, sizeof path, "%s/samples.ndjson", folder);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while ((length = getline(&line, &room, file)) > 0) {
		json_t *row = json_loads(line, 0, &error);
		if (!row || line[length - 1] != '\n')
			fail_msg("row %u is not whole: %.60s", rows, line);
		json_decref(row);
		rows++;
	}
	free(line);
	fclose(file);
	return rows;
}

static void record_a_trial(struct record *record, enum outcome outcome)
{
	struct trial_result result = { .outcome = outcome, .taken = { .steal_ticks = NAN },
		.rows = json_array() };

	if (outcome == OUTCOME_OK) {
		json_array_append_new(result.rows, json_pack("{ss ss sb si ss}", "row", "run", "regime", "warm",
			"is_warmup", 0, "wall_ns", 10, "outcome", "ok"));
		json_array_append_new(result.rows, json_pack("{ss ss sb si ss}", "row", "run", "regime", "cold",
			"is_warmup", 0, "wall_ns", 20, "outcome", "ok"));
	} else {
		snprintf(result.reason, sizeof result.reason, "for a test");
	}
	assert_int_equal(record_trial(record, &bench, &plan.cell[1], 0, 3, &result, why), 0);
	trial_result_free(&result);
}

/* ---- folders ---- */

static void a_new_folder_is_described_before_the_first_trial(void **state)
{
	struct record record;

	(void)state;
	assert_int_equal(rmdir(folder), 0);                     /* new, and named as shells complete it */
	settings.folder = (char[80]){ 0 };
	sprintf((char *)(uintptr_t)settings.folder, "%s//", folder);
	assert_int_equal(record_open(&record, &settings, topology, &plan, &machine, argv, why), 0);
	json_t *run = load("run.json");
	assert_string_equal(text_of(run, "stop_reason"), "running");
	assert_string_equal(text_of(run, "run_id"), strrchr(folder, '/') + 1);
	assert_false(json_is_true(json_object_get(run, "finished")));
	assert_int_equal(json_integer_value(json_object_get(run, "seed")), 4711);
	assert_int_equal(json_array_size(json_object_get(run, "lessons")), 2);
	json_decref(run);
	assert_int_equal(whole_rows(), 0);
	record_note(&record, "a note");
	assert_int_equal(record_finish(&record, &plan, &(struct run_result){ .blocks = 7 }, "for a test", why), 0);
	run = load("run.json");
	assert_true(json_is_true(json_object_get(run, "finished")));
	assert_int_equal(json_integer_value(json_object_get(run, "blocks")), 7);
	assert_string_equal(json_string_value(json_array_get(json_object_get(run, "notes"), 0)), "a note");
	json_decref(run);
	record_close(&record);
}

static void what_is_not_ours_is_left_alone(void **state)
{
	struct record record;
	char path[128];

	(void)state;
	snprintf(path, sizeof path, "%s/mine", folder);
	close(open(path, O_CREAT | O_WRONLY, 0600));
	assert_int_equal(record_open(&record, &settings, topology, &plan, &machine, argv, why), -EEXIST);
	assert_non_null(strstr(why, folder));
	assert_non_null(strstr(why, "-o"));
	record_close(&record);
	settings.folder = path;                                 /* a file */
	assert_int_equal(record_open(&record, &settings, topology, &plan, &machine, argv, why), -EEXIST);
	record_close(&record);
	strcat(path, "/below");                                 /* below a file */
	assert_int_equal(record_open(&record, &settings, topology, &plan, &machine, argv, why), -ENOTDIR);
	assert_non_null(strstr(why, path));
	assert_non_null(strstr(why, "-o"));
	record_close(&record);
	assert_null(load("run.json"));
}

/* ---- rows ---- */

static void a_trial_that_failed_leaves_one_row(void **state)
{
	struct record record;

	(void)state;
	assert_int_equal(record_open(&record, &settings, topology, &plan, &machine, argv, why), 0);
	record_a_trial(&record, OUTCOME_HUNG);
	assert_int_equal(record_flush(&record, why), 0);
	json_t *row = load("samples.ndjson");
	assert_string_equal(text_of(row, "outcome"), "hung");
	assert_string_equal(text_of(row, "reason"), "for a test");
	assert_string_equal(text_of(row, "variant"), "constant");
	assert_true(json_is_null(json_object_get(row, "wall_ns")));
	assert_true(json_is_null(json_object_get(row, "run_delay_ns")));
	assert_int_equal(json_integer_value(json_object_get(row, "order")), 3);
	json_decref(row);
	record_close(&record);
}

static void unknown_is_null_and_never_zero(void **state)
{
	struct record record;
	json_error_t error;
	char path[128], line[8192];

	(void)state;
	assert_int_equal(record_open(&record, &settings, topology, &plan, &machine, argv, why), 0);
	record_a_trial(&record, OUTCOME_OK);
	assert_int_equal(record_flush(&record, why), 0);
	assert_int_equal(whole_rows(), 2);
	snprintf(path, sizeof path, "%s/samples.ndjson", folder);
	FILE *file = fopen(path, "r");
	assert_non_null(fgets(line, sizeof line, file));
	json_t *warm = json_loads(line, 0, &error);
	assert_non_null(fgets(line, sizeof line, file));
	json_t *cold = json_loads(line, 0, &error);
	fclose(file);
	assert_true(json_is_null(json_object_get(warm, "steal_ticks")));        /* told by the cold row only */
	assert_true(json_is_null(json_object_get(warm, "throttled_us")));
	assert_true(json_is_null(json_object_get(cold, "steal_ticks")));        /* the kernel did not tell */
	assert_true(json_real_value(json_object_get(cold, "throttled_us")) == 0 && json_is_real(json_object_get(cold,
		"throttled_us")));
	assert_true(json_is_null(json_object_get(cold, "perf")));
	assert_null(json_object_get(cold, "row"));
	json_decref(warm);
	json_decref(cold);
	record_close(&record);
}

/* Rows go on after the disk is full and again after there is room: nothing half is ever in the file.  Once the close
 * wrote the rest of a row that the flush had cut off. */
static void a_full_disk_cuts_no_row_in_half(void **state)
{
	const struct rlimit small = { 20000, RLIM_INFINITY }, large = { RLIM_INFINITY, RLIM_INFINITY };
	struct record record;
	unsigned flushed = 0;
	int error = 0;

	(void)state;
	assert_int_equal(record_open(&record, &settings, topology, &plan, &machine, argv, why), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);   /* spawn_init() made SIGXFSZ an error of write() */
	for (int block = 0; block < 100 && error == 0; block++) {
		for (int trial = 0; trial < 7; trial++)
			record_a_trial(&record, OUTCOME_OK);
		error = record_flush(&record, why);
		flushed += error ? 0 : 14;
	}
	assert_int_equal(error, -EFBIG);
	assert_non_null(strstr(why, "samples.ndjson"));
	assert_non_null(strstr(why, "make room"));
	assert_true(flushed > 0);
	assert_int_equal(whole_rows(), flushed);
	setrlimit(RLIMIT_FSIZE, &large);
	assert_int_equal(record_finish(&record, &plan, &(struct run_result){ .blocks = 1 }, "failed", why), 0);
	record_close(&record);
	assert_int_equal(whole_rows(), flushed);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_folder_is_described_before_the_first_trial),
		TEST(what_is_not_ours_is_left_alone),
		TEST(a_trial_that_failed_leaves_one_row),
		TEST(unknown_is_null_and_never_zero),
		TEST(a_full_disk_cuts_no_row_in_half),
	};

	return cmocka_run_group_tests_name("record", tests, set_up, tear_down);
}
