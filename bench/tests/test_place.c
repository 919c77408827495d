/* SPDX-License-Identifier: MIT */
/* test_place.c -- plans and pictures of machines that nobody here owns.
 *
 * A machine is a row of `machines`: what hwloc makes it of, how big it must come out, and plans that it must give.  The
 * invariants then hold for every machine, policy and number of workers.
 */
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/place/place.h"

enum { MAX_PLANS = 16, MAX_WORKERS = 600, PLAN_WORDS = 8 * MAX_WORKERS };

struct machine {
	const char *name, *synthetic;
	const char *only;             /* PUs that it is cut down to, or NULL */
	const char *fast, *slow;      /* PUs of its two kinds of core, or NULL */
	unsigned packages, cores, pus;  /* packages that have PUs */
	struct {
		const char *policy;
		unsigned workers;
		const char *plan;
	} plans[MAX_PLANS];
};

static const struct machine machines[] = {
	{"1 core", "package:1 core:1 pu:1", .packages = 1, .cores = 1, .pus = 1, .plans = {
		{"cores", 0, ""}, {"cores", 1, "0"}, {"close", 1, "0"}, {"spread", 1, "0"}, {"numa:0", 1, "0"},
		{"list:0", 1, "0"}, {"none", 1, "any"}}},
	{"2 cores", "package:1 core:2 pu:1", .packages = 1, .cores = 2, .pus = 2, .plans = {
		{"cores", 1, "0"}, {"cores", 2, "0,1"}, {"close", 2, "0,1"}, {"spread", 1, "0"}, {"spread", 2, "0,1"},
		{"numa:0", 2, "0,1"}, {"list:1,0", 2, "1,0"}, {"list:1,0", 1, "1"}, {"none", 2, "any,any"}}},
	{"2 PUs without cores", "pu:2", .packages = 0, .cores = 2, .pus = 2, .plans = {
		{"cores", 2, "0,1"}, {"close", 2, "0,1"}, {"spread", 2, "0,1"}}},
	{"4 cores SMT2", "package:1 core:4 pu:2", .packages = 1, .cores = 4, .pus = 8, .plans = {
		{"cores", 4, "0,2,4,6"}, {"cores", 6, "0,2,4,6,1,3"}, {"close", 5, "0,1,2,3,4"}, {"smt", 3, "0,1,2"},
		{"spread", 2, "0,4"}, {"spread", 4, "0,2,4,6"}, {"spread", 6, "0,2,4,6,1,5"},
		{"numa:0", 5, "0,2,4,6,1"}, {"list:7,1-3", 4, "7,1,2,3"}}},
	{"2 sockets", "package:2 [numa] core:4 pu:1", .packages = 2, .cores = 8, .pus = 8, .plans = {
		{"cores", 3, "0,1,2"}, {"close", 5, "0,1,2,3,4"}, {"spread", 2, "0,4"}, {"spread", 3, "0,2,4"},
		{"spread", 4, "0,2,4,6"}, {"numa:1", 4, "4,5,6,7"}}},
	{"2 sockets SMT2, scattered as Intel numbers", "package:2 [numa] l3:1 core:4 pu:2(indexes=core:package)",
		.packages = 2, .cores = 8, .pus = 16, .plans = {
		{"cores", 4, "0,1,2,3"}, {"cores", 9, "0,1,2,3,4,5,6,7,8"}, {"close", 4, "0,8,1,9"},
		{"smt", 3, "0,8,1"}, {"spread", 2, "0,4"}, {"spread", 4, "0,2,4,6"},
		{"spread", 10, "0,1,2,3,4,5,6,7,8,12"}, {"numa:1", 5, "4,5,6,7,12"}, {"list:12,4", 2, "12,4"}}},
	{"2 sockets SMT2, sockets alternate", "package:2 [numa] core:4 pu:2(indexes=package:core)",
		.packages = 2, .cores = 8, .pus = 16, .plans = {
		{"cores", 5, "0,2,4,6,1"}, {"close", 3, "0,8,2"}, {"spread", 2, "0,1"}, {"spread", 4, "0,4,1,5"},
		{"numa:1", 2, "1,3"}}},
	{"4 NUMA nodes", "numa:4 core:4 pu:2", .packages = 0, .cores = 16, .pus = 32, .plans = {
		{"cores", 3, "0,2,4"}, {"close", 3, "0,1,2"}, {"spread", 4, "0,8,16,24"},
		{"spread", 8, "0,4,8,12,16,20,24,28"}, {"numa:2", 5, "16,18,20,22,17"}}},
	{"NUMA nodes 0 and 8, as POWER numbers", "package:2 [numa(indexes=0,8)] core:4 pu:1",
		.packages = 2, .cores = 8, .pus = 8, .plans = {{"numa:0", 2, "0,1"}, {"numa:8", 2, "4,5"}}},
	{"a NUMA node without PUs", "package:2 [numa] core:2 pu:1", .only = "0-1", .packages = 1, .cores = 2, .pus = 2,
		.plans = {{"cores", 2, "0,1"}, {"spread", 2, "0,1"}, {"numa:0", 2, "0,1"}}},
	{"two kinds of memory", "package:2 [numa] [numa] core:2 pu:1", .packages = 2, .cores = 4, .pus = 4, .plans = {
		{"numa:1", 2, "0,1"}, {"numa:3", 2, "2,3"}, {"spread", 2, "0,2"}}},
	{"a NUMA node per core", "numa:4 core:1 pu:1", .packages = 0, .cores = 4, .pus = 4, .plans = {
		{"cores", 2, "0,1"}, {"spread", 2, "0,2"}, {"numa:3", 1, "3"}}},
	{"8 NUMA nodes", "package:2 numa:4 l3:1 core:8 pu:1", .packages = 2, .cores = 64, .pus = 64, .plans = {
		{"cores", 3, "0,1,2"}, {"spread", 2, "0,32"}, {"spread", 8, "0,8,16,24,32,40,48,56"},
		{"numa:7", 2, "56,57"}}},
	{"1 node, 4 L3 (CCX)", "package:1 [numa] l3:4 core:4 pu:2(indexes=core:l3)", .packages = 1, .cores = 16,
		.pus = 32, .plans = {{"cores", 5, "0,1,2,3,4"}, {"close", 3, "0,16,1"}, {"spread", 4, "0,4,8,12"},
		{"spread", 8, "0,2,4,6,8,10,12,14"}}},
	{"128 cores", "package:2 [numa] l3:8 core:8 pu:1", .packages = 2, .cores = 128, .pus = 128, .plans = {
		{"cores", 2, "0,1"}, {"spread", 2, "0,64"}, {"spread", 4, "0,32,64,96"}, {"numa:1", 2, "64,65"}}},
	{"128 cores, flat", "core:128 pu:1", .packages = 0, .cores = 128, .pus = 128, .plans = {{"spread", 2, "0,64"}}},
	{"256 PUs", "package:2 [numa] l3:16 core:4 pu:2", .packages = 2, .cores = 128, .pus = 256, .plans = {
		{"cores", 3, "0,2,4"}, {"close", 3, "0,1,2"}, {"spread", 2, "0,128"}}},
	{"20 cores", "core:20 pu:1", .packages = 0, .cores = 20, .pus = 20, .plans = {{"cores", 2, "0,1"}}},
	{"2 L3 without cores", "l3:2 pu:4", .packages = 0, .cores = 8, .pus = 8, .plans = {{"spread", 2, "0,4"}}},
	{"12 kinds of memory", "[numa] [numa] [numa] [numa] [numa] [numa] [numa] [numa] [numa] [numa] [numa] [numa] "
		"core:2 pu:1", .packages = 0, .cores = 2, .pus = 2, .plans = {{"numa:11", 2, "0,1"}}},
	{"SMT8", "package:1 core:6 pu:8", .packages = 1, .cores = 6, .pus = 48, .plans = {
		{"cores", 7, "0,8,16,24,32,40,1"}, {"smt", 9, "0,1,2,3,4,5,6,7,8"}}},
	{"SMT4", "package:2 [numa] core:3 pu:4", .packages = 2, .cores = 6, .pus = 24, .plans = {
		{"cores", 7, "0,4,8,12,16,20,1"}, {"smt", 5, "0,1,2,3,4"}, {"close", 5, "0,1,2,3,4"},
		{"spread", 2, "0,12"}, {"spread", 8, "0,4,8,12,16,20,1,13"}}},
	/* 4 fast cores with two threads, 6 slow ones with one; PU 8 is the first slow one */
	{"hybrid", "package:1 [numa] l3:1 core:10 pu:2", .only = "0-7,8,10,12,14,16,18", .fast = "0-7",
		.slow = "8,10,12,14,16,18", .packages = 1, .cores = 10, .pus = 14, .plans = {
		{"cores", 4, "0,2,4,6"}, {"cores", 6, "0,2,4,6,1,3"}, {"close", 3, "0,1,2"}, {"spread", 2, "0,4"},
		{"smt", 2, "0,1"}, {"kind:P", 5, "0,2,4,6,1"}, {"kind:E", 3, "8,10,12"},
		/* neither kind has room for 9: both, the fast first, and no second thread while there is a core */
		{"cores", 9, "0,2,4,6,8,10,12,14,16"}, {"close", 9, "0,1,2,3,4,5,6,7,8"}, {"numa:0", 5, "0,2,4,6,8"}}},
	/* as on phones: the many are the slow ones, and they come first */
	{"2 fast cores last", "package:1 core:6 pu:1", .fast = "4-5", .slow = "0-3", .packages = 1, .cores = 6,
		.pus = 6, .plans = {{"cores", 2, "4,5"}, {"cores", 3, "0,1,2"}, {"close", 3, "0,1,2"},
		{"spread", 3, "0,1,2"}, {"cores", 5, "4,5,0,1,2"}, {"kind:P", 1, "4"}, {"kind:E", 1, "0"}}},
};

