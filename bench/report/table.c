/* SPDX-License-Identifier: MIT */
/* table.c -- the closing table: the machine, a line per cell, the document's size in short, what is missing. */
#include "bench/report/table.h"

#include "bench/base/text.h"
#include "bench/report/findings.h"
#include "bench/report/paper.h"
#include "bench/report/words.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { NAME = 19, LINE = PAPER_TEXT };

static bool is_told(unsigned only, unsigned lesson)
{
	return only == TABLE_ALL || only == lesson;
}

/* ---- a lesson ---- */

/* Cells [begin, end) of the summary that solve the same problem. */
static unsigned group_end(const struct summary *s, unsigned begin)
{
	unsigned end = begin;

	while (end < s->cells && summary_same_problem(s->cell[begin], s->cell[end]))
		end++;
	return end;
}

static void cell_line(FILE *out, const struct summary *s, const struct summary_cell *cell)
{
	const struct summary_measure *warm = &cell->regime[SUMMARY_WARM], *cold = &cell->regime[SUMMARY_COLD];
	enum summary_regime judged = warm->blocks > 0 || cold->blocks == 0 ? SUMMARY_WARM : SUMMARY_COLD;
	char time[16] = "-", cold_time[16] = "-", ratio[16], interval[48], verdict[64];

	if (warm->blocks > 0)
		text_time(warm->median_s, time, sizeof time);
	if (cold->blocks > 0)
		text_time(cold->median_s, cold_time, sizeof cold_time);
	words_ratio(warm->speedup, ratio, sizeof ratio);
	words_interval(warm->low, warm->high, interval, sizeof interval);
	summary_verdict_text(s, cell, judged, verdict, sizeof verdict);
	paper_padded(out, summary_variant_name(s, cell), NAME);
	fprintf(out, " %3u %7s %6s %-14s %7s %s\n", cell->workers, time, ratio, interval, cold_time, verdict);
}

/* What problem it is, and what serial takes; with the lesson's name above its first. */
static void heading(FILE *out, const struct summary *s, const struct summary_cell *first, bool title)
{
	const struct summary_lesson *lesson = &s->lesson[first->lesson];
	const struct summary_cell *base = summary_base(s, first);
	char size[LINE], time[64];

	words_size(first->problem, lesson->unit, first->params, size, sizeof size);
	if (s->weak)
		snprintf(size + strlen(size), sizeof size - strlen(size), ", for each worker");
	if (title) {
		putc('\n', out);
		paper_paragraph(out, 4, "%s (%s)", lesson->title, lesson->name);
	}
	if (base == NULL || base->regime[SUMMARY_WARM].blocks == 0) {
		paper_paragraph(out, 2, "%s; serial has no time here, so nothing has a speedup", size);
		return;
	}
	const struct summary_measure *m = &base->regime[SUMMARY_WARM];
	words_time_interval(m->median_s, m->low_s, m->high_s, time, sizeof time);
	paper_paragraph(out, 2, "%s; serial takes %s, %u block%s", size, time, m->blocks, m->blocks == 1 ? "" : "s");
}

/* "of the ceiling at p = 2: pthreads 99 %, fork_pool 98 %", for the largest p that has one,
 * of what gains anything at all; not of a ceiling that was disturbed. */
static void against_ceiling(FILE *out, const struct summary *s, unsigned begin, unsigned end)
{
	struct flow f = { out, 0, 2, false };
	unsigned most = 0;
	char item[256], name[128];

	for (unsigned i = begin; i < end; i++) {
		const struct summary_measure *ceiling = summary_ceiling(s, s->cell[i]->workers);
		if (s->cell[i]->regime[SUMMARY_WARM].verdict == SUMMARY_FASTER && s->cell[i]->workers > most
			&& ceiling != NULL && !ceiling->imprecise)
			most = s->cell[i]->workers;
	}
	if (most < 2 || s->lesson[s->cell[begin]->lesson].waits)
		return;
	snprintf(item, sizeof item, "of the ceiling at p = %u:", most);
	flow_item(&f, item);
	for (unsigned i = begin; i < end; i++) {
		const struct summary_measure *m = &s->cell[i]->regime[SUMMARY_WARM];
		if (s->cell[i]->workers != most || m->verdict != SUMMARY_FASTER)
			continue;
		words_clean(summary_variant_name(s, s->cell[i]), NAME, name, sizeof name);
		snprintf(item, sizeof item, "%s %.0f %%", name, 100 * m->speedup / summary_ceiling(s, most)->speedup);
		flow_item(&f, item);
	}
	putc('\n', out);
}

