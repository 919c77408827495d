/* SPDX-License-Identifier: MIT */
/* yield.h -- a place where another worker may come first, and where the grader sees to it that one does.
 *
 * A lab's kernel.h calls may_yield() where orders can differ: between reading something shared and writing it, before a
 * wait, after a hand-over.  Nothing happens there (one load and a branch) unless MANYHANDS_YIELD=SEED stands in the
 * environment.  Then the seed, the worker's number and a count of its calls decide whether the caller goes on, gives
 * its core away, or sleeps for some microseconds: the same seed asks for the same stops, whatever the scheduler makes
 * of them.  Safe in any thread and in a forked child.
 */
#ifndef BENCH_YIELD_H
#define BENCH_YIELD_H

#include <stdbool.h>

extern bool yield_armed;        /* set once, before any worker is there */

void yield_here(void);

static inline void may_yield(void)
{
	if (__builtin_expect(yield_armed, false))
		yield_here();
}

#endif
