/* SPDX-License-Identifier: MIT */
/* test_plan.c -- lists of workers, and the cells that a plan makes of them.
 *
 * Plans are made on machines that hwloc makes up, for the fake lessons in tests/lessons, whose programs lie beside this
 * one.
 */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/run/plan.h"
#include "bench/run/spawn.h"
#include "bench/run/sweep.h"
#include "bench/tests/programs.h"

/* ---- lists of workers ---- */

static void lists(void **state)
{
	static const struct { const char *text; unsigned most; const char *counts; } cases[] = {
		{ "1", 4, "1" }, { "1,2,4", 4, "1,2,4" }, { "1..4", 4, "1,2,3,4" }, { "1..max", 3, "1,2,3" },
		{ "max", 6, "6" },
		{ "4,2,1", 4, "1,2,4" }, { "2,2,2", 4, "2" }, { "1..3,2..4", 4, "1,2,3,4" }, { "max..max", 2, "2" },
		{ "8", 2, "8" },        /* whether it fits is the placement's business */
		{ "1024", 2, "1024" }, { "1..1", 1, "1" }, { "007", 8, "7" },
	};
	unsigned counts[PLAN_MAX_COUNTS], count;
	char why[CARD_WHY], text[256];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *at = text;
		assert_int_equal(plan_parse_workers(cases[i].text, cases[i].most, counts, &count, why), 0);
		for (unsigned j = 0; j < count; j++)
			at += sprintf(at, "%s%u", j ? "," : "", counts[j]);
		assert_string_equal(text, cases[i].counts);
	}
}

/* The sentence names the culprit, not the whole list. */
static void lists_refused(void **state)
{
	static const struct { const char *text, *culprit; } cases[] = {
		{ "0", "'0'" }, { "-1", "'-1'" }, { "two", "'two'" }, { "1000000000000", "'1000000000000'" },
		{ "", "''" },
		{ "1,,2", "''" }, { "4..2", "'4..2'" }, { "1,", "''" }, { ",1", "''" }, { "1...3", "'1...3'" },
		{ "..", "'..'" },
		{ "1..", "'1..'" }, { "..4", "'..4'" }, { "1-4", "'1-4'" }, { "1 2", "'1 2'" }, { " 1", "' 1'" },
		{ "1.5", "'1.5'" },
		{ "1025", "'1025'" }, { "1..1025", "'1..1025'" }, { "maximum", "'maximum'" }, { "5..max", "'5..max'" },
		{ "0..2", "'0..2'" }, { "18446744073709551617", "'18446744073709551617'" },
	};
	unsigned counts[PLAN_MAX_COUNTS], count;
	char why[CARD_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		*why = '\0';
		if (plan_parse_workers(cases[i].text, 4, counts, &count, why) != -EINVAL
			|| !strstr(why, cases[i].culprit)
			|| !strstr(why, "1 to 1024") || !strstr(why, "write them as"))
			fail_msg("'%s': %s", cases[i].text, why);
	}
}

static void too_many_different_numbers(void **state)
{
	unsigned counts[PLAN_MAX_COUNTS], count;
	char why[CARD_WHY];

	(void)state;
	assert_int_equal(plan_parse_workers("1..128,1..128", 4, counts, &count, why), 0);
	assert_int_equal(count, 128);
	assert_int_equal(plan_parse_workers("1..129", 4, counts, &count, why), -EINVAL);
	assert_non_null(strstr(why, "128"));
	assert_int_equal(plan_parse_workers("1..1024", 4, counts, &count, why), -EINVAL);
}

/* ---- cells ---- */

static struct programs programs;

/* Options that a user would type. */
struct asked {
	const char *variants, *workers, *policy, *param, *sizes, *sweep;
	bool oversubscribe, weak;
	uint64_t n;
};

/* A plan for one lesson on a made-up machine. */
static int make_plan(struct plan *plan, const char *machine, const char *name, const struct asked *a, char *why)
{
	struct settings s = {
		.programs = programs.lessons, .capacity = programs.capacity, .lesson = { name }, .lessons = 1,
		.variants = a->variants, .sizes = a->sizes, .sweep = { a->sweep }, .sweeps = a->sweep ? 1 : 0,
		.weak = a->weak,
		.workers = a->workers, .oversubscribe = a->oversubscribe, .n = a->n, .params = { a->param },
		.param_count = a->param ? 1 : 0,
	};
	hwloc_topology_t topology;

	*why = '\0';
	assert_int_equal(place_parse(a->policy ? a->policy : "cores", &s.policy, why), 0);
	assert_int_equal(place_load_synthetic(&topology, machine, why), 0);
	int error = plan_make(plan, &s, topology, why);
	hwloc_topology_destroy(topology);
	return error;
}