/* "the memory's ceiling at p = 2: 1.40 [1.38, 1.42]", of a lesson whose pace the memory may set. */
static void memory_ceiling(FILE *out, const struct summary *s, unsigned begin, unsigned end)
{
	const struct summary_cell *widest = s->cell[begin];
	double speedup, low, high;
	char ratio[16], interval[48];

	for (unsigned i = begin; i < end; i++)
		if (s->cell[i]->workers > widest->workers)
			widest = s->cell[i];
	if (summary_memory_ceiling(s, widest, &speedup, &low, &high))
		paper_paragraph(out, 2, "the memory's ceiling at p = %u: %s %s", widest->workers,
			words_ratio(speedup, ratio, sizeof ratio),
			words_interval(low, high, interval, sizeof interval));
}

/* ---- where the time goes ---- */

static unsigned most_workers(const struct summary *s, unsigned begin, unsigned end)
{
	unsigned most = 0;

	for (unsigned i = begin; i < end; i++)
		if (s->cell[i]->workers > most)
			most = s->cell[i]->workers;
	return most;
}

static void phase(FILE *out, double seconds)
{
	char time[16];
	fprintf(out, " %7s", isnan(seconds) ? "-" : text_time(seconds, time, sizeof time));
}

static void bytes(FILE *out, uint64_t count)
{
	static const char *const unit[] = { "B", "kB", "MB", "GB", "TB" };
	double value = (double)count;
	size_t u = 0;

	for (; value >= 999.5 && u + 1 < sizeof unit / sizeof *unit; u++)
		value /= 1000;
	if (count == 0)
		fprintf(out, " %7s", "-");
	else
		fprintf(out, " %4.*f %s", value < 9.95 && u > 0, value, unit[u]);
}

/* Start-up, work and tear-down of the variants on most workers, from the workers' own stamps. */
static void phases(FILE *out, const struct summary *s, unsigned begin, unsigned end)
{
	unsigned most = most_workers(s, begin, end);
	char name[32];
	bool any = false;

	for (unsigned i = begin; i < end; i++)
		any |= s->cell[i]->workers == most && !isnan(s->cell[i]->regime[SUMMARY_COLD].work_s);
	if (!any || most < 2)
		return;
	snprintf(name, sizeof name, "phases at p = %u", most);
	fprintf(out, "%-18s  start-          tear- imba-   cold:           cold:   bytes\n"
		"%-18s      up    work    down lance start-up   work tear-d. crossed\n", name, "");
	for (unsigned i = begin; i < end; i++) {
		const struct summary_cell *cell = s->cell[i];
		const struct summary_measure *warm = &cell->regime[SUMMARY_WARM], *cold = &cell->regime[SUMMARY_COLD];
		if (cell->workers != most || isnan(cold->work_s))
			continue;
		paper_padded(out, summary_variant_name(s, cell), NAME - 1);
		phase(out, warm->startup_s);
		phase(out, warm->work_s);
		phase(out, warm->teardown_s);
		fprintf(out, isnan(warm->imbalance) ? "     -" : " %5.2f", warm->imbalance);
		phase(out, cold->startup_s);
		phase(out, cold->work_s);
		phase(out, cold->teardown_s);
		bytes(out, cell->crossed_bytes);
		putc('\n', out);
	}
}

/* ---- what follows from it ---- */

