/* SPDX-License-Identifier: MIT */
/* test_charts_sweeps.c -- charts over a parameter, over n and over time: what stands in their data, what they refuse,
 * and that gnuplot draws them whatever a folder holds. */
#include "bench/report/charts.h"
#include "bench/report/findings.h"
#include "bench/run/card.h"
#include "bench/tests/programs.h"

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

#define SCRIPTS "scripts"

static char folder[64], why[SUMMARY_WHY];

/* ---- a results folder of our own ---- */

static const char *in_folder(const char *name)
{
	static char path[512];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static FILE *open_in(const char *name, const char *mode)
{
	FILE *file = fopen(in_folder(name), mode);
	assert_non_null(file);
	return file;
}

/* A lesson "l" that wants `charts` ("\"time\", \"spread\""); `more` goes into its entry. */
static void write_run(const char *charts, const char *more)
{
	FILE *out = open_in("run.json", "we");
	fprintf(out, "{\"schema_version\":1,\"run_id\":\"test\",\"machine\":{\"model\":\"Test CPU\",\"cores\":4,"
		"\"pus\":4},\"lessons\":[{\"name\":\"l\",\"title\":\"Lesson: of the test\",\"unit\":\"item\","
		"\"charts\":[%s]%s,\"variants\":["
		"{\"name\":\"serial\",\"expect\":\"correct\"},{\"name\":\"pthreads\",\"expect\":\"correct\"},"
		"{\"name\":\"fork_pool\",\"expect\":\"correct\"},{\"name\":\"race\",\"expect\":\"wrong\"}]}]}",
		charts, more);
	fclose(out);
	fclose(open_in("samples.ndjson", "we"));
}

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/test_charts_sweeps.XXXXXX");
	assert_non_null(mkdtemp(folder));
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

struct row {
	const char *variant, *params;   /* params: "\"c\":1" */
	const char *outcome, *more;     /* NULL: ok; more begins with a comma */
	unsigned workers, order;
	double n, wall_us;
};

static void add_row(const struct row *r, unsigned block, const char *regime, unsigned run, double start_us,
	double wall_us)
{
	FILE *out = open_in("samples.ndjson", "ae");
	bool failed = r->outcome && strcmp(r->outcome, "ok") != 0;
	char wall[40];

	snprintf(wall, sizeof wall, "%.0f", wall_us * 1e3);
	fprintf(out, "{\"schema_version\":1,\"block\":%u,\"order\":%u,\"lesson\":\"l\",\"variant\":\"%s\","
		"\"size\":\"measured\",\"regime\":\"%s\",\"workers\":%u,\"n\":%.0f,\"params\":{%s},\"run\":%u,"
		"\"is_warmup\":false,\"outcome\":\"%s\",\"start_ns\":%.0f,\"wall_ns\":%s%s}\n", block, r->order,
		r->variant, regime, r->workers, r->n, r->params ? r->params : "", run, failed ? r->outcome : "ok",
		start_us * 1e3, failed ? "null" : wall, r->more ? r->more : "");
	fclose(out);
}

/* Twelve blocks of a cell; the middle ones take exactly wall_us. */
static void add_cell(struct row r)
{
	static unsigned order;

	r.order = ++order;
	for (unsigned b = 0; b < 12; b++)
		add_row(&r, b, "warm", 1, 1e6 * (b + 1) + r.order, r.wall_us * (b < 4 ? 0.999 : b >= 8 ? 1.001 : 1));
}

/* Serial at a microsecond for each unit of n, and both variants with that speedup on p workers. */
static void add_problem(const char *params, double n, unsigned p, double pthreads, double fork_pool)
{
	struct row r = { .variant = "pthreads", .params = params, .workers = p, .n = n, .wall_us = n / pthreads };

	add_cell((struct row){ .variant = "serial", .params = params, .workers = 1, .n = n, .wall_us = n });
	add_cell(r);
	r.variant = "fork_pool";
	r.wall_us = n / fork_pool;
	add_cell(r);
}

/* ---- charts ---- */

static struct summary *summary;
static struct charts charts;

static void make(void)
{
	if (summary_read(folder, &summary, why) != 0 || findings_make(summary) != 0
		|| charts_make(summary, SCRIPTS, &charts, why) != 0)
		fail_msg("%s", why);
}

static void release(void)
{
	charts_free(&charts);
	summary_free(summary);
}

static void assert_has(const char *script, const char *text)
{
	if (script == NULL)
		fail_msg("there is no script, in which to find %s", text);
	if (strstr(script, text) == NULL)
		fail_msg("'%s' is not in:\n%.4000s", text, script);
}

static void assert_refused(unsigned i, const char *words)
{
	assert_true(i < charts.count);
	assert_null(charts.chart[i].script);
	if (strstr(charts.chart[i].title, words) == NULL)
		fail_msg("expected '%s', found '%s'", words, charts.chart[i].title);
}

static char *read_picture(const char *name)
{
	char path[256], *text = NULL;
	size_t size = 0;

	snprintf(path, sizeof path, "charts/%s.svg", name);
	FILE *in = open_in(path, "re");
	assert_true(getdelim(&text, &size, '\0', in) > 0);
	fclose(in);
	return text;
}

/* gnuplot says nothing against it, and two drawings agree byte for byte. */
static void assert_draws(void)
{
	char *first[16] = { NULL };

	assert_true(charts.count <= 16);
	for (unsigned times = 0; times < 2; times++) {
		if (charts_save(folder, &charts, why) != 0
			|| charts_draw(folder, &charts, times ? "svg" : "svg png pdf", why) != 0)
			fail_msg("%s", why);
		for (unsigned i = 0; i < charts.count; i++) {
			if (charts.chart[i].script == NULL)
				continue;
			char *text = read_picture(charts.chart[i].name);
			assert_non_null(strstr(text, "</svg>"));
			if (first[i] != NULL)
				assert_string_equal(text, first[i]);
			free(first[i]);
			first[i] = text;
		}
	}
	for (unsigned i = 0; i < 16; i++)
		free(first[i]);
}

/* ---- sweeps ---- */

static void a_sweep_shows_time_per_unit_and_speedup(void **state)
{
	(void)state;
	write_run("\"sweep c\"",
		",\"knobs\":[{\"name\":\"c\",\"unit\":\"MiB\",\"about\":\"what it is\",\"sweep\":\"10,20\"}]");
	add_problem("\"c\":10,\"d\":1", 1000, 4, 2, 0.5);
	add_problem("\"c\":20,\"d\":1", 500, 4, 3, 1);
	add_problem("\"c\":20,\"d\":2", 500, 4, 3.9, 3.9);      /* another d: not of this sweep */
	make();
	const char *script = charts.chart[0].script;
	assert_string_equal(charts.chart[0].name, "l-sweep-c");
	assert_string_equal(charts.chart[0].title, "Lesson: speedup of fork_pool: 0.500 at c = 10, 1.000 at 20");
	assert_has(script, "parameter = 'c, MiB: what it is'");
	assert_has(script, "tick[1] = '10'");
	assert_has(script, "at[2] = 1\ntick[2] = '20'\nat[1] = 0\n");
	assert_has(script, "unit = 'µs'");
	assert_has(script, "$times << EOD\nNaN NaN NaN NaN\n0 1 0.999 1.001\n1 1 0.999 1.001\n\n\n");   /* serial */
	assert_has(script, "\n0 0.5 0.4995 0.5005\n1 0.333334 0.333 0.333666\n");   /* pthreads: 1/2, 1/3 */
	assert_has(script, "\n0 2 2 2\n1 3 2.999997 3.000003\n");
	assert_has(script, "law = 0");
	assert_null(strstr(script, "3.9"));
	assert_draws();
	release();
}

/* Decades are as far apart as their logarithms, 0 a step before them. */
static void values_far_apart_stand_on_a_logarithmic_axis(void **state)
{
	(void)state;
	write_run("\"sweep c\"", "");
	add_problem("\"c\":0", 1000, 2, 2, 0.5);
	add_problem("\"c\":1", 1000, 2, 2, 0.5);
	add_problem("\"c\":1000", 1000, 2, 2, 0.5);
	add_problem("\"c\":10", 1000, 2, 2, 0.5);
	make();
	assert_has(charts.chart[0].script,
		"at[4] = 1\ntick[4] = '1 000'\nat[3] = 0.555556\ntick[3] = '10'\nat[2] = 0.333333\ntick[2] = '1'\n"
		"at[1] = 0\ntick[1] = '0'\n");
	assert_string_equal(charts.chart[0].title, "Lesson: c from 0 to 1 000 changes no speedup by 5 %");
	assert_draws();
	release();
}

static void numbers_that_name_ways_are_not_joined(void **state)
{
	(void)state;
	write_run("\"sweep c\", \"sweep d\"", "");
	add_problem("\"c\":0,\"d\":7", 1000, 2, 2, 0.5);
	add_problem("\"c\":1,\"d\":7", 1000, 2, 2, 0.5);
	add_problem("\"c\":2,\"d\":7", 1000, 2, 2, 0.5);
	add_problem("\"c\":0,\"d\":8", 1000, 2, 2, 0.5);
	make();
	assert_has(charts.chart[0].script, "classes = 1");
	assert_has(charts.chart[1].script, "classes = 0");
	release();
}

static void values_that_would_lie_on_each_other_are_set_apart(void **state)
{
	(void)state;
	write_run("\"sweep c\"", "");
	add_problem("\"c\":100", 1000, 2, 2, 0.5);
	add_problem("\"c\":101", 1000, 2, 2, 0.5);
	add_problem("\"c\":300", 1000, 2, 2, 0.5);
	make();
	assert_has(charts.chart[0].script, "at[2] = 0.5\ntick[2] = '101'");
	release();
}

/* n is calibrated for each value; but where one has several sizes, the main problem's is taken. */
static void a_value_with_several_sizes_is_shown_at_the_main_one(void **state)
{
	(void)state;
	write_run("\"sweep c\"", ",\"n\":1000,\"params\":{\"c\":1}");
	add_problem("\"c\":1", 10, 2, 1.5, 1.5);
	add_problem("\"c\":1", 1000, 2, 2, 2);
	add_problem("\"c\":2", 10, 2, 1.5, 1.5);
	add_problem("\"c\":2", 1000, 2, 2.5, 2.5);
	make();
	assert_has(charts.chart[0].script, "\n0 2 2 2\n1 2.5");
	assert_null(strstr(charts.chart[0].script, "\n0 1.5"));
	release();
}

static void amdahls_law_is_drawn_where_the_card_asks_for_it(void **state)
{
	(void)state;
	write_run("\"sweep c amdahl\", \"sweep c\", \"sweep d amdahl\"", "");
	add_problem("\"c\":0,\"d\":200", 1000, 4, 3.9, 3.9);
	add_problem("\"c\":50,\"d\":200", 1000, 4, 1.6, 2);
	add_problem("\"c\":100,\"d\":200", 1000, 4, 1, 1);
	add_problem("\"c\":0,\"d\":300", 1000, 4, 1, 1);
	make();
	assert_has(charts.chart[0].script, "law = 1");
	assert_has(charts.chart[0].script, "\n0 4 4\n");
	assert_has(charts.chart[0].script, "\n0.5 1.6 2\n");     /* 1 / (0.5 + 0.5 / 4), 1 / 0.5 */
	assert_has(charts.chart[0].script, "\n1 1 1\n");
	assert_has(charts.chart[1].script, "law = 0");
	assert_has(charts.chart[2].script, "law = 0");          /* 300 % is no share */
	assert_draws();
	release();
}

static void a_sweep_that_was_not_run_says_how_to_run_it(void **state)
{
	(void)state;
	write_run("\"sweep c\", \"sweep d\", \"sweep nobody\", \"sweep\", \"sweep  \"",
		",\"knobs\":[{\"name\":\"c\",\"unit\":\"\",\"about\":\"\",\"sweep\":\"1,2,3\"},{\"name\":\"d\"}]");
	add_problem("\"c\":10,\"d\":1", 1000, 4, 2, 0.5);
	make();
	assert_refused(0, "c was measured at one value, 10.  For others: make bench LESSON=l SWEEP=c=1,2,3");
	assert_refused(1, "make bench LESSON=l SWEEP=d=a,b,c");
	assert_refused(2, "there is no parameter nobody");
	assert_refused(3, "which parameter?");
	assert_refused(4, "which parameter?");
	assert_draws();
	release();
}

/* A variant is shown with the workers that it has on most values: the crowd of the main problem is no sweep. */
static void a_sweep_takes_the_workers_that_most_values_have(void **state)
{
	(void)state;
	write_run("\"sweep c\"", ",\"n\":1000,\"params\":{\"c\":2}");
	add_problem("\"c\":1", 1000, 4, 2, 2);
	add_cell((struct row){ .variant = "pthreads", .params = "\"c\":2", .workers = 50, .n = 1000, .wall_us = 100 });
	add_problem("\"c\":2", 1000, 4, 3, 3);
	make();
	assert_has(charts.chart[0].script, "workers = 4\n");
	assert_has(charts.chart[0].script, "\n0 2 2 2\n1 3");
	release();
}

static void failed_cells_are_named_and_not_drawn(void **state)
{
	(void)state;
	write_run("\"sweep c\", \"crossover\", \"timeline\"", "");
	add_problem("\"c\":1", 1000, 2, 2, 2);
	add_cell((struct row){ .variant = "serial", .params = "\"c\":2", .workers = 1, .n = 500, .wall_us = 500 });
	add_cell((struct row){ .variant = "pthreads", .params = "\"c\":2", .workers = 2, .n = 500, .outcome = "died" });
	add_cell((struct row){ .variant = "race", .params = "\"c\":2", .workers = 2, .n = 500, .wall_us = 1 });
	make();
	assert_has(charts.chart[0].script, "pthreads, c = 2, p = 2 (died 12/12)");
	assert_has(charts.chart[0].script, "race, c = 2, p = 2 (");
	assert_null(strstr(charts.chart[0].script, "= 'race'"));
	assert_draws();
	release();
}

/* ---- along n ---- */

/* pthreads takes 100 us to start, and half of serial's time: it pays from n = 200 on. */
static void a_crossover_is_marked_with_its_interval(void **state)
{
	(void)state;
	write_run("\"crossover\"", "");
	for (double n = 50; n <= 800; n *= 2)
		add_problem("", n, 2, n / (100 + n / 2), 0.5);
	make();
	const char *script = charts.chart[0].script;
	assert_has(charts.chart[0].title, "Lesson: pthreads, p = 2, beats serial from n = 200 [");
	assert_has(script, "\n50 0.05 0.04995 0.05005\n");      /* serial, ms */
	assert_has(script, "\n800 0.5 0.4995 0.5005\n");        /* pthreads */
	assert_has(script, "marks = 1\n");
	double n, low, high, time;
	unsigned slot;
	const char *mark = strstr(script, "$marks << EOD\nNaN NaN NaN NaN 0\n");
	assert_non_null(mark);
	mark += strlen("$marks << EOD\nNaN NaN NaN NaN 0\n");
	assert_int_equal(sscanf(mark, "%lf %lf %lf %lf %u", &n, &low, &high, &time, &slot), 5);
	assert_true(fabs(n - 200) < 2 && low <= n && n <= high && fabs(time - 0.2) < 0.002);
	assert_has(script, "= 'pthreads: n = 200'");
	assert_has(script, "= 'fork_pool'");
	assert_has(script, "missing = 'fork_pool, p = 2, loses to serial at every size measured, up to n = 800'");
	assert_draws();
	release();
}

static void a_crossover_of_one_size_says_how_to_run_more(void **state)
{
	(void)state;
	write_run("\"crossover\", \"granularity\"", "");
	add_problem("", 5000, 2, 2, 2);
	make();
	assert_refused(0, "one size was measured.  For more: make bench LESSON=l SIZES=5..5000");
	assert_refused(1, "no parameter of this lesson says how large a task is");
	release();
}

/* Tasks of 1, 10, 100 us on two workers, each with 20 us besides: half efficiency is at 20 us. */
static void granularity_marks_the_least_task(void **state)
{
	(void)state;
	write_run("\"granularity\"", ",\"grain\":\"g\"");
	for (double g = 1; g <= 1000; g *= 10) {
		char params[40];
		snprintf(params, sizeof params, "\"g\":%.0f", g);
		add_cell((struct row){ .variant = "serial", .params = params, .workers = 1, .n = 100,
			.wall_us = 100 * g });
		add_cell((struct row){ .variant = "pthreads", .params = params, .workers = 2, .n = 100,
			.wall_us = 100 * (g + 20) / 2 });
	}
	make();
	const char *script = charts.chart[0].script;
	assert_has(charts.chart[0].title, "pthreads is half efficient from tasks of ");
	assert_has(script, "\n1e-06 0.047619");         /* 1 / 21 */
	assert_has(script, "\n0.001 0.980392");
	assert_has(script, "marks = 1\n");
	assert_has(script, " 0.5 0\nEOD\nmarks");
	assert_has(script, "set xtics add ('10 µs' 1e-05)");
	assert_draws();
	release();
}

static void granularity_of_one_task_says_how_to_run_more(void **state)
{
	(void)state;
	write_run("\"granularity\"", ",\"grain\":\"g\"");
	add_problem("\"g\":4", 5000, 2, 2, 2);
	make();
	assert_refused(0, "tasks of one size were measured.  For more: make bench LESSON=l SWEEP=g=");
	release();
}

/* ---- timelines ---- */

/* A cold trial of three milliseconds: 0.2 to start, 2.5 to solve, 0.3 to stop; worker i from 0.4 ms on for i + 1 times
 * step_ms, on a CPU for half of it. */
static void add_trial(const char *name, const char *params, unsigned workers, unsigned block, double step_ms,
	double factor)
{
	char *lanes = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&lanes, &size);
	const double start_us = 1e7 * (block + 1);
	struct row r = { .variant = name, .params = params, .workers = workers, .n = 100, .order = workers * 10 };

	fprintf(out, ",\"startup_ns\":%.0f,\"solve_ns\":%.0f,\"stop_ns\":300000,\"pus_seen\":[", 2e5, 2.5e6 * factor);
	for (unsigned i = 0; i < workers; i++)
		fprintf(out, i == 1 ? "%snull" : "%s%u", i ? "," : "", i + 4);
	fputs("],\"lanes\":[", out);
	for (unsigned i = 0; i < workers; i++)
		fprintf(out, "%s{\"pid\":1,\"tid\":%u,\"enter_ns\":%.0f,\"leave_ns\":%.0f,\"cpu_ns\":%.0f}",
			i ? "," : "", i, start_us * 1e3 + 4e5, start_us * 1e3 + 4e5 + (i + 1) * step_ms * 1e6,
			(i + 1) * step_ms * 5e5);
	fprintf(out, "],\"imbalance\":%.9g", 2.0 * workers / (workers + 1));
	fclose(out);
	r.more = lanes;
	add_row(&r, block, "cold", 0, start_us, 500 + 2500 * factor);
	r.more = NULL;
	add_row(&r, block, "warm", 1, start_us + 1e5, 2000 * factor);
	free(lanes);
}

