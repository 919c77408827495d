/* SPDX-License-Identifier: MIT */
/* test_report.c -- from the rows of a results folder to summary.csv and the table.  Run from the top of the
 * repository. */
#include "bench/base/stats.h"
#include "bench/report/csv.h"
#include "bench/report/report.h"
#include "bench/report/summary.h"
#include "bench/report/table.h"
#include "bench/report/words.h"
#include "bench/run/measure.h"
#include "bench/tests/results_folder.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRIPTS "scripts"

/* ---- pairing and reduction ---- */

static void a_cell_is_paired_with_the_nearest_base_of_its_block(void **state)
{
	(void)state;
	add_row((struct row){ .variant = "serial", .order = 0, .start_ns = 1000, .wall_ns = 10000 });
	add_row((struct row){ .variant = "serial", .order = 5, .start_ns = 9000, .wall_ns = 20000 });
	add_row((struct row){ .workers = 2, .order = 4, .start_ns = 5500, .wall_ns = 5000 });
	add_row((struct row){ .workers = 3, .order = 2, .start_ns = 4500, .wall_ns = 5000 });
	add_row((struct row){ .variant = "serial", .block = 1, .start_ns = 5400, .wall_ns = 70000 });

	struct summary *s = read_ok();
	const struct summary_measure *late = &cell_of(s, "threads", 2)->regime[SUMMARY_WARM];
	const struct summary_measure *early = &cell_of(s, "threads", 3)->regime[SUMMARY_WARM];
	assert_int_equal(late->pairs, 1);
	near(late->speedup, 4);
	near(early->speedup, 2);
	assert_true(isnan(late->low) && isnan(late->halfwidth));
	near(cell_of(s, "serial", 1)->regime[SUMMARY_WARM].median_s, 42.5e-6);  /* of blocks: 15 and 70 */
	summary_free(s);
}

static void a_base_of_another_problem_or_block_is_no_base(void **state)
{
	(void)state;
	add_row((struct row){ .variant = "serial", .block = 0, .wall_ns = 10000 });
	add_row((struct row){ .variant = "serial", .block = 1, .wall_ns = 10000, .n = 7 });
	add_row((struct row){ .variant = "serial", .block = 1, .wall_ns = 10000, .size = "document" });
	add_row((struct row){ .variant = "serial", .block = 1, .wall_ns = 10000, .regime = "cold" });
	add_row((struct row){ .variant = "threads", .block = 1, .wall_ns = 10000 });

	struct summary *s = read_ok();
	const struct summary_cell *cell = cell_of(s, "threads", 1);
	assert_int_equal(cell->regime[SUMMARY_WARM].verdict, SUMMARY_NO_BASE);
	assert_int_equal(cell->regime[SUMMARY_COLD].verdict, SUMMARY_NO_TIME);
	assert_true(isnan(cell->regime[SUMMARY_WARM].speedup));
	summary_free(s);
}

static void warm_is_the_median_of_the_runs_and_cold_the_first_row(void **state)
{
	static const uint64_t walls[] = { 300, 100, 900 };

	(void)state;
	add_row((struct row){ .regime = "cold", .wall_ns = 5000 });
	add_row((struct row){ .wall_ns = 77777, .warmup = true });
	for (int i = 0; i < 3; i++)
		add_row((struct row){ .wall_ns = walls[i], .start_ns = 10 });

	struct summary *s = read_ok();
	const struct summary_cell *cell = cell_of(s, "threads", 1);
	near(cell->regime[SUMMARY_WARM].median_s, 300e-9);
	assert_int_equal(cell->regime[SUMMARY_WARM].runs, 3);
	near(cell->regime[SUMMARY_COLD].median_s, 5000e-9);
	assert_int_equal(cell->outcomes[SUMMARY_OK], 1);
	summary_free(s);
}

