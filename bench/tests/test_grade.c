/* SPDX-License-Identifier: MIT */
/* test_grade.c -- the parts of the grader that need no answer: settings, symbols, sanitizers' reports, results. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include <jansson.h>

#include "bench/grade/conf.h"
#include "bench/grade/report.h"
#include "bench/grade/result.h"
#include "bench/grade/symbols.h"
#include "bench/trial/yields.h"
#include "bench/yield.h"

/* ---- settings ---- */

static char path[64], why[CONF_WHY];

static int read_text(struct conf *c, const char *text)
{
	snprintf(path, sizeof path, "/tmp/test_grade.XXXXXX");
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	why[0] = '\0';
	int error = conf_read(c, path, why);
	unlink(path);
	return error;
}

static void settings_are_read(void **state)
{
	struct conf c;

	(void)state;
	assert_int_equal(read_text(&c, "# a lab\n\nby = pthreads openmp # two\npoints=5 10 30 15 15 5 5 15\n"
		"deadline = 500ms\nn = 7\nn_fast = 70\nworkers = 1 2\nworkers_seen = 4\nworkers_fast = 2\n"
		"main_works = yes\neach_works = 0%\nrepeats = 3\nvary = jobs 1 2\nvary = wait 0\nforbid = usleep\n"
		"allow = dlsym clone\nfast_of_model = 90%\nfast_of_cores = 50%"), 0);
	assert_int_equal(c.parts, 2);
	assert_int_equal(c.by[0], BY_PTHREADS);
	assert_int_equal(c.by[1], BY_OPENMP);
	assert_int_equal(c.points[2], 30);
	assert_true(c.deadline_s > 0.49 && c.deadline_s < 0.51);
	assert_int_equal(c.n, 7);
	assert_int_equal(c.n_fast, 70);
	assert_int_equal(c.counts, 2);
	assert_int_equal(c.workers[1], 2);
	assert_true(c.main_works);
	assert_true(c.each_works < 1e-9);
	assert_int_equal(c.varies, 2);
	assert_string_equal(c.vary[0].name, "jobs");
	assert_int_equal(c.vary[0].value[1], 2);
	assert_string_equal(c.forbid[0], "usleep");
	assert_int_equal(c.allows, 2);
	assert_true(c.fast_of_model > 0.89 && c.fast_of_model < 0.91);
}

static void defaults_are_there(void **state)
{
	struct conf c;
	unsigned sum = 0;

	(void)state;
	assert_int_equal(read_text(&c, "by = fork\n"), 0);
	for (unsigned i = 0; i < RUNGS; i++)
		sum += c.points[i];
	assert_int_equal(sum, 100);
	assert_true(c.deadline_s > 0 && c.n > 0 && c.n_fast > 0 && c.counts > 0 && c.repeats > 0);
}

static void bad_settings_name_file_line_and_remedy(void **state)
{
	static const struct { const char *text, *word; } bad[] = {
		{ "", "'by' is missing" },
		{ "by = threads\n", ":1: 'by' must be" },
		{ "by = openmp pthreads\n", "'by' must be" },
		{ "by = fork\nby = fork\n", ":2: 'by' was given before" },
		{ "by = fork\npoints = 1 2 3\n", ":2: 'points' must be eight" },
		{ "by = fork\npoints = 5 10 30 15 15 5 5 16\n", "100 in all" },
		{ "by = fork\npoints = -5 20 30 15 15 5 5 15\n", "'points' must be" },
		{ "by = fork\ndeadline = soon\n", "'deadline' must be a time" },
		{ "by = fork\ndedline = 5s\n", "did you mean 'deadline'?" },
		{ "by = fork\nn\n", "expected `key = value`" },
		{ "by = fork\nn = 0\n", "'n' must be" },
		{ "by = fork\nn = 1 2\n", "'n' must be" },
		{ "by = fork\nn = \n", "'n' must be" },
		{ "by = fork\nn = 99999999999999999999\n", "'n' must be" },
		{ "by = fork\nworkers = 0\n", "'workers' must be" },
		{ "by = fork\nworkers = 1 1 1 1 1 1 1 1 1\n", "'workers' must be" },
		{ "by = fork\nmain_works = maybe\n", "yes or no" },
		{ "by = fork\nforbid = rm -rf\n", "names of functions" },
		{ "by = fork\nvary = jobs\n", "'vary' must be" },
		{ "by = fork\nfast_of_model = 120%\n", "a percentage" },
		{ "by = fork\neach_works = nan\n", "a percentage" },
		{ "\033[2J = 3\n", "there is no key '?[2J'" },
	};
	struct conf c;

	(void)state;
	for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_true(read_text(&c, bad[i].text) < 0);
		if (!strstr(why, bad[i].word) || !strstr(why, path))
			fail_msg("'%s' is not in: %s", bad[i].word, why);
	}
	char *line = malloc(5001);
	memset(line, 'x', 5000);
	line[5000] = '\0';
	assert_true(read_text(&c, line) < 0);
	assert_non_null(strstr(why, "longer than"));
	free(line);
	assert_true(conf_read(&c, "/tmp/no such file", why) < 0);
	assert_non_null(strstr(why, "/tmp/no such file cannot be opened"));
}

