/* SPDX-License-Identifier: MIT */
/* size.h -- how large each problem must be, and how often each cell runs in a trial, so that the plan fits its budget.
 *
 * First serial alone is timed, and n scaled until it takes the base time: long enough that starting workers is small
 * beside it.  Then every cell is tried once.  Then, while ten blocks would not fit, the dearest problem is halved.
 */
#ifndef BENCH_RUN_SIZE_H
#define BENCH_RUN_SIZE_H

#include "bench/run/measure.h"
#include "bench/run/record.h"

/* What a user sees while it lasts; all of them may be NULL. */
struct size_progress { void (*tell)(void *, const char *doing, unsigned done, unsigned of); void *arg; };

unsigned size_least_blocks(const struct settings *);    /* before the stopping rule may stop */

/* Calibrates n of every problem on its serial time, unless the user fixed it.  0, -EINTR, or -errno and a sentence. */
int size_calibrate(struct bench *, struct plan *, const struct size_progress *, char *why);

/* Tries every cell once.  One that gives no time is left out of the plan, with its outcome as the reason, and
 * recorded, and counted in outcomes[its enum outcome]. */
int size_pilot(struct bench *, struct plan *, struct record *, const struct size_progress *, unsigned *outcomes,
	char *why);

/* Chooses runs per trial, fewer and fewer and then with halved sizes, until the least number of blocks fits into
 * `left_s` seconds. */
void size_fit(const struct bench *, struct plan *, struct record *, double left_s);

double size_trial_s(const struct cell *);       /* what one trial of it will take, about */
double size_block_s(const struct plan *);       /* what one block of all problems will take, about */

#endif
