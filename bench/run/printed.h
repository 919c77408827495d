/* SPDX-License-Identifier: MIT */
/* printed.h -- what a document printed, and what comes out here. */
#ifndef BENCH_RUN_PRINTED_H
#define BENCH_RUN_PRINTED_H

#include "bench/run/card.h"

/* Runs the lesson's serial program on each of the document's examples.
 * [{"source", "n", "workers", "params", "prints", "printed"}]; printed is null where the program did not come to its
 * end.  The caller's to free. */
json_t *printed_examples(const struct card *);

#endif
