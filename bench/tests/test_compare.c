/* SPDX-License-Identifier: MIT */
/* test_compare.c -- two results folders: which cells belong together, their ratio, what is said of it. */
#include "bench/base/stats.h"
#include "bench/report/compare.h"
#include "bench/report/compare_chart.h"
#include "bench/report/words.h"

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

/* ---- two results folders of our own ---- */

enum { A, B };
static char folder[2][32], why[SUMMARY_WHY];
static struct summary *run[2];
static struct compare *c;

static void in_file(int which, const char *name, const char *mode, const char *format, ...)
{
	char path[128];
	va_list args;

	snprintf(path, sizeof path, "%s/%s", folder[which], name);
	FILE *out = fopen(path, mode);
	assert_non_null(out);
	va_start(args, format);
	vfprintf(out, format, args);
	va_end(args);
	assert_int_equal(fclose(out), 0);
}

/* run.json with these fields before the others; without any, those of one machine. */
static void write_run(int which, const char *fields)
{
	in_file(which, "run.json", "we", "{\"schema_version\":1,\"run_id\":\"run%c\",%s"
		"\"lessons\":[{\"name\":\"sum\",\"title\":\"Sum\",\"unit\":\"term\",\"variants\":["
		"{\"name\":\"serial\",\"expect\":\"correct\"},{\"name\":\"threads\",\"expect\":\"correct\"},"
		"{\"name\":\"race\",\"expect\":\"wrong\"}]},"
		"{\"name\":\"capacity\",\"title\":\"Capacity\",\"unit\":\"step\"}],\"finished\":true}",
		'A' + which, fields ? fields : "\"host\":\"lab\",\"precision\":0.03,\"kernel\":\"Linux 6\","
		"\"machine\":{\"model\":\"CPU\",\"cores\":2,\"pus\":4},\"policy\":\"cores\",\"compiler\":\"cc 12\",");
}

static int set_up(void **state)
{
	(void)state;
	for (int which = A; which <= B; which++) {
		snprintf(folder[which], sizeof folder[which], "/tmp/test_compare.XXXXXX");
		assert_non_null(mkdtemp(folder[which]));
		write_run(which, NULL);
		in_file(which, "samples.ndjson", "we", "%s", "");
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (int which = A; which <= B; which++) {
		char path[128];
		snprintf(path, sizeof path, "%s/run.json", folder[which]);
		unlink(path);
		snprintf(path, sizeof path, "%s/samples.ndjson", folder[which]);
		unlink(path);
		rmdir(folder[which]);
	}
	return 0;
}

/* A row; what is left out means: lesson sum, variant threads, measured, warm, one worker, n = 100, ok. */
struct row {
	const char *lesson, *variant, *size, *regime, *outcome, *params;
	unsigned workers, block;
	uint64_t n, wall_ns;
};

static void add_row(int which, struct row r)
{
	bool ok = r.outcome == NULL;
	char wall[64] = "null";

	if (ok)
		snprintf(wall, sizeof wall, "%" PRIu64 ",\"start_ns\":%u", r.wall_ns, 1000 * r.block);
	in_file(which, "samples.ndjson", "ae", "{\"schema_version\":1,\"block\":%u,\"order\":0,\"lesson\":\"%s\","
		"\"variant\":\"%s\",\"size\":\"%s\",\"regime\":\"%s\",\"workers\":%u,\"n\":%" PRIu64 ",\"params\":{%s},"
		"\"is_warmup\":false,\"outcome\":\"%s\",\"wall_ns\":%s}\n",
		r.block, r.lesson ? r.lesson : "sum", r.variant ? r.variant : "threads", r.size ? r.size : "measured",
		r.regime ? r.regime : "warm", r.workers ? r.workers : 1, r.n ? r.n : 100, r.params ? r.params : "",
		ok ? "ok" : r.outcome, wall);
}

/* Blocks [from, from + blocks) of `r`, whose times lie around r.wall_ns, by 1 per mille up and down. */
static void add_blocks(int which, struct row r, unsigned from, unsigned blocks)
{
	uint64_t centre = r.wall_ns;

	for (unsigned b = 0; b < blocks; b++) {
		r.block = from + b;
		r.wall_ns = centre + centre / 1000 * (b * 7 % 5) - centre / 500;
		add_row(which, r);
	}
}

static void add_machine(int which, uint64_t n, uint64_t wall_ns)
{
	add_blocks(which, (struct row){ .lesson = "capacity", .variant = "serial", .n = n, .wall_ns = wall_ns }, 0, 8);
}

static int make(bool other_machine)
{
	for (int which = A; which <= B; which++)
		if (summary_read(folder[which], &run[which], why) != 0)
			fail_msg("%s", why);
	return compare_make(run[A], run[B], other_machine, &c, why);
}

static void make_ok(void)
{
	if (make(false) != 0)
		fail_msg("%s", why);
}

static void done(void)
{
	compare_free(c);
	c = NULL;
	summary_free(run[A]);
	summary_free(run[B]);
}

static const struct compare_row *row_of(const char *variant, unsigned workers)
{
	for (unsigned i = 0; i < c->rows; i++) {
		const struct summary_cell *cell = compare_cell(&c->row[i]);
		if (!c->row[i].machine && cell->workers == workers
			&& strcmp(summary_variant_name(compare_summary(c, &c->row[i]), cell), variant) == 0)
			return &c->row[i];
	}
	fail_msg("no row %s with %u workers", variant, workers);
	return NULL;
}

static void near(double found, double expected)
{
	if (!(fabs(found - expected) <= 1e-6 * (1 + fabs(expected))))
		fail_msg("expected %.12g, found %.12g", expected, found);
}

static void assert_verdict(const char *variant, unsigned workers, const char *expected)
{
	assert_string_equal(compare_verdict_name[row_of(variant, workers)->verdict], expected);
}

static char *told(void (*write)(FILE *, const struct compare *))
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	write(out, c);
	fclose(out);
	return text;
}