/* "as if serial at p = 2 (Karp and Flatt): pthreads 0.4 % [0.2, 0.7]", of what gains anything. */
static void serial_shares(FILE *out, const struct summary *s, unsigned begin, unsigned end)
{
	const unsigned most = most_workers(s, begin, end);
	struct flow f = { out, 0, 2, false };
	char item[256], name[128];

	for (unsigned i = 0; i < s->findings; i++) {
		const struct finding *finding = &s->finding[i];
		if (finding->kind != FINDING_SERIAL_SHARE || finding->cell->workers != most || isnan(finding->low)
			|| !summary_same_problem(s->cell[begin], finding->cell)
			|| finding->cell->regime[SUMMARY_WARM].verdict != SUMMARY_FASTER)
			continue;
		if (!f.spaced) {
			snprintf(item, sizeof item, "as if serial at p = %u (Karp and Flatt):", most);
			flow_item(&f, item);
		}
		words_clean(summary_variant_name(s, finding->cell), NAME, name, sizeof name);
		snprintf(item, sizeof item, "%s %.2g %% [%.2g, %.2g]", name, 100 * finding->value, 100 * finding->low,
			100 * finding->high);
		flow_item(&f, item);
	}
	if (f.spaced)
		putc('\n', out);
}

static bool is_law(const struct finding *f)
{
	return f->kind > FINDING_SERIAL_SHARE && f->kind <= FINDING_PEAK;
}

/* Laws that hold in a lesson, and what its sweeps say: a line each. */
static void lesson_findings(FILE *out, const struct summary *s, unsigned lesson)
{
	for (unsigned i = 0; i < s->findings; i++) {
		const struct finding *f = &s->finding[i];
		if (f->cell->lesson == lesson && (is_law(f) ? !isnan(f->value) : f->kind > FINDING_PEAK))
			paper_paragraph(out, 2, "%s", f->sentence);
	}
}

/* The sentence without the variant's name that begins it: many are refused in the same words. */
static const char *reason_of(const struct summary *s, const struct finding *f)
{
	return f->sentence + strlen(summary_variant_name(s, f->cell));
}

/* What laws were not fitted, each reason once, with the first that it is about and how many more. */
static void refused_laws(FILE *out, const struct summary *s, unsigned only)
{
	bool any = false;

	for (unsigned i = 0; i < s->findings; i++) {
		const struct finding *f = &s->finding[i];
		unsigned more = 0, before = 0;
		if (!is_law(f) || !isnan(f->value) || !is_told(only, f->cell->lesson))
			continue;
		for (unsigned j = 0; j < s->findings; j++)
			if (is_law(&s->finding[j]) && is_told(only, s->finding[j].cell->lesson)
				&& strcmp(reason_of(s, &s->finding[j]), reason_of(s, f)) == 0)
				++*(j < i ? &before : &more);
		if (before > 0)
			continue;
		fputs(any ? "" : "\nScaling laws\n", out);
		any = true;
		paper_paragraph(out, 4, "  %s (%s %s%s)", reason_of(s, f) + 2, s->lesson[f->cell->lesson].name,
			summary_variant_name(s, f->cell), more > 1 ? " and others" : "");
	}
}

/* What makes a cell's number doubtful, beneath its line. */
static void doubts(FILE *out, const struct summary_measure *m)
{
	char from[16], to[16], interval[48];

	if (m->verdict == SUMMARY_NOISY)
		paper_paragraph(out, 4, "  inconclusive: noisy; its %u undisturbed blocks alone give %s %s",
		m->clean_pairs,
			words_ratio(m->clean, from, sizeof from),
			words_interval(m->clean_low, m->clean_high, interval, sizeof interval));
	if (m->bimodal)
		paper_paragraph(out, 4, "  two groups of blocks: %u at about %s, %u at about %s", m->low_group,
			words_ratio(m->group[0], from, sizeof from), m->pairs - m->low_group,
			words_ratio(m->group[1], to, sizeof to));
}

