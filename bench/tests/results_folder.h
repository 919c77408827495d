/* SPDX-License-Identifier: MIT */
/* results_folder.h -- a results folder of a test's own, in /tmp: made anew for each test, filled row by row. */
#ifndef BENCH_TESTS_RESULTS_FOLDER_H
#define BENCH_TESTS_RESULTS_FOLDER_H

#include "bench/report/summary.h"

#include <ftw.h>
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

static char folder[64];
static char why[SUMMARY_WHY];

static inline const char *in_folder(const char *name)
{
	static char path[2][512];
	static unsigned turn;
	char *out = path[turn++ % 2];
	snprintf(out, sizeof path[0], "%s/%s", folder, name);
	return out;
}

static inline void write_file(const char *name, const char *mode, const char *text)
{
	FILE *out = fopen(in_folder(name), mode);
	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static inline char *read_whole(const char *path)
{
	char *text = NULL;
	size_t size = 0;
	FILE *in = fopen(path, "re");
	if (in == NULL)
		return NULL;
	FILE *out = open_memstream(&text, &size);
	for (int c; (c = getc(in)) != EOF;)
		putc(c, out);
	fclose(in);
	fclose(out);
	return text;
}

static const char run_json[] = "{\"schema_version\": 1, \"run_id\": \"test\", \"host\": \"lab\", \"precision\": 0.03,"
	"\"machine\": {\"model\": \"Test CPU\", \"cores\": 2, \"hypervisor\": null}, \"finished\": true,"
	"\"lessons\": [{\"name\": \"sum\", \"title\": \"Sum\", \"unit\": \"term\", \"variants\": ["
	"{\"name\": \"serial\", \"expect\": \"correct\"}, {\"name\": \"threads\", \"expect\": \"correct\"},"
	"{\"name\": \"forks\", \"expect\": \"correct\"}, {\"name\": \"race\", \"expect\": \"wrong\"}]},"
	"{\"name\": \"capacity\", \"title\": \"Capacity\", \"unit\": \"step\", \"variants\": ["
	"{\"name\": \"serial\", \"expect\": \"correct\"}, {\"name\": \"copies\", \"expect\": \"correct\"}]}],"
	"\"left_out\": [], \"notes\": []}\n";

static inline int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/test_results.XXXXXX");
	assert_non_null(mkdtemp(folder));
	write_file("run.json", "we", run_json);
	write_file("samples.ndjson", "we", "");
	return 0;
}

static inline int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status, (void)type, (void)place;
	return remove(path);
}