/* "serial/1 pthreads/1 pthreads/2 serial/1! ...": variant, workers, ! for the document's size; groups split by | */
static void cells(const struct plan *plan, char *text)
{
	*text = '\0';
	for (unsigned g = 0; g < plan->groups; g++) {
		text += sprintf(text, "%s", g ? " |" : "");
		for (unsigned c = plan->first[g]; c < plan->first[g + 1]; c++) {
			const struct cell *cell = &plan->cell[c];
			text += sprintf(text, " %s/%u%s", cell->card->variant[cell->variant].name, cell->workers,
				cell->document ? "!" : "");
		}
	}
}

static void plans(void **state)
{
	static const struct { const char *machine, *lesson; struct asked asked; const char *cells; } cases[] = {
		{ "core:1 pu:1", "growing", { 0 }, " serial/1 constant/1 | serial/1" },
		{ "core:2 pu:1", "growing", { 0 }, " serial/1 constant/1 constant/2 | serial/1 copies/2" },
		{ "core:2 pu:1", "53", { 0 }, " serial/1 constant/1 constant/2 | serial/1 copies/2" },
		{ "core:2 pu:1", "53_growing", { .variants = "serial" }, " serial/1 | serial/1" },
		{ "core:2 pu:2", "growing", { .workers = "1,4" },
			" serial/1 constant/1 constant/4 | serial/1 copies/4" },
		{ "core:20 pu:1", "growing", { 0 }, " serial/1 constant/1 constant/2 constant/3 constant/4 constant/5 "
			"constant/6 constant/7 constant/8 constant/12 constant/16 constant/20 | serial/1 copies/2 "
			"copies/3 copies/4 copies/5 copies/6 copies/7 copies/8 copies/12 copies/16 copies/20" },
		/* oversubscribed: no ceiling for what has no PU of its own */
		{ "core:2 pu:1", "growing", { .workers = "2,8", .oversubscribe = true },
			" serial/1 constant/2 constant/8 | serial/1 copies/2" },
		/* one that waits may pass the PUs, and its document's size is measured, too */
		{ "core:2 pu:1", "waiter", { 0 }, " serial/1 pthreads/1 pthreads/2 pthreads/4 pthreads/8 pthreads/16 "
			"serial/1! pthreads/16! | serial/1 copies/2" },
		{ "core:2 pu:1", "waiter", { .workers = "64" },
			" serial/1 pthreads/64 serial/1! pthreads/64! | serial/1" },
		/* a policy with fewer PUs than the machine */
		{ "numa:2 core:2 pu:1", "growing", { .policy = "numa:1" },
			" serial/1 constant/1 constant/2 | serial/1 copies/2" },
		{ "core:4 pu:1", "growing", { .policy = "list:3,1", .workers = "max" },
			" serial/1 constant/2 | serial/1 copies/2" },
		{ "core:4 pu:1", "growing", { .policy = "none", .workers = "max" },
			" serial/1 constant/4 | serial/1 copies/4" },
	};
	struct plan plan;
	char why[CARD_WHY], text[1024];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (make_plan(&plan, cases[i].machine, cases[i].lesson, &cases[i].asked, why) != 0)
			fail_msg("case %zu: %s", i, why);
		cells(&plan, text);
		assert_string_equal(text, cases[i].cells);
		plan_free(&plan);
	}
}

