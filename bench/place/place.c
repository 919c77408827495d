/* SPDX-License-Identifier: MIT */
/* place.c -- a policy chooses PUs and puts them in an order; a plan is the first p of that order. */
#include "bench/place/place.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bench/base/text.h"

#define POLICIES "cores, close, spread, smt, numa:K, kind:P|E, list:0,2,4-7, none"

static const char *const names[] = {
	[PLACE_CORES] = "cores", [PLACE_CLOSE] = "close", [PLACE_SPREAD] = "spread", [PLACE_SMT] = "smt",
	[PLACE_NUMA] = "numa", [PLACE_CORE_KIND] = "kind", [PLACE_LIST] = "list", [PLACE_NONE] = "none",
};

enum { NAMES = sizeof names / sizeof names[0], SET_WORDS = 80 };

/* Writes the sentence and gives back -error, so that a refusal is one statement. */
__attribute__((format(printf, 3, 4))) static int refuse(char *why, int error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, PLACE_WHY, format, args);
	va_end(args);
	return -error;
}

/* ---- parse ---- */

/* Copies what fits; a longer text ends in "...", never in half a UTF-8 character. */
static void copy_cut(char *to, size_t size, const char *from)
{
	size_t length = strlen(from);

	if (length < size) {
		memcpy(to, from, length + 1);
		return;
	}
	length = size - sizeof "...";
	while (length > 0 && ((unsigned char)from[length] & 0xc0) == 0x80)
		length--;
	memcpy(to, from, length);
	memcpy(to + length, "...", sizeof "...");
}

static int refuse_name(const char *name, char *why)
{
	const char *nearest = text_nearest(name, names, NAMES);

	if (nearest)
		return refuse(why, EINVAL, "policy '%s' is not known: did you mean '%s'? The policies are " POLICIES,
			name, nearest);
	return refuse(why, EINVAL, "policy '%s' is not known: choose one of " POLICIES, name);
}

static int parse_node(const char *argument, struct place_policy *policy, char *why)
{
	uint64_t node;

	if (text_u64(argument, 0, UINT_MAX - 1, &node) != 0)
		return refuse(why, EINVAL, "%s: expected the number of a NUMA node: write it as in numa:0",
			policy->text);
	policy->node = (unsigned)node;
	return 0;
}

static int parse_core_kind(const char *argument, struct place_policy *policy, char *why)
{
	if (strcmp(argument, "P") != 0 && strcmp(argument, "E") != 0)
		return refuse(why, EINVAL, "%s: expected P (performance) or E (efficient): write kind:P or kind:E",
			policy->text);
	policy->core_kind = argument[0];
	return 0;
}

/* Reads decimal digits and moves *at past them.  False, and *at unmoved, when there are none or too many. */
static bool read_number(const char **at, unsigned *number)
{
	unsigned long long value;
	char *end;

	if (!isdigit((unsigned char)**at))
		return false;  /* strtoull would take a sign or a blank */
	errno = 0;
	value = strtoull(*at, &end, 10);
	if (errno != 0 || value >= PLACE_ANY)
		return false;
	*number = (unsigned)value;
	*at = end;
	return true;
}

/* "4" or "4-7" */
static bool read_range(const char **at, unsigned *first, unsigned *last)
{
	if (!read_number(at, first))
		return false;
	*last = *first;
	if (**at != '-')
		return true;
	++*at;
	return read_number(at, last);
}

static int add_range(struct place_policy *policy, unsigned first, unsigned last, char *why)
{
	if (last < first)
		return refuse(why, EINVAL, "%s: the range %u-%u runs backwards: write %u-%u", policy->text, first, last,
			last, first);
	for (unsigned pu = first; pu <= last; pu++) {
		if (policy->count == PLACE_MAX_LIST)
			return refuse(why, EINVAL, "%s: expected at most %d PUs: shorten the list", policy->text,
				PLACE_MAX_LIST);
		for (unsigned i = 0; i < policy->count; i++)
			if (policy->list[i] == pu)
				return refuse(why, EINVAL, "%s: PU %u stands there twice: name each PU once, and for "
					"several workers on one PU add --oversubscribe", policy->text, pu);
		policy->list[policy->count++] = pu;
	}
	return 0;
}

