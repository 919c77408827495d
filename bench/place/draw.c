/* SPDX-License-Identifier: MIT */
/* draw.c -- the machine as a tree for a terminal: a line per package, NUMA node or shared cache, a cell per core.
 *
 * Levels that hold the same cores share a line, so that a small machine stays small and a big one stays a tree.  No
 * line is wider than COLUMNS: what does not fit goes on below, under the same indent.
 */
#include "bench/place/place.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 80, STEP = 3, GRID_CELL = 38 };

struct sheet {
	hwloc_topology_t topology;
	const unsigned *pus;    /* the plan */
	unsigned workers;
	unsigned cell;          /* columns of the widest core, so that cores stand below one another; 0: as they come */
};

/* Where the pen is.  Invariant: columns <= column <= COLUMNS. */
struct pen {
	FILE *out;              /* NULL: nothing is written, only counted */
	char indent[128];       /* what a fresh line begins with */
	unsigned columns;       /* of the indent: its tree characters have three bytes each */
	unsigned column;
};

static void break_line(struct pen *pen)
{
	fprintf(pen->out, "\n%s", pen->indent);
	pen->column = pen->columns;
}

/* Puts `gap` and `word` on this line or, where they do not fit, `word` on the next; a line never begins with a gap.
 * One column is left for a bracket. */
static void put(struct pen *pen, const char *gap, const char *word)
{
	unsigned width = (unsigned)strlen(word);

	if (pen->out && pen->column > pen->columns && pen->column + strlen(gap) + width >= COLUMNS)
		break_line(pen);
	if (pen->column == pen->columns)
		gap = "";
	if (pen->out)
		fprintf(pen->out, "%s%s", gap, word);
	pen->column += (unsigned)strlen(gap) + width;
}

static void skip_to(struct pen *pen, unsigned column)
{
	for (; pen->column < column; pen->column++)
		fputc(' ', pen->out);
}

/* Starts a line of the tree; gives back the pen for it and for all that stands below it. */
static struct pen branch_off(const struct pen *trunk, bool last)
{
	struct pen pen = *trunk;

	fprintf(pen.out, "%s%s", trunk->indent, last ? "└─ " : "├─ ");
	snprintf(pen.indent, sizeof pen.indent, "%.120s%s", trunk->indent, last ? "   " : "│  ");
	pen.columns = trunk->columns + STEP;
	pen.column = pen.columns;
	return pen;
}

/* ---- a core ---- */

static bool is_core(hwloc_obj_t obj)
{
	return obj->type == HWLOC_OBJ_CORE || obj->type == HWLOC_OBJ_PU;  /* a PU where the machine names no cores */
}

/* "P" and "E" as in the policy kind:P, "M" between them, "" where all cores are alike or not ranked. */
static const char *core_kind(hwloc_topology_t topology, hwloc_obj_t core)
{
	int kinds = hwloc_cpukinds_get_nr(topology, 0), efficiency;
	int kind = hwloc_cpukinds_get_by_cpuset(topology, core->cpuset, 0);

	if (kinds < 2 || kind < 0 || hwloc_cpukinds_get_info(topology, 0, NULL, &efficiency, NULL, NULL, 0) ||
		efficiency < 0)
		return "";
	return kind == kinds - 1 ? "P" : kind == 0 ? "E" : "M";
}

/* "0:w0", or "0" when idle, or "0:w0,w2" when oversubscribed */
static void put_pu(struct pen *pen, const struct sheet *sheet, const char *gap, const char *before, unsigned pu)
{
	char word[48];
	bool idle = true;

	for (unsigned i = 0; i < sheet->workers; i++) {
		if (sheet->pus[i] != pu)
			continue;
		if (idle)
			snprintf(word, sizeof word, "%s%u:w%u", before, pu, i);
		else
			snprintf(word, sizeof word, "w%u", i);
		put(pen, idle ? gap : ",", word);
		idle = false;
	}
	if (idle) {
		snprintf(word, sizeof word, "%s%u", before, pu);
		put(pen, gap, word);
	}
}

/* "[0:w0 4]": the PUs of one core, with "P" or "E" in front on a hybrid machine */
static void put_core(struct pen *pen, const struct sheet *sheet, hwloc_obj_t core)
{
	hwloc_obj_t pu = NULL;
	char open[4];

	snprintf(open, sizeof open, "%s[", core_kind(sheet->topology, core));
	while ((pu = hwloc_get_next_obj_inside_cpuset_by_type(sheet->topology, core->cpuset, HWLOC_OBJ_PU, pu))) {
		put_pu(pen, sheet, open[0] ? "" : " ", open, pu->os_index);
		open[0] = '\0';
	}
	if (pen->out)
		fputc(']', pen->out);
	pen->column++;
}

static unsigned core_columns(const struct sheet *sheet, hwloc_obj_t core)
{
	struct pen counter = {.out = NULL};

	put_core(&counter, sheet, core);
	return counter.column;
}

