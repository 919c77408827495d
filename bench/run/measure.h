/* SPDX-License-Identifier: MIT */
/* measure.h -- one trial: run a cell's program in a fresh process and judge what came back. */
#ifndef BENCH_RUN_MEASURE_H
#define BENCH_RUN_MEASURE_H

#include "bench/hang/hang.h"
#include "bench/run/machine.h"
#include "bench/run/plan.h"

#include <jansson.h>

enum outcome { OUTCOME_OK, OUTCOME_WRONG, OUTCOME_DIED, OUTCOME_HUNG, OUTCOME_LEAKED, OUTCOME_SKIPPED };
extern const char *const outcome_name[];

/* Where and how trials run; made once. */
struct bench {
	const struct settings *settings;
	hwloc_topology_t topology;
	const char *topology_xml;       /* a file, so that a trial need not look at the machine again; NULL: it does */
	uint64_t random;                /* state of random.h: for the order, which the seed alone must fix */
	uint64_t pad_random;            /* another for the pad: how many trials sizing takes is chance */
	char *pad;                      /* MANYHANDS_PAD=xxx...: moves the stack, and with it the luck of alignment */
	char **env;                     /* ours, without the OpenMP runtime's variables, with the pad last */
	unsigned dropped;               /* how many variables were left out */
};

struct trial_result {
	enum outcome outcome;
	char reason[HANG_TEXT + 80];    /* "" when ok */
	json_t *rows;                   /* the "run" rows, in order; empty unless ok */
	double cold_s, warm_s;          /* start + first solve + stop; median of the timed solves (NAN: none) */
	double trial_s;                 /* exec to exit */
	struct machine_load taken;      /* while it lasted; NAN: the kernel does not tell */
};

int bench_open(struct bench *, const struct settings *, hwloc_topology_t);      /* 0 or -ENOMEM */
void bench_close(struct bench *);

/* Fills pus[0..cell->workers) as the policy plans them; a lesson that waits may oversubscribe. */
int bench_place(const struct bench *, const struct cell *, unsigned *pus, char *why);

/* 0 whatever the outcome; -EINTR when the user interrupted, other -errno when nothing could be started.
 * Free the result in every case. */
int bench_trial(struct bench *, const struct cell *, double deadline_s, struct trial_result *);
void trial_result_free(struct trial_result *);

#endif