static void measured_group(FILE *out, const struct summary *s, unsigned begin, unsigned end)
{
	bool first = begin == 0 || s->cell[begin - 1]->lesson != s->cell[begin]->lesson;
	const char *reason = NULL;      /* the last one printed: often p = 2 fails as p = 1 did */

	heading(out, s, s->cell[begin], first);
	if (first)
		fputs("variant               p   warm speedup 95 % interval     cold verdict\n", out);
	for (unsigned i = begin; i < end; i++) {
		const struct summary_cell *cell = s->cell[i];
		if (cell->regime[SUMMARY_WARM].verdict == SUMMARY_BASE)
			continue;
		cell_line(out, s, cell);
		doubts(out, &cell->regime[SUMMARY_WARM]);
		if (cell->reason == NULL || (reason != NULL && strcmp(cell->reason, reason) == 0))
			continue;
		reason = cell->reason;
		paper_paragraph(out, 4, "  %s", reason);
	}
	against_ceiling(out, s, begin, end);
	memory_ceiling(out, s, begin, end);
	serial_shares(out, s, begin, end);
	if (first)
		phases(out, s, begin, end);
}

/* A line per variant: "pthreads         1: 53.2 us (0.058) 2: 60.1 us (0.051)". */
static void document_group(FILE *out, const struct summary *s, unsigned begin, unsigned end)
{
	struct flow f = { out, 0, NAME + 1, false };
	char size[LINE], item[256], time[64], ratio[16];

	words_size(s->cell[begin]->n, s->lesson[s->cell[begin]->lesson].unit, s->cell[begin]->params, size,
		sizeof size);
	paper_paragraph(out, 2, "the document's size, %s; p: warm time (speedup)", size);
	for (unsigned i = begin; i < end; i++) {
		const struct summary_cell *cell = s->cell[i];
		const struct summary_measure *m = &cell->regime[SUMMARY_WARM];
		if (i == begin || cell->variant != s->cell[i - 1]->variant) {
			fputs(i == begin ? "" : "\n", out);
			paper_padded(out, summary_variant_name(s, cell), NAME);
			putc(' ', out);
			f.column = NAME + 1;
			f.spaced = false;
		}
		if (m->blocks > 0 && m->verdict != SUMMARY_FAILED)
			text_time(m->median_s, time, sizeof time);
		else
			summary_verdict_text(s, cell, SUMMARY_WARM, time, sizeof time);
		if (isnan(m->speedup))
			snprintf(item, sizeof item, "%u: %s", cell->workers, time);
		else
			snprintf(item, sizeof item, "%u: %s (%s)", cell->workers, time,
				words_ratio(m->speedup, ratio, sizeof ratio));
		flow_item(&f, item);
	}
	putc('\n', out);
}

/* ---- around the lessons ---- */

static void machine(FILE *out, const struct summary *s)
{
	struct flow f = { out, 0, 2, false };
	char item[128], ratio[16], interval[48];

	paper_paragraph(out, 2, "%s: %s%s%s, %u core%s%s%s", s->run_id, s->host, *s->host ? ", " : "", s->model,
		s->cores,
		s->cores == 1 ? "" : "s", s->hypervisor ? ", " : "", s->hypervisor ? s->hypervisor : "");
	if (s->ceilings == 0) {
		paper_paragraph(out, 2, "The machine's capacity was not measured: there is no ceiling to compare with");
		return;
	}
	flow_item(&f, "Ceiling (copies of one loop, nothing shared):");
	for (unsigned i = 0; i < s->ceilings; i++) {
		const struct summary_measure *m = &s->ceiling[i]->regime[SUMMARY_WARM];
		words_interval(m->low, m->high, interval, sizeof interval);
		const char *doubt = !*interval ? " (too few blocks)" : m->imprecise ? " (imprecise)" : "";
		snprintf(item, sizeof item, "%s%s%s at p = %u%s%s", words_ratio(m->speedup, ratio, sizeof ratio),
			*interval ? " " : "", interval, s->ceiling[i]->workers, doubt, i + 1 < s->ceilings ? "," : "");
		flow_item(&f, item);
	}
	putc('\n', out);
}