static void speedup_is_the_paired_hodges_lehmann_estimate(void **state)
{
	double x[10], scratch[55], centre;
	struct stats_interval interval;

	(void)state;
	add_blocks(NULL, "threads", 2, 10, 1.5, 0.02);
	struct summary *s = read_ok();
	const struct summary_measure *m = &cell_of(s, "threads", 2)->regime[SUMMARY_WARM];
	assert_int_equal(m->pairs, 10);
	for (int i = 0; i < 10; i++)
		x[i] = log(m->block[i].ratio);
	assert_int_equal(stats_hodges_lehmann(x, 10, 0.95, scratch, &centre, &interval), 0);
	near(m->speedup, exp(centre));
	near(m->low, exp(interval.low));
	near(m->high, exp(interval.high));
	near(m->halfwidth, (m->high - m->low) / 2 / m->speedup);
	assert_true(m->low < m->speedup && m->speedup < m->high);
	assert_true(m->p10_s <= m->low_s || m->p10_s <= m->median_s);
	summary_free(s);
}

static void the_capacity_gives_the_ceiling(void **state)
{
	(void)state;
	add_blocks("capacity", "copies", 2, 6, 1.9, 0);
	add_blocks(NULL, "threads", 2, 6, 1.5, 0);
	struct summary *s = read_ok();
	const struct summary_measure *ceiling = summary_ceiling(s, 2);
	assert_non_null(ceiling);
	assert_true(fabs(ceiling->speedup - 1.9) < 1e-4);
	assert_null(summary_ceiling(s, 3));
	summary_free(s);
}

static void halfwidth_follows_the_rows_as_they_are_appended(void **state)
{
	const struct summary_cell *which;

	(void)state;
	struct summary *s = read_ok();
	assert_true(summary_halfwidth(s, &which) == 0 && which == NULL);

	add_blocks(NULL, "threads", 2, 5, 1.5, 0.02);
	write_file("samples.ndjson", "ae", "{\"schema_version\":1,");    /* the block is still being written */
	assert_int_equal(summary_more(s, why), 0);
	assert_true(s->truncated && s->rows == 10);
	assert_true(isinf(summary_halfwidth(s, &which)));
	assert_ptr_equal(which, cell_of(s, "threads", 2));

	write_file("samples.ndjson", "ae", "\"block\":5,\"order\":0,\"lesson\":\"sum\",\"variant\":\"serial\","
		"\"size\":\"measured\",\"regime\":\"warm\",\"workers\":1,\"n\":100,\"params\":{},\"is_warmup\":false,"
		"\"outcome\":\"ok\",\"start_ns\":5000,\"wall_ns\":1000000}\n");
	add_row((struct row){ .workers = 2, .block = 5, .order = 1, .start_ns = 5500, .wall_ns = 600000 });
	add_row((struct row){ .variant = "race", .block = 5, .order = 2, .outcome = "wrong" });
	assert_int_equal(summary_more(s, why), 0);
	assert_false(s->truncated);
	assert_int_equal(s->rows, 13);  /* each of them once */
	double halfwidth = summary_halfwidth(s, NULL);
	assert_true(halfwidth > 0.001 && halfwidth < 0.5);
	summary_free(s);
	s = read_ok();
	near(summary_halfwidth(s, NULL), halfwidth);    /* read anew */
	summary_free(s);
}

/* ---- verdicts ---- */

static void assert_verdict(const struct summary *s, const char *by, unsigned workers, const char *expected)
{
	char text[64];
	summary_verdict_text(s, cell_of(s, by, workers), SUMMARY_WARM, text, sizeof text);
	assert_string_equal(text, expected);
	assert_in_range(strlen(text), 1, 17);
}

