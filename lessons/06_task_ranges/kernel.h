/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: the numbers below n, cut into ranges.  A task is one range, and knows nothing of the others.
 *
 * The first and the last number of a range are both part of it, as in the document: (0, 199), (200, 399) ...
 */
#include "bench/keep.h"
#include "bench/lesson.h"
#include "lessons/lib/split.h"

enum { TASKS, SCHEDULE, SKEW, SPIN };   /* places in task.param */
enum { STATIC, DYNAMIC, GUIDED };       /* values of SCHEDULE: see deal.h */

/* What became of one task. */
struct result {
	uint64_t first, last;   /* its range, both included */
	uint64_t sum;           /* every number of it, as often as it has steps */
	uint32_t worker;        /* who did it */
	uint32_t taken;         /* tasks that this worker took in one go, this one among them; 0: nobody says */
};

/* A range has at least one number, so there may be fewer tasks than asked for. */
static inline uint64_t tasks_of(const struct task *t)
{
	return t->param[TASKS] < t->n ? t->param[TASKS] : t->n;
}

/* The document's cut: all ranges are equally long, and what does not come out even goes to the last. */
static inline struct range range_of(const struct task *t, uint64_t i)
{
	const uint64_t tasks = tasks_of(t), size = t->n / tasks;

	return (struct range){ i * size, i + 1 < tasks ? (i + 1) * size : t->n };
}

/* How dear a number is: `spin` steps on average; all alike (skew 0), or as x, x^2, x^3 (skew 1, 2, 3). */
static inline uint64_t steps_of(const struct task *t, uint64_t x)
{
	uint64_t steps = t->param[SPIN] * (t->param[SKEW] + 1);

	for (uint64_t i = 0; i < t->param[SKEW]; i++)
		steps = steps * x / t->n;
	return steps;
}

static inline struct result do_task(const struct task *t, uint64_t i, unsigned worker, uint64_t taken)
{
	const struct range r = range_of(t, i);
	uint64_t sum = 0;

	for (uint64_t x = r.begin; x < r.end; x++)
		for (uint64_t steps = steps_of(t, x); steps > 0; steps--) {
			sum += x;
			KEEP(sum);  /* or the compiler multiplies */
		}
	return (struct result){ r.begin, r.end - 1, sum, worker, (uint32_t)taken };
}