static void assert_contains(const char *text, const char *piece)
{
	if (strstr(text, piece) == NULL)
		fail_msg("expected \"%s\" in: %.3000s", piece, text);
}

/* ---- ratios ---- */

static void a_ratio_is_time_of_a_over_time_of_b(void **state)
{
	(void)state;
	add_machine(A, 1000, 5000000);
	add_machine(B, 1000, 5000000);
	add_blocks(A, (struct row){ .workers = 1, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .workers = 1, .wall_ns = 800000 }, 0, 8);
	add_blocks(A, (struct row){ .workers = 2, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .workers = 2, .wall_ns = 1100000 }, 0, 8);
	add_blocks(A, (struct row){ .workers = 3, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .workers = 3, .wall_ns = 1000000 }, 0, 8);
	make_ok();
	near(row_of("threads", 1)->ratio.estimate, 1.25);
	near(row_of("threads", 2)->ratio.estimate, 1 / 1.1);
	near(row_of("threads", 1)->time_a_s, 0.001);
	near(row_of("threads", 1)->time_b_s, 0.0008);
	assert_verdict("threads", 1, "faster");
	assert_verdict("threads", 2, "slower");
	assert_verdict("threads", 3, "same");
	assert_int_equal(c->verdicts[COMPARE_FASTER], 1);
	assert_int_equal(c->verdicts[COMPARE_SAME], 1);         /* the machine's own is not counted */
	done();
}

static void independent_runs_get_the_two_sample_interval(void **state)
{
	double x[8], y[6], scratch[48], shift;
	struct stats_interval interval;

	(void)state;
	for (unsigned b = 0; b < 8; b++) {
		uint64_t ns = 1000000 + b * b * 700;
		x[b] = log((double)ns * 1e-9);
		add_row(A, (struct row){ .block = b, .wall_ns = ns });
	}
	for (unsigned b = 0; b < 6; b++) {
		uint64_t ns = 990000 + b * 2900;
		y[b] = log((double)ns * 1e-9);
		add_row(B, (struct row){ .block = 100 + b, .wall_ns = ns });
	}
	make_ok();
	assert_int_equal(stats_shift(x, 8, y, 6, 0.95, scratch, &shift, &interval), 0);
	const struct compare_row *row = row_of("threads", 1);
	near(row->ratio.estimate, exp(shift));
	near(row->ratio.low, exp(interval.low));
	near(row->ratio.high, exp(interval.high));
	assert_true(isnan(c->drift.low));       /* no capacity: nothing is widened */
	assert_int_equal(row->blocks_a, 8);
	assert_int_equal(row->blocks_b, 6);
	char *text = told(compare_text);
	assert_contains(text, "no interval is widened");
	free(text);
	done();
}

/* The machine became 5 % slower: what seems 4 % slower is not the program's doing for sure. */
static void the_drift_of_the_machine_widens_every_interval(void **state)
{
	(void)state;
	add_machine(A, 1000, 5000000);
	add_machine(B, 1000, 5250000);
	add_blocks(A, (struct row){ .workers = 1, .wall_ns = 1040000 }, 0, 8);
	add_blocks(B, (struct row){ .workers = 1, .wall_ns = 1000000 }, 0, 8);
	add_blocks(A, (struct row){ .workers = 2, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .workers = 2, .wall_ns = 1040000 }, 0, 8);
	make_ok();
	near(c->drift.estimate, 1 / 1.05);
	assert_true(c->drift.low < c->drift.estimate && c->drift.estimate < c->drift.high && c->drift.high < 1);
	const struct compare_row *up = row_of("threads", 1), *down = row_of("threads", 2);
	near(up->ratio.low, up->alone.low * c->drift.low);
	near(up->ratio.high, up->alone.high);           /* a drift below 1 widens below alone */
	assert_verdict("threads", 1, "unclear");
	near(down->ratio.low, down->alone.low * c->drift.low);
	assert_verdict("threads", 2, "slower");         /* it widens, and shifts nothing */
	done();
}