/* ---- symbols ---- */

static void forbidden_calls_are_found_by_mechanism(void **state)
{
	struct conf c = { .forbids = 1, .forbid = { "usleep" }, .allows = 1, .allow = { "dlsym" } };
	static const char list[] = "pthread_create U         \nvariant D 0 30\nsolve t 0 10\n";
	char name[CONF_NAME];
	const char *reason;

	(void)state;
	assert_null(symbols_forbidden(&c, BY_PTHREADS, list, name, &reason));
	assert_string_equal(symbols_forbidden(&c, BY_FORK, list, name, &reason), "pthread_create");
	assert_non_null(strstr(reason, "fork()"));
	assert_string_equal(symbols_forbidden(&c, BY_OPENMP, list, name, &reason), "pthread_create");
	assert_string_equal(symbols_forbidden(&c, BY_FORK, "execvp U\n", name, &reason), "execvp");
	assert_string_equal(symbols_forbidden(&c, BY_PTHREADS, "GOMP_parallel U\n", name, &reason), "GOMP_parallel");
	assert_string_equal(symbols_forbidden(&c, BY_FORK, "x t 0\nusleep U", name, &reason), "usleep");
	assert_string_equal(symbols_forbidden(&c, BY_FORK, "lanes_seen U\n", name, &reason), "lanes_seen");
	assert_null(symbols_forbidden(&c, BY_FORK, "dlsym U\nfork U\nwaitpid U\n", name, &reason));
	assert_null(symbols_forbidden(&c, BY_FORK, "system t 0 10\n", name, &reason));  /* its own static function */
	assert_null(symbols_forbidden(&c, BY_FORK, "", name, &reason));
}

static void exports_beside_variant_are_found(void **state)
{
	char name[CONF_NAME], list[400];

	(void)state;
	assert_null(symbols_exported("variant D 0 30\nsolve t 0\nfork U\n", name));
	assert_string_equal(symbols_exported("variant D 0 30\nrows_run T 0 30\n", name), "rows_run");
	assert_string_equal(symbols_exported("shared C 8 8\n", name), "shared");
	snprintf(list, sizeof list, "%0300d T 0 10\n", 0);
	assert_non_null(symbols_exported(list, name));
	assert_int_equal(strlen(name), CONF_NAME - 1);
}

/* ---- reports ---- */

static void reports(const char *said, enum cause cause, const char *seen)
{
	struct report r;

	assert_true(report_read(said, "mine.c", &r));
	if (r.cause != cause || strcmp(r.seen, seen) != 0)
		fail_msg("cause %d instead of %d: %s", r.cause, cause, r.seen);
}