static void add_trials(const char *name, const char *params, unsigned workers, double step_ms)
{
	for (unsigned b = 0; b < 7; b++)        /* the fourth is the median */
		add_trial(name, params, workers, b, step_ms, b == 3 ? 1 : b < 3 ? 0.9 : 1.1);
}

static void a_timeline_shows_the_median_trial(void **state)
{
	(void)state;
	write_run("\"timeline\"", "");
	add_trials("serial", "", 1, 2);
	add_trials("pthreads", "", 2, 1);
	make();
	const char *script = charts.chart[0].script;
	assert_has(script, "$caller << EOD\n5.4 0.2 2.7 3 1\n3 0.2 2.7 3 2\n");
	assert_has(script, "\n2 0.4 1.4 0.5 0\n1 0.4 2.4 0.5 0\n");     /* pthreads: y, enter, leave, share, slot */
	assert_has(script, "label[4] = 'worker 0 on PU 4'");
	assert_has(script, "label[5] = 'worker 1'");                    /* seen nowhere */
	assert_has(script, "'3.00 ms; start 200 µs, stop 300 µs'");
	assert_has(script, "with 2 workers");
	assert_has(script, "unit[1] = 'ms'; longest[1] = 3;");
	assert_has(charts.chart[0].title, "the longest worker of pthreads works 1.33 times as long as the mean");
	assert_draws();
	release();
}