static void a_drift_upwards_widens_above(void **state)
{
	(void)state;
	add_machine(A, 1000, 5250000);
	add_machine(B, 1000, 5000000);
	add_blocks(A, (struct row){ .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .wall_ns = 1040000 }, 0, 8);
	make_ok();
	const struct compare_row *row = row_of("threads", 1);
	assert_true(c->drift.low > 1);
	near(row->ratio.low, row->alone.low);
	near(row->ratio.high, row->alone.high * c->drift.high);
	assert_verdict("threads", 1, "unclear");
	char *text = told(compare_text);
	assert_contains(text, "so every\n  interval is widened by what its own loop shows, 1.050 [1.048, 1.052].");
	assert_contains(text, "manyhands compare\n  --ab BUILD1 BUILD2\n");
	free(text);
	done();
}

/* Twins share their blocks' noise: it cancels, whatever the drift between blocks. */
static void twins_are_paired_block_by_block(void **state)
{
	(void)state;
	for (int which = A; which <= B; which++) {
		write_run(which, which == A ? "\"twin\":\"runB\"," : "\"twin\":\"runA\",");
		add_machine(which, 1000, which == A ? 5000000 : 6000000);
		for (unsigned b = which == B; b < 10; b++)      /* A has one more at the beginning, B in the middle */
			if (which == B || b != 4)
				add_row(which, (struct row){ .block = b,
				.wall_ns = (b % 2 ? 1000000 : 3000000) + b * 100
					- (which == B ? 20000 * (1 + b % 2) : 0) });
	}
	make_ok();
	assert_true(c->twins);
	const struct compare_row *row = row_of("threads", 1);
	assert_int_equal(row->blocks_a, 8);
	assert_int_equal(row->blocks_b, 8);
	assert_verdict("threads", 1, "faster");
	near(row->ratio.low, row->alone.low);
	double x[8], scratch[36], centre;
	for (unsigned b = 1, at = 0; b < 10; b += b == 3 ? 2 : 1) {
		double a = (b % 2 ? 1000000 : 3000000) + b * 100;
		x[at++] = log(a / (a - 20000 * (1 + b % 2)));
	}
	struct stats_interval interval;
	assert_int_equal(stats_hodges_lehmann(x, 8, 0.95, scratch, &centre, &interval), 0);
	near(row->ratio.estimate, exp(centre));
	near(row->ratio.high, exp(interval.high));
	char *text = told(compare_text);
	assert_contains(text, "took turns, block by block");
	free(text);
	done();
}

static void one_sided_twins_are_not_twins(void **state)
{
	(void)state;
	write_run(A, "\"twin\":\"runB\",");
	write_run(B, "\"twin\":\"runC\",");
	make_ok();
	assert_false(c->twins);
	done();
}

static void the_larger_precision_says_what_is_the_same(void **state)
{
	(void)state;
	for (unsigned b = 0; b < 8; b++)
		for (int which = A; which <= B; which++)
			add_row(which, (struct row){ .block = b,
				.wall_ns = 1000000 + (b * 3 + (unsigned)which) % 8 * 25000 });
	make_ok();
	assert_verdict("threads", 1, "unclear");
	done();
	write_run(B, "\"host\":\"lab\",\"precision\":0.1,\"kernel\":\"Linux 6\",\"policy\":\"cores\","
		"\"compiler\":\"cc 12\",\"machine\":{\"model\":\"CPU\",\"cores\":2,\"pus\":4},");
	make_ok();
	near(c->precision, 0.1);
	assert_verdict("threads", 1, "same");
	done();
}

static void too_few_blocks_give_an_estimate_alone(void **state)
{
	(void)state;
	add_blocks(A, (struct row){ .wall_ns = 1000000 }, 0, 3);
	add_blocks(B, (struct row){ .wall_ns = 500000 }, 0, 3);
	make_ok();
	assert_verdict("threads", 1, "too few");
	near(row_of("threads", 1)->ratio.estimate, 2);
	assert_true(isnan(row_of("threads", 1)->ratio.low));
	done();
}

/* ---- which cells belong together ---- */

