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
	SUMMARY_NOISY,          /* the undisturbed blocks alone say something else: inconclusive */
	SUMMARY_NO_TIME,        /* nothing measured in this regime */
	SUMMARY_FAILED          /* no ok trial; or a wrong answer; or a file that is broken on purpose */
};

struct summary_block {          /* a block in which a cell has a time */
	unsigned block;                 /* its number */
	double time_s;                  /* of its trial; the median where it has several */
	double ratio;                   /* time of the base / time; NAN without a base in this block */
	bool disturbed;                 /* the trial or its base: see disturbed.h */
};

struct summary_measure {        /* a cell in one regime */
	unsigned blocks, runs;          /* blocks with a time; timed runs in them */
	struct summary_block *block;    /* [blocks], ascending */
	double median_s, p10_s, p90_s;  /* over the blocks; a block's time is the median of its runs */
	double low_s, high_s;           /* 95 % rank interval of the median */
	unsigned pairs;                 /* blocks that have a base */
	double speedup, low, high;      /* Hodges-Lehmann, and its 95 % interval */
	double halfwidth;               /* (high - low) / 2 / speedup */
	unsigned clean_pairs;           /* those of them that nothing disturbed */
	/* the same from these alone; NAN with fewer than SUMMARY_LEAST_BLOCKS */
	double clean, clean_low, clean_high;
	bool bimodal;                   /* its blocks fall into two groups: */
	unsigned low_group;             /* how many lie in the slower one */
	double group[2];                /* median speedup of the slower, of the faster one; NAN unless bimodal */
	/* medians: until a worker works; until the last is done; until the end */
	double startup_s, work_s, teardown_s;
	double imbalance;               /* median of longest stretch / mean stretch of a run's workers; NAN for one */
	enum summary_verdict verdict;
	bool imprecise;                 /* halfwidth above the precision asked for */
};

struct summary_cell {
	unsigned lesson, variant;       /* indices into summary.lesson[] and its variant[] */
	bool document;                  /* the document's own size */
	unsigned workers;
	uint64_t n;
	uint64_t problem;               /* the n of its base: n, or with weak scaling n / workers */
	char *params;                   /* "name=value name=value", "" without any */
	unsigned outcomes[SUMMARY_OUTCOMES];    /* trials that ended so */
	char *reason;                   /* of the first trial that was not ok, or NULL */
	uint64_t crossed_bytes;         /* between processes, in one solve; 0: none, or not declared */
	uint64_t moved_bytes;           /* to and from memory, in one solve; 0: not declared */
	struct summary_measure regime[SUMMARY_REGIMES];
	struct rows *rows;              /* what it was computed from: private to this room */
};

struct summary_variant {
	char *name;
	bool broken;                    /* wrong or hanging on purpose: never drawn, never a speedup */
};

struct summary_example {        /* what a document did; texts point into the summary */
	const char *source;             /* "D3" */
	uint64_t n;
	unsigned workers;               /* 0: not told */
	const char *prints;             /* what the document printed */
	const char *printed;            /* what came out here, by serial; NULL when nothing did */
};

struct summary_knob {           /* a parameter, as the lesson's card describes it; texts point into the summary */
	const char *name, *unit, *about;        /* "" where run.json does not tell */
	const char *sweep;              /* values that a run measures by itself, "0,25,50"; NULL: one */
};

struct summary_lesson {
	char *name, *title, *unit;
	const char *question, *source;  /* "" where run.json does not tell */
	unsigned charts, examples;
	const char **chart;             /* kinds, as in charts.h, that the lesson asks for; 0: any that it can have */
	struct summary_example *example;
	unsigned knobs;
	struct summary_knob *knob;      /* in the card's order; none in older folders */
	bool waits;                     /* its workers wait rather than compute: the capacity is no bound */
	bool is_capacity;               /* the machine's ceiling, measured like a lesson */
	bool is_bandwidth;              /* the memory's, likewise */
	uint64_t n;                     /* of the problem that it was measured with most; 0: run.json does not tell */
	char *params;                   /* likewise, as in summary_cell; NULL */
	char *grain;                    /* the parameter that says how large a single task is; NULL: none */
	unsigned variants;
	struct summary_variant *variant;        /* in reading order */
};

struct summary_left_out {
	const char *lesson, *variant, *size, *reason;
	unsigned workers;
};

struct summary {
	const char *run_id, *host, *model, *hypervisor, *stop_reason;   /* hypervisor and stop_reason may be NULL */
	const char *kernel, *revision, *compiler, *policy, *started;    /* "" where run.json does not tell */
	const char *twin;               /* the other folder of a `compare --ab`, whose blocks match ours; or NULL */
	uint64_t seed;
	unsigned args;
	const char **arg;               /* the command's words */
	const char *mode;               /* quick, normal or rigorous; "" where run.json does not tell */
	double budget_s;                /* NAN: not told */
	uint64_t blocks;
	unsigned cores, pus, packages, core_kinds;      /* 0: not known */
	bool weak;                      /* n grows with p: the base of p workers is serial at n / p, times p */
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
	unsigned findings;
	struct finding *finding;        /* of findings.h; none before findings_make() */
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

/* The speedup that the memory's bandwidth with as many workers would give a cell of a lesson that declares moved_bytes,
 * paired block by block; low and high are NAN with too few blocks.  False when there is none to tell. */
bool summary_memory_ceiling(const struct summary *, const struct summary_cell *, double *speedup, double *low,
	double *high);

/* The cell of these names, or NULL; params as in summary_cell. */
const struct summary_cell *summary_find(const struct summary *, const char *lesson, const char *variant, bool document,
	unsigned workers, uint64_t n, const char *params);

/* Whether a and b solve the same problem: same lesson, size, params and n; with weak scaling, the same n per worker. */
bool summary_same_problem(const struct summary_cell *a, const struct summary_cell *b);

/* The n of the base of a cell with such an n: n, or n / workers where n grows with the workers. */
uint64_t summary_problem(const struct summary *, unsigned lesson, bool document, unsigned workers, uint64_t n);

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
