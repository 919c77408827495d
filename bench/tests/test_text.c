/* SPDX-License-Identifier: MIT */
/* test_text.c -- words into numbers and back: what is taken, what is refused, and that a refusal leaves *out alone. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/base/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- numbers ---- */

static void whole_numbers(void **state)
{
	static const struct { const char *text; uint64_t least, most, value; int error; } cases[] = {
		{ "0", 0, 9, 0, 0 }, { "9", 0, 9, 9, 0 }, { "007", 0, 9, 7, 0 },
		{ "18446744073709551615", 0, UINT64_MAX, UINT64_MAX, 0 },
		{ "10", 0, 9, 0, -ERANGE }, { "0", 1, 9, 0, -ERANGE }, { "1000000000000", 1, 1024, 0, -ERANGE },
		{ "18446744073709551616", 0, UINT64_MAX, 0, -ERANGE },
		{ "99999999999999999999999", 0, UINT64_MAX, 0, -ERANGE },
		{ "", 0, 9, 0, -EINVAL }, { "-1", 0, 9, 0, -EINVAL }, { "+1", 0, 9, 0, -EINVAL },
		{ " 1", 0, 9, 0, -EINVAL },
		{ "1 ", 0, 9, 0, -EINVAL }, { "1.0", 0, 9, 0, -EINVAL }, { "0x1", 0, 9, 0, -EINVAL },
		{ "1e3", 0, 9, 0, -EINVAL }, { "two", 0, 9, 0, -EINVAL },
		{ "99999999999999999999999x", 0, 9, 0, -EINVAL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint64_t out = 4711;
		assert_int_equal(text_u64(cases[i].text, cases[i].least, cases[i].most, &out), cases[i].error);
		assert_int_equal(out, cases[i].error ? 4711 : cases[i].value);
	}
}

struct real { const char *text; double value; int error; };

static void reals(int parse(const char *, double *), const struct real *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		double out = 4711;
		if (parse(cases[i].text, &out) != cases[i].error
			|| fabs(out - (cases[i].error ? 4711 : cases[i].value)) > 1e-12)
			fail_msg("'%s' gave %g", cases[i].text, out);
	}
}

static void seconds(void **state)
{
	static const struct real cases[] = {
		{ "90", 90, 0 }, { "90s", 90, 0 }, { "5m", 300, 0 }, { "5min", 300, 0 }, { "1.5h", 5400, 0 },
		{ "250ms", 0.25, 0 },
		{ ".5s", 0.5, 0 }, { "5.", 5, 0 }, { "168h", 604800, 0 },
		{ "0", 0, -ERANGE }, { "0ms", 0, -ERANGE }, { "169h", 0, -ERANGE },
		{ "99999999999999999999", 0, -ERANGE },
		{ "", 0, -EINVAL }, { "s", 0, -EINVAL }, { ".", 0, -EINVAL }, { "-5m", 0, -EINVAL },
		{ "5 m", 0, -EINVAL },
		{ "5d", 0, -EINVAL }, { "1e3", 0, -EINVAL }, { "1.2.3", 0, -EINVAL }, { "inf", 0, -EINVAL },
		{ "nan", 0, -EINVAL },
		{ "0x10", 0, -EINVAL }, { "soon", 0, -EINVAL }, { "5M", 0, -EINVAL },
		{ "1111111111111111111111111111111111111111", 0, -EINVAL },
	};

	(void)state;
	reals(text_seconds, cases, COUNT(cases));
}

static void percents(void **state)
{
	static const struct real cases[] = {
		{ "3%", 0.03, 0 }, { "3", 0.03, 0 }, { "0.5%", 0.005, 0 }, { "99.9", 0.999, 0 },
		{ "0", 0, -ERANGE }, { "100", 0, -ERANGE }, { "100%", 0, -ERANGE },
		{ "", 0, -EINVAL }, { "%", 0, -EINVAL }, { "-3%", 0, -EINVAL }, { "3%%", 0, -EINVAL },
		{ "3 %", 0, -EINVAL },
		{ "3x", 0, -EINVAL }, { "tight", 0, -EINVAL },
	};

	(void)state;
	reals(text_percent, cases, COUNT(cases));
}

/* ---- names ---- */