enum { MACHINES = sizeof machines / sizeof machines[0] };

/* ---- helpers ---- */

static hwloc_bitmap_t set_of(const char *list)
{
	hwloc_bitmap_t set = hwloc_bitmap_alloc();

	assert_non_null(set);
	assert_int_equal(hwloc_bitmap_list_sscanf(set, list), 0);
	return set;
}

static void add_kind(hwloc_topology_t topology, const char *list, int efficiency)
{
	hwloc_bitmap_t set = set_of(list);

	assert_int_equal(hwloc_cpukinds_register(topology, set, efficiency, 0, NULL, 0), 0);
	hwloc_bitmap_free(set);
}

static hwloc_topology_t build(const struct machine *machine)
{
	hwloc_topology_t topology;
	char why[PLACE_WHY] = "";

	if (place_load_synthetic(&topology, machine->synthetic, why) != 0)
		fail_msg("%s: %s", machine->name, why);
	if (machine->only) {
		hwloc_bitmap_t only = set_of(machine->only);

		assert_int_equal(hwloc_topology_restrict(topology, only, 0), 0);
		hwloc_bitmap_free(only);
	}
	if (machine->fast) {
		add_kind(topology, machine->fast, 1);
		add_kind(topology, machine->slow, 0);
	}
	return topology;
}