static void a_race_names_both_places_in_the_answer(void **state)
{
	(void)state;
	reports("==================\n"
		"WARNING: ThreadSanitizer: data race (pid=42)\n"
		"  Write of size 8 at 0x7ffd by thread T2:\n"
		"    #0 count_one /src/lab/kernel.h:26:9 (thread+0x4c)\n"
		"    #1 work /tmp/work.x/mine.c:31:4 (thread+0x4c)\n"
		"\n"
		"  Previous read of size 4 at 0x7ffd by main thread:\n"
		"    #0 solve /tmp/work.x/mine.c:50 (thread+0x4d)\n"
		"\n"
		"  Location is global 'total' of size 8 at 0x7ffd (thread+0x1)\n"
		"\n"
		"  Thread T2 (tid=4, running) created by main thread at:\n"
		"    #0 pthread_create <null> (thread+0x42)\n"
		"    #1 solve /tmp/work.x/mine.c:44:3 (thread+0x4d)\n",
		CAUSE_RACE, "two threads use the same memory (the global 'total') at once: one writes 8 bytes in "
			"work() at mine.c:31; another had read 4 bytes there, in solve() at mine.c:50");
}

static void a_race_of_openmp_names_the_parallel_region(void **state)
{
	(void)state;
	reports("WARNING: ThreadSanitizer: data race (pid=42)\n"
		"  Write of size 1 at 0x7b by main thread:\n"
		"    #0 .omp_outlined._debug__ /w/mine.c:22:11 (thread+0x4)\n"
		"    #1 .omp_outlined. /w/mine.c:16:2 (thread+0x4)\n"
		"  Previous write of size 1 at 0x7b by thread T1:\n"
		"    #0 solve._omp_fn.0 /w/mine.c:23 (thread+0x4)\n",
		CAUSE_RACE, "two threads use the same memory at once: one writes 1 byte in the parallel region at "
			"mine.c:22; another wrote 1 byte there, in the parallel region at mine.c:23");
}

static void other_findings_of_the_thread_sanitizer(void **state)
{
	(void)state;
	reports("WARNING: ThreadSanitizer: unlock of an unlocked mutex (or by a wrong thread) (pid=1)\n"
		"    #0 pthread_mutex_unlock <null> (thread+0x4)\n    #1 work /w/mine.c:9:2 (thread+0x4)\n",
		CAUSE_LOCK_MISUSE, "a lock is unlocked that is not locked; see work() at mine.c:9");
	reports("WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock) (pid=1)\n"
		"  Cycle in lock order graph: M1 => M2 => M1\n  Mutex M2 acquired here while holding mutex M1 in T1:\n"
		"    #0 pthread_mutex_lock <null>\n    #1 move /w/mine.c:14:2 (thread+0x4)\n",
		CAUSE_LOCK_ORDER,
		"two locks are taken in one order here and in the other there; see move() at mine.c:14");
	reports("WARNING: ThreadSanitizer: something new (pid=1)\n", CAUSE_SANITIZER,
		"the thread sanitizer says: something new; see the report below");
}

static void findings_of_the_address_sanitizer(void **state)
{
	(void)state;
	reports("==9==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6 at pc 0x4\n"  /* gcc */
		"WRITE of size 8 at 0x6 thread T1\n"
		"    #0 0x5581 in work mine.c:12\n    #1 0x7f in start_thread nptl.c:1\n",
		CAUSE_BOUNDS, "memory past the end of what malloc or calloc gave is used, in work() at mine.c:12");
	reports("==9==ERROR: AddressSanitizer: SEGV on unknown address 0x0 (pc 0x4 bp 0x1 sp 0x2 T0)\n"  /* clang */
		"    #0 0x4f in memcpy libc.c:3\n    #1 0x4f in solve /w/mine.c:30:3\n",
		CAUSE_POINTER, "a pointer is followed that leads nowhere, in solve() at mine.c:30");
	reports("==9==ERROR: AddressSanitizer: attempting double-free on 0x6 in thread T0:\n"
		"    #0 0x7f in free (lib+0x1)\n    #1 0x55 in solve /w/mine.c:8\n",
		CAUSE_FREED, "memory is freed twice, in solve() at mine.c:8");
	reports("==9==ERROR: LeakSanitizer: detected memory leaks\n\n"
		"Direct leak of 48 byte(s) in 2 object(s) allocated from:\n"
		"    #0 0x7f in calloc (lib+0x1)\n    #1 0x55 in solve mine.c:51\n\nSUMMARY: ...\n",
		CAUSE_MEMORY, "48 bytes in 2 pieces were never freed; they were asked for in solve() at mine.c:51");
}

