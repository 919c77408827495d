/* SPDX-License-Identifier: MIT */
/* summary.h -- a results folder, read and reduced: for every cell its times, its speedup, and what may be said of it.
 *
 * Input are run.json and samples.ndjson as bench/README.md lists them; method and words are those of MEASURE.md.
 * A cell is lesson x variant x workers x size x n x params.  Only trials that ended `ok` have times.  Speedups pair the
 * trial of a cell with the nearest trial (by start) of its base in the same block; the base is the variant `serial`
 * with one worker and the same lesson, size, n and params.  Numbers that do not exist are NAN.
 *
 * Functions that can fail return 0 or -errno and leave one sentence in `why` (SUMMARY_WHY bytes): file, line, what was
 * expected, what to do.
 */
#ifndef BENCH_REPORT_SUMMARY_H
#define BENCH_REPORT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SUMMARY_WHY = 640, SUMMARY_LEAST_BLOCKS = 6 };   /* an interval of 95 % needs six */

enum summary_regime { SUMMARY_WARM, SUMMARY_COLD, SUMMARY_REGIMES };
enum summary_outcome {
	SUMMARY_OK, SUMMARY_WRONG, SUMMARY_DIED, SUMMARY_HUNG, SUMMARY_LEAKED, SUMMARY_SKIPPED, SUMMARY_OUTCOMES
};
extern const char *const summary_regime_name[SUMMARY_REGIMES];
extern const char *const summary_outcome_name[SUMMARY_OUTCOMES];        /* as in samples.ndjson */

enum summary_verdict {
	SUMMARY_BASE,           /* the serial base itself */
	SUMMARY_FASTER,         /* the interval lies above 1 */
	SUMMARY_SLOWER,         /* below 1 */
	SUMMARY_UNCLEAR,        /* around 1 */
	SUMMARY_TOO_FEW,        /* fewer than SUMMARY_LEAST_BLOCKS pairs: an estimate without interval */
	SUMMARY_NO_BASE,        /* times, but no serial time in the same block */
	SUMMARY_NO_TIME,        /* nothing measured in this regime */
	SUMMARY_FAILED          /* no ok trial; or a wrong answer; or a file that is broken on purpose */
};

struct summary_measure {        /* a cell in one regime */
	unsigned blocks, runs;          /* blocks with a time; timed runs in them */
	double median_s, p10_s, p90_s;  /* over the blocks; a block's time is the median of its runs */
	double low_s, high_s;           /* 95 % rank interval of the median */
	unsigned pairs;                 /* blocks that have a base */
	double *ratio;                  /* [pairs]: base time / time, block by block */
	double speedup, low, high;      /* Hodges-Lehmann, and its 95 % interval */
	double halfwidth;               /* (high - low) / 2 / speedup */
	enum summary_verdict verdict;
	bool imprecise;                 /* halfwidth above the precision asked for */
};

struct summary_cell {
	unsigned lesson, variant;       /* indices into summary.lesson[] and its variant[] */
	bool document;                  /* the document's own size */
	unsigned workers;
	uint64_t n;
	char *params;                   /* "name=value name=value", "" without any */
	unsigned outcomes[SUMMARY_OUTCOMES];    /* trials that ended so */
	char *reason;                   /* of the first trial that was not ok, or NULL */
	struct summary_measure regime[SUMMARY_REGIMES];
	struct rows *rows;              /* what it was computed from: private to this room */
};

struct summary_variant {
	char *name;
	bool broken;                    /* wrong or hanging on purpose: never drawn, never a speedup */
};

struct summary_lesson {
	char *name, *title, *unit;
	bool waits;                     /* its workers wait rather than compute: the capacity is no bound */
	bool is_capacity;               /* the machine's ceiling, measured like a lesson */
	unsigned variants;
	struct summary_variant *variant;        /* in reading order */
};

struct summary_left_out {
	const char *lesson, *variant, *size, *reason;
	unsigned workers;
};

struct summary {
	const char *run_id, *host, *model, *hypervisor, *stop_reason;   /* hypervisor and stop_reason may be NULL */
	unsigned cores;                 /* 0: not known */
	double precision;               /* 0.03: an interval of +-3 % */
	bool finished;
	bool truncated;                 /* the last line had no end, and was not used */
	unsigned lessons, cells, left_outs, notes, rows;
	struct summary_lesson *lesson;          /* in the order of run.json */
	struct summary_cell **cell;             /* by lesson, measured before document, params, n, variant, workers */
	struct summary_left_out *left_out;
	const char **note;
	unsigned ceilings;
	const struct summary_cell **ceiling;    /* the cells of the capacity that have a speedup, by workers */
	struct source *source;          /* files and what the texts point into: private to this room */
};

/* Reads and reduces all that is there.  *out is NULL on failure. */
int summary_read(const char *folder, struct summary **out, char *why);

/* Reads the rows that were appended since, and reduces again; for the conductor, after each block.  Cells keep their
 * addresses, not their places.  After a failure, only summary_free() is left to call. */
int summary_more(struct summary *, char *why);
void summary_free(struct summary *);

/* The largest half-width of a speedup, and the cell that has it (NULL: do not tell): warm, measured size, the ceiling's
 * cells included, failed cells not.  INFINITY while one has too few blocks, 0 when there is nothing to wait for. */
double summary_halfwidth(const struct summary *, const struct summary_cell **which);

/* The measured ceiling with so many workers, or NULL: a measure whose speedup is not NAN. */
const struct summary_measure *summary_ceiling(const struct summary *, unsigned workers);

/* The base of a cell (itself, for a base), or NULL. */
const struct summary_cell *summary_base(const struct summary *, const struct summary_cell *);

/* "faster", "slower (+-5.3 %)", "imprecise, +-12 %", "too few blocks", "wrong 3/10", "died 6/6": at most 17 columns. */
char *summary_verdict_text(const struct summary *, const struct summary_cell *, enum summary_regime, char *out,
	size_t size);

static inline const char *summary_variant_name(const struct summary *s, const struct summary_cell *cell)
{
	return s->lesson[cell->lesson].variant[cell->variant].name;
}

#endif
