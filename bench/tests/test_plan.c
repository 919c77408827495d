/* SPDX-License-Identifier: MIT */
/* test_plan.c -- lists of workers, and the cells that a plan makes of them.
 *
 * Plans are made on machines that hwloc makes up, for the fake lessons in tests/lessons, whose programs lie beside this
 * one.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/run/plan.h"
#include "bench/run/spawn.h"
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
struct asked { const char *variants, *workers, *policy, *param; bool oversubscribe; uint64_t n; };

/* A plan for one lesson on a made-up machine. */
static int make_plan(struct plan *plan, const char *machine, const char *name, const struct asked *a, char *why)
{
	struct settings s = {
		.programs = programs.lessons, .capacity = programs.capacity, .lesson = { name }, .lessons = 1,
			.variants = a->variants,
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
	};

	return cmocka_run_group_tests_name("plan", tests, set_up, NULL);
}