static inline int tear_down(void **state)
{
	(void)state;
	return nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

#define NOTHING UINT64_MAX      /* n = 0, which left out means 100 */

/* A row; what is left out means: lesson sum, variant threads, measured, warm, run 2, ok. */
struct row {
	const char *lesson, *variant, *size, *regime, *outcome, *reason;
	const char *more;               /* further fields, a comma first */
	unsigned workers, block, order;
	uint64_t n, start_ns, wall_ns;
	bool warmup;
};

static inline void add_row(struct row r)
{
	FILE *out = fopen(in_folder("samples.ndjson"), "ae");
	const char *outcome = r.outcome ? r.outcome : "ok";
	assert_non_null(out);
	fprintf(out, "{\"schema_version\":1,\"block\":%u,\"order\":%u,\"lesson\":\"%s\",\"variant\":\"%s\","
		"\"size\":\"%s\",\"regime\":\"%s\",\"workers\":%u,\"n\":%" PRIu64 ",\"params\":{},"
		"\"is_warmup\":%s,\"outcome\":\"%s\"",
		r.block, r.order, r.lesson ? r.lesson : "sum", r.variant ? r.variant : "threads",
		r.size ? r.size : "measured", r.regime ? r.regime : "warm", r.workers ? r.workers : 1,
		r.n == NOTHING ? 0 : r.n ? r.n : 100,
		r.warmup ? "true" : "false", outcome);
	if (strcmp(outcome, "ok") == 0)
		fprintf(out, ",\"start_ns\":%" PRIu64 ",\"wall_ns\":%" PRIu64, r.start_ns, r.wall_ns);
	else
		fputs(",\"wall_ns\":null", out);
	fprintf(out, ",\"reason\":%s%s%s%s}\n", r.reason ? "\"" : "", r.reason ? r.reason : "null",
		r.reason ? "\"" : "", r.more ? r.more : "");
	fclose(out);
}

/* `blocks` blocks of serial at 1 ms and of threads at 1 ms / speedup, both wobbling by `spread`, independently. */
static inline void add_blocks(const char *of_lesson, const char *by, unsigned workers, unsigned blocks, double speedup,
	double spread)
{
	for (unsigned b = 0; b < blocks; b++) {
		double wobble = 1 + spread * ((b * 7 % 11) / 5.0 - 1), counter = 1 + spread * ((b * 3 % 7) / 3.0 - 1);
		if (workers == 2 || of_lesson != NULL)
			add_row((struct row){ .lesson = of_lesson, .variant = "serial", .block = b, .order = 0,
				.start_ns = b * 1000, .wall_ns = (uint64_t)(1e6 * wobble) });
		add_row((struct row){ .lesson = of_lesson, .variant = by, .workers = workers, .block = b, .order = 1,
			.start_ns = b * 1000 + 500, .wall_ns = (uint64_t)(1e6 / speedup * counter) });
	}
}

static inline struct summary *read_ok(void)
{
	struct summary *s;
	if (summary_read(folder, &s, why) != 0)
		fail_msg("%s", why);
	return s;
}

static inline const struct summary_cell *cell_of(const struct summary *s, const char *by, unsigned workers)
{
	for (unsigned i = 0; i < s->cells; i++)
		if (strcmp(summary_variant_name(s, s->cell[i]), by) == 0 && s->cell[i]->workers == workers)
			return s->cell[i];
	fail_msg("no cell %s with %u workers", by, workers);
	return NULL;
}

static inline void near(double found, double expected)
{
	if (!(fabs(found - expected) <= 1e-9 * (1 + fabs(expected))))
		fail_msg("expected %.12g, found %.12g", expected, found);
}

static inline void assert_contains(const char *text, const char *piece)
{
	if (text == NULL || strstr(text, piece) == NULL)
		fail_msg("expected \"%s\" in: %.2000s", piece, text ? text : "(nothing)");
}

/* What names may hold. */
#define EVIL "''x'\\\"`touch pwned`@title \\\\ {/Symbol a} %s $(touch pwned) \\u202e\\u001b[31m \\u4e16\\u754c <b>"
#define LONG "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"

static inline void add_evil(void)
{
	static const char in[] = "../" EVIL;    /* the lesson */
	write_file("run.json", "we", "{\"schema_version\":1,\"run_id\":\"" EVIL "\",\"machine\":{\"model\":\"" EVIL EVIL
		"\"},\"lessons\":[{\"name\":\"../" EVIL "\",\"title\":\"" EVIL "\",\"unit\":\"" EVIL "\"}],"
		"\"notes\":[\"" LONG LONG "\",\"" EVIL "\"],"
		"\"left_out\":[{\"lesson\":\"" LONG "\",\"variant\":\"" EVIL "\","
		"\"workers\":3,\"reason\":\"" EVIL LONG "\"}]}");
	for (unsigned b = 0; b < 6; b++) {
		add_row((struct row){ .lesson = in, .variant = "serial", .block = b, .wall_ns = 1000 });
		add_row((struct row){ .lesson = in, .variant = EVIL, .block = b, .workers = 1000, .wall_ns = 9 });
		add_row((struct row){ .lesson = in, .variant = "system(\\\"touch x\\\")", .block = b, .wall_ns = 7 });
		add_row((struct row){ .lesson = in, .variant = "EOD", .block = b, .wall_ns = 900 + b * 200 });
		add_row((struct row){ .lesson = in, .variant = LONG, .block = b, .outcome = "died", .reason = EVIL });
		add_row((struct row){ .lesson = in, .variant = LONG, .block = b, .wall_ns = 9, .size = "document" });
		add_row((struct row){ .lesson = in, .variant = LONG, .block = b, .wall_ns = UINT64_C(999999999999999),
			.workers = 999, .size = "document", .n = INT64_MAX });
	}
}

#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