static void cells_of_another_n_are_compared_per_item(void **state)
{
	(void)state;
	add_machine(A, 1000, 5000000);
	add_machine(B, 2000, 10000000);
	add_blocks(A, (struct row){ .n = 100, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .n = 300, .wall_ns = 1500000 }, 0, 8);
	make_ok();
	near(c->drift.estimate, 1);
	const struct compare_row *row = row_of("threads", 1);
	assert_true(row->per_item);
	near(row->ratio.estimate, 2);
	near(row->time_b_s, 0.0015);    /* in the data: per run */
	char *text = told(compare_text);
	assert_contains(text, "n = 100 terms in A, 300 in B: times and ratios are per item");
	assert_contains(text, " A/item  B/item ");
	assert_contains(text, "1 of them compares different n, per item: a larger n spreads");
	assert_contains(text, "threads               1 warm 10.0 us 5.00 us  2.000 ");
	free(text);
	done();
}

static void equal_n_comes_first_and_doubt_is_left_alone(void **state)
{
	(void)state;
	for (uint64_t n = 100; n <= 300; n += 100)
		add_blocks(A, (struct row){ .n = n, .wall_ns = n * 10000 }, 0, 8);
	add_blocks(B, (struct row){ .n = 200, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .n = 400, .wall_ns = 1000000 }, 0, 8);
	make_ok();
	unsigned alone_a = 0, alone_b = 0;
	for (unsigned i = 0; i < c->rows; i++) {
		alone_a += c->row[i].verdict == COMPARE_ONLY_A;
		alone_b += c->row[i].verdict == COMPARE_ONLY_B;
		if (c->row[i].a && c->row[i].b)
			assert_true(c->row[i].a->n == 200 && !c->row[i].per_item);
	}
	assert_int_equal(alone_a, 2);
	assert_int_equal(alone_b, 1);
	char *text = told(compare_text);
	assert_contains(text, "Only in A\n  sum threads p = 1 warm, n = 100\n  sum threads p = 1 warm, n = 300\n");
	assert_contains(text, "Only in B\n  sum threads p = 1 warm, n = 400\n");
	free(text);
	done();
}

static void lesson_variant_size_workers_and_params_must_be_alike(void **state)
{
	static const struct row others[] = {
		{ .lesson = "sun" }, { .variant = "forks" }, { .size = "document" }, { .workers = 2 },
		{ .params = "\"jobs\":3" },
	};

	(void)state;
	add_row(A, (struct row){ .wall_ns = 1000 });
	for (unsigned i = 0; i < sizeof others / sizeof *others; i++) {
		struct row r = others[i];
		r.wall_ns = 1000;
		add_row(B, r);
	}
	make_ok();
	assert_int_equal(c->rows, 6);
	assert_int_equal(c->verdicts[COMPARE_ONLY_A], 1);
	assert_int_equal(c->verdicts[COMPARE_ONLY_B], 5);
	done();
}

static void nothing_is_no_item(void **state)
{
	(void)state;
	in_file(A, "samples.ndjson", "we", "{\"schema_version\":1,\"block\":0,\"order\":0,\"lesson\":\"sum\","
		"\"variant\":\"threads\",\"size\":\"measured\",\"regime\":\"warm\",\"workers\":1,\"n\":0,"
		"\"params\":{},\"is_warmup\":false,\"outcome\":\"ok\",\"start_ns\":0,\"wall_ns\":5}\n");
	add_row(B, (struct row){ .n = 5, .wall_ns = 5 });
	make_ok();
	assert_int_equal(c->verdicts[COMPARE_ONLY_A], 1);
	assert_int_equal(c->verdicts[COMPARE_ONLY_B], 1);
	done();
}

static void both_regimes_are_compared(void **state)
{
	(void)state;
	for (int which = A; which <= B; which++)
		add_blocks(which, (struct row){ .wall_ns = 1000000 }, 0, 8);
	add_blocks(A, (struct row){ .regime = "cold", .wall_ns = 3000000 }, 0, 8);
	make_ok();
	assert_int_equal(c->rows, 2);
	assert_int_equal(c->row[0].regime, SUMMARY_WARM);
	assert_int_equal(c->row[1].verdict, COMPARE_ONLY_A);
	add_blocks(B, (struct row){ .regime = "cold", .wall_ns = 1500000 }, 0, 8);
	done();
	make_ok();
	near(c->row[1].ratio.estimate, 2);
	done();
}

