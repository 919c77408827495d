/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: main puts n items, a batch at a time, and after each batch waits until all of it is done; p
 * consumers, who never learn how many there will be, say task_done() after each.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "lessons/lib/queue.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum { CAPACITY, BATCH, WORK_US };  /* places in task.param */
enum { PATIENCE_MS = 60000 };       /* longer than this nobody waits for a process, which may be dead */

/* What became of item k. */
struct entry {
	_Atomic uint32_t times;         /* done: 1, if all is well */
	uint32_t consumer;
	uint64_t square;                /* of its number: the work */
};

/* The answer. */
struct ledger {
	uint64_t joins;                 /* how often join() returned */
	uint64_t early;                 /* items that were not done, although it had */
	int64_t once_more;              /* what task_done() said when everything was done */
	struct entry entry[];
};

static inline size_t ledger_bytes(const struct task *t)
{
	return sizeof(struct ledger) + t->n * sizeof(struct entry);
}

static inline struct queue *make_queue(const struct task *t)
{
	struct queue *queue = queue_make(t->param[CAPACITY], sizeof(uint64_t), true);

	if (!queue)
		die("no queue for %" PRIu64 " items: %s", t->param[CAPACITY], strerror(errno));
	return queue;
}

/* What is done with an item: here stands the document's sleep, in microseconds. */
static inline void work_on(const struct task *t, uint64_t k, unsigned consumer, struct ledger *ledger)
{
	const uint64_t us = t->param[WORK_US];
	struct entry *entry = &ledger->entry[k];

	if (us > 0)
		SYS(nanosleep(&(struct timespec){ (time_t)(us / 1000000), (long)(us % 1000000 * 1000) }, NULL));
	entry->square = k * k;
	entry->consumer = consumer;
	entry->times++;
}

/* Gets one item as consumer i, does it, and says so.  False: there is none, or there will be none. */
static inline bool consume_one(const struct task *t, unsigned i, struct queue *queue, int64_t wait_ms,
	struct ledger *ledger)
{
	uint64_t k;
	int error = queue_get(queue, &k, sizeof k, NULL, wait_ms);

	if (error == QUEUE_EMPTY || error == QUEUE_CLOSED)
		return false;
	if (error)
		die("get: %s", strerror(-error));
	work_on(t, k, i, ledger);
	error = queue_task_done(queue);  /* after the work, not after the get: join() waits for what is done */
	if (error)
		die("task_done: %s", strerror(-error));
	return true;
}

/* Consumer i: for ever, or until the queue is closed. */
static inline void consume(const struct task *t, unsigned i, struct queue *queue, struct ledger *ledger)
{
	while (consume_one(t, i, queue, QUEUE_WAIT, ledger))
		continue;
}

/* Main, after a join that returned: were items [begin, end) done by then?  No lock: task_done() comes before join(). */
static inline void look(struct ledger *ledger, uint64_t begin, uint64_t end)
{
	for (uint64_t k = begin; k < end; k++)
		ledger->early += ledger->entry[k].times == 0;
	ledger->joins++;
}

/* Main: puts items [begin, n), a batch at a time, each followed by join().  0, or what put or join returned. */
static inline int put_and_join(const struct task *t, uint64_t begin, struct queue *queue, int64_t wait_ms,
	struct ledger *ledger)
{
	int error = 0;

	while (begin < t->n && !error) {
		uint64_t k = begin, end = t->n - k < t->param[BATCH] ? t->n : k + t->param[BATCH];
		for (; k < end && !error; k++)
			error = queue_put(queue, &k, sizeof k, wait_ms);
		if (!error)
			error = queue_join(queue, wait_ms);
		look(ledger, begin, error ? begin : end);
		begin = end;
	}
	ledger->once_more = queue_task_done(queue);  /* of nothing: an error, and no harm */
	return error;
}