static int parse_list(const char *argument, struct place_policy *policy, char *why)
{
	const char *at = argument;
	unsigned first, last;

	while (read_range(&at, &first, &last)) {
		int error = add_range(policy, first, last, why);

		if (error != 0 || *at == '\0')
			return error;
		if (*at != ',')
			break;
		at++;
	}
	if (*at == '\0')
		return refuse(why, EINVAL, "%s: expected a PU at the end: write PUs and ranges as in list:0,2,4-7",
			policy->text);
	return refuse(why, EINVAL, "%s: expected a PU or a range, not '%.20s': write them as in list:0,2,4-7",
		policy->text, at);
}

int place_parse(const char *text, struct place_policy *policy, char *why)
{
	const char *argument = strchr(text, ':');
	char name[sizeof policy->text];
	unsigned kind = 0;

	memset(policy, 0, sizeof *policy);
	copy_cut(policy->text, sizeof policy->text, text);
	copy_cut(name, sizeof name, text);
	name[strcspn(name, ":")] = '\0';
	while (kind < NAMES && strcmp(name, names[kind]) != 0)
		kind++;
	if (kind == NAMES)
		return refuse_name(name, why);

	policy->kind = (enum place_kind)kind;
	if (policy->kind == PLACE_NUMA)
		return parse_node(argument ? argument + 1 : "", policy, why);
	if (policy->kind == PLACE_CORE_KIND)
		return parse_core_kind(argument ? argument + 1 : "", policy, why);
	if (policy->kind == PLACE_LIST)
		return parse_list(argument ? argument + 1 : "", policy, why);
	if (argument)
		return refuse(why, EINVAL, "%s: the policy '%s' takes nothing after its name: write %s", policy->text,
			name, name);
	return 0;
}

/* ---- load ---- */

static void unload(hwloc_topology_t *topology)
{
	hwloc_topology_destroy(*topology);
	*topology = NULL;
}

/* The default load would show all PUs of the machine, taskset or not. */
static int load_restricted(hwloc_topology_t topology)
{
	unsigned long flags = HWLOC_TOPOLOGY_FLAG_IS_THISSYSTEM | HWLOC_TOPOLOGY_FLAG_RESTRICT_TO_CPUBINDING;

	return hwloc_topology_set_flags(topology, flags) || hwloc_topology_load(topology) ? -1 : 0;
}

int place_load_here(hwloc_topology_t *topology, char *why)
{
	static const char *const disguises[] = {"HWLOC_SYNTHETIC", "HWLOC_XMLFILE", "HWLOC_FSROOT", "HWLOC_CPUID_PATH"};

	*topology = NULL;
	for (size_t i = 0; i < sizeof disguises / sizeof disguises[0]; i++)
		if (getenv(disguises[i]))
			return refuse(why, EPERM, "%s is in the environment and would show us another machine than "
				"this one: unset %s", disguises[i], disguises[i]);
	if (hwloc_topology_init(topology))
		return refuse(why, ENOMEM, "no memory to look at this machine: free some and try again");
	if (load_restricted(*topology)) {
		unload(topology);
		return refuse(why, EIO,
			"hwloc cannot read this machine: see whether 'lstopo' can, and whether /sys is there");
	}
	if (!hwloc_topology_is_thissystem(*topology)) {
		unload(topology);
		return refuse(why, EPERM, "hwloc was told that this machine is another one and would bind nothing: "
			"unset HWLOC_THISSYSTEM");
	}
	return 0;
}

int place_load_synthetic(hwloc_topology_t *topology, const char *description, char *why)
{
	*topology = NULL;
	if (hwloc_topology_init(topology))
		return refuse(why, ENOMEM, "no memory for a synthetic machine: free some and try again");
	if (hwloc_topology_set_synthetic(*topology, description) || hwloc_topology_load(*topology)) {
		unload(topology);
		return refuse(why, EINVAL, "'%.60s' describes no machine that hwloc knows: write the levels from the "
			"outside in, each with its number, as in 'package:2 core:4 pu:2'", description);
	}
	return 0;
}

