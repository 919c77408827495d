/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n steps, each of which computes for a part of its time and waits for the rest.
 *
 * To compute is to execute instructions of an interpreter.  As in CPython each takes about a tenth of a microsecond and
 * changes something that belongs to the interpreter as a whole: here a plain count.  There are two ways to run steps:
 * with the big lock that guards this count, and free, with a count that nobody else touches.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "lessons/lib/big_lock.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

#include <errno.h>
#include <time.h>

enum { CPU_PERCENT, STEP_US, SWITCH_US, SPIN };  /* places in task.param */
enum { INSTRUCTIONS_PER_US = 10 };

/* Invariant: while nobody holds the lock, `executed` counts every instruction that was executed so far. */
struct interpreter {
	struct big_lock lock;           /* guards all else */
	uint64_t executed;
};

/* The answer. */
struct results {
	uint64_t executed;              /* instructions, as the interpreter counted them; of several, added up */
	uint64_t value[];               /* what each of the n steps computed */
};

static inline size_t results_bytes(const struct task *t)
{
	return sizeof(struct results) + t->n * sizeof(uint64_t);
}

static inline uint64_t instructions_per_step(const struct task *t)
{
	return t->param[STEP_US] * t->param[CPU_PERCENT] * INSTRUCTIONS_PER_US / 100;
}

/* What does not compute: as reading from a disk or a server. */
static inline uint64_t waiting_us(const struct task *t)
{
	return t->param[STEP_US] * (100 - t->param[CPU_PERCENT]) / 100;
}

static inline void wait_us(uint64_t us)
{
	struct timespec left = { (time_t)(us / 1000000), (long)(us % 1000000 * 1000) };

	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		continue;
}

static inline uint64_t execute(uint64_t x, uint64_t spin, uint64_t *executed)
{
	++*executed;
	return lcg_run(x, spin);
}

/* Steps [begin, end), as a thread of the interpreter runs them: it holds the lock, but for when it waits. */
static inline void run_locked(const struct task *t, struct range steps, struct interpreter *in, uint64_t *value)
{
	const uint64_t instructions = instructions_per_step(t), us = waiting_us(t), spin = t->param[SPIN];

	big_lock_take(&in->lock);
	for (uint64_t k = steps.begin; k < steps.end; k++) {
		uint64_t x = k;
		for (uint64_t i = 0; i < instructions; i++) {
			x = execute(x, spin, &in->executed);
			big_lock_offer(&in->lock);
		}
		value[k] = x;
		if (us > 0) {
			big_lock_drop(&in->lock);
			wait_us(us);
			big_lock_take(&in->lock);
		}
	}
	big_lock_drop(&in->lock);
}

/* The same with nobody to ask.  Returns how many instructions that were. */
static inline uint64_t run_free(const struct task *t, struct range steps, uint64_t *value)
{
	const uint64_t instructions = instructions_per_step(t), us = waiting_us(t), spin = t->param[SPIN];
	uint64_t executed = 0;

	for (uint64_t k = steps.begin; k < steps.end; k++) {
		uint64_t x = k;
		for (uint64_t i = 0; i < instructions; i++)
			x = execute(x, spin, &executed);
		value[k] = x;
		if (us > 0)
			wait_us(us);
	}
	return executed;
}