static hwloc_topology_t build_named(const char *name)
{
	for (size_t i = 0; i < MACHINES; i++)
		if (strcmp(machines[i].name, name) == 0)
			return build(&machines[i]);
	fail_msg("no machine is named %s", name);
	return NULL;
}

static int plan(hwloc_topology_t topology, const char *text, unsigned workers, bool oversubscribe, unsigned *pus,
	char *why)
{
	struct place_policy policy;

	why[0] = '\0';
	if (place_parse(text, &policy, why) != 0)
		fail_msg("%s", why);
	return place_plan(topology, &policy, workers, oversubscribe, pus, why);
}

static void words_of(const unsigned *pus, unsigned workers, char *words)
{
	*words = '\0';
	for (unsigned i = 0; i < workers; i++)
		words += pus[i] == PLACE_ANY ? sprintf(words, "%sany", i > 0 ? "," : "") :
			sprintf(words, "%s%u", i > 0 ? "," : "", pus[i]);
}

static void check_plan(hwloc_topology_t topology, const char *machine, const char *policy, unsigned workers,
	const char *expected)
{
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY], words[PLAN_WORDS];

	if (plan(topology, policy, workers, false, pus, why) != 0)
		fail_msg("%s, %s, %u workers: %s", machine, policy, workers, why);
	words_of(pus, workers, words);
	if (strcmp(words, expected) != 0)
		fail_msg("%s, %s, %u workers: %s instead of %s", machine, policy, workers, words, expected);
}

/* What place_draw writes; the caller frees it. */
static char *draw(hwloc_topology_t topology, const unsigned *pus, unsigned workers)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	place_draw(out, topology, pus, workers);
	assert_int_equal(fclose(out), 0);
	return text;
}

/* ---- parse ---- */

static void every_policy_is_read(void **state)
{
	static const struct { const char *text; enum place_kind kind; } good[] = {
		{"cores", PLACE_CORES}, {"close", PLACE_CLOSE}, {"spread", PLACE_SPREAD}, {"smt", PLACE_SMT},
		{"numa:3", PLACE_NUMA}, {"kind:E", PLACE_CORE_KIND}, {"list:0,2,4-7", PLACE_LIST}, {"none", PLACE_NONE},
	};
	struct place_policy policy;
	char why[PLACE_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_int_equal(place_parse(good[i].text, &policy, why), 0);
		assert_int_equal(policy.kind, good[i].kind);
		assert_string_equal(policy.text, good[i].text);
	}
	assert_int_equal(place_parse("numa:3", &policy, why), 0);
	assert_int_equal(policy.node, 3);
	assert_int_equal(place_parse("kind:E", &policy, why), 0);
	assert_int_equal(policy.core_kind, 'E');
	assert_int_equal(place_parse("list:9,2,4-7", &policy, why), 0);
	assert_int_equal(policy.count, 6);
	assert_memory_equal(policy.list, ((unsigned[]){9, 2, 4, 5, 6, 7}), 6 * sizeof(unsigned));
	assert_int_equal(place_parse("list:1023,0-1022", &policy, why), 0);
	assert_int_equal(policy.count, PLACE_MAX_LIST);
}

static void a_wrong_policy_gets_one_sentence(void **state)
{
	static const struct { const char *text, *why; } bad[] = {
		{"core", "policy 'core' is not known: did you mean 'cores'? The policies are cores, close, spread, "
			"smt, numa:K, kind:P|E, list:0,2,4-7, none"},
		{"nuna:0", "policy 'nuna' is not known: did you mean 'numa'? The policies are cores, close, spread, "
			"smt, numa:K, kind:P|E, list:0,2,4-7, none"},
		{"everywhere", "policy 'everywhere' is not known: choose one of cores, close, spread, smt, numa:K, "
			"kind:P|E, list:0,2,4-7, none"},
		{"cores:2", "cores:2: the policy 'cores' takes nothing after its name: write cores"},
		{"none:", "none:: the policy 'none' takes nothing after its name: write none"},
		{"numa", "numa: expected the number of a NUMA node: write it as in numa:0"},
		{"numa:", "numa:: expected the number of a NUMA node: write it as in numa:0"},
		{"numa:-1", "numa:-1: expected the number of a NUMA node: write it as in numa:0"},
		{"numa:4294967295", "numa:4294967295: expected the number of a NUMA node: write it as in numa:0"},
		{"numa:99999999999999999999",
			"numa:99999999999999999999: expected the number of a NUMA node: write it as in numa:0"},
		{"kind", "kind: expected P (performance) or E (efficient): write kind:P or kind:E"},
		{"kind:PE", "kind:PE: expected P (performance) or E (efficient): write kind:P or kind:E"},
		{"list", "list: expected a PU at the end: write PUs and ranges as in list:0,2,4-7"},
		{"list:", "list:: expected a PU at the end: write PUs and ranges as in list:0,2,4-7"},
		{"list:0,", "list:0,: expected a PU at the end: write PUs and ranges as in list:0,2,4-7"},
		{"list:0-", "list:0-: expected a PU at the end: write PUs and ranges as in list:0,2,4-7"},
		{"list:,0", "list:,0: expected a PU or a range, not ',0': write them as in list:0,2,4-7"},
		{"list:0,,2", "list:0,,2: expected a PU or a range, not ',2': write them as in list:0,2,4-7"},
		{"list:0;2", "list:0;2: expected a PU or a range, not ';2': write them as in list:0,2,4-7"},
		{"list:-3", "list:-3: expected a PU or a range, not '-3': write them as in list:0,2,4-7"},
		{"list: 3", "list: 3: expected a PU or a range, not ' 3': write them as in list:0,2,4-7"},
		{"list:4294967295",
			"list:4294967295: expected a PU or a range, not '4294967295': write them as in list:0,2,4-7"},
		{"list:99999999999999999999", "list:99999999999999999999: expected a PU or a range, not "
			"'99999999999999999999': write them as in list:0,2,4-7"},
		{"list:5-2", "list:5-2: the range 5-2 runs backwards: write 2-5"},
		{"list:0,1,0", "list:0,1,0: PU 0 stands there twice: name each PU once, "
			"and for several workers on one PU add --oversubscribe"},
		{"list:0-1024", "list:0-1024: expected at most 1024 PUs: shorten the list"},
		{"list:0-4294967294", "list:0-4294967294: expected at most 1024 PUs: shorten the list"},
	};
	struct place_policy policy;
	char why[PLACE_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_int_equal(place_parse(bad[i].text, &policy, why), -EINVAL);
		assert_string_equal(why, bad[i].why);
	}
	assert_int_equal(place_parse("", &policy, why), -EINVAL);
	assert_non_null(strstr(why, "policy '' is not known: "));
}

