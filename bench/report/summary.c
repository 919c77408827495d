/* SPDX-License-Identifier: MIT */
/* summary.c -- from rows to estimates: runs to trials, trials to blocks, blocks paired with their base. */
#include "bench/report/summary.h"

#include "bench/base/stats.h"
#include "bench/report/rows.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95
#define LEAST_GAP 1.05          /* between two groups of blocks that are worth a word */

/* Arrays that every cell needs for a moment, as large as the largest needs them. */
struct scratch {
	double *x;              /* the runs of a trial, or the blocks of a cell */
	double *walsh;
};

/* ---- runs to trials ---- */

static int by_trial(const void *left, const void *right)
{
	const struct timed_run *a = left, *b = right;

	if (a->regime != b->regime)
		return a->regime < b->regime ? -1 : 1;
	if (a->block != b->block)
		return a->block < b->block ? -1 : 1;
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return (a->start_ns > b->start_ns) - (a->start_ns < b->start_ns);
}

static int by_block_and_start(const void *left, const void *right)
{
	const struct trial_time *a = left, *b = right;

	if (a->block != b->block)
		return a->block < b->block ? -1 : 1;
	return (a->start_ns > b->start_ns) - (a->start_ns < b->start_ns);
}

/* Median of one member, where it is a number; NAN where it never is. */
static double median_at(const void *items, size_t count, size_t size, size_t member, double *x)
{
	double median = NAN, value;
	size_t known = 0;

	for (size_t i = 0; i < count; i++) {
		memcpy(&value, (const char *)items + i * size + member, sizeof value);
		if (!isnan(value))
			x[known++] = value;
	}
	stats_median(x, known, &median);  /* refuses none: NAN stays */
	return median;
}

/* The first trial of the `count` sorted runs, in *out; returns how many runs it has. */
static size_t take_trial(const struct timed_run *run, size_t count, double *x, struct trial_time *out)
{
	size_t runs = 0;

	while (runs < count && run[runs].block == run->block && run[runs].order == run->order) {
		x[runs] = run[runs].wall_s;
		runs++;
	}
	*out = (struct trial_time){ .block = run->block, .order = run->order, .start_ns = run->start_ns };
	stats_median(x, runs, &out->wall_s);    /* cannot fail: times are finite, and there is one */
	out->startup_s = median_at(run, runs, sizeof *run, offsetof(struct timed_run, startup_s), x);
	out->work_s = median_at(run, runs, sizeof *run, offsetof(struct timed_run, work_s), x);
	out->teardown_s = median_at(run, runs, sizeof *run, offsetof(struct timed_run, teardown_s), x);
	out->imbalance = median_at(run, runs, sizeof *run, offsetof(struct timed_run, imbalance), x);
	return runs;
}

static int make_trials(struct summary_cell *cell, double *x)
{
	struct rows *rows = cell->rows;
	size_t begin = 0;

	if (rows->runs > 0)
		qsort(rows->run, rows->runs, sizeof *rows->run, by_trial);
	for (unsigned regime = 0; regime < SUMMARY_REGIMES; regime++) {
		size_t end = begin, trials = 0;
		while (end < rows->runs && rows->run[end].regime == regime)
			end++;
		cell->regime[regime].runs = (unsigned)(end - begin);
		free(rows->trial[regime]);
		rows->trial[regime] = calloc(end - begin + 1, sizeof *rows->trial[regime]);
		if (rows->trial[regime] == NULL)
			return -ENOMEM;
		while (begin < end)
			begin += take_trial(rows->run + begin, end - begin, x, &rows->trial[regime][trials++]);
		qsort(rows->trial[regime], trials, sizeof *rows->trial[regime], by_block_and_start);
		rows->trials[regime] = trials;
	}
	return 0;
}

/* ---- times ---- */

/* m->block: one time per block, without a base yet. */
static int make_blocks(struct summary_measure *m, const struct trial_time *trial, size_t trials, double *x)
{
	struct summary_block *more = realloc(m->block, (trials + 1) * sizeof *more);

	if (more == NULL)
		return -ENOMEM;
	m->block = more;
	m->blocks = 0;
	for (size_t begin = 0, end; begin < trials; begin = end) {
		struct summary_block *block = &m->block[m->blocks++];
		*block = (struct summary_block){ .block = trial[begin].block, .ratio = NAN };
		for (end = begin; end < trials && trial[end].block == trial[begin].block; end++) {
			x[end - begin] = trial[end].wall_s;
			block->disturbed |= trial[end].disturbed;
		}
		stats_median(x, end - begin, &block->time_s);
	}
	return 0;
}