static void failures_are_told_and_broken_variants_left_out(void **state)
{
	(void)state;
	for (int which = A; which <= B; which++) {
		add_blocks(which, (struct row){ .variant = "race", .wall_ns = 1000 }, 0, 8);
		for (unsigned workers = 1; workers <= 3; workers++)
			add_blocks(which, (struct row){ .workers = workers, .wall_ns = 1000000 }, 0, 8);
	}
	add_row(A, (struct row){ .workers = 1, .block = 9, .outcome = "wrong" });
	add_row(B, (struct row){ .workers = 2, .block = 9, .outcome = "wrong" });
	add_row(A, (struct row){ .workers = 3, .block = 9, .outcome = "wrong" });
	add_row(B, (struct row){ .workers = 3, .block = 9, .outcome = "wrong" });
	make_ok();
	assert_int_equal(c->rows, 3);
	assert_verdict("threads", 1, "failed in A");
	assert_verdict("threads", 2, "failed in B");
	assert_verdict("threads", 3, "failed");
	assert_true(isnan(row_of("threads", 1)->ratio.estimate) && isnan(row_of("threads", 2)->time_b_s));
	near(row_of("threads", 1)->time_b_s, 0.001);
	const struct compare_row *worst;
	assert_int_equal(compare_regressions(c, 0.5, &worst), 1);
	assert_ptr_equal(worst, row_of("threads", 2));
	done();
}

/* ---- what must not be compared ---- */

static void other_machines_are_refused_and_named(void **state)
{
	static const struct { const char *fields, *said; } cases[] = {
		{ "\"host\":\"pc\",\"kernel\":\"Linux 6\",\"machine\":{\"model\":\"CPU\",\"cores\":2,\"pus\":4},",
			"host is lab in A, pc in B;" },
		{ "\"host\":\"lab\",\"kernel\":\"Linux 6\",\"machine\":{\"model\":\"Z80\",\"cores\":2,\"pus\":4},",
			"model is CPU in A, Z80 in B;" },
		{ "\"host\":\"lab\",\"kernel\":\"Linux 6\",\"machine\":{\"model\":\"CPU\",\"cores\":4,\"pus\":4},",
			"cores is 2 in A, 4 in B;" },
		{ "\"host\":\"lab\",\"kernel\":\"Linux 6\",\"machine\":{\"model\":\"CPU\",\"cores\":2},",
			"pus is 4 in A, not told in B;" },
		{ "\"host\":\"lab\",\"kernel\":\"Linux 7\",\"machine\":{\"model\":\"CPU\",\"cores\":2,\"pus\":4},",
			"kernel is Linux 6 in A, Linux 7 in B;" },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		write_run(B, cases[i].fields);
		assert_int_equal(make(false), -EPERM);
		assert_null(c);
		assert_contains(why, cases[i].said);
		assert_contains(why, "--other-machine");
		done();
		assert_int_equal(make(true), 0);
		char *text = told(compare_text);
		assert_contains(text, "Not the same ");
		free(text);
		done();
	}
}

static void another_policy_or_compiler_is_noted(void **state)
{
	(void)state;
	write_run(B, "\"host\":\"lab\",\"kernel\":\"Linux 6\",\"machine\":{\"model\":\"CPU\",\"cores\":2,\"pus\":4},"
		"\"policy\":\"spread\",\"compiler\":\"clang \\u001b[31m\",");
	make_ok();
	assert_int_equal(c->differences, 2);
	char *text = told(compare_text);
	assert_contains(text, "Not the same policy: cores in A, spread in B\n");
	assert_contains(text, "Not the same compiler: cc 12 in A, clang ?[31m in B\n");
	free(text);
	done();
}

static void weak_and_strong_scaling_are_refused(void **state)
{
	(void)state;
	write_run(A, "\"scaling\":\"weak\",");
	write_run(B, "\"scaling\":\"strong\",");
	assert_int_equal(make(true), -EPERM);
	assert_contains(why, "A was measured with weak scaling and B with strong");
	done();
}

/* ---- regressions ---- */

static void a_regression_is_slower_for_sure_and_by_so_much(void **state)
{
	const struct compare_row *worst;

	(void)state;
	for (int which = A; which <= B; which++) {
		uint64_t slow = which == B;
		add_machine(which, 1000, 5000000 + slow * 5000000);     /* the machine is no program */
		add_row(which, (struct row){ .workers = 9, .wall_ns = 1000 + slow * 9000 });    /* too few to be sure */
	}
	make_ok();
	assert_int_equal(compare_regressions(c, 0.05, &worst), 0);
	assert_null(worst);
	done();
	set_up(NULL);
	for (int which = A; which <= B; which++)
		for (unsigned workers = 1; workers <= 4; workers++)
			add_blocks(which, (struct row){ .workers = workers,
				.wall_ns = 1000000 + (which == B ? 50000 * (workers - 1) : 0) }, 0, 8);
	make_ok();
	assert_int_equal(compare_regressions(c, 0.01, &worst), 3);
	assert_ptr_equal(worst, row_of("threads", 4));
	assert_int_equal(compare_regressions(c, 0.05, &worst), 3);      /* 5 % is 5 % */
	assert_int_equal(compare_regressions(c, 0.0501, &worst), 2);
	assert_int_equal(compare_regressions(c, 0.16, &worst), 0);
	done();
}

