/* SPDX-License-Identifier: MIT */
/* test_export.c -- a results folder in other tools' formats: the documented shapes, unique names, whole files. */
#include "bench/report/csv.h"
#include "bench/report/export.h"

#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

/* ---- a results folder of our own ---- */

static char folder[32], why[SUMMARY_WHY];

static const char *in_folder(const char *name)
{
	static char path[512];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void write_file(const char *name, const char *mode, const char *text)
{
	FILE *out = fopen(in_folder(name), mode);
	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/test_export.XXXXXX");
	assert_non_null(mkdtemp(folder));
	write_file("run.json", "we", "{\"schema_version\":1,\"run_id\":\"test\",\"host\":\"lab\",\"revision\":\"abc\","
		"\"lessons\":[{\"name\":\"sum\",\"unit\":\"term\",\"variants\":["
		"{\"name\":\"serial\",\"expect\":\"correct\"},{\"name\":\"threads\",\"expect\":\"correct\"},"
		"{\"name\":\"race\",\"expect\":\"wrong\"}]}]}");
	write_file("samples.ndjson", "we", "");
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static int tear_down(void **state)
{
	(void)state;
	return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* An ok row of `variant` with 100 terms in run `number` of block `block`; `more` begins with a comma. */
static void add_row(const char *variant, unsigned workers, const char *regime, unsigned block, unsigned number,
	unsigned long long start_ns, unsigned long long wall_ns, const char *more)
{
	char row[2048];

	snprintf(row, sizeof row, "{\"schema_version\":1,\"block\":%u,\"order\":%u,\"lesson\":\"sum\","
		"\"variant\":\"%s\",\"size\":\"measured\",\"regime\":\"%s\",\"workers\":%u,\"n\":100,"
		"\"params\":{\"chunk\":2},\"run\":%u,\"is_warmup\":%s,\"outcome\":\"ok\","
		"\"start_ns\":%llu,\"wall_ns\":%llu%s}\n", block, workers, variant,
		regime, workers, number, number == 1 ? "true" : "false", start_ns, wall_ns, more);
	write_file("samples.ndjson", "ae", row);
}

/* Six blocks: serial takes 1 ms, threads with two workers 0.5 ms, and 0.6 ms in block 3. */
static void add_run(void)
{
	for (unsigned b = 0; b < 6; b++) {
		unsigned long long at = 1000000000ull * (b + 1), wall = b == 3 ? 600000 : 500000 + b * 1000;
		char lanes[512];
		add_row("serial", 1, "warm", b, 2, at, 1000000, "");
		/* two workers, from 10 and 20 us on until 20 us before the end */
		snprintf(lanes, sizeof lanes, ",\"pus_seen\":[3,null],\"lanes\":["
			"{\"pid\":7,\"tid\":8,\"enter_ns\":%llu,\"leave_ns\":%llu,\"cpu_ns\":5},"
			"{\"pid\":7,\"tid\":9,\"enter_ns\":%llu,\"leave_ns\":%llu,\"cpu_ns\":6}]",
			at + 100010000, at + 100000000 + wall - 30000, at + 100020000, at + 100000000 + wall - 20000);
		add_row("threads", 2, "warm", b, 2, at + 100000000, wall, lanes);
		add_row("threads", 2, "cold", b, 0, at + 98000000, 900000,
			",\"startup_ns\":100000,\"solve_ns\":700000,\"stop_ns\":100000");
		add_row("threads", 2, "warm", b, 1, at + 99000000, wall, "");
	}
	add_row("race", 2, "warm", 0, 2, 5, 1, "");
}

static struct summary *read_ok(void)
{
	struct summary *s;
	if (summary_read(folder, &s, why) != 0)
		fail_msg("%s", why);
	return s;
}

static char *export_text(enum export_format format)
{
	struct summary *s = read_ok();
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	if (export_write(out, s, format, why) != 0)
		fail_msg("%s", why);
	fclose(out);
	summary_free(s);
	return text;
}

/* Parsed strictly: no NaN, no name twice. */
static json_t *export_json(enum export_format format)
{
	json_error_t error;
	char *text = export_text(format);
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (json == NULL)
		fail_msg("%s: line %d: %s", export_format_name[format], error.line, error.text);
	free(text);
	return json;
}

static void assert_text(const json_t *object, const char *field, const char *expected)
{
	assert_non_null(json_string_value(json_object_get(object, field)));
	assert_string_equal(json_string_value(json_object_get(object, field)), expected);
}

static void assert_number(const json_t *object, const char *field, double expected)
{
	const json_t *value = json_object_get(object, field);
	if (!json_is_number(value) || fabs(json_number_value(value) - expected) > 1e-6 * (1 + fabs(expected)))
		fail_msg("%s: expected %.12g, found %s", field, expected, json_dumps(value, JSON_ENCODE_ANY));
}

#define SERIAL "sum/serial/measured/p=1/n=100/warm/chunk=2"
#define WARM "sum/threads/measured/p=2/n=100/warm/chunk=2"
#define COLD "sum/threads/measured/p=2/n=100/cold/chunk=2"

/* ---- formats ---- */

static void csv_is_the_summary(void **state)
{
	char *expected = NULL;
	size_t size = 0;

	(void)state;
	add_run();
	struct summary *s = read_ok();
	FILE *out = open_memstream(&expected, &size);
	csv_write(out, s);
	fclose(out);
	summary_free(s);
	char *text = export_text(EXPORT_CSV);
	assert_string_equal(text, expected);
	free(text);
	free(expected);
}

static void github_has_name_unit_value_range_and_extra(void **state)
{
	(void)state;
	add_run();
	json_t *list = export_json(EXPORT_GITHUB), *warm = json_array_get(list, 1);
	assert_int_equal(json_array_size(list), 3);     /* serial, threads warm and cold; what is broken has no time */
	assert_text(json_array_get(list, 0), "name", SERIAL);
	assert_text(warm, "name", WARM);
	assert_text(json_array_get(list, 2), "name", COLD);
	assert_text(warm, "unit", "ns");
	assert_number(warm, "value", 503000);           /* of 500 501 502 504 505 600 us */
	assert_text(warm, "range", "± 5e+04");
	assert_text(warm, "extra", "6 blocks, 6 runs\nmedian, 95 % interval: [500000, 600000] ns\n"
		"speedup: 1.988 [1.667, 2]\nverdict: faster (+-8.4 %)");
	assert_int_equal(json_object_size(warm), 5);
	json_decref(list);
}

static void without_an_interval_github_has_no_range(void **state)
{
	(void)state;
	add_row("serial", 1, "warm", 0, 2, 5, 1000, "");
	json_t *list = export_json(EXPORT_GITHUB);
	assert_number(json_array_get(list, 0), "value", 1000);
	assert_null(json_object_get(json_array_get(list, 0), "range"));
	json_decref(list);
	json_t *bmf = export_json(EXPORT_BMF), *latency = json_object_get(json_object_get(bmf, SERIAL), "latency");
	assert_int_equal(json_object_size(latency), 1);
	assert_null(json_object_get(json_object_get(bmf, SERIAL), "speedup"));
	json_decref(bmf);
	json_t *hyperfine = export_json(EXPORT_HYPERFINE), *result;
	result = json_array_get(json_object_get(hyperfine, "results"), 0);
	assert_true(json_is_null(json_object_get(result, "stddev")));
	json_decref(hyperfine);
}

static void bmf_has_latency_throughput_and_speedup(void **state)
{
	(void)state;
	add_run();
	json_t *bmf = export_json(EXPORT_BMF), *warm = json_object_get(bmf, WARM);
	assert_int_equal(json_object_size(bmf), 3);
	assert_int_equal(json_object_size(warm), 3);
	assert_number(json_object_get(warm, "latency"), "value", 503000);
	assert_number(json_object_get(warm, "latency"), "lower_value", 500000);
	assert_number(json_object_get(warm, "latency"), "upper_value", 600000);
	assert_number(json_object_get(warm, "throughput"), "value", 100 / 503e-6);
	assert_number(json_object_get(warm, "throughput"), "lower_value", 100 / 600e-6);
	assert_number(json_object_get(warm, "throughput"), "upper_value", 100 / 500e-6);
	assert_number(json_object_get(warm, "speedup"), "upper_value", 2);
	assert_null(json_object_get(json_object_get(bmf, SERIAL), "speedup"));
	json_decref(bmf);
}

static void hyperfine_has_the_fields_of_its_own_export(void **state)
{
	static const char *const fields[] = { "command", "mean", "stddev", "median", "user", "system", "min", "max",
		"times", "exit_codes", "parameters" };

	(void)state;
	add_run();
	json_t *json = export_json(EXPORT_HYPERFINE), *list = json_object_get(json, "results");
	json_t *warm = json_array_get(list, 1), *parameters = json_object_get(warm, "parameters");
	assert_int_equal(json_object_size(json), 1);
	assert_int_equal(json_array_size(list), 3);
	assert_int_equal(json_object_size(warm), sizeof fields / sizeof *fields);
	for (unsigned i = 0; i < sizeof fields / sizeof *fields; i++)
		assert_non_null(json_object_get(warm, fields[i]));
	assert_text(warm, "command", WARM);
	assert_number(warm, "mean", 518.666666667e-6);
	assert_number(warm, "median", 503e-6);
	assert_true(fabs(json_number_value(json_object_get(warm, "stddev")) - 39.888177e-6) < 1e-12);
	assert_number(warm, "min", 500e-6);
	assert_number(warm, "max", 600e-6);
	assert_int_equal(json_array_size(json_object_get(warm, "times")), 6);
	assert_true(json_real_value(json_array_get(json_object_get(warm, "times"), 3)) == 600e-6);
	assert_int_equal(json_array_size(json_object_get(warm, "exit_codes")), 6);
	assert_int_equal(json_integer_value(json_array_get(json_object_get(warm, "exit_codes"), 5)), 0);
	assert_text(parameters, "workers", "2");
	assert_text(parameters, "regime", "warm");
	assert_text(parameters, "param_chunk", "2");
	json_decref(json);
}

/* ---- the trace ---- */

static const json_t *find_event(const json_t *trace, const char *name, int process, int lane, int number)
{
	const json_t *list = json_object_get(trace, "traceEvents"), *event;
	size_t i;

	json_array_foreach(list, i, event) {
		const json_t *run = json_object_get(json_object_get(event, "args"), "run");
		if (strcmp(json_string_value(json_object_get(event, "name")), name) == 0
			&& json_integer_value(json_object_get(event, "pid")) == process
			&& json_integer_value(json_object_get(event, "tid")) == lane
			&& (number < 0 || json_integer_value(run) == number))
			return event;
	}
	fail_msg("no event %s of process %d, lane %d", name, process, lane);
	return NULL;
}

static void assert_span(const json_t *event, double ts, double duration)
{
	assert_text(event, "ph", "X");
	assert_number(event, "ts", ts);
	assert_number(event, "dur", duration);
}

/* Of block 2 (502 us) and block 4 (504 us), both near the median, the first stands for the cell. */
static void trace_shows_the_trial_nearest_the_median(void **state)
{
	(void)state;
	add_run();
	json_t *trace = export_json(EXPORT_TRACE);
	const json_t *name = find_event(trace, "process_name", 2, 0, -1);
	assert_text(name, "ph", "M");
	assert_text(json_object_get(name, "args"), "name", "sum/threads/measured/p=2/n=100/chunk=2");
	name = find_event(trace, "thread_name", 2, 2, -1);
	assert_text(json_object_get(name, "args"), "name", "worker 1");
	/* microseconds since the trial's first start, the cold one */
	assert_span(find_event(trace, "cold run 0", 2, 0, 0), 0, 800);
	assert_span(find_event(trace, "warm run 1 (warm-up)", 2, 0, 1), 1000, 502);
	assert_span(find_event(trace, "warm run 2", 2, 0, 2), 2000, 502);
	assert_span(find_event(trace, "start-up", 2, 1, 2), 2000, 10);
	assert_span(find_event(trace, "work", 2, 1, 2), 2010, 462);
	assert_span(find_event(trace, "tear-down", 2, 1, 2), 2472, 30);
	assert_span(find_event(trace, "work", 2, 2, 2), 2020, 462);
	const json_t *args = json_object_get(find_event(trace, "work", 2, 1, 2), "args");
	assert_number(args, "pu", 3);
	assert_number(args, "os_tid", 8);
	assert_number(args, "cpu_ns", 5);
	assert_text(args, "regime", "warm");
	args = json_object_get(find_event(trace, "work", 2, 2, 2), "args");
	assert_true(json_is_null(json_object_get(args, "pu")));
	assert_number(json_object_get(find_event(trace, "cold run 0", 2, 0, 0), "args"), "stop_ns", 100000);
	assert_text(json_object_get(trace, "otherData"), "run_id", "test");
	json_decref(trace);
}

static void every_event_of_the_trace_has_its_documented_fields(void **state)
{
	const json_t *event;
	size_t i;

	(void)state;
	add_run();
	json_t *trace = export_json(EXPORT_TRACE);
	json_array_foreach(json_object_get(trace, "traceEvents"), i, event) {
		bool complete = strcmp(json_string_value(json_object_get(event, "ph")), "X") == 0;
		assert_true(json_is_string(json_object_get(event, "name")));
		assert_true(json_is_integer(json_object_get(event, "pid")));
		assert_true(json_is_integer(json_object_get(event, "tid")));
		assert_true(json_is_object(json_object_get(event, "args")));
		assert_int_equal(json_is_number(json_object_get(event, "ts")), complete);
		assert_int_equal(json_is_number(json_object_get(event, "dur")), complete);
		if (complete)
			assert_true(json_number_value(json_object_get(event, "ts")) >= 0
				&& json_number_value(json_object_get(event, "dur")) >= 0);
	}
	json_decref(trace);
}

/* Stamps outside the run, lanes that are no objects, times at the edge: the run is shown, the lane is not. */
static void odd_stamps_make_no_lane(void **state)
{
	(void)state;
	add_row("threads", 2, "warm", 0, 2, 1000, 500,
		",\"lanes\":[{\"enter_ns\":1,\"leave_ns\":1200},{\"enter_ns\":1100,\"leave_ns\":9000},3,null,{},"
		"{\"enter_ns\":1200,\"leave_ns\":1100},{\"enter_ns\":1000,\"leave_ns\":1500}],\"pus_seen\":[0.5,{}]");
	add_row("threads", 3, "cold", 0, 0, INT64_MAX, 1,
		",\"startup_ns\":9223372036854775807,\"solve_ns\":9223372036854775807");
	json_t *trace = export_json(EXPORT_TRACE);
	size_t spans = 0, i;
	const json_t *event;
	json_array_foreach(json_object_get(trace, "traceEvents"), i, event)
		spans += strcmp(json_string_value(json_object_get(event, "ph")), "X") == 0;
	assert_int_equal(spans, 5);     /* two runs, and the three phases of the only good lane */
	assert_span(find_event(trace, "work", 1, 7, 2), 0, 0.5);
	json_decref(trace);
}

static void rows_that_came_later_are_not_told_of(void **state)
{
	(void)state;
	add_run();
	struct summary *s = read_ok();
	for (int i = 0; i < 3; i++)
		write_file("samples.ndjson", "ae", "no row at all\n");
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	assert_int_equal(export_write(out, s, EXPORT_TRACE, why), 0);
	fclose(out);
	free(text);
	assert_int_equal(truncate(in_folder("samples.ndjson"), 3), 0);
	out = open_memstream(&text, &size);
	assert_true(export_write(out, s, EXPORT_TRACE, why) < 0);
	fclose(out);
	free(text);
	assert_non_null(strstr(why, "samples.ndjson a second time"));
	summary_free(s);
}

/* ---- names and empty runs ---- */

static void nothing_is_a_valid_answer(void **state)
{
	(void)state;
	char *text = export_text(EXPORT_GITHUB);
	assert_string_equal(text, "[]\n");
	free(text);
	for (unsigned format = EXPORT_GITHUB; format < EXPORT_FORMATS; format++)
		json_decref(export_json(format));
}

/* lesson "a/b" with variant "c" is not lesson "a" with variant "b/c". */
static void names_are_unique_whatever_is_in_them(void **state)
{
	static const char *const pairs[][2] = { { "a/b", "c" }, { "a", "b/c" }, { "a%2Fb", "c" }, { "a", "b%2Fc" },
		{ "\\u001b[31m\\\"</script>\\n", "\\u202e" } };

	(void)state;
	for (unsigned i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char row[512];
		snprintf(row, sizeof row, "{\"schema_version\":1,\"block\":0,\"order\":%u,\"lesson\":\"%s\","
			"\"variant\":\"%s\",\"size\":\"measured\",\"regime\":\"warm\",\"workers\":1,\"n\":1,"
			"\"params\":{},\"run\":1,\"is_warmup\":false,\"outcome\":\"ok\","
			"\"start_ns\":1,\"wall_ns\":1}\n", i, pairs[i][0], pairs[i][1]);
		write_file("samples.ndjson", "ae", row);
	}
	json_t *bmf = export_json(EXPORT_BMF);  /* which refuses a name twice */
	assert_int_equal(json_object_size(bmf), 5);
	assert_non_null(json_object_get(bmf, "a%2Fb/c/measured/p=1/n=1/warm"));
	assert_non_null(json_object_get(bmf, "a%252Fb/c/measured/p=1/n=1/warm"));
	json_decref(bmf);
	for (unsigned format = EXPORT_GITHUB; format < EXPORT_FORMATS; format++) {
		char *text = export_text(format);
		for (const char *c = text; *c; c++)
			assert_true((unsigned char)*c >= ' ' || *c == '\n');
		free(text);
		json_decref(export_json(format));
	}
}

static void every_format_has_its_name(void **state)
{
	(void)state;
	for (unsigned format = 0; format < EXPORT_FORMATS; format++)
		assert_non_null(export_format_name[format]);
}

/* ---- files ---- */

static void assert_file(const char *name, const char *expected)
{
	char text[64] = "";
	FILE *in = fopen(in_folder(name), "re");
	assert_non_null(in);
	assert_true(fgets(text, sizeof text, in) != NULL);
	fclose(in);
	assert_string_equal(text, expected);
}

static void a_file_is_replaced_as_a_whole(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(export_save(in_folder("new"), "1", 1, why), 0);
	assert_int_equal(export_save(in_folder("new"), "22", 2, why), 0);
	assert_file("new", "22");
	assert_int_equal(chdir(folder), 0);
	assert_int_equal(symlink("new", "link"), 0);
	assert_int_equal(export_save("link", "333", 3, why), 0);        /* the link stays one */
	assert_int_equal(chdir("/"), 0);
	assert_file("new", "333");
	assert_int_equal(lstat(in_folder("link"), &status), 0);
	assert_true(S_ISLNK(status.st_mode));
}

static void what_cannot_be_replaced_stays(void **state)
{
	struct stat status;

	(void)state;
	assert_int_equal(export_save(folder, "1", 1, why), -EISDIR);
	assert_int_equal(export_save(in_folder("no/such/file"), "1", 1, why), -ENOENT);
	assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
	/* A pipe of our own stands for every device: this test must never be tried on /dev/null itself, which it would
	 * replace on the whole machine the day that the code is wrong.  And it does not wait for a reader. */
	assert_int_equal(export_save(in_folder("pipe"), "1", 1, why), -EINVAL);
	assert_non_null(strstr(why, "no plain file"));
	assert_int_equal(stat(in_folder("pipe"), &status), 0);
	assert_true(S_ISFIFO(status.st_mode));
	assert_int_equal(symlink("loop", in_folder("loop")), 0);
	assert_int_equal(export_save(in_folder("loop"), "1", 1, why), -ELOOP);
	assert_int_equal(symlink("nothing", in_folder("dangling")), 0);
	assert_int_equal(export_save(in_folder("dangling"), "1", 1, why), -ENOENT);
	assert_int_equal(nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
	assert_non_null(mkdtemp(strcpy(folder, "/tmp/test_export.XXXXXX")));
	assert_int_equal(export_save(in_folder("a"), "1", 1, why), 0);
	assert_int_equal(stat(folder, &status), 0);
	assert_int_equal(rmdir(folder), -1);
	assert_int_equal(unlink(in_folder("a")), 0);
	assert_int_equal(rmdir(folder), 0);     /* no draft was left */
	assert_int_equal(mkdir(folder, 0700), 0);
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(csv_is_the_summary),
		WITH_FOLDER(github_has_name_unit_value_range_and_extra),
		WITH_FOLDER(without_an_interval_github_has_no_range),
		WITH_FOLDER(bmf_has_latency_throughput_and_speedup),
		WITH_FOLDER(hyperfine_has_the_fields_of_its_own_export),
		WITH_FOLDER(trace_shows_the_trial_nearest_the_median),
		WITH_FOLDER(every_event_of_the_trace_has_its_documented_fields),
		WITH_FOLDER(odd_stamps_make_no_lane),
		WITH_FOLDER(rows_that_came_later_are_not_told_of),
		WITH_FOLDER(nothing_is_a_valid_answer),
		WITH_FOLDER(names_are_unique_whatever_is_in_them),
		cmocka_unit_test(every_format_has_its_name),
		WITH_FOLDER(a_file_is_replaced_as_a_whole),
		WITH_FOLDER(what_cannot_be_replaced_stays),
	};
	return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