static void plans_refused(void **state)
{
	static const struct {
		const char *machine, *lesson;
		struct asked asked;
		const char *culprit, *remedy;
	} cases[] = {
		{ "core:2 pu:1", "growling", { 0 }, "growling", "did you mean 'growing'" },
		{ "core:2 pu:1", "9", { 0 }, "'9'", "manyhands list" },
		{ "core:2 pu:1", "", { 0 }, "''", "manyhands list" },
		{ "core:2 pu:1", "growing", { .variants = "constnat" }, "constnat", "did you mean 'constant'" },
		{ "core:2 pu:1", "growing", { .variants = "serial,,constant" }, "''", "serial, constant" },
		{ "core:2 pu:1", "growing", { .variants = "" }, "''", "serial, constant" },
		{ "core:2 pu:1", "growing", { .workers = "3" }, "3 workers", "--oversubscribe" },
		{ "core:2 pu:1", "growing", { .workers = "none" }, "'none'", "write them as" },
		{ "core:2 pu:1", "waiter", { .param = "nap_su=1" }, "nap_su", "did you mean 'nap_us'" },
		{ "core:2 pu:1", "waiter", { .param = "nap_us" }, "nap_us", "NAME=VALUE" },
		{ "core:2 pu:1", "waiter", { .param = "nap_us=" }, "nap_us=", "from 1 to 100000" },
		{ "core:2 pu:1", "waiter", { .param = "nap_us=0" }, "nap_us=0", "from 1 to 100000" },
		{ "core:2 pu:1", "waiter", { .param = "nap_us=100001" }, "nap_us=100001", "from 1 to 100000" },
		{ "core:2 pu:1", "growing", { .param = "nap_us=1" }, "nap_us", "growing" },
		{ "core:2 pu:1", "growing", { .n = UINT64_C(1) << 32 }, "4294967296", "up to n = 4294967295" },
		{ "core:2 pu:1", "incomplete", { 0 }, "'absent'", "run make" },
	};
	struct plan plan;
	char why[CARD_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int error = make_plan(&plan, cases[i].machine, cases[i].lesson, &cases[i].asked, why);
		if (error >= 0 || !strstr(why, cases[i].culprit) || !strstr(why, cases[i].remedy))
			fail_msg("case %zu: %s", i, why);
		plan_free(&plan);
	}
}

static void parameters_and_sizes_reach_their_cells(void **state)
{
	static const struct asked asked = { .param = "nap_us=7", .n = 5, .workers = "2" };
	struct plan plan;
	char why[CARD_WHY];

	(void)state;
	assert_int_equal(make_plan(&plan, "core:2 pu:1", "waiter", &asked, why), 0);
	assert_int_equal(plan.count, 6);
	for (unsigned c = 0; c < 4; c++) {
		assert_int_equal(plan.cell[c].n, c < 2 ? 5 : 4);  /* the document's own stay as they are */
		assert_int_equal(plan.cell[c].param[0], c < 2 ? 7 : 1);
	}
	assert_int_equal(plan.cell[4].n, plan.capacity.card[0]->n);
	plan_free(&plan);
}

/* ---- sweeps ---- */

static void values(void **state)
{
	static const struct { const char *text; uint64_t least, most; const char *values; } cases[] = {
		{ "7", 0, 9, "7" }, { "3,1,2", 0, 9, "1,2,3" }, { "2,2", 0, 9, "2" }, { "1..8", 0, 9, "1,2,4,8" },
		{ "1..9", 0, 9, "1,2,4,8,9" }, { "0..5", 0, 9, "0,1,2,4,5" }, { "5..5", 0, 9, "5" },
		{ "3..20,1,100", 0, 100, "1,3,6,12,20,100" },
		{ "9223372036854775807..18446744073709551615", 0, UINT64_MAX,
			"9223372036854775807,18446744073709551614,18446744073709551615" },
	};
	uint64_t found[SWEEP_MOST_VALUES];
	unsigned count;
	char why[CARD_WHY], text[256];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *at = text;
		assert_int_equal(sweep_values("--sizes", cases[i].text, cases[i].least, cases[i].most, found, &count,
			why), 0);
		for (unsigned j = 0; j < count; j++)
			at += sprintf(at, "%s%" PRIu64, j ? "," : "", found[j]);
		assert_string_equal(text, cases[i].values);
	}
}

static void values_refused(void **state)
{
	static const struct { const char *text, *culprit; } cases[] = {
		{ "", "''" }, { "1,,2", "''" }, { "8..1", "'8..1'" }, { "x", "'x'" }, { "1...3", "'1...3'" },
			{ "10", "'10'" },
		{ "1..10", "'1..10'" }, { "-1", "'-1'" }, { "1.5", "'1.5'" }, { "1,", "''" },
	};
	uint64_t found[SWEEP_MOST_VALUES];
	unsigned count;
	char why[CARD_WHY], many[400] = "1";

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (sweep_values("--sweep spin", cases[i].text, 0, 9, found, &count, why) != -EINVAL
			|| !strstr(why, "--sweep spin") || !strstr(why, cases[i].culprit)
			|| !strstr(why, "from 0 to 9"))
			fail_msg("'%s': %s", cases[i].text, why);
	for (int i = 2; i <= SWEEP_MOST_VALUES; i++)
		sprintf(many + strlen(many), ",%d", i);
	assert_int_equal(sweep_values("--sizes", many, 0, 1000, found, &count, why), 0);
	assert_int_equal(count, SWEEP_MOST_VALUES);
	strcat(many, ",1000");
	assert_int_equal(sweep_values("--sizes", many, 0, 1000, found, &count, why), -EINVAL);
	assert_non_null(strstr(why, "64 values"));
}