static void a_timeline_of_another_problem_is_asked_for_by_name(void **state)
{
	(void)state;
	write_run("\"timeline c=2\", \"timeline c=3\", \"timeline c\", \"timeline x=1\"",
		",\"n\":100,\"params\":{\"c\":1}");
	add_trials("serial", "\"c\":1", 1, 2);
	add_trials("pthreads", "\"c\":1", 2, 1);
	add_trials("serial", "\"c\":2", 1, 2);
	add_trials("pthreads", "\"c\":2", 2, 0.5);
	make();
	assert_string_equal(charts.chart[0].name, "l-timeline-c_2");
	assert_has(charts.chart[0].script, "\n2 0.4 0.9 0.5 0\n1 0.4 1.4 0.5 0\n");
	assert_has(charts.chart[0].script, "c=2'");      /* in the subtitle that counts: the last */
	assert_refused(1, "c=3 was not measured.  For it: make bench LESSON=l SWEEP=c=3");
	assert_refused(2, "was not measured");
	assert_refused(3, "was not measured");
	release();
}

static void many_lanes_are_chosen_from_and_it_is_said(void **state)
{
	(void)state;
	write_run("\"timeline\"", "");
	add_trials("serial", "", 1, 2);
	add_trials("pthreads", "", 64, 0.03);
	add_trials("fork_pool", "", 64, 0.03);
	make();
	assert_has(charts.chart[0].script,
		"missing = 'Of 64 workers some are drawn: evenly chosen from those that worked, the longest and the "
		"shortest among them'");
	assert_has(charts.chart[0].script, "'worker 0 on PU 4'");
	assert_has(charts.chart[0].script, "'worker 63 on PU 67'");
	assert_draws();
	release();
}