static void verdicts_compare_the_interval_with_one(void **state)
{
	(void)state;
	add_blocks(NULL, "threads", 2, 8, 1.5, 0.01);
	for (unsigned b = 0; b < 8; b++) {
		uint64_t slow = 1300000 + b * 1000, same = b % 2 ? 990000 : 1012000, wild = b % 2 ? 800000 : 1300000;
		uint64_t imprecise = b % 2 ? 300000 : 400000, nearly = b % 2 ? 983000 : 1004000;
		add_row((struct row){ .workers = 3, .block = b, .order = 3, .wall_ns = slow });
		add_row((struct row){ .workers = 4, .block = b, .order = 4, .wall_ns = same });
		add_row((struct row){ .workers = 5, .block = b, .order = 5, .wall_ns = wild });
		add_row((struct row){ .workers = 6, .block = b, .order = 6, .wall_ns = imprecise });
		add_row((struct row){ .workers = 8, .block = b, .order = 8, .wall_ns = nearly });
		add_row((struct row){ .workers = 9, .block = b, .order = 9, .wall_ns = b % 2 ? 200000 : 9000000 });
		if (b < 5)
			add_row((struct row){ .workers = 7, .block = b, .order = 7, .wall_ns = 500000 });
	}
	struct summary *s = read_ok();
	assert_verdict(s, "serial", 1, "base");
	assert_verdict(s, "threads", 2, "faster");
	assert_verdict(s, "threads", 3, "slower");
	assert_verdict(s, "threads", 4, "unclear");
	assert_verdict(s, "threads", 8, "unclear");
	assert_true(cell_of(s, "threads", 4)->regime[SUMMARY_WARM].speedup < 1);
	assert_true(cell_of(s, "threads", 8)->regime[SUMMARY_WARM].speedup > 1);
	assert_verdict(s, "threads", 5, "imprecise, +-25 %");
	assert_verdict(s, "threads", 9, "imprecise, > 99 %");  /* once wider than the table */
	assert_verdict(s, "threads", 6, "faster (+-14.8 %)");
	assert_true(cell_of(s, "threads", 6)->regime[SUMMARY_WARM].imprecise);
	assert_verdict(s, "threads", 7, "too few blocks");
	assert_true(cell_of(s, "threads", 7)->regime[SUMMARY_WARM].speedup > 1.9);
	summary_free(s);
}

static void failed_cells_have_no_speedup(void **state)
{
	(void)state;
	add_blocks(NULL, "threads", 2, 8, 1.5, 0);
	add_blocks(NULL, "race", 2, 8, 1.5, 0);
	add_row((struct row){ .variant = "race", .workers = 2, .block = 8, .outcome = "wrong", .reason = "lost 3" });
	add_row((struct row){ .variant = "race", .workers = 3, .wall_ns = 5 });
	add_row((struct row){ .workers = 2, .block = 8, .outcome = "died", .reason = "signal 11" });
	add_row((struct row){ .variant = "forks", .workers = 2, .block = 1, .outcome = "hung" });
	add_row((struct row){ .variant = "forks", .workers = 2, .block = 2, .outcome = "hung" });
	add_row((struct row){ .variant = "forks", .workers = 2, .block = 3, .outcome = "leaked" });
	add_row((struct row){ .variant = "forks", .workers = 3, .block = 3, .outcome = "skipped" });
	add_blocks(NULL, "forks", 4, 8, 1.5, 0);
	add_row((struct row){ .variant = "forks", .workers = 4, .block = 8, .outcome = "wrong" });

	struct summary *s = read_ok();
	assert_verdict(s, "threads", 2, "faster");      /* it died once: the others count */
	assert_verdict(s, "race", 2, "wrong 1/9");
	assert_verdict(s, "race", 3, "ok, by luck");
	assert_verdict(s, "forks", 2, "hung 2/3");
	assert_verdict(s, "forks", 3, "skipped 1/1");
	assert_verdict(s, "forks", 4, "wrong 1/9");     /* wrong once is wrong */
	assert_true(isnan(cell_of(s, "race", 2)->regime[SUMMARY_WARM].speedup));
	assert_true(isnan(cell_of(s, "forks", 4)->regime[SUMMARY_WARM].speedup));
	assert_string_equal(cell_of(s, "threads", 2)->reason, "signal 11");
	summary_free(s);
}