static void undefined_behaviour_has_its_line(void **state)
{
	(void)state;
	reports("mine.c:12:9: runtime error: signed integer overflow: "
		"2147483647 + 1 cannot be represented in type 'int'\n",
		CAUSE_UNDEFINED,
		"mine.c:12: signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'");
	reports("/src/lab/kernel.h:7:1: runtime error: shift exponent 64 is too large\n"
		"    #0 0x4 in shift /src/lab/kernel.h:7\n    #1 0x4 in work /w/mine.c:20\n"
		"    #2 0x4 in run trial.c:1\n",
		CAUSE_UNDEFINED, "work() at mine.c:20: shift exponent 64 is too large");
}

/* Cut anywhere, a report is read without harm; and what is none is none. */
static void damaged_reports_do_no_harm(void **state)
{
	static const char whole[] = "x\nWARNING: ThreadSanitizer: data race (pid=42)\n"
		"  Write of size 8 at 0x7 by thread T2:\n    #0 work /w/mine.c:31:4 (t+0x4c)\n"
		"  Previous read of size 4 at 0x7 by main:\n    #0 \033[31m:x:9\n";
	struct report r;

	(void)state;
	for (size_t cut = 0; cut < sizeof whole; cut++) {
		char *text = strndup(whole, cut);
		if (report_read(text, "mine.c", &r))
			assert_null(strchr(r.seen, '\033'));
		free(text);
	}
	assert_false(report_read("all is well\n", "mine.c", &r));
	assert_false(report_read("", "mine.c", &r));
}

/* ---- yields ---- */

static void yields_are_off_unless_asked_for(void **state)
{
	(void)state;
	unsetenv("MANYHANDS_YIELD");
	yields_arm();
	assert_false(yield_armed);
	yields_worker(1);
	may_yield();
	setenv("MANYHANDS_YIELD", "7", 1);
	yields_arm();
	assert_true(yield_armed);
	assert_null(getenv("MANYHANDS_YIELD"));  /* an answer shall not see that it is graded */
}

/* A million points cost a bounded number of stops. */
static void yields_come_to_an_end(void **state)
{
	struct rusage before, after;

	(void)state;
	yield_armed = true;
	yields_worker(3);
	getrusage(RUSAGE_THREAD, &before);
	for (unsigned i = 0; i < 1000000; i++)
		may_yield();
	getrusage(RUSAGE_THREAD, &after);
	yield_armed = false;
	assert_true(after.ru_nvcsw - before.ru_nvcsw > 10);      /* it slept */
	assert_true(after.ru_nvcsw - before.ru_nvcsw < 4100);
}

/* ---- results ---- */

static struct result hostile(void)
{
	struct result r = { .parts = 2, .seed = 7 };

	r.lab = strdup("primes");
	r.lesson = strdup("02_sum_of_powers");
	r.title = strdup("Lab: primes");
	for (unsigned p = 0; p < 2; p++) {
		r.part[p] = (struct part_result){ .by = p ? BY_OPENMP : BY_PTHREADS, .failed = p ? -1 : 3 };
		r.part[p].file = strdup("mine.c");
		for (unsigned k = 0; k < RUNGS; k++)
			r.part[p].rung[k] = (struct rung_result){ .of = 6.25,
				.state = p == 1 || k < 3 ? RUNG_PASSED
					: k == 3 ? RUNG_FAILED : RUNG_NOT_REACHED,
				.points = p == 1 || k < 3 ? 6.25 : 0 };
	}
	r.part[1].rung[7].state = RUNG_NOT_JUDGED;
	r.part[1].rung[7].points = 0;
	r.part[1].rung[7].note = strdup("not judged here");
	words_find(&r.part[0].finding, CAUSE_SOMETIMES, "it's \"<script>\" 0123456789012345678901234567890123456789"
		"01234567890123456789012345678901234567890123456789\n\n second line   ");
	r.part[0].finding.detail = strdup("mine.c:1: \033[31mred \xff <b>'quoted'\twith tabs "
		"and a line that is far longer than a page is wide, and then some more of it\n");
	r.part[0].finding.replay = strdup("make grade LESSON=primes SEED=7");
	result_sum(&r);
	return r;
}