/* One takes a hundred times as long as the others: they would be dots beside it. */
static void runs_of_other_length_have_a_panel_of_their_own(void **state)
{
	(void)state;
	write_run("\"timeline\"", "");
	add_trials("serial", "", 1, 2);
	add_trials("pthreads", "", 2, 1);
	for (unsigned b = 0; b < 7; b++)
		add_trial("fork_pool", "", 2, b, 1, 200);
	make();
	assert_has(charts.chart[0].script, "panels = 2\n");
	assert_has(charts.chart[0].script, "longest[1] = 3;");
	assert_has(charts.chart[0].script, "longest[2] = 500.5;");
	assert_draws();
	release();
}

/* Rows as others might write them: no lanes, too few, null, stamps out of the run. */
static void a_timeline_without_stamps_draws_the_caller(void **state)
{
	struct row r = { .variant = "pthreads", .workers = 3, .n = 100, .wall_us = 10 };

	(void)state;
	write_run("\"timeline\"", "");
	for (unsigned b = 0; b < 6; b++) {
		r.more = b % 2 ? "" : ",\"pus_seen\":{},\"lanes\":[null,{\"enter_ns\":5,\"leave_ns\":1},"
			"{\"enter_ns\":\"x\"}]";
		add_row(&r, b, "cold", 0, 1000, 10);
	}
	make();
	assert_has(charts.chart[0].script, "$lanes << EOD\nNaN NaN NaN NaN 0\nEOD\n");
	assert_has(charts.chart[0].script, " 0 10 10 1\n");
	assert_draws();
	release();
}