static void outcomes_have_the_names_that_the_conductor_writes(void **state)
{
	(void)state;
	assert_int_equal((int)SUMMARY_OUTCOMES, (int)OUTCOME_SKIPPED + 1);
	for (int i = 0; i < SUMMARY_OUTCOMES; i++)
		assert_string_equal(summary_outcome_name[i], outcome_name[i]);
}

/* ---- damaged input ---- */

static void assert_refused(int error, const char *piece)
{
	struct summary *s;
	assert_int_equal(summary_read(folder, &s, why), error);
	assert_null(s);
	assert_contains(why, piece);
}

static void a_truncated_last_line_is_passed_over(void **state)
{
	char *table = NULL;
	size_t size = 0;

	(void)state;
	add_blocks(NULL, "threads", 2, 6, 1.5, 0);
	write_file("samples.ndjson", "ae", "{\"schema_version\":1,\"blo");
	struct summary *s = read_ok();
	assert_true(s->truncated);
	assert_int_equal(s->rows, 12);
	FILE *out = open_memstream(&table, &size);
	table_write(out, s);
	fclose(out);
	assert_contains(table, "The last line of samples.ndjson has no end");
	free(table);
	summary_free(s);
}

/* A good row with `from` replaced by `to`, as the third line. */
static void spoil(const char *from, const char *to, const char *expected)
{
	char row[1024], *text, *at;

	write_file("samples.ndjson", "we", "");
	for (unsigned i = 0; i < 3; i++)
		add_row((struct row){ .wall_ns = 5, .block = i });
	text = read_whole(in_folder("samples.ndjson"));
	at = text;
	for (int i = 0; i < 2; i++)
		at = strchr(at, '\n') + 1;
	char *place = strstr(at, from);
	assert_non_null(place);
	snprintf(row, sizeof row, "%.*s%s%s", (int)(place - at), at, to, place + strlen(from));
	*at = '\0';
	write_file("samples.ndjson", "we", text);
	write_file("samples.ndjson", "ae", row);
	free(text);
	assert_refused(-EBADMSG, "samples.ndjson, line 3: ");
	assert_contains(why, expected);
	assert_contains(why, "take that line out, or measure again");
}

static void a_damaged_row_is_named_by_file_and_line(void **state)
{
	(void)state;
	spoil("{", "\001", "expected JSON");
	spoil("{\"schema_version\":1,", "[1]\n{", "row: expected an object, found [1]");
	spoil("\"schema_version\":1", "\"schema_version\":\"1\"", "schema_version: expected 1, found \"1\"");
	spoil("\"wall_ns\":5", "\"wall_ns\":NaN", "expected JSON");
	spoil("\"wall_ns\":5", "\"wall_ns\":-5", "wall_ns: expected a whole number from 0 to ");
	spoil("\"wall_ns\":5", "\"wall_ns\":5.5", "wall_ns: expected a whole number from 0 to ");
	spoil("\"wall_ns\":5", "\"wall_ns\":1e999", "expected JSON");
	spoil("\"wall_ns\":5", "\"wall_ns\":99999999999999999999999", "expected JSON");
	spoil("\"wall_ns\":5", "\"wall_ns\":2000000000000000000", "wall_ns: expected a whole number from 0 to ");
	spoil("\"wall_ns\":5", "\"wall_ns\":null", "wall_ns: expected a whole number from 0 to ");
	spoil("\"wall_ns\":5", "\"x\":5", "found nothing");
	spoil("\"block\":2", "\"block\":512", "block: expected a whole number from 0 to 511, found 512");
	spoil("\"block\":2", "\"block\":2,\"block\":3", "expected JSON");
	spoil("\"workers\":1", "\"workers\":0", "workers: expected a whole number from 1 to ");
	spoil("\"workers\":1", "\"workers\":[1]", "found [1]");
	spoil("\"size\":\"measured\"", "\"size\":\"huge\"", "size: expected measured or document, found \"huge\"");
	spoil("\"regime\":\"warm\"", "\"regime\":3", "regime: expected cold or warm, found 3");
	spoil("\"outcome\":\"ok\"", "\"outcome\":\"fine\"", "outcome: expected ok, wrong, died, hung");
	spoil("\"is_warmup\":false", "\"is_warmup\":0", "is_warmup: expected true or false, found 0");
	spoil("\"params\":{}", "\"params\":{\"a\":\"b\"}", "params: expected numbers, found \"b\"");
	spoil("\"lesson\":\"sum\"", "\"lesson\":null", "lesson: expected a text, found null");
}