static void points_are_told_apart_from_points_not_judged(void **state)
{
	struct result r = hostile();

	(void)state;
	assert_true(r.of > 99.9 && r.of < 100.1);
	assert_true(r.points > 62.4 && r.points < 62.6);
	assert_true(r.not_judged > 6.2 && r.not_judged < 6.3);
	assert_int_equal(result_last_rung(&r.part[0]), 3);
	assert_int_equal(result_last_rung(&r.part[1]), 8);
	result_free(&r);
}

static void text_fits_a_page_and_is_clean(void **state)
{
	struct result r = hostile();
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);

	(void)state;
	result_text(out, &r, false);
	fclose(out);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
		size_t columns = 0;
		for (const char *c = line; *c; c++) {
			assert_true((unsigned char)*c >= ' ');
			columns += ((unsigned char)*c & 0xC0) != 0x80;
		}
		if (columns > 80)
			fail_msg("%zu columns: %s", columns, line);
	}
	free(text);
	result_free(&r);
}

static void json_holds_what_the_text_does(void **state)
{
	struct result r = hostile();
	char *text = NULL;
	size_t bytes;
	FILE *out = open_memstream(&text, &bytes);
	json_error_t error;

	(void)state;
	result_json(out, &r);
	fclose(out);
	json_t *json = json_loads(text, 0, &error);
	assert_non_null(json);
	const json_t *first = json_array_get(json_object_get(json, "answers"), 0);
	assert_int_equal(json_integer_value(json_object_get(first, "failed")), 4);
	assert_int_equal(json_integer_value(json_object_get(first, "last_rung")), 3);
	assert_int_equal(json_array_size(json_object_get(first, "rungs")), RUNGS);
	assert_string_equal(json_string_value(json_object_get(json_object_get(first, "finding"), "replay")),
		"make grade LESSON=primes SEED=7");
	json_decref(json);
	free(text);
	result_free(&r);
}

/* ---- results for other systems ---- */

#define GOLDEN "bench/tests/golden/grade/"

/* hostile(), with words that stay as they are when words.c changes. */
static struct result fixed(void)
{
	struct result r = hostile();
	struct finding *f = &r.part[0].finding;
	char **const words[] = { &f->expected, &f->why, &f->advice };

	for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
		free(*words[i]);
		*words[i] = strdup(i == 0 ? "a & b < c > \xc2\x9b" "31m ]]> \xef\xbf\xbf" : i == 1 ? "why" : "=1+1");
	}
	free(f->seen);
	f->seen = strdup("=cmd|'/C calc'!A0, \"quoted\"\n\tnext \x1b[2J \xff\xc3\xa9");
	return r;
}

/* GOLDEN=write makes the file anew: then look at the difference. */
static char *compare_golden(const char *file, void (*write_format)(FILE *, const struct result *))
{
	struct result r = fixed();
	char *text = NULL, *expected, name[128];
	const char *asked = getenv("GOLDEN");
	size_t bytes, length;
	FILE *out = open_memstream(&text, &bytes);

	write_format(out, &r);
	fclose(out);
	result_free(&r);
	snprintf(name, sizeof name, GOLDEN "%s", file);
	FILE *golden = fopen(name, asked && strcmp(asked, "write") == 0 ? "w+e" : "re");
	assert_non_null(golden);
	if (asked && strcmp(asked, "write") == 0)
		fputs(text, golden);
	rewind(golden);
	expected = calloc(1, bytes + 100);
	length = fread(expected, 1, bytes + 99, golden);
	fclose(golden);
	if (length != bytes || memcmp(expected, text, bytes) != 0)
		fail_msg("not what %s holds; if that is meant: GOLDEN=write .../test_grade\n%s", name, text);
	free(expected);
	for (const unsigned char *c = (unsigned char *)text; *c; c++)
		assert_true(*c >= ' ' || *c == '\n' || *c == '\t');
	assert_null(strstr(text, "\xff"));
	return text;
}