static unsigned widest_core(const struct sheet *sheet)
{
	int depth = hwloc_get_type_or_below_depth(sheet->topology, HWLOC_OBJ_CORE);
	hwloc_obj_t core = NULL;
	unsigned widest = 0;

	while ((core = hwloc_get_next_obj_by_depth(sheet->topology, depth, core))) {
		unsigned columns = core_columns(sheet, core);

		if (columns > widest)
			widest = columns;
	}
	return widest <= GRID_CELL ? widest : 0;
}

/* How many of `count` cells go on a line: all, or a power of two, for so the machine is built. */
static unsigned cells_in_line(const struct pen *pen, const struct sheet *sheet, unsigned count)
{
	unsigned fit = (COLUMNS + 1 - pen->column) / (sheet->cell + 1), cells = 1;

	if (sheet->cell == 0 || count <= fit)
		return count;
	while (cells * 2 <= fit)
		cells *= 2;
	return cells;
}

/* Cells below one another; a core is broken only where it alone is longer than a line. */
static void put_cores(struct pen *pen, const struct sheet *sheet, hwloc_obj_t *cores, unsigned count)
{
	unsigned in_line = cells_in_line(pen, sheet, count), next = pen->column;

	for (unsigned i = 0; i < count; i++) {
		unsigned width = core_columns(sheet, cores[i]);

		if (i > 0 && (i % in_line == 0 || next + width > COLUMNS))
			break_line(pen);
		else
			skip_to(pen, next);
		next = pen->column + sheet->cell + 1;
		put_core(pen, sheet, cores[i]);
		if (next <= pen->column)
			next = pen->column + 1;
	}
	fputc('\n', pen->out);
}

/* ---- the levels above ---- */

static bool is_shared_cache(hwloc_topology_t topology, hwloc_obj_t obj)
{
	int cores = hwloc_get_nbobjs_inside_cpuset_by_type(topology, obj->cpuset, HWLOC_OBJ_CORE);

	return hwloc_obj_type_is_dcache(obj->type) && (cores > 1 || (cores == 0 && obj->arity > 1));
}

static bool has_label(hwloc_topology_t topology, hwloc_obj_t obj)
{
	return obj->type == HWLOC_OBJ_PACKAGE || obj->type == HWLOC_OBJ_DIE || obj->memory_arity > 0 ||
		is_shared_cache(topology, obj);
}

/* " (32 MiB)"; empty for 0, which is what hwloc says when it does not know */
static const char *size_words(uint64_t size_bytes, char *words, size_t room)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
	double size = (double)size_bytes;
	size_t unit = 0;

	for (; size >= 1024 && unit < 4; unit++)
		size /= 1024;
	snprintf(words, room, size < 10 ? " (%.2g %s)" : " (%.0f %s)", size, units[unit]);
	return size_bytes > 0 ? words : "";
}

static void put_memory(struct pen *pen, hwloc_obj_t memory)
{
	char word[64], size[24];

	for (; memory; memory = memory->next_sibling) {
		if (memory->type == HWLOC_OBJ_NUMANODE) {
			snprintf(word, sizeof word, "NUMA node %u%s%s", memory->os_index,
				size_words(memory->attr->numanode.local_memory, size, sizeof size),
				hwloc_bitmap_iszero(memory->cpuset) ? " without PUs" : "");
			put(pen, ", ", word);
		}
		put_memory(pen, memory->memory_first_child);  /* below a memory-side cache */
	}
}

/* Adds ", package 0" or the like to the line, and the memory at this level. */
static void put_label(struct pen *pen, const struct sheet *sheet, hwloc_obj_t obj)
{
	unsigned number = obj->os_index == HWLOC_UNKNOWN_INDEX ? obj->logical_index : obj->os_index;
	char word[64] = "", size[24];

	if (obj->type == HWLOC_OBJ_PACKAGE)
		snprintf(word, sizeof word, "package %u", number);
	else if (obj->type == HWLOC_OBJ_DIE)
		snprintf(word, sizeof word, "die %u", number);
	else if (is_shared_cache(sheet->topology, obj))
		snprintf(word, sizeof word, "L%u #%u%s", obj->attr->cache.depth, obj->logical_index,
			size_words(obj->attr->cache.size, size, sizeof size));
	if (word[0])
		put(pen, ", ", word);
	put_memory(pen, obj->memory_first_child);
}

/* What stands directly below `obj` in the picture, in order: cores, and levels that have a label.  Levels without one
 * (private caches, groups) are looked through.  Gives back how many; `items` may be NULL, to count. */
static unsigned gather(const struct sheet *sheet, hwloc_obj_t obj, hwloc_obj_t *items)
{
	unsigned count = 0;

	if (is_core(obj)) {
		if (items)
			items[0] = obj;
		return 1;
	}
	for (hwloc_obj_t child = obj->first_child; child; child = child->next_sibling) {
		if (!has_label(sheet->topology, child)) {
			count += gather(sheet, child, items ? items + count : NULL);
			continue;
		}
		if (items)
			items[count] = child;
		count++;
	}
	return count;
}