static void a_timeline_without_any_time_is_refused(void **state)
{
	(void)state;
	write_run("\"timeline\", \"crossover\", \"sweep c\"", "");
	add_cell((struct row){ .variant = "pthreads", .params = "\"c\":1", .workers = 2, .n = 100, .outcome = "hung" });
	add_cell((struct row){ .variant = "pthreads", .params = "\"c\":2", .workers = 2, .n = 100, .outcome = "hung" });
	make();
	assert_refused(0, "no trial gave a time");
	assert_refused(2, "nothing gave a time");
	release();
}

/* The file was cut after it was read. */
static void rows_that_went_away_are_missed_in_words(void **state)
{
	(void)state;
	write_run("\"timeline\"", "");
	add_trials("pthreads", "", 2, 1);
	if (summary_read(folder, &summary, why) != 0)
		fail_msg("%s", why);
	assert_int_equal(truncate(in_folder("samples.ndjson"), 30), 0);
	assert_int_equal(charts_make(summary, SCRIPTS, &charts, why), 0);
	assert_refused(0, "has something changed it?");
	release();
}

/* ---- anything at all ---- */

static void one_worker_is_enough(void **state)
{
	(void)state;
	write_run("\"timeline\", \"sweep c amdahl\", \"crossover\", \"granularity\"", ",\"grain\":\"c\"");
	add_problem("\"c\":0", 100, 1, 0.9, 0.8);
	add_problem("\"c\":50", 200, 1, 0.9, 0.8);
	add_problem("\"c\":50", 400, 1, 0.9, 0.8);
	make();
	for (unsigned i = 0; i < charts.count; i++)
		if (i != 2)     /* c=0 has one size alone */
			assert_non_null(charts.chart[i].script);
	assert_draws();
	release();
}