static void a_long_text_is_cut_between_letters(void **state)
{
	struct place_policy policy;
	char why[PLACE_WHY], text[400];

	(void)state;
	strcpy(text, "list:100");
	for (unsigned pu = 101; pu < 190; pu++)
		sprintf(text + strlen(text), ",%u", pu);
	assert_int_equal(place_parse(text, &policy, why), 0);
	assert_int_equal(policy.count, 90);
	assert_int_equal(strlen(policy.text), sizeof policy.text - 1);
	assert_string_equal(policy.text + sizeof policy.text - 4, "...");

	strcpy(text, "x");
	for (unsigned i = 0; i < 40; i++)
		strcat(text, "é");
	assert_int_equal(place_parse(text, &policy, why), -EINVAL);
	assert_int_equal(strlen(policy.text) % 2, 0);  /* x, whole letters of two bytes, three dots */
	assert_non_null(strstr(why, "is not known"));
	assert_non_null(strstr(why, "none"));
}

/* ---- plans, machine by machine ---- */

static unsigned packages_of(hwloc_topology_t topology)
{
	hwloc_obj_t package = NULL;
	unsigned count = 0;

	while ((package = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PACKAGE, package)))
		count += !hwloc_bitmap_iszero(package->cpuset);
	return count;
}

static void every_machine_is_as_big_as_it_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < MACHINES; i++) {
		hwloc_topology_t topology = build(&machines[i]);

		if (place_pus(topology) != machines[i].pus || place_cores(topology) != machines[i].cores ||
			packages_of(topology) != machines[i].packages)
			fail_msg("%s: %u PUs, %u cores, %u packages", machines[i].name, place_pus(topology),
				place_cores(topology), packages_of(topology));
		hwloc_topology_destroy(topology);
	}
}

static void every_machine_gives_the_expected_plans(void **state)
{
	(void)state;
	for (size_t i = 0; i < MACHINES; i++) {
		hwloc_topology_t topology = build(&machines[i]);

		for (size_t j = 0; j < MAX_PLANS && machines[i].plans[j].policy; j++)
			check_plan(topology, machines[i].name, machines[i].plans[j].policy,
				machines[i].plans[j].workers, machines[i].plans[j].plan);
		hwloc_topology_destroy(topology);
	}
}

/* How many objects of this type the plan touches: each worker's own PU where the machine has none of them. */
static unsigned touched(hwloc_topology_t topology, hwloc_obj_type_t type, const unsigned *pus, unsigned workers)
{
	int objects = hwloc_get_nbobjs_by_type(topology, type);
	unsigned count = 0;

	for (int i = 0; i < objects; i++) {
		hwloc_obj_t obj = hwloc_get_obj_by_type(topology, type, (unsigned)i);
		bool hit = false;

		for (unsigned w = 0; w < workers; w++)
			hit |= hwloc_bitmap_isset(obj->cpuset, pus[w]) != 0;
		count += hit;
	}
	return count;
}

static unsigned at_most(unsigned limit, unsigned value)
{
	return value < limit ? value : limit;
}