static void gradescope_shows_each_rung_and_leaves_what_nobody_judged_without_score(void **state)
{
	char *text = compare_golden("gradescope.json", result_gradescope);
	json_error_t error;
	json_t *json = json_loads(text, 0, &error), *test;
	double sum = 0;
	size_t i;

	(void)state;
	assert_non_null(json);
	assert_int_equal(json_array_size(json_object_get(json, "tests")), 2 * RUNGS);
	json_array_foreach(json_object_get(json, "tests"), i, test)
		sum += json_number_value(json_object_get(test, "score"));
	assert_true(sum > 62.4 && sum < 62.6);
	assert_true(json_number_value(json_object_get(json, "score")) > sum - 0.01);
	assert_null(json_object_get(json_array_get(json_object_get(json, "tests"), 15), "max_score"));
	assert_null(json_object_get(json_array_get(json_object_get(json, "tests"), 15), "status"));
	json_decref(json);
	free(text);
}

static void junit_is_escaped_and_tells_failed_from_skipped(void **state)
{
	char *text = compare_golden("junit.xml", result_junit);

	(void)state;
	assert_non_null(strstr(text, "tests=\"16\" failures=\"1\" errors=\"0\" skipped=\"5\""));
	assert_non_null(strstr(text, "a &amp; b &lt; c &gt; ??31m ]]&gt; ???"));
	assert_null(strstr(text, "<b>"));
	free(text);
}

static void csv_has_a_row_for_each_answer_and_no_formula(void **state)
{
	char *text = compare_golden("answers.csv", result_csv);

	(void)state;
	assert_non_null(strstr(text, ",\"'=cmd|'/C calc'!A0, \"\"quoted\"\"\n?next ?[2J ?\xc3\xa9 mine.c:1: "));
	free(text);
}

static void cells_that_begin_a_formula_are_told_by_a_quote(void **state)
{
	static const char *const formulas[] = { "=1", "+1", "-1", "@SUM(1)", "  =1", "\t=1", "\r@x", "\n-1",
		"\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF201" };
	static const char *const others[] = { "", "a=1", "Smith, J.", "1-2", "'=1", " x", "\"=1\"" };

	(void)state;
	for (unsigned i = 0; i < sizeof formulas / sizeof *formulas; i++) {
		char *plain = result_csv_plain(formulas[i]);
		assert_int_equal(plain[0], '\'');
		free(plain);
	}
	for (unsigned i = 0; i < sizeof others / sizeof *others; i++) {
		char *plain = result_csv_plain(others[i]);
		assert_string_equal(plain, others[i]);
		free(plain);
	}
}

/* Every cause has its words, and they are no empty promise. */
static void every_cause_has_words(void **state)
{
	(void)state;
	for (unsigned cause = 0; cause < CAUSES; cause++) {
		struct finding f = { 0 };
		words_find(&f, cause, "%s", "seen");
		assert_true(f.expected && f.why && f.advice && f.seen);
		assert_true(strlen(f.expected) > 10 && strlen(f.why) > 10 && strlen(f.advice) > 10);
		free(f.expected);
		free(f.why);
		free(f.advice);
		free(f.seen);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_are_read),
		cmocka_unit_test(defaults_are_there),
		cmocka_unit_test(bad_settings_name_file_line_and_remedy),
		cmocka_unit_test(forbidden_calls_are_found_by_mechanism),
		cmocka_unit_test(exports_beside_variant_are_found),
		cmocka_unit_test(a_race_names_both_places_in_the_answer),
		cmocka_unit_test(a_race_of_openmp_names_the_parallel_region),
		cmocka_unit_test(other_findings_of_the_thread_sanitizer),
		cmocka_unit_test(findings_of_the_address_sanitizer),
		cmocka_unit_test(undefined_behaviour_has_its_line),
		cmocka_unit_test(damaged_reports_do_no_harm),
		cmocka_unit_test(yields_are_off_unless_asked_for),
		cmocka_unit_test(yields_come_to_an_end),
		cmocka_unit_test(points_are_told_apart_from_points_not_judged),
		cmocka_unit_test(text_fits_a_page_and_is_clean),
		cmocka_unit_test(json_holds_what_the_text_does),
		cmocka_unit_test(gradescope_shows_each_rung_and_leaves_what_nobody_judged_without_score),
		cmocka_unit_test(junit_is_escaped_and_tells_failed_from_skipped),
		cmocka_unit_test(csv_has_a_row_for_each_answer_and_no_formula),
		cmocka_unit_test(cells_that_begin_a_formula_are_told_by_a_quote),
		cmocka_unit_test(every_cause_has_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
