/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: a task sleeps, for a part of its time alone, for the rest under a lock that all tasks want.
 *
 * What the lock guards counts the turns.  A turn is read when the lock is taken, and counted when it is given back.  So
 * the answer proves who was there alone: if ever a task came in while another was, it read what that one had not yet
 * counted, and both have the same turn.  No two the same means: at most one holder, ever.
 */
#include "bench/check.h"
#include "bench/lesson.h"

#include <time.h>

enum { TASK_US, LOCKED_PERCENT };  /* places in task.param */

struct result {
	uint64_t i;             /* the task's number: what the document's task returns */
	uint64_t turn;          /* how many had held the lock before it */
};

static inline void sleep_us(uint64_t us)
{
	if (us > 0)
		SYS(nanosleep(&(struct timespec){ (time_t)(us / 1000000), (long)(us % 1000000 * 1000) }, NULL));
}

static inline uint64_t locked_us(const struct task *t)
{
	return t->param[TASK_US] * t->param[LOCKED_PERCENT] / 100;
}

/* The part of a task that disturbs nobody. */
static inline void work_alone(const struct task *t)
{
	sleep_us(t->param[TASK_US] - locked_us(t));
}

/* The part for which the lock must be held. */
static inline struct result work_locked(const struct task *t, uint64_t i, uint64_t *turns)
{
	uint64_t turn = *turns;

	sleep_us(locked_us(t));
	*turns = turn + 1;
	return (struct result){ i, turn };
}
