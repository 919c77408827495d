/* SPDX-License-Identifier: MIT */
/* rows.h -- what a trial says on descriptor 3, one JSON object a line.
 *
 *   {"row":"card", ...}                                     the lesson and this variant (--describe, on standard
 * output)
 *   {"row":"run", "regime":"cold"|"warm", "run":0, ...}     one solve; bench/README.md lists the fields
 *   {"row":"answer", "run":0, "bytes":"00ff..."}            what that solve left, in hexadecimal digits (--hand-over)
 *   {"row":"end", "leaked":null|"what was left behind"}     the last word; a trial without it has died
 */
#ifndef BENCH_TRIAL_ROWS_H
#define BENCH_TRIAL_ROWS_H

#include "bench/lesson.h"
#include "bench/trial/lanes.h"

#include <stdbool.h>

enum { ROWS_FD = 3 };

struct run {
	unsigned index;                         /* 0: the first solve */
	bool is_warmup;
	char *wrong;                            /* NULL, or why the answer is wrong; malloc'd */
	uint64_t begin_ns;                      /* of start() in the first run, of solve() in the others */
	uint64_t start_ns, solve_ns, stop_ns;   /* durations; start and stop only in the first run */
};

void rows_card(void);
/* run 0 is the cold one, written last */
void rows_run(const struct run *, const struct task *, const struct lanes *);
void rows_answer(unsigned run, const void *answer, size_t bytes);
void rows_end(const char *leaked);
void rows_send(int fd);  /* nothing leaves before this */

#endif
