/* SPDX-License-Identifier: MIT */
/* words.h -- what a student is told: for every cause of a failure, what was expected, why it matters, and one thing to
 * try.  What was seen is told by whoever saw it.  All the texts are in words.c.
 */
#ifndef BENCH_GRADE_WORDS_H
#define BENCH_GRADE_WORDS_H

#include "bench/grade/result.h"

#include <stdbool.h>

enum cause {
	CAUSE_NO_FILE, CAUSE_COMPILER, CAUSE_EXPORTS, CAUSE_FORBIDDEN,
	CAUSE_NO_WORKERS, CAUSE_SAME_WORKER, CAUSE_WRONG_KIND, CAUSE_MAIN_WORKS, CAUSE_IDLE,
	CAUSE_WRONG, CAUSE_DIED, CAUSE_SOMETIMES, CAUSE_DIED_SOMETIMES,
	CAUSE_RACE, CAUSE_LOCK_ORDER, CAUSE_LOCK_MISUSE, CAUSE_UNJOINED, CAUSE_BOUNDS, CAUSE_FREED, CAUSE_POINTER,
	CAUSE_UNDEFINED, CAUSE_SANITIZER,
	CAUSE_MEMORY, CAUSE_LEFT, CAUSE_HUNG, CAUSE_ENDLESS, CAUSE_SLOW, CAUSE_KEEPS, CAUSE_CLOCK,
	CAUSES
};

/* Fills expected, why and advice of a finding, and seen from the format. */
void words_find(struct finding *, enum cause, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
