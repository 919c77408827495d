/* SPDX-License-Identifier: MIT */
/* deal.h -- who does which tasks: three ways to deal them out, the same for threads and for processes.
 *
 *   static    before anything begins, every worker is given an equal number of neighbours
 *   dynamic   who has nothing to do takes the next task
 *   guided    who has nothing to do takes many while there are many, and one at a time in the end
 *
 * What takes no time is static: nobody asks anybody.  What evens out is dynamic.  Guided wants both.
 */
#include "kernel.h"

#include <stdatomic.h>

/* Invariant: tasks [0, next) are taken.  A cache line of its own: all workers write here. */
struct deal { _Alignas(64) _Atomic uint64_t next; };

static inline void do_tasks(const struct task *t, struct range tasks, unsigned worker, struct result results[])
{
	for (uint64_t i = tasks.begin; i < tasks.end; i++)
		results[i] = do_task(t, i, worker, tasks.end - tasks.begin);
}

/* relaxed, here and below: an index says who does what, it hands over no data */
static inline struct range take_next(struct deal *deal, uint64_t tasks)
{
	uint64_t i = atomic_fetch_add_explicit(&deal->next, 1, memory_order_relaxed);

	return i < tasks ? (struct range){ i, i + 1 } : (struct range){ tasks, tasks };
}

/* OpenMP's rule: what is left, over the workers, rounded up. */
static inline struct range take_many(struct deal *deal, uint64_t tasks, unsigned workers)
{
	uint64_t begin = atomic_load_explicit(&deal->next, memory_order_relaxed), end;

	do
		end = begin + (tasks - begin) / workers + ((tasks - begin) % workers > 0);
	while (!atomic_compare_exchange_weak_explicit(&deal->next, &begin, end, memory_order_relaxed,
		memory_order_relaxed));  /* somebody was faster: begin is the new index, reckon again */
	return (struct range){ begin, end };
}

/* All that one worker has to do. */
static inline void work_share(const struct task *t, unsigned worker, struct deal *deal, struct result results[])
{
	const uint64_t tasks = tasks_of(t);
	struct range r;

	switch (t->param[SCHEDULE]) {
	case STATIC:
		do_tasks(t, split(tasks, t->workers, worker), worker, results);
		break;
	case DYNAMIC:
		while (r = take_next(deal, tasks), r.begin < r.end)
			do_tasks(t, r, worker, results);
		break;
	case GUIDED:
		while (r = take_many(deal, tasks, t->workers), r.begin < r.end)
			do_tasks(t, r, worker, results);
		break;
	}
}
