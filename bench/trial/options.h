/* SPDX-License-Identifier: MIT */
/* options.h -- the command line of a variant's program. */
#ifndef BENCH_TRIAL_OPTIONS_H
#define BENCH_TRIAL_OPTIONS_H

#include "bench/lesson.h"

struct options {
	struct task task;               /* n, workers and param set; input not yet */
	uint64_t param[MAX_PARAMS];     /* what task.param points to */
	unsigned pus[MAX_WORKERS];      /* by worker; PU_ANY: not bound */
	bool bound;                     /* --pus was given */
	const char *topology;           /* XML file, or NULL */
	unsigned warmups, runs;
	bool rows;                      /* speak the protocol on descriptor 3 */
	bool hand_over;                 /* with the answers themselves */
	const char *check;              /* solve nothing: verify the answers in this file, as they were handed over */
	bool describe, show;
	bool answer;                    /* solve once, and print nothing but the result */
	int example;                    /* with show: which one; -1: all */
};

/* Fills *o from argv; on bad input says so on stderr and exits with 1 (argp). */
void options_parse(struct options *o, int argc, char **argv);

#endif