static void a_damaged_run_json_is_named(void **state)
{
	static const struct { const char *text, *expected; int error; } cases[] = {
		{ "", "run.json, line 1: expected JSON", -EBADMSG },
		{ "{\"schema_version\": 1", "expected JSON", -EBADMSG },
		{ "[]", "run.json: run.json: expected an object, found []", -EBADMSG },
		{ "{}", "schema_version: expected 1, found nothing", -EBADMSG },
		{ "{\"schema_version\": 2}", "written by a later one", -EPROTONOSUPPORT },
		{ "{\"schema_version\": 1, \"precision\": -1}", "expected a number between 0 and 1", -EBADMSG },
		{ "{\"schema_version\": 1, \"host\": 5}", "host: expected a text, found 5", -EBADMSG },
		{ "{\"schema_version\": 1, \"lessons\": {}}", "lessons: expected a list, found {}", -EBADMSG },
		{ "{\"schema_version\": 1, \"lessons\": [5]}", "name: expected a text, found nothing", -EBADMSG },
		{ "{\"schema_version\": 1, \"lessons\": [{\"name\":\"a\"},{\"name\":\"a\"}]}", "name once", -EBADMSG },
		{ "{\"schema_version\": 1, \"left_out\": [{}]}", "lesson: expected a text", -EBADMSG },
		{ "{\"schema_version\": 1, \"notes\": [1]}", "notes: expected texts, found 1", -EBADMSG },
		{ "{\"schema_version\": 1, \"machine\": {\"cores\": -2}}", "cores: expected a whole", -EBADMSG },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		write_file("run.json", "we", cases[i].text);
		assert_refused(cases[i].error, cases[i].expected);
	}
	write_file("run.json", "we", "{\"schema_version\": 1}");        /* nothing else is needed */
	summary_free(read_ok());
	assert_int_equal(unlink(in_folder("run.json")), 0);
	assert_refused(-ENOENT, "expected the folder of a `manyhands run`");
}

static void a_missing_samples_file_is_named(void **state)
{
	(void)state;
	assert_int_equal(unlink(in_folder("samples.ndjson")), 0);
	assert_refused(-ENOENT, "samples.ndjson: No such file");
}

static void no_rows_make_an_honest_report(void **state)
{
	char *text = NULL;
	size_t size = 0;

	(void)state;
	FILE *out = open_memstream(&text, &size);
	assert_int_equal(report_folder(folder, SCRIPTS, out), 0);
	fclose(out);
	assert_contains(text, "Nothing was measured");
	free(text);
	text = read_whole(in_folder("summary.csv"));
	assert_non_null(text);
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);  /* the heading alone */
	free(text);
}

/* ---- summary.csv ---- */