/* "5/1/7 5/2/7 | ...": n, workers and the first parameter of each cell; groups split by | */
static void problems(const struct plan *plan, char *text)
{
	*text = '\0';
	for (unsigned g = 0; g < plan->groups && !plan_is_yardstick(plan, g); g++)
		for (unsigned c = plan->first[g]; c < plan->first[g + 1]; c++) {
			const struct cell *cell = &plan->cell[c];
			text += sprintf(text, "%s%s%s %" PRIu64 "/%u/%" PRIu64, c == plan->first[g] && g ? " |" : "",
				cell->document ? " !" : "", cell->left_out ? " -" : "", cell->n, cell->workers,
				cell->param[0]);
		}
}

static void each_problem_of_a_sweep_has_a_base_of_its_own(void **state)
{
	static const struct { struct asked asked; const char *problems; } cases[] = {
		{ { .workers = "2", .sweep = "nap_us=3,9", .n = 8 }, " 8/1/3 8/2/3 ! 4/1/1 ! 4/2/1 | 8/1/9 8/2/9" },
		{ { .workers = "2", .sizes = "5..10", .param = "nap_us=2" },
			" 5/1/2 5/2/2 ! 4/1/1 ! 4/2/1 | 10/1/2 10/2/2" },
		{ { .workers = "1", .sizes = "5,6", .sweep = "nap_us=1,2", .variants = "serial" },
			" 5/1/1 ! 4/1/1 | 5/1/2 | 6/1/1 | 6/1/2" },
		{ { .workers = "1,2", .n = 8, .weak = true }, " 8/1/1000 8/1/1000 16/2/1000 ! 4/1/1 ! 4/2/1" },
		/* the largest n is 2^32 - 1: three times as much does not go */
		{ { .workers = "2,3", .n = 2000000000, .weak = true, .oversubscribe = true }, " 2000000000/1/1000 "
			"4000000000/2/1000 - 6000000000/3/1000 ! 4/1/1 ! 4/3/1" },
	};
	struct plan plan;
	char why[CARD_WHY], text[1024];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (make_plan(&plan, "core:2 pu:1", "waiter", &cases[i].asked, why) != 0)
			fail_msg("case %zu: %s", i, why);
		problems(&plan, text);
		assert_string_equal(text, cases[i].problems);
		plan_free(&plan);
	}
}

/* Of all lessons, those that have the parameter; named by the user, a lesson must have it. */
static void a_sweep_passes_by_the_lessons_without_its_parameter(void **state)
{
	struct settings s = { .sweep = { "nap_us=1,2" }, .sweeps = 1 };
	struct problem problem[SWEEP_MOST_PROBLEMS];
	struct catalogue c;
	char why[CARD_WHY];
	unsigned count;

	(void)state;
	assert_int_equal(catalogue_load_one(&c, programs.lessons, "growing", why), 0);
	assert_int_equal(sweep_problems(&s, c.card[0], problem, &count, why), 0);
	assert_int_equal(count, 0);
	s.lessons = 1;
	assert_int_equal(sweep_problems(&s, c.card[0], problem, &count, why), -EINVAL);
	assert_non_null(strstr(why, "nap_us"));
	catalogue_free(&c);
}

/* What the lesson names is measured when the user says nothing of it: the default on all workers, the others aside. */
static void a_lesson_has_a_sweep_of_its_own(void **state)
{
	struct card card = { .name = (char[]){ "x" }, .n = 10, .n_max = 100, .params = 2, .param = {
		{ "share", "percent", 50, 0, 100, "", false, "0,50,100" },
			{ "hold", "step", 7, 1, 9, "", false, NULL } } };
	struct problem problem[SWEEP_MOST_PROBLEMS];
	char why[CARD_WHY];
	static const uint64_t share[] = { 50, 0, 100 };         /* the default first */
	unsigned count;

	(void)state;
	assert_int_equal(sweep_problems(&(struct settings){ 0 }, &card, problem, &count, why), 0);
	assert_int_equal(count, 3);
	for (unsigned i = 0; i < count; i++) {
		assert_int_equal(problem[i].param[0], share[i]);
		assert_int_equal(problem[i].param[1], 7);
		assert_int_equal(problem[i].aside, i != 0);
	}
	static const struct settings others[] = {
		{ .params = { "share=20" }, .param_count = 1 }, { .sweep = { "hold=3" }, .sweeps = 1 },
			{ .sizes = "5" },
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		assert_int_equal(sweep_problems(&others[i], &card, problem, &count, why), 0);
		assert_int_equal(count, 1);
		assert_false(problem[0].aside);
	}
	assert_int_equal(sweep_problems(&(struct settings){ .params = { "hold=2" }, .param_count = 1 }, &card, problem,
		&count,
		why), 0);
	assert_int_equal(count, 3);             /* of another parameter: the sweep stays */
}