/* ---- what is told ---- */

#define EVIL "x'\\\"\\\\</script>\\u001b[31m\\u202e\\u009b2J,=1+1\\u4e16"

static void every_word_fits_80_columns_and_steers_nothing(void **state)
{
	static const char deep[] = "../../0123456789012345678901234567890123456789012345678901234567890123456789";

	(void)state;
	write_run(B, "\"host\":\"" EVIL "\",\"revision\":\"" EVIL EVIL EVIL EVIL "\",\"compiler\":\"" EVIL EVIL "\",");
	for (int which = A; which <= B; which++) {
		add_blocks(which, (struct row){ .lesson = EVIL, .variant = EVIL EVIL, .workers = 1000000,
			.n = INT64_MAX, .wall_ns = 990000000000000000 }, 0, 8);
		add_blocks(which, (struct row){ .lesson = EVIL, .variant = deep, .workers = 1000, .size = "document",
			.n = which == A ? INT64_MAX : 1, .wall_ns = which == A ? 1 : 990000000000000000,
			.params = "\"" EVIL "\":1e308" }, 0, 8);
		add_row(which, (struct row){ .lesson = deep, .variant = which == A ? EVIL : deep, .wall_ns = 1 });
	}
	assert_int_equal(make(true), 0);
	char *text = told(compare_text), line[1024];
	for (char *at = text, *end; *at; at = end + 1) {
		end = strchr(at, '\n');
		snprintf(line, sizeof line, "%.*s", (int)(end - at), at);
		if (words_columns(line) > 80)
			fail_msg("%zu columns: %s", words_columns(line), line);
		for (const char *s = line; *s; s++)
			assert_true((unsigned char)*s >= ' ' && *s != 127);
	}
	assert_contains(text, " 1e+09 s 1e+09 s ");
	assert_contains(text, " 1e-28 s 1e+09 s ");     /* a nanosecond for 9e18 items, 30 years for one */
	assert_null(strstr(text, "\xE2\x80\xAE"));
	assert_null(strstr(text, "\xC2\x9B"));
	free(text);
	char *json = told(compare_json);
	assert_null(strstr(json, "nan"));
	assert_null(strstr(json, "inf"));
	for (const char *s = json; *s; s++)
		assert_true((unsigned char)*s >= ' ' || *s == '\n');
	free(json);
	done();
}

static void the_text_names_the_largest_change_each_way(void **state)
{
	(void)state;
	for (int which = A; which <= B; which++) {
		add_machine(which, 1000, 5000000);
		for (unsigned workers = 1; workers <= 5; workers++)
			add_blocks(which, (struct row){ .workers = workers,
				.wall_ns = 1000000 + (which == B ? 100000 * workers - 300000 : 0) }, 0, 8);
	}
	make_ok();
	char *text = told(compare_text);
	assert_contains(text, "B is faster in 2 (most: sum threads p = 1 warm, by 25 %), slower in 2 (most: sum\n"
		"  threads p = 5 warm, by 20 %), the same in 1, unclear in 0.\n");
	assert_contains(text, "The machine itself: a pure loop (capacity)\nn = 1 000 steps\n");
	assert_contains(text, "threads               1 warm 1.00 ms  800 us  1.250 [1.245, 1.255] faster\n");
	assert_true(strstr(text, "The machine itself") < strstr(text, "Sum (sum)"));
	assert_null(strstr(text, "--ab"));      /* nothing is unclear */
	assert_null(strstr(text, "per item"));
	assert_null(strstr(text, "by chance"));
	free(text);
	done();
}

static void many_intervals_are_wrong_now_and_then(void **state)
{
	(void)state;
	for (int which = A; which <= B; which++)
		for (unsigned workers = 1; workers <= 20; workers++)
			add_blocks(which, (struct row){ .workers = workers, .wall_ns = 1000000 }, 0, 8);
	make_ok();
	char *text = told(compare_text);
	assert_contains(text, "Of 20 intervals at 95 %, about 1 miss by chance alone");
	free(text);
	done();
}

