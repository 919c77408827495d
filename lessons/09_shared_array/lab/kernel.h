/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: the value of every element, and the sums of all values up to each.
 *
 * To work out a value takes many times as long as to add it.  So whoever adds something to sums that are there already
 * does little, and whoever works the values out a second time has won nothing.
 */
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

enum { SEED };  /* places in task.param */
enum { STEPS = 16 };

/* Of element k: below 2^32, so that the sums have room. */
static inline uint64_t value_of(const struct task *t, uint64_t k)
{
	if (k % 512 == 0)
		may_yield();
	return lcg_run(t->param[SEED] + k, STEPS) >> 32;
}