static void hostile_names_are_texts(void **state)
{
	static const char *const names[] = { "serial", "it's\\u0007 $x @y \\\\", "\xf0\x9f\x98\x80 {/Symbol a}`ls`" };
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	FILE *out;

	(void)state;
	write_run("", "");
	out = open_in("run.json", "we");
	fputs("{\"schema_version\":1,\"lessons\":[{\"name\":\"../l'\\\"`;x\",\"unit\":\"`id` %s '{\","
		"\"title\":\"'.system('touch /tmp/x').'\\n<script>\",\"grain\":\"a'b\","
		"\"charts\":[\"timeline a'b=2\",\"sweep a'b amdahl\",\"crossover\",\"granularity\",\"timeline\","
		"\"sweep a'b';system('id')\"],\"knobs\":[{\"name\":\"a'b\",\"unit\":\"'\\u001b[31m\","
		"\"about\":\"\\\\n'.`id`.'\",\"sweep\":\"';\"}],"
		"\"variants\":[{\"name\":\"serial\",\"expect\":\"correct\"}]}]}", out);
	fclose(out);
	out = open_in("samples.ndjson", "we");
	for (unsigned c = 0; c < 36; c++)
		for (unsigned b = 0; b < 6; b++)
			fprintf(out, "{\"schema_version\":1,\"block\":%u,\"order\":%u,\"lesson\":\"../l'\\\"`;x\","
				"\"variant\":\"%s\",\"size\":\"measured\",\"regime\":\"%s\",\"workers\":%u,\"n\":%u,"
				"\"params\":{\"a'b\":%s},\"run\":1,\"is_warmup\":false,\"outcome\":\"ok\","
				"\"start_ns\":%u,\"wall_ns\":%u}\n", b, c, names[c % 3], c % 2 ? "cold" : "warm",
				c % 3 ? 2u : 1u, c < 18 ? 0u : c + 1, c % 4 < 2 ? "2" : "1e300", b * 1000,
				c == 7 ? 0u : 1000u + c);
	fclose(out);
	make();
	assert_int_equal(charts.count, 6);
	for (unsigned i = 0; i < charts.count; i++)
		assert_int_equal(strspn(charts.chart[i].name, plain), strlen(charts.chart[i].name));
	assert_draws();
	release();
}