static void the_csv_and_the_json_have_every_row(void **state)
{
	(void)state;
	add_blocks(A, (struct row){ .wall_ns = 1000000, .params = "\"a\":1" }, 0, 8);
	add_blocks(B, (struct row){ .wall_ns = 500000, .params = "\"a\":1" }, 0, 8);
	add_row(B, (struct row){ .variant = "a \\\"b\\\"", .n = 7, .wall_ns = 1000 });
	make_ok();
	char *text = told(compare_csv);
	assert_contains(text, "lesson,variant,size,regime,workers,params,n_a,n_b,per_item,blocks_a,blocks_b,time_a_s,"
		"time_b_s,ratio,low,high,alone_low,alone_high,verdict\n"
		"sum,threads,measured,warm,1,a=1,100,100,0,8,8,0.001,0.0005,2,1.99");
	assert_contains(text, ",faster\nsum,\"a \"\"b\"\"\",measured,warm,1,,,7,0,0,0,,1e-06,,,,,,only in B\n");
	free(text);
	text = told(compare_json);
	assert_contains(text, "\"drift\": null");
	assert_contains(text, "\"n_a\": 100, \"n_b\": 100, \"machine\": false, \"per_item\": false, \"blocks_a\": 8, "
		"\"blocks_b\": 8, \"time_a_s\": 0.001, \"time_b_s\": 0.0005, "
		"\"alone\": {\"estimate\": 2, \"low\": 1.99");
	assert_contains(text, "\"time_a_s\": null, \"time_b_s\": 1e-06, \"alone\": null, \"ratio\": null, \"verdict\": "
		"\"only in B\"}");
	free(text);
	done();
}

static void a_cell_without_any_time_is_no_row_but_when_it_is_alone(void **state)
{
	(void)state;
	make_ok();
	assert_int_equal(c->rows, 0);
	char *text = told(compare_text);
	assert_contains(text, "B is faster in 0, slower in 0, the same in 0, unclear in 0.");
	free(text);
	done();
	add_row(A, (struct row){ .outcome = "died" });
	make_ok();
	assert_int_equal(c->rows, 1);
	assert_int_equal(c->row[0].verdict, COMPARE_ONLY_A);
	done();
}

/* ---- the picture ---- */

static char *script_of(void)
{
	char *script = NULL;

	if (compare_chart_script(c, "scripts", &script, why) != 0)
		fail_msg("%s", why);
	return script;
}

static void assert_order(const char *text, const char *const *piece, size_t pieces)
{
	for (size_t i = 0; i < pieces; i++) {
		const char *found = strstr(text, piece[i]);
		if (found == NULL)
			fail_msg("\"%s\" is not there, or too early, in: %.3000s", piece[i], text);
		text = found + 1;
	}
}

static void the_picture_is_sorted_in_groups_and_says_what_it_finds(void **state)
{
	static const uint64_t time_b[] = { 1000000, 900000, 800000, 1050000, 1300000 };
	static const char *const order[] = { "$ratios", "EOD", "'sum threads p = 5'", "'sum threads p = 4'",
		"'sum threads p = 3'", "'sum threads p = 2'", "'sum threads p = 1'", "'B is slower: 2 cells'",
		"'B is faster: 2 cells'", "'the same: 1 cell'", "# style.gp", "# compare.gp" };

	(void)state;
	add_machine(A, 1000, 5000000);
	add_machine(B, 1000, 5000000);
	for (unsigned i = 0; i < 5; i++) {
		add_blocks(A, (struct row){ .workers = i + 1, .wall_ns = 1000000 }, 0, 8);
		add_blocks(B, (struct row){ .workers = i + 1, .wall_ns = time_b[i] }, 0, 8);
	}
	make_ok();
	char *script = script_of(), *again = script_of();
	assert_order(script, order, sizeof order / sizeof *order);
	assert_contains(script, "title = 'B is slower in 2 of 5 cells; at worst by 30 %: sum threads p = 5'");
	assert_contains(script, "subtitle = 'A: runA · B: runB · CPU'");
	assert_null(strstr(script, "from = NaN"));      /* the drift's band */
	assert_string_equal(script, again);
	free(script);
	free(again);
	done();
}

static void of_many_cells_the_surest_and_largest_differences_are_drawn(void **state)
{
	(void)state;
	/* far away, but nothing is sure of two blocks */
	add_blocks(A, (struct row){ .workers = 1, .wall_ns = 9000000 }, 0, 2);
	add_blocks(B, (struct row){ .workers = 1, .wall_ns = 1000000 }, 0, 2);
	for (unsigned i = 1; i <= 50; i++) {
		add_blocks(A, (struct row){ .workers = i + 1, .wall_ns = 1000000 }, 0, 8);
		add_blocks(B, (struct row){ .workers = i + 1, .wall_ns = 900000 - i * 10000 }, 0, 8);
	}
	make_ok();
	char *script = script_of();
	assert_contains(script, "rows = 40\n");
	assert_contains(script, "'sum threads p = 51'");
	assert_contains(script, "'sum threads p = 12'");
	assert_null(strstr(script, "'sum threads p = 11'"));
	assert_null(strstr(script, "'sum threads p = 1'"));
	assert_contains(script, "'B is faster: 40 of 50 cells'");
	assert_contains(script, "11 cells with smaller or less sure differences are left out.");
	assert_contains(script, "B is faster in 50 of 51 cells; at best 2.5 times: sum threads p = 51");
	assert_contains(script, "from = NaN\nto = NaN\n");     /* no machine's loop, no band */
	free(script);
	done();
}