static void check_invariants(hwloc_topology_t topology, const struct machine *machine, const char *policy, unsigned p)
{
	bool spread = strcmp(policy, "spread") == 0, close = strcmp(policy, "close") == 0;
	bool has_cores = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_CORE) > 0;
	unsigned pus[MAX_WORKERS], again[MAX_WORKERS];
	char why[PLACE_WHY];

	if (plan(topology, policy, p, false, pus, why) != 0)
		fail_msg("%s, %s, %u workers: %s", machine->name, policy, p, why);
	if (touched(topology, HWLOC_OBJ_PU, pus, p) != p)
		fail_msg("%s, %s, %u workers: a PU is taken twice", machine->name, policy, p);

	/* On two kinds of core the plan for p depends on which kind has room for p: no prefix, and fewer cores. */
	if (machine->fast)
		return;
	if (has_cores && !close && touched(topology, HWLOC_OBJ_CORE, pus, p) != at_most(machine->cores, p))
		fail_msg("%s, %s, %u workers: two share a core while another is free", machine->name, policy, p);
	if (spread && touched(topology, HWLOC_OBJ_PACKAGE, pus, p) != at_most(machine->packages, p))
		fail_msg("%s, %s, %u workers: a package is left out", machine->name, policy, p);
	assert_int_equal(plan(topology, policy, spread ? p : p - 1, false, again, why), 0);
	if (memcmp(pus, again, (spread ? p : p - 1) * sizeof pus[0]) != 0)
		fail_msg("%s, %s, %u workers: not the same plan again, or not that of %u and one more", machine->name,
			policy, p, p - 1);
}

static void every_number_of_workers_keeps_the_invariants(void **state)
{
	static const char *const policies[] = {"cores", "close", "spread"};

	(void)state;
	for (size_t i = 0; i < MACHINES; i++) {
		hwloc_topology_t topology = build(&machines[i]);

		for (size_t j = 0; j < 3; j++)
			for (unsigned p = 1; p <= machines[i].pus; p++)
				check_invariants(topology, &machines[i], policies[j], p);
		hwloc_topology_destroy(topology);
	}
}

static void too_many_workers_are_refused_or_wrap(void **state)
{
	static const char *const policies[] = {"cores", "close", "spread", "none"};
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY];

	(void)state;
	for (size_t i = 0; i < MACHINES; i++) {
		hwloc_topology_t topology = build(&machines[i]);
		unsigned count = machines[i].pus;

		for (size_t j = 0; j < 4; j++) {
			assert_int_equal(plan(topology, policies[j], count + 1, false, pus, why), -ERANGE);
			assert_int_equal(plan(topology, policies[j], 2 * count + 1, true, pus, why), 0);
			assert_memory_equal(pus, pus + count, count * sizeof pus[0]);
			assert_int_equal(pus[0], pus[2 * count]);
		}
		hwloc_topology_destroy(topology);
	}
}

static void a_small_policy_wraps_within_itself(void **state)
{
	hwloc_topology_t topology = build_named("2 sockets");
	unsigned pus[5];
	char why[PLACE_WHY];

	(void)state;
	assert_int_equal(plan(topology, "list:6,2", 5, true, pus, why), 0);
	assert_memory_equal(pus, ((unsigned[]){6, 2, 6, 2, 6}), sizeof pus);
	assert_int_equal(plan(topology, "numa:1", 5, true, pus, why), 0);
	assert_memory_equal(pus, ((unsigned[]){4, 5, 6, 7, 4}), sizeof pus);
	hwloc_topology_destroy(topology);
}

static void kinds_are_not_mixed_while_one_has_room(void **state)
{
	static const char *const policies[] = {"cores", "close", "spread", "smt"};
	hwloc_topology_t topology = build_named("hybrid");
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY];

	(void)state;
	for (size_t j = 0; j < 4; j++) {
		for (unsigned p = 1; p <= 8; p++) {
			assert_int_equal(plan(topology, policies[j], p, false, pus, why), 0);
			for (unsigned i = 0; i < p; i++)
				assert_true(pus[i] < 8);
		}
	}
	hwloc_topology_destroy(topology);
}

static void a_plan_that_cannot_be_gets_one_sentence(void **state)
{
	static const struct { const char *machine, *policy; unsigned workers; int error; const char *why; } bad[] = {
		{"2 sockets", "cores", 12, -ERANGE,
			"12 workers asked for, the policy 'cores' has 8 PUs: "
				"ask for at most 8, or add --oversubscribe"},
		{"1 core", "none", 2, -ERANGE,
			"2 workers asked for, the policy 'none' has 1 PU: ask for at most 1, or add --oversubscribe"},
		{"2 sockets", "list:3,5", 3, -ERANGE,
			"3 workers asked for, the policy 'list:3,5' has 2 PUs: "
				"ask for at most 2, or add --oversubscribe"},
		{"hybrid", "kind:E", 7, -ERANGE,
			"7 workers asked for, the policy 'kind:E' has 6 PUs: "
				"ask for at most 6, or add --oversubscribe"},
		{"hybrid", "smt", 9, -ERANGE,
			"9 workers asked for, the policy 'smt' has 8 PUs: ask for at most 8, or add --oversubscribe"},
		{"2 sockets", "numa:7", 1, -EINVAL,
			"numa:7: this machine has no such NUMA node: choose from node 0-1"},
		{"NUMA nodes 0 and 8, as POWER numbers", "numa:1", 1, -EINVAL,
			"numa:1: this machine has no such NUMA node: choose from node 0,8"},
		{"a NUMA node without PUs", "numa:1", 0, -EINVAL,
			"numa:1: this NUMA node has memory, but no PU that this process may use: choose from node 0"},
		{"2 cores", "smt", 1, -EINVAL,
			"smt: no core here has two hardware threads to share: use the policy cores"},
		{"2 cores", "kind:P", 1, -EINVAL,
			"kind:P: this machine has only one kind of core: use the policy cores"},
		{"2 cores", "list:0,9", 1, -EINVAL,
			"list:0,9: PU 9 is not one that this process may use: choose from 0-1"},
		{"hybrid", "list:0,9", 2, -EINVAL,
			"list:0,9: PU 9 is not one that this process may use: choose from 0-8,10,12,14,16,18"},
	};
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		hwloc_topology_t topology = build_named(bad[i].machine);

		assert_int_equal(plan(topology, bad[i].policy, bad[i].workers, false, pus, why), bad[i].error);
		assert_string_equal(why, bad[i].why);
		hwloc_topology_destroy(topology);
	}
}