int place_load_xml(hwloc_topology_t *topology, const char *path, char *why)
{
	*topology = NULL;
	if (hwloc_topology_init(topology))
		return refuse(why, ENOMEM, "no memory for the machine in a file: free some and try again");
	if (hwloc_topology_set_xml(*topology, path) || hwloc_topology_load(*topology)) {
		unload(topology);
		return refuse(why, EINVAL, "'%.160s' is no machine that hwloc can read: give the path of a file "
			"written by 'lstopo machine.xml'", path);
	}
	return 0;
}

unsigned place_pus(hwloc_topology_t topology)
{
	return (unsigned)hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PU);
}

unsigned place_cores(hwloc_topology_t topology)
{
	int cores = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_CORE);

	return cores > 0 ? (unsigned)cores : place_pus(topology);  /* some virtual machines name no cores */
}

/* ---- plan: seats, a choice of them, an order ---- */

/* A PU, with all that a policy asks about it. */
struct seat {
	unsigned pu;        /* OS index */
	unsigned position;  /* in machine order; under PLACE_LIST, in the list */
	unsigned sibling;   /* 0 for the first hardware thread of its core, 1 for the second, ... */
	unsigned threads;   /* of its core */
	int kind;           /* of its core, the greater the faster; -1 when the machine does not tell */
};

static struct seat seat_of(hwloc_topology_t topology, hwloc_obj_t pu)
{
	hwloc_obj_t core = hwloc_get_ancestor_obj_by_type(topology, HWLOC_OBJ_CORE, pu);
	struct seat seat = {.pu = pu->os_index, .position = pu->logical_index, .threads = 1};

	seat.kind = hwloc_cpukinds_get_by_cpuset(topology, pu->cpuset, 0);
	if (core) {
		hwloc_obj_t first = hwloc_get_obj_inside_cpuset_by_type(topology, core->cpuset, HWLOC_OBJ_PU, 0);

		seat.sibling = pu->logical_index - first->logical_index;
		seat.threads = (unsigned)hwloc_bitmap_weight(core->cpuset);
	}
	return seat;
}

/* All seats in machine order; the caller frees them.  NULL without memory. */
static struct seat *take_seats(hwloc_topology_t topology)
{
	unsigned count = place_pus(topology);
	struct seat *seats = calloc(count, sizeof *seats);

	for (unsigned i = 0; seats && i < count; i++)
		seats[i] = seat_of(topology, hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU, i));
	return seats;
}

/* "0-3,8"; a long set is cut with "...".  `words` holds SET_WORDS bytes. */
static const char *set_words(hwloc_const_bitmap_t set, char *words)
{
	if (hwloc_bitmap_list_snprintf(words, SET_WORDS, set) >= SET_WORDS)
		memcpy(words + SET_WORDS - sizeof "...", "...", sizeof "...");
	return words;
}

static int refuse_node(hwloc_topology_t topology, unsigned node, const char *fault, char *why)
{
	hwloc_bitmap_t usable = hwloc_bitmap_alloc();
	char words[SET_WORDS];
	hwloc_obj_t other = NULL;
	int error;

	if (!usable)
		return refuse(why, ENOMEM, "numa:%u: no memory to look at the NUMA nodes: free some and try again",
			node);
	while ((other = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_NUMANODE, other)))
		if (!hwloc_bitmap_iszero(other->cpuset))
			hwloc_bitmap_set(usable, other->os_index);
	error = refuse(why, EINVAL, "numa:%u: %s: choose from node %s", node, fault, set_words(usable, words));
	hwloc_bitmap_free(usable);
	return error;
}

static int choose_node(hwloc_topology_t topology, unsigned node, struct seat *seats, unsigned *count, char *why)
{
	hwloc_obj_t home = hwloc_get_numanode_obj_by_os_index(topology, node);
	unsigned kept = 0;

	if (!home)
		return refuse_node(topology, node, "this machine has no such NUMA node", why);
	if (hwloc_bitmap_iszero(home->cpuset))
		return refuse_node(topology, node, "this NUMA node has memory, but no PU that this process may use",
			why);
	for (unsigned i = 0; i < *count; i++)
		if (hwloc_bitmap_isset(home->cpuset, seats[i].pu))
			seats[kept++] = seats[i];
	*count = kept;
	return 0;
}

