/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: a task computes, which disturbs nobody, and then records what it found in a common ledger.
 *
 * Invariant: entry[0 .. count) are recorded, each task once.  While the lock is free, no draft is open but those of
 * workers that were killed.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/yield.h"
#include "lessons/lib/lcg.h"
#include "lessons/lib/split.h"

#include <pthread.h>
#include <signal.h>

enum { KILLED, SEED };  /* places in task.param */
enum { STEPS = 4000 };  /* of each task: about 5 us */

struct entry {
	uint64_t task;          /* its number, plus one: 0 is no entry */
	uint64_t value;
};

/* Lies in memory that all workers share, which is zero-filled at first. */
struct ledger {
	pthread_mutex_t lock;   /* guards the rest; yours to initialise and to destroy */
	uint64_t count;
	struct entry entry[];   /* n of them, and then each worker's draft */
};

static inline size_t ledger_bytes(const struct task *t)
{
	return sizeof(struct ledger) + (t->n + t->workers) * sizeof(struct entry);
}

/* What worker i is about to record; open while its task is not 0. */
static inline struct entry *draft_of(const struct task *t, struct ledger *ledger, unsigned i)
{
	return &ledger->entry[t->n + i];
}

/* Task k, below t->n: the long part. */
static inline struct entry compute(const struct task *t, uint64_t k)
{
	return (struct entry){ k + 1, lcg_run(t->param[SEED] + k, STEPS) };
}

/* Writes worker i's draft below what is there already, and closes it. */
static inline void enter_draft(const struct task *t, struct ledger *ledger, unsigned i)
{
	uint64_t count = ledger->count;

	may_yield();
	if (count >= t->n)
		die("the ledger is full: something was recorded twice");
	ledger->entry[count] = *draft_of(t, ledger, i);
	ledger->count = count + 1;
	draft_of(t, ledger, i)->task = 0;
}

/* `killed` counts round and round: with two workers, 1 and 3 are worker 0. */
static inline bool is_to_die(const struct task *t, unsigned i)
{
	return t->param[KILLED] > 0 && i == (t->param[KILLED] - 1) % t->workers;
}

/* Records what worker i found: the short part, for which the lock must be held.
 *
 * One worker, if `killed` names it, does not come to the end of this: it is killed at the last task of its part, with
 * its draft open and the lock in its hands. */
static inline void record(const struct task *t, struct ledger *ledger, unsigned i, struct entry found)
{
	*draft_of(t, ledger, i) = found;
	if (is_to_die(t, i) && found.task == split(t->n, t->workers, i).end)
		raise(SIGKILL);
	enter_draft(t, ledger, i);
}

/* Finishes what somebody who was killed had begun to record.  The lock must be held. */
static inline void repair(const struct task *t, struct ledger *ledger)
{
	for (unsigned i = 0; i < t->workers; i++)
		if (draft_of(t, ledger, i)->task)
			enter_draft(t, ledger, i);
}

/* The answer is the entries, in whatever order they were recorded. */
static inline void collect(const struct task *t, const struct ledger *ledger, struct entry *answer)
{
	for (uint64_t k = 0; k < t->n; k++)
		answer[k] = k < ledger->count ? ledger->entry[k] : (struct entry){ 0 };
}