static void one_registered_kind_is_no_hybrid(void **state)
{
	struct machine machine = {.name = "one kind", .synthetic = "core:2 pu:1"};
	hwloc_topology_t topology = build(&machine);
	unsigned pus[2];
	char why[PLACE_WHY], *picture;

	(void)state;
	add_kind(topology, "0-1", 0);
	assert_int_equal(plan(topology, "kind:P", 1, false, pus, why), -EINVAL);
	picture = draw(topology, NULL, 0);
	assert_null(strstr(picture, "P["));
	free(picture);
	hwloc_topology_destroy(topology);
}

static void unranked_kinds_are_kept_apart_but_have_no_letter(void **state)
{
	struct machine machine = {.name = "unranked", .synthetic = "core:6 pu:1"};
	hwloc_topology_t topology = build(&machine);
	unsigned pus[6];
	char why[PLACE_WHY], *picture;

	(void)state;
	add_kind(topology, "0-1", -1);
	add_kind(topology, "2-5", -1);
	assert_int_equal(plan(topology, "kind:P", 1, false, pus, why), -EINVAL);
	assert_string_equal(why, "kind:P: this machine does not tell which of its 2 kinds of core is the faster: name "
		"the PUs, as in list:0,2");
	check_plan(topology, "unranked", "cores", 3, "2,3,4");
	picture = draw(topology, NULL, 0);
	assert_null(strstr(picture, "P["));
	free(picture);
	hwloc_topology_destroy(topology);
}

static void a_long_set_in_a_sentence_is_cut(void **state)
{
	struct machine machine = {.name = "sparse", .synthetic = "core:64 pu:2"};
	hwloc_topology_t topology = build(&machine);
	hwloc_bitmap_t even = hwloc_bitmap_alloc();
	unsigned pus[1];
	char why[PLACE_WHY];

	(void)state;
	for (unsigned pu = 0; pu < 128; pu += 2)
		hwloc_bitmap_set(even, pu);
	assert_int_equal(hwloc_topology_restrict(topology, even, 0), 0);
	hwloc_bitmap_free(even);
	assert_int_equal(plan(topology, "list:1", 1, false, pus, why), -EINVAL);
	assert_string_equal(why + strlen(why) - 3, "...");
	hwloc_topology_destroy(topology);
}

/* ---- pictures ---- */

/* At most 80 letters in a line, and none that nobody sees at its end. */
static void check_lines(const char *machine, const char *picture)
{
	unsigned columns = 0;

	for (const char *at = picture; *at; at++) {
		columns = *at == '\n' ? 0 : columns + (((unsigned char)*at & 0xc0) != 0x80);
		if (columns > 80)
			fail_msg("%s: wider than 80 columns:\n%s", machine, picture);
		if (*at == ' ' && at[1] == '\n')
			fail_msg("%s: blanks at the end of a line:\n%s", machine, picture);
	}
}

static unsigned lines_of(const char *picture)
{
	unsigned lines = 0;

	for (; *picture; picture++)
		lines += *picture == '\n';
	return lines;
}

/* A worker is a 'w' and digits, in a cell after ':' or ',' or at the beginning of a continued line. */
static void check_workers(const char *machine, const char *picture, unsigned workers)
{
	unsigned seen[MAX_WORKERS] = {0}, found = 0;

	for (const char *at = picture + 1; *at; at++) {
		unsigned worker;

		if (*at != 'w' || !strchr(":, \n", at[-1]) || sscanf(at, "w%u", &worker) != 1)
			continue;
		assert_in_range(worker, 0, workers - 1);
		seen[worker]++;
		found++;
	}
	for (unsigned i = 0; i < workers; i++)
		if (seen[i] != 1)
			fail_msg("%s: worker %u stands there %u times:\n%s", machine, i, seen[i], picture);
	assert_int_equal(found, workers);
}

/* Every PU must stand in one cell.  Numbers outside brackets, and workers, are no PUs. */
static void check_pus(const char *machine, const char *picture, unsigned pus)
{
	unsigned found = 0;
	bool inside = false;

	for (const char *at = picture; *at; at++) {
		inside = *at == '[' ? true : *at == ']' ? false : inside;
		found += inside && *at >= '0' && *at <= '9' && (at[-1] == '[' || at[-1] == ' ');
	}
	if (found != pus)
		fail_msg("%s: %u PUs of %u in the picture:\n%s", machine, found, pus, picture);
}

static void every_picture_fits_and_shows_all(void **state)
{
	static const char *const policies[] = {"cores", "close", "spread"};
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY];

	(void)state;
	for (size_t i = 0; i < MACHINES; i++) {
		hwloc_topology_t topology = build(&machines[i]);
		const unsigned sizes[] = {0, 1, machines[i].cores, machines[i].pus, 2 * machines[i].pus + 1,
			MAX_WORKERS};

		for (size_t j = 0; j < 18; j++) {
			unsigned workers = sizes[j % 6];
			char *picture;

			assert_int_equal(plan(topology, policies[j / 6], workers, true, pus, why), 0);
			picture = draw(topology, pus, workers);
			check_lines(machines[i].name, picture);
			check_workers(machines[i].name, picture, workers);
			check_pus(machines[i].name, picture, machines[i].pus);
			if (lines_of(picture) > 100)
				fail_msg("%s: %u lines:\n%s", machines[i].name, lines_of(picture), picture);
			free(picture);
		}
		hwloc_topology_destroy(topology);
	}
}