static void nearest_name(void **state)
{
	static const char *const names[] = { "serial", "pthreads", "fork", "fork_pool", "openmp" };
	static const struct { const char *word, *nearest; } cases[] = {
		{ "fork", "fork" }, { "fokr", "fork" }, { "forkpool", "fork_pool" }, { "pthread", "pthreads" },
		{ "opnmp", "openmp" }, { "mpi", NULL }, { "", NULL }, { "quantum", NULL },
	};
	char long_word[1000];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *nearest = text_nearest(cases[i].word, names, COUNT(names));
		if (cases[i].nearest)
			assert_string_equal(nearest, cases[i].nearest);
		else
			assert_null(nearest);
	}
	assert_null(text_nearest("fork", names, 0));
	memset(long_word, 'x', sizeof long_word - 1);
	long_word[sizeof long_word - 1] = '\0';
	text_nearest(long_word, names, COUNT(names));                                           /* must end */
	text_nearest("fork", (const char *const[]){ long_word }, 1);
}

/* ---- output ---- */

static void times(void **state)
{
	static const struct { double seconds; const char *text; } cases[] = {
		{ 0, "0.00 ns" }, { 512e-9, "512 ns" }, { 1.24e-3, "1.24 ms" }, { 3.07, "3.07 s" },
		{ 12.34e-6, "12.3 us" },
		{ 0.9996e-3, "1.00 ms" }, { 999.4e-6, "999 us" }, { 0.99951, "1.00 s" }, { 9.996, "10.0 s" },
		{ 99.96, "100 s" },
		{ 86400, "86400 s" },
	};
	char out[16];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(text_time(cases[i].seconds, out, sizeof out), cases[i].text);
}

static void counts(void **state)
{
	static const struct { uint64_t n; const char *text; } cases[] = {
		{ 0, "0" }, { 999, "999" }, { 1000, "1 000" }, { 20000000, "20 000 000" }, { 123456, "123 456" },
		{ UINT64_MAX, "18 446 744 073 709 551 615" },
	};
	char out[32];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(text_count(cases[i].n, out, sizeof out), cases[i].text);
	memset(out, 'x', sizeof out);
	text_count(UINT64_MAX, out, 8);
	assert_true(strlen(out) < 8);
	assert_int_equal(out[8], 'x');
}

static void json(void **state)
{
	static const struct { const char *text, *json; } cases[] = {
		{ NULL, "null" }, { "", "\"\"" }, { "plain", "\"plain\"" },
		{ "say \"no\"\\", "\"say \\\"no\\\"\\\\\"" },
		{ "a\nb\tc\x1b", "\"a\\u000ab\\u0009c\\u001b\"" },
		{ "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"" },
		/* no UTF-8: stray, cut, overlong, surrogate, past the end */
		{ "\xff", "\"\\ufffd\"" }, { "\xc3", "\"\\ufffd\"" }, { "\xc0\x80", "\"\\ufffd\\ufffd\"" },
		{ "\xed\xa0\x80", "\"\\ufffd\\ufffd\\ufffd\"" },
		{ "\xf4\x90\x80\x80", "\"\\ufffd\\ufffd\\ufffd\\ufffd\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = NULL;
		size_t bytes;
		FILE *out = open_memstream(&text, &bytes);
		text_json(out, cases[i].text);
		fclose(out);
		assert_string_equal(text, cases[i].json);
		free(text);
	}
}

static void cleaned(void **state)
{
	static const struct { const char *dirty, *clean; } cases[] = {
		{ "", "" }, { "plain", "plain" }, { "\xc3\xa4 \xe2\x82\xac", "\xc3\xa4 \xe2\x82\xac" },
		{ "\xff\x1b[31m{]", "??[31m{]" }, { "cut \xe2\x82", "cut ??" }, { "a\nb\x7f", "a?b?" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[32];
		strcpy(text, cases[i].dirty);
		assert_string_equal(text_clean(text), cases[i].clean);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers),
		cmocka_unit_test(seconds),
		cmocka_unit_test(percents),
		cmocka_unit_test(nearest_name),
		cmocka_unit_test(times),
		cmocka_unit_test(counts),
		cmocka_unit_test(json),
		cmocka_unit_test(cleaned),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
