/* SPDX-License-Identifier: MIT */
/* progress.h -- one line on stderr that says how far a run is: rewritten in place on a terminal, a line per block
 * else. */
#ifndef BENCH_RUN_PROGRESS_H
#define BENCH_RUN_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	uint64_t begin_ns, shown_ns;
	double budget_s;
	bool live;              /* stderr is a terminal */
};

struct progress progress_make(double budget_s);
double progress_elapsed_s(const struct progress *);
void progress_setup(void *progress, const char *doing, unsigned done, unsigned of);
void progress_trial(struct progress *, unsigned block, unsigned blocks, double left_s, const char *lesson_name,
	const char *variant_name, unsigned workers);
void progress_block(struct progress *, unsigned block, unsigned blocks, double left_s);
void progress_clear(struct progress *);

#endif
