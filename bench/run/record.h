/* SPDX-License-Identifier: MIT */
/* record.h -- the results folder while it grows: run.json, topology.xml and samples.ndjson, a row per timed run.
 *
 * Invariant: samples.ndjson ends with a whole row after every record_flush(), and no row is ever changed.  The fields
 * are listed in bench/README.md.  Functions return 0 or -errno and leave one sentence in `why` (CARD_WHY bytes).
 */
#ifndef BENCH_RUN_RECORD_H
#define BENCH_RUN_RECORD_H

#include "bench/run/machine.h"
#include "bench/run/measure.h"
#include "bench/run/run.h"

struct record {
	char *folder, *run_id;
	json_t *run;            /* run.json as it stands */
	bool is_newest;         /* results/latest shall point to it, once it has a whole block */
	FILE *samples;
	long whole_bytes;       /* of samples.ndjson, as of the last flush that succeeded */
};

/* Makes the folder (settings->folder, which must be new or empty, or results/<date>-<host>-<rev>) and writes run.json
 * and topology.xml into it. */
int record_open(struct record *, const struct settings *, hwloc_topology_t, const struct plan *, const struct machine *,
	char **argv, char *why);

/* What `manyhands run` was asked for when it began this folder: its argv, NULL at the end, in one allocation that is
 * the caller's to free.  NULL and a sentence when the folder does not tell. */
char **record_argv(const char *folder, char *why);

/* Opens the folder of a run that came to no end, or to its budget, to go on with it: gives the plan the recorded sizes
 * and what was left out, cuts off a last row without end, and tells the number of the next block.  Refused when
 * machine, programs or plan are not those that the folder began with, or another run has it open. */
int record_resume(struct record *, const struct settings *, struct plan *, const struct machine *, unsigned *block,
	char *why);

/* These two are the sides of one comparison, block by block. */
void record_twins(struct record *a, struct record *b);

/* The rows of one trial, kept in memory until the flush. */
int record_trial(struct record *, const struct bench *, const struct cell *, unsigned block, unsigned order,
	const struct trial_result *, char *why);
int record_flush(struct record *, char *why);

void record_note(struct record *, const char *sentence);        /* into run.json's notes */
void record_dropped(struct record *, unsigned variables);       /* the note that the environment was cleaned */

/* Writes run.json again: sizes and cells left out as the plan has them now. */
int record_update(struct record *, const struct plan *, char *why);

/* The same, for good: how many whole blocks there are, what the conductor itself used, and why it stopped. */
int record_finish(struct record *, const struct plan *, const struct run_result *, const char *stop_reason, char *why);
void record_close(struct record *);

#endif