static unsigned keep_kind(struct seat *seats, unsigned count, int kind)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < count; i++)
		if (seats[i].kind == kind)
			seats[kept++] = seats[i];
	return kept;
}

static int choose_core_kind(hwloc_topology_t topology, char letter, struct seat *seats, unsigned *count, char *why)
{
	int kinds = hwloc_cpukinds_get_nr(topology, 0), efficiency;

	if (kinds < 2)
		return refuse(why, EINVAL, "kind:%c: this machine has only one kind of core: use the policy cores",
			letter);
	if (hwloc_cpukinds_get_info(topology, 0, NULL, &efficiency, NULL, NULL, 0) || efficiency < 0)
		return refuse(why, EINVAL, "kind:%c: this machine does not tell which of its %d kinds of core is the "
			"faster: name the PUs, as in list:0,2", letter, kinds);
	*count = keep_kind(seats, *count, letter == 'P' ? kinds - 1 : 0);
	return 0;
}

static int choose_smt(struct seat *seats, unsigned *count, char *why)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < *count; i++)
		if (seats[i].threads > 1)
			seats[kept++] = seats[i];
	*count = kept;
	if (kept == 0)
		return refuse(why, EINVAL, "smt: no core here has two hardware threads to share: use the policy cores");
	return 0;
}

/* Here, and only here, the order is the user's: a seat's position becomes its place in the list.  They fit into
 * `seats`, for place_parse() lets no PU stand in a list twice. */
static int choose_list(hwloc_topology_t topology, const struct place_policy *policy, struct seat *seats,
	unsigned *count, char *why)
{
	char words[SET_WORDS];

	for (unsigned i = 0; i < policy->count; i++) {
		hwloc_obj_t pu = hwloc_get_pu_obj_by_os_index(topology, policy->list[i]);

		if (!pu)
			return refuse(why, EINVAL, "%s: PU %u is not one that this process may use: choose from %s",
				policy->text, policy->list[i],
				set_words(hwloc_topology_get_topology_cpuset(topology), words));
		seats[i] = seat_of(topology, pu);
		seats[i].position = i;
	}
	*count = policy->count;
	return 0;
}

/* Cores of two kinds in one plan would make worker 3 slower than worker 2 for no reason that the lesson teaches.  So
 * keep the fastest kind that has room for all workers; where none has, all stay. */
static void choose_one_kind(hwloc_topology_t topology, unsigned workers, struct seat *seats, unsigned *count)
{
	for (int kind = hwloc_cpukinds_get_nr(topology, 0) - 1; kind >= 0; kind--) {
		unsigned room = 0;

		for (unsigned i = 0; i < *count; i++)
			room += seats[i].kind == kind;
		if (room >= workers && room > 0) {
			*count = keep_kind(seats, *count, kind);
			return;
		}
	}
}

static int choose(hwloc_topology_t topology, const struct place_policy *policy, unsigned workers, struct seat *seats,
	unsigned *count, char *why)
{
	int error = 0;

	switch (policy->kind) {
	case PLACE_NUMA:
		return choose_node(topology, policy->node, seats, count, why);
	case PLACE_CORE_KIND:
		return choose_core_kind(topology, policy->core_kind, seats, count, why);
	case PLACE_LIST:
		return choose_list(topology, policy, seats, count, why);
	case PLACE_NONE:
		return 0;
	case PLACE_SMT:
		error = choose_smt(seats, count, why);
		break;
	case PLACE_CORES:
	case PLACE_CLOSE:
	case PLACE_SPREAD:
		break;
	}
	if (error == 0)
		choose_one_kind(topology, workers, seats, count);
	return error;
}

static int by_position(const void *left, const void *right)
{
	const struct seat *a = left, *b = right;

	return (a->position > b->position) - (a->position < b->position);
}

/* The faster kind first. */
static int by_kind(const void *left, const void *right)
{
	const struct seat *a = left, *b = right;

	return a->kind != b->kind ? (a->kind < b->kind) - (a->kind > b->kind) : by_position(left, right);
}

