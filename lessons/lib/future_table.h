/* SPDX-License-Identifier: MIT */
/* future_table.h -- private to futures of processes: what the caller's side and its workers see both, and nobody locks.
 *
 *   slots    a task each: what to call, its argument, its word, and then its result.  The word decides: whoever changes
 *            it from PENDING has the task, a worker to run it or the caller's side to cancel it
 *   order    a ring of slots' numbers: [head, tail) are to be begun, first come first served.  Only the caller's side
 *            moves tail.  Whoever finds a task at head that is not pending (any more) moves head past it
 *   doing    what each worker is at: read when it is dead
 *
 * A worker may be killed anywhere: there is no state between two stores that others could not go on from, and what it
 * had begun is known by its number in the word.
 */
#ifndef LIB_FUTURE_TABLE_H
#define LIB_FUTURE_TABLE_H

#include "lessons/lib/futex.h"
#include "lessons/lib/future_kind.h"
#include "lessons/lib/pool_kind.h"

#include <stdalign.h>

enum { SHORT_BYTES = 96, NO_SLOT = -1, STARTS = -2, IDLES = -3 };

/* A short task that goes well needs but the first two lines, and one of 16 bytes either way but the first. */
struct slot {
	_Alignas(CACHE_LINE) _Atomic uint32_t word;
	int number;                             /* cause.number */
	future_task *task;                      /* the same address in a forked process, as are those: */
	char *argument, *result;
	alignas(max_align_t) char bytes[SHORT_BYTES];           /* argument and result, where they are short */
	uint64_t done_ns;
	struct cause cause;                     /* written where number is not 0 */
};

struct doing {
	_Alignas(CACHE_LINE) _Atomic int slot;  /* the last one begun; IDLES; STARTS.  Written by its worker */
};

/* Invariant: tail - head <= slots. */
struct table {
	_Alignas(CACHE_LINE) _Atomic uint64_t head;
	_Alignas(CACHE_LINE) _Atomic uint64_t tail;
	_Atomic bool backlog;                   /* more tasks wait for a slot: tell the usher when half are begun */
	_Alignas(CACHE_LINE) _Atomic unsigned asleep;           /* workers for whom no wake-up is under way */
	_Atomic bool closed;                    /* no more tasks: who finds none may go */
	unsigned slots;                         /* constant from here on */
	struct doing *doing;                    /* one per worker */
	_Atomic int *order;
	struct slot slot[];
};

static inline size_t table_bytes(unsigned slots, unsigned workers)
{
	return sizeof(struct table) + slots * sizeof(struct slot) + workers * sizeof(struct doing) +
		slots * sizeof(_Atomic int);
}

/* On so many bytes, aligned and zero, before the workers are made. */
static inline void table_draw(struct table *table, unsigned slots, unsigned workers)
{
	table->slots = slots;
	table->doing = (struct doing *)(table->slot + slots);
	table->order = (_Atomic int *)(table->doing + workers);
	for (unsigned i = 0; i < workers; i++)
		atomic_init(&table->doing[i].slot, STARTS);
}

static inline uint64_t table_waiting(const struct table *table)
{
	uint64_t head = atomic_load(&table->head);  /* first: then it is not past the tail */

	return atomic_load(&table->tail) - head;
}

/* PENDING becomes `state`, whoever asked stays noted.  False: it is too late for that. */
static inline bool slot_claim(struct slot *slot, uint32_t state)
{
	uint32_t now = atomic_load(&slot->word);

	while ((now & STATE) == PENDING)
		if (atomic_compare_exchange_weak(&slot->word, &now, state | (now & ASKED)))  /* A: acquire, with B */
			return true;
	return false;
}

/* A worker takes the next task; NO_SLOT: there is none.  Who is held up after it has read `number` may find another
 * task in that slot, and take it before its turn: but it is run once, for only one can take it. */
static inline int table_claim(struct table *table, unsigned worker)
{
	uint64_t head;

	while ((head = atomic_load(&table->head)) < atomic_load(&table->tail)) {
		int number = atomic_load(&table->order[head % table->slots]);
		bool ours = slot_claim(&table->slot[number], RUNNING | BY_WORKER * worker);
		atomic_compare_exchange_strong(&table->head, &head, head + 1);  /* or another one has */
		if (ours)
			return number;
	}
	return NO_SLOT;
}

/* The caller's side gives a task away. */
static inline void table_append(struct table *table, int number, uint32_t asked)
{
	uint64_t tail = atomic_load_explicit(&table->tail, memory_order_relaxed);

	atomic_store(&table->slot[number].word, PENDING | asked);  /* B: release, with A */
	atomic_store_explicit(&table->order[tail % table->slots], number, memory_order_relaxed);
	atomic_store(&table->tail, tail + 1);
}

/* Strikes a sleeper off: who does so sends a byte, or does not sleep.  False: there are none. */
static inline bool table_wake_one(struct table *table)
{
	unsigned asleep = atomic_load(&table->asleep);

	while (asleep > 0)
		if (atomic_compare_exchange_weak(&table->asleep, &asleep, asleep - 1))
			return true;
	return false;
}

/* A worker is about to sleep.  It is counted, and then looks once more; who brings a task brings it, and then counts:
 * one of them sees the other.  True: it must read a byte, which comes when there is something to do; false: look again.
 */
static inline bool table_may_sleep(struct table *table)
{
	atomic_fetch_add(&table->asleep, 1);
	return (table_waiting(table) == 0 && !atomic_load(&table->closed)) || !table_wake_one(table);
}

static inline bool slot_is_run_by(struct slot *slot, unsigned worker)
{
	uint32_t now = atomic_load(&slot->word);

	return (now & STATE) == RUNNING && now / BY_WORKER == worker;
}

#endif