/* Sizes to measure besides: aside, as they are, with the parameters as they are. */
static void a_lesson_has_sizes_of_its_own(void **state)
{
	struct card card = { .name = (char[]){ "x" }, .n = 10, .n_max = 100, .sizes = "2,8", .params = 1,
		.param = { { "share", "percent", 50, 0, 100, "", false, "0,50" } } };
	static const struct { uint64_t n, share; bool aside; } right[] = {
		{ 0, 50, false }, { 0, 0, true }, { 2, 50, true }, { 8, 50, true },
	};
	struct problem problem[SWEEP_MOST_PROBLEMS];
	char why[CARD_WHY];
	unsigned count;

	(void)state;
	assert_int_equal(sweep_problems(&(struct settings){ 0 }, &card, problem, &count, why), 0);
	assert_int_equal(count, 4);
	for (unsigned i = 0; i < count; i++) {
		assert_int_equal(problem[i].n, right[i].n);
		assert_int_equal(problem[i].fixed, right[i].n != 0);
		assert_int_equal(problem[i].param[0], right[i].share);
		assert_int_equal(problem[i].aside, right[i].aside);
	}
	static const struct settings others[] = { { .n = 5 }, { .sizes = "5" }, { .sweep = { "share=3" }, .sweeps = 1 },
		{ .weak = true, .params = { "share=3" }, .param_count = 1 } };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		assert_int_equal(sweep_problems(&others[i], &card, problem, &count, why), 0);
		assert_int_equal(count, i == 0 ? 2 : 1);
	}
	card.sizes = "2,800";
	assert_int_equal(sweep_problems(&(struct settings){ 0 }, &card, problem, &count, why), -EINVAL);
	assert_non_null(strstr(why, "800"));
}

static void sweeps_refused(void **state)
{
	static const struct { struct asked asked; const char *culprit, *remedy; } cases[] = {
		{ { .sweep = "nap_us" }, "--sweep nap_us", "NAME=VALUE" },
		{ { .sweep = "nap=1" }, "'nap'", "did you mean 'nap_us'" },
		{ { .sweep = "nap_us=0" }, "--sweep nap_us: '0'", "from 1 to 100000" },
		{ { .sizes = "0" }, "--sizes: '0'", "from 1 to" },
		{ { .sizes = "1..4294967296" }, "'1..4294967296'", "to 4294967295" },
		{ { .sizes = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17",
			.sweep = "nap_us=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17" }, "289 problems", "name fewer" },
	};
	struct plan plan;
	char why[CARD_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int error = make_plan(&plan, "core:2 pu:1", "waiter", &cases[i].asked, why);
		if (error >= 0 || !strstr(why, cases[i].culprit) || !strstr(why, cases[i].remedy))
			fail_msg("case %zu: %s", i, why);
		plan_free(&plan);
	}
}

static int set_up(void **state)
{
	(void)state;
	return programs_find(&programs) < 0 ? -1 : spawn_init();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(lists_refused),
		cmocka_unit_test(too_many_different_numbers),
		cmocka_unit_test(plans),
		cmocka_unit_test(plans_refused),
		cmocka_unit_test(parameters_and_sizes_reach_their_cells),
		cmocka_unit_test(values),
		cmocka_unit_test(values_refused),
		cmocka_unit_test(each_problem_of_a_sweep_has_a_base_of_its_own),
		cmocka_unit_test(a_sweep_passes_by_the_lessons_without_its_parameter),
		cmocka_unit_test(a_lesson_has_a_sweep_of_its_own),
		cmocka_unit_test(a_lesson_has_sizes_of_its_own),
		cmocka_unit_test(sweeps_refused),
	};

	return cmocka_run_group_tests_name("plan", tests, set_up, NULL);
}
