/* SPDX-License-Identifier: MIT */
/* precision.h -- what a run asks while it lasts, how well each of its cells is known by now; and what its trials were
 * worth. */
#ifndef BENCH_COMMAND_PRECISION_H
#define BENCH_COMMAND_PRECISION_H

#include "bench/report/summary.h"
#include "bench/run/run.h"

/* A summary per side, read further at every call.  Zero it first; free it at the end. */
struct precision { struct summary *side[2]; };

int precision_read(void *precision, unsigned side, const char *folder, const struct plan *, double *halfwidth);
void precision_free(struct precision *);

/* Wrong and lost trials, told on stderr in a sentence that ends in `where`, as an exit code. */
int trials_judge(const struct run_result *, const char *where);

#endif
