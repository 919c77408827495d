/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: one item squared, by a function that knows nothing of the other items.  So small a task shows
 * what a pool costs; `spin` makes it as large as one likes. */
#include "bench/keep.h"
#include "bench/lesson.h"

enum { FIRST, CHUNK, SPIN };  /* places in task.param */

/* A task is given its item and nothing else.  So this is a global, as it would be in Python: prepare() sets it before
 * any worker starts, threads see it and forked workers inherit it. */
extern uint64_t square_spin;

static inline void square(const void *item, void *result)
{
	uint64_t x = *(const uint64_t *)item;

	for (uint64_t i = 0; i < square_spin; i++)
		KEEP(x);  /* without this, the empty loop would be left out */
	KEEP(x);  /* and here the serial loop would become vector instructions, which no pool can use: another lesson */
	*(uint64_t *)result = x * x;
}