/* ---- what the lessons ask for ---- */

/* A kind that is not in the table is passed over silently: so none may be left out here. */
static void every_kind_that_a_lesson_names_is_there(void **state)
{
	struct programs programs;
	struct catalogue catalogue;
	char lessons[PATH_MAX + 32];

	(void)state;
	assert_int_equal(programs_find(&programs), 0);
	snprintf(lessons, sizeof lessons, "%s/../lessons", programs.capacity);
	if (catalogue_load(&catalogue, lessons, NULL, 0, why) != 0)
		fail_msg("%s", why);
	assert_true(catalogue.count >= 15);
	for (unsigned i = 0; i < catalogue.count; i++) {
		const struct card *card = catalogue.card[i];
		char *names = json_dumps(card->charts, JSON_EMBED | JSON_COMPACT);
		write_run(names, "");
		add_cell((struct row){ .variant = "serial", .workers = 1, .n = 10, .wall_us = 10 });
		make();
		if (json_array_size(card->charts) < 6 || json_array_size(card->charts) > 9)
			fail_msg("%s asks for %zu charts", card->name, json_array_size(card->charts));
		if (charts.count != json_array_size(card->charts))
			fail_msg("%s asks for %s, of which %u are known", card->name, names, charts.count);
		release();
		free(names);
	}
	catalogue_free(&catalogue);
}