static void check_picture(const char *machine, const char *policy, unsigned workers, const char *expected)
{
	hwloc_topology_t topology = build_named(machine);
	unsigned pus[MAX_WORKERS];
	char why[PLACE_WHY], *picture;

	assert_int_equal(plan(topology, policy, workers, true, pus, why), 0);
	picture = draw(topology, pus, workers);
	assert_string_equal(picture, expected);
	free(picture);
	hwloc_topology_destroy(topology);
}

static void some_pictures_are_known_by_heart(void **state)
{
	(void)state;
	check_picture("2 cores", "cores", 2,
		"machine: 2 PUs on 2 cores in 1 package\n"
		"└─ package 0, NUMA node 0 (1 GiB)   [0:w0] [1:w1]\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n");
	check_picture("2 sockets SMT2, scattered as Intel numbers", "cores", 9,
		"machine: 16 PUs on 8 cores in 2 packages\n"
		"├─ package 0, NUMA node 0, L3 #0 (16 MiB)\n"
		"│  [0:w0 8:w8] [1:w1 9]    [2:w2 10]   [3:w3 11]\n"
		"└─ package 1, NUMA node 1, L3 #1 (16 MiB)\n"
		"   [4:w4 12]   [5:w5 13]   [6:w6 14]   [7:w7 15]\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n");
	check_picture("2 fast cores last", "cores", 2,
		"machine: 6 PUs on 6 cores in 1 package\n"
		"└─ package 0, NUMA node 0 (1 GiB)\n"
		"   E[0]    E[1]    E[2]    E[3]    P[4:w0] P[5:w1]\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n"
		"P[...] is a core for performance, E[...] one for efficiency\n");
	check_picture("a NUMA node without PUs", "close", 2,
		"machine: 2 PUs on 2 cores in 1 package\n"
		"├─ package 0, NUMA node 0   [0:w0] [1:w1]\n"
		"└─ package 1, NUMA node 1 without PUs\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n");
	check_picture("a NUMA node per core", "spread", 2,
		"machine: 4 PUs on 4 cores\n"
		"├─ NUMA node 0 (1 GiB)  [0:w0]\n"
		"├─ NUMA node 1 (1 GiB)  [1]\n"
		"├─ NUMA node 2 (1 GiB)  [2:w1]\n"
		"└─ NUMA node 3 (1 GiB)  [3]\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n");
	check_picture("20 cores", "cores", 20,
		"machine: 20 PUs on 20 cores, NUMA node 0 (1 GiB)\n"
		"[0:w0]   [1:w1]   [2:w2]   [3:w3]   [4:w4]   [5:w5]   [6:w6]   [7:w7]\n"
		"[8:w8]   [9:w9]   [10:w10] [11:w11] [12:w12] [13:w13] [14:w14] [15:w15]\n"
		"[16:w16] [17:w17] [18:w18] [19:w19]\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n");
	check_picture("SMT8", "smt", 8,
		"machine: 48 PUs on 6 cores in 1 package\n"
		"└─ package 0, NUMA node 0 (1 GiB)\n"
		"   [0:w0 1:w1 2:w2 3:w3 4:w4 5:w5 6:w6 7:w7] [8 9 10 11 12 13 14 15]\n"
		"   [16 17 18 19 20 21 22 23] [24 25 26 27 28 29 30 31] [32 33 34 35 36 37 38 39]\n"
		"   [40 41 42 43 44 45 46 47]\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n");
	check_picture("2 L3 without cores", "spread", 2,
		"machine: 8 PUs on 8 cores, NUMA node 0 (1 GiB)\n"
		"├─ L3 #0 (16 MiB)   [0:w0] [1]    [2]    [3]\n"
		"└─ L3 #1 (16 MiB)   [4:w1] [5]    [6]    [7]\n"
		"[...] is a core, in it PU:worker; a PU alone is idle\n");
	check_picture("1 core", "none", 2,
		"machine: 1 PU on 1 core in 1 package\n"
		"└─ package 0, NUMA node 0 (1 GiB)   [0]\n"
		"2 workers not bound: the operating system places them\n"
		"[...] is a core, in it its PUs\n");
}

/* ---- load ---- */

static const char *const disguises[] = {"HWLOC_SYNTHETIC", "HWLOC_XMLFILE", "HWLOC_FSROOT", "HWLOC_CPUID_PATH"};

static void an_environment_that_shows_another_machine_is_refused(void **state)
{
	hwloc_topology_t topology;
	char why[PLACE_WHY], expected[PLACE_WHY];

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		setenv(disguises[i], i == 0 ? "core:2 pu:1" : "/", 1);
		assert_int_equal(place_load_here(&topology, why), -EPERM);
		unsetenv(disguises[i]);
		assert_null(topology);
		snprintf(expected, sizeof expected, "%s is in the environment and would show us another machine than "
			"this one: unset %s", disguises[i], disguises[i]);
		assert_string_equal(why, expected);
	}
	setenv("HWLOC_THISSYSTEM", "0", 1);
	assert_int_equal(place_load_here(&topology, why), -EPERM);
	unsetenv("HWLOC_THISSYSTEM");
	assert_null(topology);
	assert_string_equal(why,
		"hwloc was told that this machine is another one and would bind nothing: unset HWLOC_THISSYSTEM");
}