static void csv_has_a_row_per_cell_and_regime(void **state)
{
	(void)state;
	add_blocks(NULL, "threads", 2, 6, 2, 0);
	add_row((struct row){ .workers = 2, .block = 0, .order = 1, .regime = "cold", .wall_ns = 3000000 });
	add_row((struct row){ .lesson = "a,b", .variant = "say \\\"x\\\"", .outcome = "died" });
	struct summary *s = read_ok();
	assert_int_equal(csv_save(folder, s, why), 0);
	summary_free(s);
	char *text = read_whole(in_folder("summary.csv"));
	assert_non_null(text);
	assert_string_equal(text,
		"lesson,variant,size,regime,workers,n,params,blocks,runs,"
		"time_median_s,time_p10_s,time_p90_s,time_low_s,time_high_s,speedup,speedup_low,speedup_high,"
		"efficiency,ceiling,ceiling_low,ceiling_high,rate_per_s,clean,clean_low,clean_high,disturbed,bimodal,"
		"startup_s,work_s,teardown_s,imbalance,memory_ceiling,memory_ceiling_low,memory_ceiling_high,"
		"crossed_bytes,moved_bytes,verdict\n"
		"sum,serial,measured,warm,1,100,,6,6,0.001,0.001,0.001,0.001,0.001,,,,,,,,100000,"
		",,,0,no,,,,,,,,0,0,base\n"
		"sum,threads,measured,warm,2,100,,6,6,0.0005,0.0005,0.0005,0.0005,0.0005,2,2,2,1,,,,200000,"
		"2,2,2,0,no,,,,,,,,0,0,faster\n"
		"sum,threads,measured,cold,2,100,,1,1,0.003,0.003,0.003,,,,,,,,,,33333.3333,"
		",,,0,no,,,,,,,,0,0,no base\n"
		"\"a,b\",\"say \"\"x\"\"\",measured,,1,100,,0,0,,,,,,,,,,,,,,,,,0,no,,,,,,,,0,0,died 1/1\n");
	free(text);
}

static void csv_that_cannot_be_written_says_so(void **state)
{
	(void)state;
	struct summary *s = read_ok();
	assert_true(csv_save("/nonexistent", s, why) < 0);
	assert_contains(why, "cannot write /nonexistent/summary.csv: ");
	summary_free(s);
}

/* ---- the table ---- */

static char *table_of(const struct summary *s)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	table_write(out, s);
	fclose(out);
	return text;
}

static void assert_eighty_columns(const char *text)
{
	char line[1024];

	for (const char *end; *text; text = end + 1) {
		end = strchr(text, '\n');
		assert_non_null(end);
		assert_in_range(end - text, 0, (int)sizeof line - 1);
		snprintf(line, sizeof line, "%.*s", (int)(end - text), text);
		if (words_columns(line) > 80)
			fail_msg("%zu columns: %s", words_columns(line), line);
		for (const char *c = line; *c; c++)
			assert_true((unsigned char)*c >= ' ' && *c != 127);
	}
}

static void the_table_says_what_was_measured(void **state)
{
	(void)state;
	add_blocks("capacity", "copies", 2, 6, 1.9, 0);
	add_blocks(NULL, "threads", 2, 6, 1.75, 0);
	for (unsigned b = 0; b < 6; b++) {
		add_row((struct row){ .workers = 2, .block = b, .order = 1, .regime = "cold", .wall_ns = 900000 });
		add_row((struct row){ .workers = 2, .block = b, .size = "document", .n = 3, .wall_ns = 2500 });
		add_row((struct row){ .variant = "serial", .block = b, .size = "document", .n = 3, .wall_ns = 1000 });
	}
	add_row((struct row){ .variant = "race", .workers = 2, .outcome = "wrong", .reason = "lost 3 additions" });
	struct summary *s = read_ok();
	char *text = table_of(s);
	assert_contains(text, "test: lab, Test CPU, 2 cores\n");
	assert_contains(text, "Ceiling (copies of one loop, nothing shared): 1.900 [1.900, 1.900] at p = 2\n");
	assert_contains(text, "Sum (sum)\nn = 100 terms; serial takes 1.00 ms [1.00, 1.00], 6 blocks\n");
	assert_contains(text, "threads               2  571 us  1.750 [1.750, 1.750]  900 us faster\n");
	assert_contains(text, "race                  2       -      -                      - wrong 1/1\n"
		"  lost 3 additions\n");
	assert_contains(text, "of the ceiling at p = 2: threads 92 %\n");
	assert_contains(text, "the document's size, n = 3 terms; p: warm time (speedup)\n");
	assert_contains(text, "threads             2: 2.50 us (0.400)\n");
	assert_eighty_columns(text);
	free(text);
	summary_free(s);
}