static void rows_of_a_sweep_are_told_apart(void **state)
{
	static const char *const params[] = { "\"at\":9,\"chunk\":1", "\"at\":9,\"chunk\":8" };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		add_blocks(A, (struct row){ .params = params[i], .wall_ns = 1000000 }, 0, 8);
		add_blocks(B, (struct row){ .params = params[i], .wall_ns = 900000 - 100000 * i }, 0, 8);
	}
	make_ok();
	char *script = script_of();
	assert_contains(script, "'sum threads p = 1, chunk=1'");
	assert_contains(script, "'sum threads p = 1, chunk=8'");
	free(script);
	done();
}

static void hostile_names_stay_within_their_quotes(void **state)
{
	static const char hostile[] = "x'; system 'false' #`id`";

	(void)state;
	add_blocks(A, (struct row){ .variant = hostile, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .variant = hostile, .wall_ns = 500000 }, 0, 8);
	make_ok();
	char *script = script_of();
	assert_contains(script, "'sum x''; system ''false... p = 1'");
	free(script);
	done();
}

static void without_a_ratio_there_is_no_picture(void **state)
{
	char *script;

	(void)state;
	add_blocks(A, (struct row){ .workers = 1, .wall_ns = 1000000 }, 0, 8);
	add_blocks(B, (struct row){ .workers = 2, .wall_ns = 1000000 }, 0, 8);
	make_ok();
	assert_int_equal(compare_chart_script(c, "scripts", &script, why), -ENODATA);
	assert_null(script);
	assert_contains(why, "no cell has a time in both runs");
	done();
	assert_true(compare_chart_can("a/b.svg"));
	assert_false(compare_chart_can("a.svg/b"));
	assert_false(compare_chart_can("svg"));
	assert_false(compare_chart_can("b.SVG.txt"));
}

#define WITH_FOLDERS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_FOLDERS(a_ratio_is_time_of_a_over_time_of_b),
		WITH_FOLDERS(independent_runs_get_the_two_sample_interval),
		WITH_FOLDERS(the_drift_of_the_machine_widens_every_interval),
		WITH_FOLDERS(a_drift_upwards_widens_above),
		WITH_FOLDERS(twins_are_paired_block_by_block),
		WITH_FOLDERS(one_sided_twins_are_not_twins),
		WITH_FOLDERS(the_larger_precision_says_what_is_the_same),
		WITH_FOLDERS(too_few_blocks_give_an_estimate_alone),
		WITH_FOLDERS(cells_of_another_n_are_compared_per_item),
		WITH_FOLDERS(equal_n_comes_first_and_doubt_is_left_alone),
		WITH_FOLDERS(lesson_variant_size_workers_and_params_must_be_alike),
		WITH_FOLDERS(nothing_is_no_item),
		WITH_FOLDERS(both_regimes_are_compared),
		WITH_FOLDERS(failures_are_told_and_broken_variants_left_out),
		WITH_FOLDERS(other_machines_are_refused_and_named),
		WITH_FOLDERS(another_policy_or_compiler_is_noted),
		WITH_FOLDERS(weak_and_strong_scaling_are_refused),
		WITH_FOLDERS(a_regression_is_slower_for_sure_and_by_so_much),
		WITH_FOLDERS(every_word_fits_80_columns_and_steers_nothing),
		WITH_FOLDERS(the_text_names_the_largest_change_each_way),
		WITH_FOLDERS(many_intervals_are_wrong_now_and_then),
		WITH_FOLDERS(the_csv_and_the_json_have_every_row),
		WITH_FOLDERS(a_cell_without_any_time_is_no_row_but_when_it_is_alone),
		WITH_FOLDERS(the_picture_is_sorted_in_groups_and_says_what_it_finds),
		WITH_FOLDERS(of_many_cells_the_surest_and_largest_differences_are_drawn),
		WITH_FOLDERS(rows_of_a_sweep_are_told_apart),
		WITH_FOLDERS(hostile_names_stay_within_their_quotes),
		WITH_FOLDERS(without_a_ratio_there_is_no_picture),
	};
	return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