static void estimate_times(struct summary_measure *m, struct scratch *scratch)
{
	struct stats_interval interval = { NAN, NAN, NAN };

	m->median_s = m->p10_s = m->p90_s = NAN;
	for (unsigned i = 0; i < m->blocks; i++)
		scratch->x[i] = m->block[i].time_s;
	if (m->blocks > 0) {
		stats_median(scratch->x, m->blocks, &m->median_s);
		stats_quantile(scratch->x, m->blocks, 0.1, &m->p10_s);
		stats_quantile(scratch->x, m->blocks, 0.9, &m->p90_s);
		stats_median_interval(scratch->x, m->blocks, CONFIDENCE, &interval);  /* refuses few: NAN stays */
	}
	m->low_s = interval.low;
	m->high_s = interval.high;
}

static void estimate_phases(struct summary_measure *m, const struct trial_time *trial, size_t trials, double *x)
{
	#define MEDIAN(member) median_at(trial, trials, sizeof *trial, offsetof(struct trial_time, member), x)
	m->startup_s = MEDIAN(startup_s);
	m->work_s = MEDIAN(work_s);
	m->teardown_s = MEDIAN(teardown_s);
	m->imbalance = MEDIAN(imbalance);
	#undef MEDIAN
}

/* ---- speedups ---- */