static void the_table_keeps_to_80_columns_whatever_the_names(void **state)
{
	(void)state;
	add_evil();
	struct summary *s = read_ok();
	char *text = table_of(s);
	assert_eighty_columns(text);
	assert_contains(text, "0123456789012345...");
	free(text);
	summary_free(s);
}

/* ---- words ---- */

static void words_fit_their_columns(void **state)
{
	char out[256];

	(void)state;
	assert_string_equal(words_ratio(1.9744, out, sizeof out), "1.974");
	assert_string_equal(words_ratio(9.99951, out, sizeof out), "10.00");
	assert_string_equal(words_ratio(63.8149, out, sizeof out), "63.81");
	assert_string_equal(words_ratio(0.00001234, out, sizeof out), "1e-05");
	assert_string_equal(words_ratio(123456, out, sizeof out), "1e+05");
	assert_string_equal(words_ratio(NAN, out, sizeof out), "-");
	assert_string_equal(words_interval(NAN, 2, out, sizeof out), "");
	assert_string_equal(words_time_interval(0.1034, 0.1026, 0.1041, out, sizeof out), "103 ms [103, 104]");
	assert_string_equal(words_time_interval(0.9991, 0.9989, 1.01, out, sizeof out), "999 ms [999 ms, 1.01 s]");
	assert_string_equal(words_clean("abcdef", 5, out, sizeof out), "ab...");
	assert_string_equal(words_clean("ab\x1b[31m\xc2\x9b", 20, out, sizeof out), "ab?[31m?");
	assert_string_equal(words_clean("世界世界", 7, out, sizeof out), "世界...");
	assert_string_equal(words_clean("éée", 3, out, sizeof out), "éée");
	assert_int_equal(words_columns("世é"), 3);
	assert_string_equal(words_size(1, "term of each job", "", out, sizeof out), "n = 1 term of each job");
	assert_string_equal(words_size(20000, "term of each job", "a=1", out, sizeof out),
		"n = 20 000 terms of each job, a=1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FOLDER(a_cell_is_paired_with_the_nearest_base_of_its_block),
		WITH_FOLDER(a_base_of_another_problem_or_block_is_no_base),
		WITH_FOLDER(warm_is_the_median_of_the_runs_and_cold_the_first_row),
		WITH_FOLDER(speedup_is_the_paired_hodges_lehmann_estimate),
		WITH_FOLDER(the_capacity_gives_the_ceiling),
		WITH_FOLDER(halfwidth_follows_the_rows_as_they_are_appended),
		WITH_FOLDER(verdicts_compare_the_interval_with_one),
		WITH_FOLDER(failed_cells_have_no_speedup),
		cmocka_unit_test(outcomes_have_the_names_that_the_conductor_writes),
		WITH_FOLDER(a_truncated_last_line_is_passed_over),
		WITH_FOLDER(a_damaged_row_is_named_by_file_and_line),
		WITH_FOLDER(a_damaged_run_json_is_named),
		WITH_FOLDER(a_missing_samples_file_is_named),
		WITH_FOLDER(no_rows_make_an_honest_report),
		WITH_FOLDER(csv_has_a_row_per_cell_and_regime),
		WITH_FOLDER(csv_that_cannot_be_written_says_so),
		WITH_FOLDER(the_table_says_what_was_measured),
		WITH_FOLDER(the_table_keeps_to_80_columns_whatever_the_names),
		cmocka_unit_test(words_fit_their_columns),
	};
	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