/* "sweep capacity", "timeline schedule=0": what a run of the lesson sweeps by itself. */
static void every_sweep_that_a_lesson_names_is_measured(void **state)
{
	struct programs programs;
	struct catalogue catalogue;
	char lessons[PATH_MAX + 32];
	const json_t *name;
	size_t k;

	(void)state;
	assert_int_equal(programs_find(&programs), 0);
	snprintf(lessons, sizeof lessons, "%s/../lessons", programs.capacity);
	if (catalogue_load(&catalogue, lessons, NULL, 0, why) != 0)
		fail_msg("%s", why);
	for (unsigned i = 0; i < catalogue.count; i++)
		json_array_foreach(catalogue.card[i]->charts, k, name) {
			const char *argument = strchr(json_string_value(name), ' ');
			char parameter[64];
			if (argument == NULL)
				continue;
			snprintf(parameter, sizeof parameter, "%.*s", (int)strcspn(argument + 1, " ="), argument + 1);
			int at = card_param(catalogue.card[i], parameter, why);
			if (at < 0)
				fail_msg("%s, chart %s: %s", catalogue.card[i]->name, json_string_value(name), why);
			if (catalogue.card[i]->param[at].sweep == NULL)
				fail_msg("%s draws %s, which is not swept", catalogue.card[i]->name, parameter);
		}
	catalogue_free(&catalogue);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_sweep_shows_time_per_unit_and_speedup),
		IN_FOLDER(values_far_apart_stand_on_a_logarithmic_axis),
		IN_FOLDER(numbers_that_name_ways_are_not_joined),
		IN_FOLDER(values_that_would_lie_on_each_other_are_set_apart),
		IN_FOLDER(a_value_with_several_sizes_is_shown_at_the_main_one),
		IN_FOLDER(amdahls_law_is_drawn_where_the_card_asks_for_it),
		IN_FOLDER(a_sweep_that_was_not_run_says_how_to_run_it),
		IN_FOLDER(a_sweep_takes_the_workers_that_most_values_have),
		IN_FOLDER(failed_cells_are_named_and_not_drawn),
		IN_FOLDER(a_crossover_is_marked_with_its_interval),
		IN_FOLDER(a_crossover_of_one_size_says_how_to_run_more),
		IN_FOLDER(granularity_marks_the_least_task),
		IN_FOLDER(granularity_of_one_task_says_how_to_run_more),
		IN_FOLDER(a_timeline_shows_the_median_trial),
		IN_FOLDER(a_timeline_of_another_problem_is_asked_for_by_name),
		IN_FOLDER(many_lanes_are_chosen_from_and_it_is_said),
		IN_FOLDER(runs_of_other_length_have_a_panel_of_their_own),
		IN_FOLDER(a_timeline_without_stamps_draws_the_caller),
		IN_FOLDER(a_timeline_without_any_time_is_refused),
		IN_FOLDER(rows_that_went_away_are_missed_in_words),
		IN_FOLDER(one_worker_is_enough),
		IN_FOLDER(hostile_names_are_texts),
		IN_FOLDER(every_kind_that_a_lesson_names_is_there),
		IN_FOLDER(every_sweep_that_a_lesson_names_is_measured),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