/* A note that begins with a lesson's name is about that lesson. */
static bool is_of_another(const struct summary *s, const char *note, unsigned only)
{
	size_t length = strcspn(note, " ");

	for (unsigned i = 0; i < s->lessons && only != TABLE_ALL; i++)
		if (i != only && strlen(s->lesson[i].name) == length && strncmp(note, s->lesson[i].name, length) == 0)
			return true;
	return false;
}

static void missing(FILE *out, const struct summary *s, unsigned only)
{
	bool any = false;

	for (unsigned i = 0; i < s->left_outs; i++) {
		const struct summary_left_out *cell = &s->left_out[i];
		if (only != TABLE_ALL && strcmp(cell->lesson, s->lesson[only].name) != 0)
			continue;
		fputs(any ? "" : "\nLeft out\n", out);
		any = true;
		paper_paragraph(out, 4, "  %s %s p = %u%s: %s", cell->lesson, cell->variant, cell->workers,
			strcmp(cell->size, "document") == 0 ? " (document's size)" : "", cell->reason);
	}
	if (s->notes > 0 || s->truncated || !s->finished)
		fputs("\nNotes\n", out);
	for (unsigned i = 0; i < s->notes; i++)
		if (!is_of_another(s, s->note[i], only))
			paper_paragraph(out, 4, "  %s", s->note[i]);
	if (s->truncated)
		paper_paragraph(out, 4,
		"  The last line of samples.ndjson has no end (an interruption): it was not used");
	if (!s->finished)
		paper_paragraph(out, 4, "  This run did not come to its end: these are the %u rows that it left",
		s->rows);
}

static bool any_imprecise(const struct summary *s, unsigned only)
{
	for (unsigned i = 0; i < s->cells; i++)
		if (s->cell[i]->regime[SUMMARY_WARM].imprecise && !s->cell[i]->document
			&& is_told(only, s->cell[i]->lesson))
			return true;
	return false;
}

/* How many of the warm trials' blocks something disturbed, of all that there are. */
static void disturbance(FILE *out, const struct summary *s)
{
	unsigned disturbed = 0, blocks = 0;

	for (unsigned i = 0; i < s->cells; i++) {
		const struct summary_measure *m = &s->cell[i]->regime[SUMMARY_WARM];
		for (unsigned b = 0; b < m->blocks; b++)
			disturbed += m->block[b].disturbed ? 1 : 0;
		blocks += m->blocks;
	}
	if (disturbed > 0)
		paper_paragraph(out, 2,
			"Something else disturbed %u of %u measurements (steal, quota, waits for a CPU): "
			"all are used; where the others alone say otherwise, it says so", disturbed, blocks);
}

void table_write(FILE *out, const struct summary *s)
{
	table_write_lesson(out, s, TABLE_ALL);
}

void table_write_lesson(FILE *out, const struct summary *s, unsigned only)
{
	machine(out, s);
	disturbance(out, s);
	if (s->cells == 0)
		paper_paragraph(out, 2, "Nothing was measured: samples.ndjson has no row");
	for (unsigned begin = 0, end; begin < s->cells; begin = end) {
		end = group_end(s, begin);
		if (s->lesson[s->cell[begin]->lesson].is_capacity || s->lesson[s->cell[begin]->lesson].is_bandwidth
			|| !is_told(only, s->cell[begin]->lesson))
			continue;
		if (s->cell[begin]->document)
			document_group(out, s, begin, end);
		else
			measured_group(out, s, begin, end);
		if (end == s->cells || s->cell[end]->document || s->cell[end]->lesson != s->cell[begin]->lesson)
			lesson_findings(out, s, s->cell[begin]->document ? s->lessons : s->cell[begin]->lesson);
	}
	refused_laws(out, s, only);
	if (any_imprecise(s, only)) {
		putc('\n', out);
		paper_paragraph(out, 2,
			"+-x %%: the interval is wider than the %g %% asked for; "
			"give it time (--budget), or the machine rest", s->precision * 100);
	}
	missing(out, s, only);
}