/* How many items from the first on are plain cores: not levels of their own because they alone have a NUMA node. */
static unsigned cores_in_a_row(hwloc_obj_t level, hwloc_obj_t *items, unsigned count)
{
	unsigned cores = 0;

	while (cores < count && is_core(items[cores]) && (items[cores]->memory_arity == 0 || items[cores] == level))
		cores++;
	return cores;
}

/* Cores and nothing else: after the label where all fit on that line, from a column that is the same for labels of
 * about the same length; else below it. */
static void draw_leaf(struct pen *pen, const struct sheet *sheet, hwloc_obj_t *cores, unsigned count)
{
	bool labelled = pen->column > pen->columns;
	unsigned start = labelled ? (pen->column + 5) / 4 * 4 : pen->column;

	if (sheet->cell > 0 && start + count * (sheet->cell + 1) <= COLUMNS + 1)
		skip_to(pen, start);
	else if (labelled)
		break_line(pen);
	put_cores(pen, sheet, cores, count);
}

static void draw_level(struct pen *pen, const struct sheet *sheet, hwloc_obj_t obj);

/* Everything below `obj`, whose label stands on the line of `pen`: a branch per level, and one per row of cores. */
static void draw_below(struct pen *pen, const struct sheet *sheet, hwloc_obj_t obj)
{
	unsigned count = gather(sheet, obj, NULL), step;
	hwloc_obj_t *items = calloc(count + 1, sizeof(hwloc_obj_t));

	if (!items)
		return;
	gather(sheet, obj, items);
	if (count > 0 && cores_in_a_row(obj, items, count) == count) {
		draw_leaf(pen, sheet, items, count);
		free(items);
		return;
	}
	fputc('\n', pen->out);
	for (unsigned i = 0; i < count; i += step) {
		unsigned cores = cores_in_a_row(obj, items + i, count - i);
		struct pen branch;

		step = cores > 0 ? cores : 1;
		branch = branch_off(pen, i + step == count);
		if (cores > 0)
			draw_leaf(&branch, sheet, items + i, cores);
		else
			draw_level(&branch, sheet, items[i]);
	}
	free(items);
}

/* One line of labels: this level, and those below it that hold the same cores. */
static void draw_level(struct pen *pen, const struct sheet *sheet, hwloc_obj_t obj)
{
	put_label(pen, sheet, obj);
	while (!is_core(obj) && obj->arity == 1) {
		obj = obj->first_child;
		put_label(pen, sheet, obj);
	}
	draw_below(pen, sheet, obj);
}

static void put_number(struct pen *pen, const char *gap, unsigned number, const char *what)
{
	char word[48];

	snprintf(word, sizeof word, "%u %s%s", number, what, number == 1 ? "" : "s");
	if (number > 0)
		put(pen, gap, word);
}

/* The first line: what there is in all, and memory that belongs to no part of the machine more than to another. */
static void put_title(struct pen *pen, hwloc_topology_t topology)
{
	hwloc_obj_t package = NULL;
	unsigned packages = 0;

	while ((package = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PACKAGE, package)))
		packages += !hwloc_bitmap_iszero(package->cpuset);  /* not those of which we may only use the memory */
	put(pen, "", "machine: ");
	put_number(pen, "", place_pus(topology), "PU");
	put_number(pen, " on ", place_cores(topology), "core");
	put_number(pen, " in ", packages, "package");
	put_memory(pen, hwloc_get_root_obj(topology)->memory_first_child);
}

static void draw_legend(const struct sheet *sheet, FILE *out)
{
	hwloc_obj_t pu = hwloc_get_obj_by_type(sheet->topology, HWLOC_OBJ_PU, 0);
	unsigned loose = 0;

	for (unsigned i = 0; i < sheet->workers; i++)
		loose += sheet->pus[i] == PLACE_ANY;
	if (loose > 0)
		fprintf(out, "%u worker%s not bound: the operating system places them\n", loose, loose == 1 ? "" : "s");
	if (loose < sheet->workers)
		fprintf(out, "[...] is a core, in it PU:worker; a PU alone is idle\n");
	else
		fprintf(out, "[...] is a core, in it its PUs\n");
	if (core_kind(sheet->topology, pu)[0])
		fprintf(out, "P[...] is a core for performance, E[...] one for efficiency\n");
}

void place_draw(FILE *out, hwloc_topology_t topology, const unsigned *pus, unsigned workers)
{
	struct sheet sheet = {.topology = topology, .pus = pus, .workers = workers};
	struct pen pen = {.out = out};

	sheet.cell = widest_core(&sheet);
	put_title(&pen, topology);
	draw_below(&pen, &sheet, hwloc_get_root_obj(topology));
	draw_legend(&sheet, out);
}