static void taskset_is_respected(void **state)
{
	hwloc_topology_t topology;
	cpu_set_t allowed;
	char why[PLACE_WHY];
	int status;
	pid_t child;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof allowed, &allowed), 0);
	assert_int_equal(place_load_here(&topology, why), 0);
	assert_int_equal(place_pus(topology), CPU_COUNT(&allowed));
	assert_true(hwloc_topology_is_thissystem(topology));
	hwloc_topology_destroy(topology);

	child = fork();
	assert_int_not_equal(child, -1);
	if (child == 0) {
		size_t last = CPU_SETSIZE - 1;
		unsigned pu = 0;
		bool good;

		while (!CPU_ISSET(last, &allowed))
			last--;
		CPU_ZERO(&allowed);
		CPU_SET(last, &allowed);
		if (sched_setaffinity(0, sizeof allowed, &allowed) || place_load_here(&topology, why))
			_exit(2);
		good = place_pus(topology) == 1 && plan(topology, "cores", 1, false, &pu, why) == 0 && pu == last;
		hwloc_topology_destroy(topology);
		_exit(good ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void an_xml_file_gives_the_same_plans(void **state)
{
	char path[] = "/tmp/test_place.XXXXXX", why[PLACE_WHY];
	int fd = mkstemp(path);

	(void)state;
	assert_int_not_equal(fd, -1);
	close(fd);
	for (size_t i = 0; i < MACHINES; i++) {
		hwloc_topology_t topology = build(&machines[i]);

		assert_int_equal(hwloc_topology_export_xml(topology, path, 0), 0);
		hwloc_topology_destroy(topology);
		assert_int_equal(place_load_xml(&topology, path, why), 0);
		for (size_t j = 0; j < MAX_PLANS && machines[i].plans[j].policy; j++)
			check_plan(topology, machines[i].name, machines[i].plans[j].policy,
				machines[i].plans[j].workers, machines[i].plans[j].plan);
		assert_false(hwloc_topology_is_thissystem(topology));
		hwloc_topology_destroy(topology);
	}
	unlink(path);
}

static void a_machine_that_we_name_does_not_hear_the_environment(void **state)
{
	struct machine machine = {.name = "3 cores", .synthetic = "core:3 pu:1"};
	hwloc_topology_t topology;

	(void)state;
	setenv("HWLOC_SYNTHETIC", "core:7 pu:1", 1);
	setenv("HWLOC_XMLFILE", "/nowhere", 1);
	setenv("HWLOC_FSROOT", "/nowhere", 1);
	setenv("HWLOC_CPUID_PATH", "/nowhere", 1);
	topology = build(&machine);
	an_xml_file_gives_the_same_plans(NULL);
	for (size_t i = 0; i < 4; i++)
		unsetenv(disguises[i]);
	assert_int_equal(place_pus(topology), 3);
	hwloc_topology_destroy(topology);
}

static void what_is_no_machine_is_refused(void **state)
{
	hwloc_topology_t topology;
	char why[PLACE_WHY];

	(void)state;
	assert_int_equal(place_load_synthetic(&topology, "elephants:2", why), -EINVAL);
	assert_null(topology);
	assert_string_equal(why, "'elephants:2' describes no machine that hwloc knows: write the levels from the "
		"outside in, each with its number, as in 'package:2 core:4 pu:2'");
	assert_int_equal(place_load_xml(&topology, "/nowhere/machine.xml", why), -EINVAL);
	assert_null(topology);
	assert_string_equal(why, "'/nowhere/machine.xml' is no machine that hwloc can read: give the path of a file "
		"written by 'lstopo machine.xml'");
	assert_int_equal(place_load_xml(&topology, "/dev/null", why), -EINVAL);
	assert_null(topology);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_policy_is_read),
		cmocka_unit_test(a_wrong_policy_gets_one_sentence),
		cmocka_unit_test(a_long_text_is_cut_between_letters),
		cmocka_unit_test(every_machine_is_as_big_as_it_should),
		cmocka_unit_test(every_machine_gives_the_expected_plans),
		cmocka_unit_test(every_number_of_workers_keeps_the_invariants),
		cmocka_unit_test(too_many_workers_are_refused_or_wrap),
		cmocka_unit_test(a_small_policy_wraps_within_itself),
		cmocka_unit_test(kinds_are_not_mixed_while_one_has_room),
		cmocka_unit_test(a_plan_that_cannot_be_gets_one_sentence),
		cmocka_unit_test(one_registered_kind_is_no_hybrid),
		cmocka_unit_test(unranked_kinds_are_kept_apart_but_have_no_letter),
		cmocka_unit_test(a_long_set_in_a_sentence_is_cut),
		cmocka_unit_test(every_picture_fits_and_shows_all),
		cmocka_unit_test(some_pictures_are_known_by_heart),
		cmocka_unit_test(an_environment_that_shows_another_machine_is_refused),
		cmocka_unit_test(taskset_is_respected),
		cmocka_unit_test(an_xml_file_gives_the_same_plans),
		cmocka_unit_test(a_machine_that_we_name_does_not_hear_the_environment),
		cmocka_unit_test(what_is_no_machine_is_refused),
	};

	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