static uint64_t distance(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

/* The trial of `base` that is nearest to `trial` among those of its block, or NULL. */
static const struct trial_time *nearest(const struct trial_time *trial, const struct trial_time *base, size_t bases)
{
	const struct trial_time *best = NULL;
	size_t low = 0, high = bases;

	while (low < high) {            /* first of the block */
		size_t middle = low + (high - low) / 2;
		if (base[middle].block < trial->block)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < bases && base[low].block == trial->block; low++)
		if (best == NULL
			|| distance(base[low].start_ns, trial->start_ns) < distance(best->start_ns, trial->start_ns))
			best = &base[low];
	return best;
}

/* Fills in the blocks' ratios: the geometric mean where a block has several trials of the cell.  With weak scaling p
 * workers solve p times the base's problem. */
static void pair(struct summary_measure *m, const struct rows *rows, const struct rows *base,
	enum summary_regime regime, double times)
{
	const struct trial_time *trial = rows->trial[regime], *last = trial + rows->trials[regime];

	m->pairs = 0;
	for (unsigned i = 0; i < m->blocks; i++) {
		struct summary_block *block = &m->block[i];
		double sum = 0;
		unsigned found = 0;
		for (; trial < last && trial->block == block->block; trial++) {
			const struct trial_time *with = nearest(trial, base->trial[regime], base->trials[regime]);
			if (with == NULL)
				continue;
			sum += log(with->wall_s / trial->wall_s * times);
			block->disturbed |= with->disturbed;
			found++;
		}
		if (found > 0)
			block->ratio = exp(sum / found);
		m->pairs += found > 0;
	}
}

/* Hodges-Lehmann over the blocks that have a ratio, or over the undisturbed ones of them.  Returns how many. */
static unsigned estimate(const struct summary_measure *m, bool clean_only, struct scratch *scratch, double *speedup,
	double *low, double *high)
{
	struct stats_interval interval = { NAN, NAN, NAN };
	double centre = NAN;
	unsigned pairs = 0;

	for (unsigned i = 0; i < m->blocks; i++)
		if (!isnan(m->block[i].ratio) && !(clean_only && m->block[i].disturbed))
			scratch->x[pairs++] = log(m->block[i].ratio);
	if (pairs >= SUMMARY_LEAST_BLOCKS)
		stats_hodges_lehmann(scratch->x, pairs, CONFIDENCE, scratch->walsh, &centre, &interval);
	else if (pairs > 0 && !clean_only)
		stats_hodges_lehmann(scratch->x, pairs, CONFIDENCE, scratch->walsh, &centre, NULL);
	*speedup = exp(centre);
	*low = exp(interval.low);
	*high = exp(interval.high);
	return pairs;
}

static void estimate_speedup(struct summary_measure *m, struct scratch *scratch)
{
	estimate(m, false, scratch, &m->speedup, &m->low, &m->high);
	m->halfwidth = (m->high - m->low) / 2 / m->speedup;
	m->clean_pairs = estimate(m, true, scratch, &m->clean, &m->clean_low, &m->clean_high);
}

/* Two groups of blocks, one cell: something besides the variant decides, trial by trial, how fast it is. */
static void find_groups(struct summary_measure *m, struct scratch *scratch)
{
	size_t pairs = 0, low = 0;
	double within;

	for (unsigned i = 0; i < m->blocks; i++)
		if (!isnan(m->block[i].ratio))
			scratch->x[pairs++] = log(m->block[i].ratio);
	m->group[0] = m->group[1] = NAN;
	m->bimodal = stats_is_bimodal(scratch->x, pairs, log(LEAST_GAP));
	if (!m->bimodal || stats_two_groups(scratch->x, pairs, &low, &within) < 0)
		return;
	m->low_group = (unsigned)low;
	stats_median(scratch->x, low, &m->group[0]);
	stats_median(scratch->x + low, pairs - low, &m->group[1]);
	m->group[0] = exp(m->group[0]);
	m->group[1] = exp(m->group[1]);
}

/* ---- verdicts ---- */

/* Weak scaling: but the document's sizes stay, and the ceiling's copies share one loop. */
static bool grows(const struct summary *s, unsigned lesson, bool document)
{
	return s->weak && !document && !s->lesson[lesson].is_capacity && !s->lesson[lesson].is_bandwidth;
}

uint64_t summary_problem(const struct summary *s, unsigned lesson, bool document, unsigned workers, uint64_t n)
{
	return grows(s, lesson, document) ? n / workers : n;
}

static bool is_serial(const struct summary *s, const struct summary_cell *cell)
{
	return strcmp(summary_variant_name(s, cell), "serial") == 0;
}

/* A file that is wrong once is wrong: what its other trials took says nothing. */
static bool is_failed(const struct summary *s, const struct summary_cell *cell)
{
	return s->lesson[cell->lesson].variant[cell->variant].broken || cell->outcomes[SUMMARY_OK] == 0
		|| cell->outcomes[SUMMARY_WRONG] > 0;
}

static enum summary_verdict judge(const struct summary *s, const struct summary_cell *cell,
	const struct summary_measure *m)
{
	if (is_failed(s, cell))
		return SUMMARY_FAILED;
	if (m->blocks == 0)
		return SUMMARY_NO_TIME;
	if (is_serial(s, cell))
		return SUMMARY_BASE;
	if (m->pairs == 0)
		return SUMMARY_NO_BASE;
	if (m->pairs < SUMMARY_LEAST_BLOCKS)
		return SUMMARY_TOO_FEW;
	if (m->clean < m->low || m->clean > m->high)
		return SUMMARY_NOISY;
	return m->low > 1 ? SUMMARY_FASTER : m->high < 1 ? SUMMARY_SLOWER : SUMMARY_UNCLEAR;
}

static int reduce_cell(const struct summary *s, struct summary_cell *cell, struct scratch *scratch)
{
	const struct summary_cell *base = is_serial(s, cell) ? NULL : summary_base(s, cell);

	for (unsigned regime = 0; regime < SUMMARY_REGIMES; regime++) {
		struct summary_measure *m = &cell->regime[regime];
		if (make_blocks(m, cell->rows->trial[regime], cell->rows->trials[regime], scratch->x) < 0)
			return -ENOMEM;
		estimate_times(m, scratch);
		estimate_phases(m, cell->rows->trial[regime], cell->rows->trials[regime], scratch->x);
		m->pairs = 0;
		if (base != NULL && !is_failed(s, cell) && !is_failed(s, base))
			pair(m, cell->rows, base->rows, regime,
				grows(s, cell->lesson, cell->document) ? cell->workers : 1);
		estimate_speedup(m, scratch);
		find_groups(m, scratch);
		m->verdict = judge(s, cell, m);
		m->imprecise = m->halfwidth > s->precision;
	}
	return 0;
}

static int find_ceilings(struct summary *s)
{
	const struct summary_cell **more = realloc(s->ceiling, (s->cells + 1) * sizeof *more);

	if (more == NULL)
		return -ENOMEM;
	s->ceiling = more;
	s->ceilings = 0;
	for (unsigned i = 0; i < s->cells; i++) {
		const struct summary_cell *cell = s->cell[i];
		if (s->lesson[cell->lesson].is_capacity && !cell->document && !isnan(cell->regime[SUMMARY_WARM].speedup)
			&& strcmp(summary_variant_name(s, cell), "copies") == 0)
			s->ceiling[s->ceilings++] = cell;
	}
	return 0;
}

static int reduce(struct summary *s)
{
	size_t most = STATS_MOST;       /* blocks are fewer; the runs of a cell may be more */
	struct scratch scratch = { 0 };
	int error = 0;

	for (unsigned i = 0; i < s->cells; i++)
		if (s->cell[i]->rows->runs > most)
			most = s->cell[i]->rows->runs;
	scratch.x = calloc(most, sizeof *scratch.x);
	scratch.walsh = calloc(most > stats_walsh(STATS_MOST) ? most : stats_walsh(STATS_MOST), sizeof *scratch.walsh);
	if (scratch.x == NULL || scratch.walsh == NULL)
		error = -ENOMEM;
	for (unsigned i = 0; i < s->cells && error == 0; i++) {
		error = make_trials(s->cell[i], scratch.x);
		if (error == 0)
			error = disturbed_mark(s->cell[i]->rows, is_serial(s, s->cell[i]), s->pus);
	}
	for (unsigned i = 0; i < s->cells && error == 0; i++)
		error = reduce_cell(s, s->cell[i], &scratch);
	if (error == 0)
		error = find_ceilings(s);
	free(scratch.x);
	free(scratch.walsh);
	return error;
}

/* ---- the room's doors ---- */

int summary_more(struct summary *s, char *why)
{
	int error = read_samples(s, why);

	free(s->finding);       /* of what there was before */
	s->finding = NULL;
	s->findings = 0;
	if (error == 0 && (error = reduce(s)) < 0)
		snprintf(why, SUMMARY_WHY, "not enough memory for this results folder");
	return error;
}

int summary_read(const char *folder, struct summary **out, char *why)
{
	struct summary *s = calloc(1, sizeof *s);
	int error = -ENOMEM;

	*out = NULL;
	if (s == NULL || (s->source = calloc(1, sizeof *s->source)) == NULL) {
		snprintf(why, SUMMARY_WHY, "not enough memory for this results folder");
		free(s);
		return error;
	}
	error = read_run(s, folder, why);
	if (error == 0)
		error = summary_more(s, why);
	if (error < 0) {
		summary_free(s);
		return error;
	}
	*out = s;
	return 0;
}

void summary_free(struct summary *s)
{
	if (s == NULL)
		return;
	read_free(s);
	free(s->finding);
	free(s->source);
	free(s);
}

const struct summary_cell *summary_base(const struct summary *s, const struct summary_cell *cell)
{
	const struct summary_lesson *lesson = &s->lesson[cell->lesson];
	struct summary_cell probe = *cell;

	probe.workers = 1;
	probe.n = cell->problem;
	for (probe.variant = 0; probe.variant < lesson->variants; probe.variant++)
		if (strcmp(lesson->variant[probe.variant].name, "serial") == 0)
			return read_find(s, &probe);
	return NULL;
}

/* The block of that number, or NULL. */
static const struct summary_block *find_block(const struct summary_measure *m, unsigned number)
{
	unsigned low = 0, high = m->blocks;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;
		if (m->block[middle].block < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->blocks && m->block[low].block == number ? &m->block[low] : NULL;
}

static const struct summary_cell *find_bandwidth(const struct summary *s, unsigned workers)
{
	for (unsigned i = 0; i < s->cells; i++)
		if (s->lesson[s->cell[i]->lesson].is_bandwidth && s->cell[i]->workers == workers
			&& is_serial(s, s->cell[i]) == (workers == 1) && s->cell[i]->moved_bytes > 0)
			return s->cell[i];
	return NULL;
}

bool summary_memory_ceiling(const struct summary *s, const struct summary_cell *cell, double *speedup, double *low,
	double *high)
{
	const struct summary_cell *base = summary_base(s, cell), *copies = find_bandwidth(s, cell->workers);
	double x[STATS_MOST], *walsh = calloc(stats_walsh(STATS_MOST), sizeof *walsh), centre = NAN;
	struct stats_interval interval = { NAN, NAN, NAN };
	size_t pairs = 0;

	if (base && copies && base->moved_bytes > 0 && walsh && !s->lesson[cell->lesson].is_bandwidth) {
		const struct summary_measure *m = &base->regime[SUMMARY_WARM];
		for (unsigned i = 0; i < m->blocks && pairs < STATS_MOST; i++) {
			const struct summary_block *with = find_block(&copies->regime[SUMMARY_WARM], m->block[i].block);
			if (with)       /* serial's time over the time that the memory needs for as many bytes */
				x[pairs++] = log(m->block[i].time_s / with->time_s * (double)copies->moved_bytes
					/ (double)base->moved_bytes);
		}
		stats_hodges_lehmann(x, pairs, CONFIDENCE, walsh, &centre,
			pairs >= SUMMARY_LEAST_BLOCKS ? &interval : NULL);
	}
	free(walsh);
	*speedup = exp(centre);
	*low = exp(interval.low);
	*high = exp(interval.high);
	return !isnan(centre);
}

const struct summary_cell *summary_find(const struct summary *s, const char *lesson, const char *variant, bool document,
	unsigned workers, uint64_t n, const char *params)
{
	struct summary_cell probe = { .document = document, .workers = workers, .n = n,
		.params = (char *)(uintptr_t)params };

	for (; probe.lesson < s->lessons; probe.lesson++)
		if (strcmp(s->lesson[probe.lesson].name, lesson) == 0)
			break;
	if (probe.lesson == s->lessons)
		return NULL;
	const struct summary_lesson *l = &s->lesson[probe.lesson];
	probe.problem = summary_problem(s, probe.lesson, document, workers, n);
	for (; probe.variant < l->variants; probe.variant++)
		if (strcmp(l->variant[probe.variant].name, variant) == 0)
			return read_find(s, &probe);
	return NULL;
}

bool summary_same_problem(const struct summary_cell *a, const struct summary_cell *b)
{
	return a->lesson == b->lesson && a->document == b->document && a->problem == b->problem
		&& strcmp(a->params, b->params) == 0;
}

double summary_halfwidth(const struct summary *s, const struct summary_cell **which)
{
	double largest = 0;

	if (which != NULL)
		*which = NULL;
	for (unsigned i = 0; i < s->cells; i++) {
		const struct summary_cell *cell = s->cell[i];
		const struct summary_measure *m = &cell->regime[SUMMARY_WARM];
		if (cell->document || is_serial(s, cell) || m->verdict == SUMMARY_FAILED
			|| m->verdict == SUMMARY_NO_TIME)
			continue;
		double halfwidth = isnan(m->halfwidth) ? (double)INFINITY : m->halfwidth;
		if (halfwidth <= largest)
			continue;
		largest = halfwidth;
		if (which != NULL)
			*which = cell;
	}
	return largest;
}

const struct summary_measure *summary_ceiling(const struct summary *s, unsigned workers)
{
	for (unsigned i = 0; i < s->ceilings; i++)
		if (s->ceiling[i]->workers == workers)
			return &s->ceiling[i]->regime[SUMMARY_WARM];
	return NULL;
}

/* "wrong 3/10": the outcome that most trials had, of those that are not ok; "leaked 1/1000" is long enough. */
static char *failure_text(const struct summary_cell *cell, char *out, size_t size)
{
	unsigned most = SUMMARY_WRONG, trials = cell->outcomes[SUMMARY_OK];

	for (unsigned o = SUMMARY_WRONG; o < SUMMARY_OUTCOMES; o++) {
		trials += cell->outcomes[o];
		if (cell->outcomes[o] > cell->outcomes[most])
			most = o;
	}
	if (cell->outcomes[SUMMARY_WRONG] > 0)
		most = SUMMARY_WRONG;
	if (cell->outcomes[most] == 0)
		snprintf(out, size, "ok, by luck");     /* broken on purpose, and nothing showed */
	else
		snprintf(out, size, "%s %u/%u", summary_outcome_name[most], cell->outcomes[most], trials);
	return out;
}

char *summary_verdict_text(const struct summary *s, const struct summary_cell *cell, enum summary_regime regime,
	char *out, size_t size)
{
	static const char *const words[] = {
		[SUMMARY_BASE] = "base", [SUMMARY_FASTER] = "faster", [SUMMARY_SLOWER] = "slower",
		[SUMMARY_UNCLEAR] = "unclear", [SUMMARY_TOO_FEW] = "too few blocks", [SUMMARY_NO_BASE] = "no base",
		[SUMMARY_NOISY] = "inconclusive", [SUMMARY_NO_TIME] = "not measured", [SUMMARY_FAILED] = "failed",
	};
	const struct summary_measure *m = &cell->regime[regime];
	double percent = m->halfwidth * 100;

	(void)s;
	if (m->verdict == SUMMARY_FAILED)
		return failure_text(cell, out, size);
	if (!m->imprecise || m->verdict == SUMMARY_NOISY)
		snprintf(out, size, "%s", words[m->verdict]);
	else if (m->verdict == SUMMARY_UNCLEAR && percent >= 99.5)
		snprintf(out, size, "imprecise, > 99 %%");  /* as wide as the table has room for */
	else if (m->verdict == SUMMARY_UNCLEAR)
		snprintf(out, size, percent < 9.95 ? "imprecise, +-%.1f %%" : "imprecise, +-%.0f %%", percent);
	else
		snprintf(out, size, "%s (+-%.*f %%)", words[m->verdict], percent < 99.95, percent);
	return out;
}
