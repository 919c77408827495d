/* SPDX-License-Identifier: MIT */
/* queue.h -- one bounded queue, for threads and for processes: it lies in memory that a forked child shares.
 *
 *   struct queue *queue = queue_make(10, sizeof(struct order), false);     before the first fork
 *   queue_put(queue, &order, sizeof order, QUEUE_WAIT);                    in any thread of any process
 *   queue_get(queue, &order, sizeof order, NULL, QUEUE_WAIT);
 *
 * Python's names (multiprocessing.Queue, JoinableQueue) and rules, but for two.  There is no feeder thread and no pipe:
 * when queue_put() returns, the whole item lies in the queue, however large it is, and whoever put it may end.  So to
 * wait for a producer before anybody has taken its items cannot hang (Python's can, from 64 KiB on).  The price: every
 * queue has a capacity, and an address space of capacity * item_bytes.  Memory is used only as far as items ever filled
 * it.  And task_done() is for the thread that got the item, so that it is known who owes what.
 *
 * Who is killed takes along what it has in hand, and nothing else.  An item is in the queue wholly or not at all; who
 * dies in the middle of queue_put() has not put it.  Locks of the dead are taken over and what they guard is put right
 * (EOWNERDEAD), sleepers are woken by others, places in the queue are given back.  But nobody wakes because everybody
 * else is dead: who waits for an item that no one lives to put needs a time limit, or a parent that calls
 * queue_close().
 *
 * Order: items leave in the order in which their puts were completed.  So those of one producer stay in order; two
 * consumers, of course, may be overtaken by each other after they have taken theirs.
 *
 * Every wait takes a limit in milliseconds of CLOCK_MONOTONIC: 0 does not wait, QUEUE_WAIT knows no limit.  A signal
 * handler does not end a wait.  Python 3's `block=False` is 0, `timeout=1.5` is 1500.
 */
#ifndef LIB_QUEUE_H
#define LIB_QUEUE_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct queue;

#define QUEUE_WAIT (-1)

/* What calls return beside 0; strerror(-x) has words for each. */
enum {
	QUEUE_FULL = -ENOBUFS,          /* put: no room now, or not in time */
	QUEUE_EMPTY = -ENODATA,         /* get: no item now, or not in time */
	QUEUE_CLOSED = -EPIPE,          /* put: refused; get: closed, and nothing is left */
	QUEUE_TOO_LONG = -EMSGSIZE,     /* put: longer than item_bytes; get: than the caller's room, and still there */
	QUEUE_LATE = -ETIME,            /* join: not all done in time */
	QUEUE_LOST = -EOWNERDEAD,       /* join: a consumer died with an item unfinished */
};

/* A queue for at most `capacity` (1 .. 2^24) items of at most item_bytes (0 is legal).  Only one made `joinable` counts
 * unfinished items.  Make it before the processes that shall use it are forked.  NULL and errno: EINVAL, ENOMEM. */
struct queue *queue_make(uint64_t capacity, size_t item_bytes, bool joinable);

/* Gives up the caller's view; every process has its own, and the memory goes with the last of them.  What the caller
 * has in hand is lost.  No other thread of this process may be inside a call or have an item in hand. */
void queue_free(struct queue *);

/* Copies `bytes` bytes in, behind all others.  0, QUEUE_FULL, QUEUE_CLOSED, QUEUE_TOO_LONG. */
int queue_put(struct queue *, const void *item, size_t bytes, int64_t wait_ms);

/* Copies the first item out, into `room` bytes, and says in *bytes, if given, how long it is (also when it is too
 * long).  0, QUEUE_EMPTY, QUEUE_CLOSED, QUEUE_TOO_LONG; -EUSERS: more than QUEUE_CONSUMERS threads have an item of a
 * joinable queue in hand. */
int queue_get(struct queue *, void *item, size_t room, size_t *bytes, int64_t wait_ms);
enum { QUEUE_CONSUMERS = 2048 };

/* From now on nothing can be put; what is there can be got; then get says QUEUE_CLOSED, to all who wait as well.
 * queue_reopen() takes that back, for the next round, when nobody is inside a call. */
void queue_close(struct queue *);
void queue_reopen(struct queue *);

/* How many items there are.  Old news when it arrives: others may put and get in between.  Never decide on it whether
 * to put or to get: call with a wait of 0, and see. */
uint64_t queue_size(const struct queue *);
bool queue_empty(const struct queue *);
bool queue_full(const struct queue *);

/* Joinable queues.  An item is unfinished from its put until the thread that got it says so; each call finishes one.
 * -EINVAL: this thread has none in hand, so it says it too often (Python: ValueError), or the queue is not joinable. */
int queue_task_done(struct queue *);

/* Waits until every item that was put is finished.  0, QUEUE_LATE; QUEUE_LOST: a consumer, thread or process, ended
 * with items in hand.  That is told once, to one joiner, and those items are written off: the next queue_join() waits
 * for the others only.  It is known at the latest when the other consumers have finished what they have in hand now.
 * -EINVAL: not joinable. */
int queue_join(struct queue *, int64_t wait_ms);

/* Items of dead consumers, written off so far. */
uint64_t queue_lost(const struct queue *);

#endif