/* All first hardware threads before any second one. */
static int by_sibling(const void *left, const void *right)
{
	const struct seat *a = left, *b = right;

	return a->sibling != b->sibling ? (a->sibling > b->sibling) - (a->sibling < b->sibling) : by_kind(left, right);
}

/* Spreads n workers over the PUs in `set`, n at most their number: hwloc_distrib splits n at each level of the tree in
 * proportion to the PUs below, on a copy of the machine that has no others. */
static int distribute(hwloc_topology_t topology, hwloc_const_cpuset_t set, unsigned n, unsigned *pus)
{
	hwloc_cpuset_t *shares = calloc(n, sizeof(hwloc_cpuset_t));
	hwloc_topology_t copy = NULL;
	hwloc_obj_t root;
	int error = -ENOMEM;

	if (!shares || hwloc_topology_dup(&copy, topology) || hwloc_topology_restrict(copy, set, 0))
		goto out;
	root = hwloc_get_root_obj(copy);
	hwloc_distrib(copy, &root, 1, shares, n, INT_MAX, 0);
	for (unsigned i = 0; i < n; i++) {
		pus[i] = (unsigned)hwloc_bitmap_first(shares[i]);
		hwloc_bitmap_free(shares[i]);
	}
	error = 0;
out:
	if (copy)
		hwloc_topology_destroy(copy);
	free(shares);
	return error;
}

/* First over the cores, one PU of each; what is left over, over their second hardware threads; and so on. */
static int spread(hwloc_topology_t topology, const struct seat *seats, unsigned count, unsigned workers, unsigned *pus)
{
	hwloc_bitmap_t set = hwloc_bitmap_alloc();
	unsigned placed = 0;
	int error = set ? 0 : -ENOMEM;

	for (unsigned sibling = 0; error == 0 && placed < workers; sibling++) {
		unsigned room = 0, n;

		hwloc_bitmap_zero(set);
		for (unsigned i = 0; i < count; i++) {
			if (seats[i].sibling == sibling) {
				hwloc_bitmap_set(set, seats[i].pu);
				room++;
			}
		}
		n = workers - placed < room ? workers - placed : room;
		if (n > 0)
			error = distribute(topology, set, n, pus + placed);
		placed += n;
	}
	hwloc_bitmap_free(set);
	return error;
}

/* Fills pus[0..workers), workers <= count. */
static int arrange(hwloc_topology_t topology, enum place_kind kind, struct seat *seats, unsigned count,
	unsigned workers, unsigned *pus)
{
	if (kind == PLACE_SPREAD)
		return spread(topology, seats, count, workers, pus);
	if (kind == PLACE_LIST)
		qsort(seats, count, sizeof *seats, by_position);
	else if (kind == PLACE_CLOSE || kind == PLACE_SMT)
		qsort(seats, count, sizeof *seats, by_kind);
	else
		qsort(seats, count, sizeof *seats, by_sibling);
	for (unsigned i = 0; i < workers; i++)
		pus[i] = kind == PLACE_NONE ? PLACE_ANY : seats[i].pu;
	return 0;
}

int place_plan(hwloc_topology_t topology, const struct place_policy *policy, unsigned workers, bool oversubscribe,
	unsigned *pus, char *why)
{
	unsigned count = place_pus(topology), bound;
	struct seat *seats = take_seats(topology);
	int error;

	if (!seats)
		return refuse(why, ENOMEM, "no memory for a plan of %u PUs: free some and try again", count);
	error = choose(topology, policy, workers, seats, &count, why);
	if (error != 0)
		goto out;
	if (workers > count && !oversubscribe) {
		error = refuse(why, ERANGE,
			"%u workers asked for, the policy '%s' has %u PU%s: ask for at most %u, or add --oversubscribe",
			workers, policy->text, count, count == 1 ? "" : "s", count);
		goto out;
	}
	bound = workers < count ? workers : count;
	error = arrange(topology, policy->kind, seats, count, bound, pus);
	if (error != 0)
		refuse(why, ENOMEM, "no memory to spread %u workers: free some and try again", workers);
	else
		for (unsigned i = bound; i < workers; i++)
			pus[i] = pus[i - bound];  /* oversubscribed: the same PUs once more */
out:
	free(seats);
	return error;
}
