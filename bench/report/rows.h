/* SPDX-License-Identifier: MIT */
/* rows.h -- what read.c takes out of the two files for summary.c to reduce.  Private to this room. */
#ifndef BENCH_REPORT_ROWS_H
#define BENCH_REPORT_ROWS_H

#include "bench/report/summary.h"

#include <jansson.h>
#include <sys/types.h>

struct timed_run {              /* a row of an ok trial that is not a warm-up */
	unsigned block, order;
	enum summary_regime regime;
	uint64_t start_ns;
	double wall_s;
	double startup_s, work_s, teardown_s, imbalance;        /* NAN where the workers' stamps do not tell */
};

struct trial_time {             /* a trial in one regime: the median of its runs */
	unsigned block, order;
	uint64_t start_ns;
	double wall_s;
	double startup_s, work_s, teardown_s, imbalance;
	bool disturbed;
};

struct signals {                /* of a trial, from its cold row: what disturbed it; NAN: the kernel does not tell */
	unsigned block, order;
	double trial_s;                 /* exec to exit */
	double steal_s, throttled_s;    /* taken by the hypervisor, by the cgroup's quota */
	double waited_s;                /* in which some task of the machine was ready and had no CPU */
	double involuntary;             /* context switches of the trial */
};

struct place {                  /* of a trial's rows in samples.ndjson: where the first and the last line begins */
	unsigned block, order;
	off_t first, last;
};

struct rows {                   /* of one cell */
	size_t runs, room;
	struct timed_run *run;
	size_t trials[SUMMARY_REGIMES];
	struct trial_time *trial[SUMMARY_REGIMES];      /* by block, then by start */
	size_t signals, signals_room;
	struct signals *signal;         /* by block, then by order */
	size_t places, places_room;
	struct place *place;            /* of the ok trials, warm-ups too, in the order of the file */
};

struct source {
	char *run_path, *samples_path;
	json_t *run;                    /* run.json; names and sentences of the summary point into it */
	off_t offset;                   /* of the first row not yet read: always the beginning of a line */
	size_t line;                    /* how many lines lie before it */
	off_t row;                      /* of the row that is being read */
	size_t lesson_room, cell_room;
	void *tree;                     /* tsearch() tree of the cells */
};

int read_run(struct summary *, const char *folder, char *why);
int read_samples(struct summary *, char *why);
void read_free(struct summary *);

/* Marks the disturbed trials of a cell: see disturbed.c.  0 or -ENOMEM. */
int disturbed_mark(struct rows *, bool serial, unsigned pus);

/* The cell that is like `probe` in lesson, variant, document, workers, n and params, or NULL. */
struct summary_cell *read_find(const struct summary *, const struct summary_cell *probe);

#endif
