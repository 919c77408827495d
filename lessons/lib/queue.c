/* SPDX-License-Identifier: MIT */
/* queue.c -- a bounded queue in shared memory, under one lock, that the death of any user cannot break.
 *
 *   slots   room for one item each, and each with a lock of its own, held while a long item is copied in or out
 *   order   a ring with the numbers of the slots that hold an item, [head, tail)
 *   free    a stack with the numbers of the slots that hold none
 *   desks   (joinable) one for each thread that has items in hand, which holds the desk's lock for as long
 *
 * A slot is in order, or in free, or its lock is held by the one who copies.  Short items are copied under the queue's
 * lock, since to take another lock would cost more.  Long ones are not, or 16 MiB would stop everybody: only the slot
 * is locked.  If the copyist dies, its slot's lock says so to whoever needs the slot.  (A ring of bytes would waste
 * less room, but there a dead producer leaves a hole in the middle, of which nobody knows how long it is.)
 *
 * What is done is done by one store: tail + 1 puts an item, head + 1 takes it, finished + 1 finishes it.  All else can
 * be worked out from these three and from who holds which lock.  That is what repair() does when somebody died with the
 * queue's lock: so it does not matter how far it had come.
 */
#include "lessons/lib/queue.h"

#include "lessons/lib/queue_room.h"

#include <string.h>
#include <sys/mman.h>

enum { SHORT_BYTES = 4096, LINE = 64 };
#define MOST_ITEMS ((uint64_t)1 << 24)

struct slot {
	pthread_mutex_t copying;
	size_t bytes;                   /* of the item */
	bool queued;                    /* repair()'s own */
};

/* Invariant: while the queue's lock is free, thread tid, if not 0, holds `held` and has `owed` > 0 items in hand, or is
 * dead. */
struct desk {
	_Alignas(LINE) pthread_mutex_t held;
	pid_t tid;
	uint64_t owed;
};

struct queue {
	_Alignas(LINE) pthread_mutex_t lock;    /* guards all but the locks, and what a copyist has set aside */
	_Atomic uint64_t head, tail;            /* items ever taken, ever put; atomic, so a store is not moved ... */
	_Atomic uint64_t finished, lost;        /* ... nor torn: see commit().  Of those taken: done; or written off */
	uint64_t reported;                      /* of the lost: told by a join */
	uint64_t frees;                         /* how many stand in free */
	unsigned desks;                         /* desk[0..desks) have been used */
	bool closed;

	struct room getters, putters, joiners;
	uint64_t capacity;                      /* constant from here on */
	size_t item_bytes, stride, bytes;       /* the longest item; from slot to slot; the whole mapping */
	bool joinable;
	struct slot *slot;
	uint32_t *order, *free;
	struct desk *desk;
	char *data;
};

/* ---- death ---- */

/* One store that cannot be half done, after all stores before it: who is killed has done it, or has not. */
static void commit(_Atomic uint64_t *count, uint64_t value)
{
	atomic_store_explicit(count, value, memory_order_release);
}

static uint64_t now(const _Atomic uint64_t *count)
{
	return atomic_load_explicit(count, memory_order_relaxed);
}

/* Clears the desks whose threads are dead.  What was taken, is not finished, and lies on no living one's desk, is
 * lost. */
static void bury(struct queue *q)
{
	uint64_t missing = now(&q->head) - now(&q->finished) - now(&q->lost);

	for (unsigned i = 0; i < q->desks; i++) {
		struct desk *desk = &q->desk[i];
		if (desk->tid == 0)
			continue;
		if (robust_trylock(&desk->held) == EBUSY) {  /* who lives holds it */
			missing -= desk->owed;
			continue;
		}
		desk->tid = 0;
		desk->owed = 0;
		OK(pthread_mutex_unlock(&desk->held));
	}
	if (missing > 0)
		commit(&q->lost, now(&q->lost) + missing);
}

/* Finds all slots that are neither in order nor in the hands of a living copyist, and gives them back. */
static void repair(struct queue *q)
{
	for (uint64_t i = 0; i < q->capacity; i++)
		q->slot[i].queued = false;
	for (uint64_t i = now(&q->head); i < now(&q->tail); i++)
		q->slot[q->order[i % q->capacity]].queued = true;
	q->frees = 0;
	for (uint64_t i = 0; i < q->capacity; i++) {
		if (q->slot[i].queued || robust_trylock(&q->slot[i].copying) == EBUSY)
			continue;
		OK(pthread_mutex_unlock(&q->slot[i].copying));
		q->free[q->frees++] = (uint32_t)i;
	}
	if (q->joinable)
		bury(q);
}

static void lock(struct queue *q)
{
	if (robust_lock(&q->lock, NEVER) == EOWNERDEAD)
		repair(q);
}

static void unlock(struct queue *q)
{
	OK(pthread_mutex_unlock(&q->lock));
}

/* ---- waiting; all of this is called, and returns, with the queue's lock held ---- */

static uint64_t deadline_of(int64_t wait_ms)
{
	if (wait_ms <= 0)
		return wait_ms < 0 ? NEVER : 0;
	return wait_ms > INT64_MAX / 2000000 ? NEVER : clock_ns() + (uint64_t)wait_ms * 1000000u;
}

static uint64_t held(const struct queue *q)
{
	return now(&q->tail) - now(&q->head);
}

static int may_get(struct queue *q)
{
	if (held(q) > 0)
		return 0;
	return q->closed ? QUEUE_CLOSED : QUEUE_EMPTY;
}

/* Slots that somebody copies into or out of, or died doing so. */
static uint64_t copied(const struct queue *q)
{
	return q->capacity - q->frees - held(q);
}

static int may_put(struct queue *q)
{
	if (q->closed)
		return QUEUE_CLOSED;
	if (q->frees == 0 && copied(q) > 0)
		repair(q);
	return q->frees > 0 ? 0 : QUEUE_FULL;
}

static void sleep_in(struct queue *q, struct room *room, uint64_t deadline_ns)
{
	uint32_t rings = room_ready(room);

	unlock(q);
	room_sleep(room, rings, deadline_ns);
	lock(q);
}

/* Waits for a slot whose copyist is at work: until it is done, or dead.  Its lock tells both. */
static void await_copyist(struct queue *q, uint64_t deadline_ns)
{
	for (uint64_t i = 0; i < q->capacity; i++) {
		pthread_mutex_t *copying = &q->slot[i].copying;
		int error = robust_trylock(copying);
		if (error == EBUSY) {
			unlock(q);
			error = robust_lock(copying, deadline_ns);
			if (error != ETIMEDOUT)
				OK(pthread_mutex_unlock(copying));
			lock(q);
			return;
		}
		OK(pthread_mutex_unlock(copying));
	}
}

/* Until may_put() or may_get() says something else than to wait, or the deadline.  What it says last. */
static int wait_for(struct queue *q, struct room *room, int (*may)(struct queue *), int wait, uint64_t deadline_ns)
{
	int answer;

	unlock(q);
	bool ours = robust_lock(&room->turn, deadline_ns) != ETIMEDOUT;
	lock(q);
	while ((answer = may(q)) == wait && ours && clock_ns() < deadline_ns) {
		if (room == &q->putters && copied(q) > 0)
			await_copyist(q, deadline_ns);
		else
			sleep_in(q, room, deadline_ns);
	}
	if (ours)
		OK(pthread_mutex_unlock(&room->turn));
	return answer;
}

/* ---- desks: who has what in hand ---- */

static _Thread_local pid_t tid_here;            /* the kernel's number of this thread; 0: not asked yet */
static _Thread_local unsigned desk_here;        /* where this thread sat last; only a hint */

static void forget_tid(void)
{
	tid_here = 0;
}

static pid_t my_tid(void)
{
	if (tid_here == 0)
		tid_here = gettid();
	return tid_here;
}

static struct desk *own_desk(struct queue *q)
{
	if (desk_here < q->desks && q->desk[desk_here].tid == my_tid())
		return &q->desk[desk_here];
	for (desk_here = 0; desk_here < q->desks; desk_here++)
		if (q->desk[desk_here].tid == my_tid())
			return &q->desk[desk_here];
	return NULL;
}

/* Its lock is ours already: a desk that watch() has for a moment is passed over. */
static bool is_free(struct desk *desk)
{
	return desk->tid == 0 && robust_trylock(&desk->held) != EBUSY;
}

/* NULL: there is none. */
static struct desk *free_desk(struct queue *q)
{
	if (desk_here < q->desks && is_free(&q->desk[desk_here]))
		return &q->desk[desk_here];
	for (desk_here = 0; desk_here < q->desks; desk_here++)
		if (is_free(&q->desk[desk_here]))
			return &q->desk[desk_here];
	if (desk_here == QUEUE_CONSUMERS)
		return NULL;
	robust_init(&q->desk[desk_here].held);
	robust_trylock(&q->desk[desk_here].held);
	return &q->desk[q->desks++];
}

/* One more item for this thread, which will be taken next. */
static int sit_down(struct queue *q)
{
	if (desk_here >= q->desks || q->desk[desk_here].tid != my_tid()) {  /* it may get a second one: no harm */
		struct desk *desk = free_desk(q);
		if (!desk)
			return -EUSERS;
		room_ring(&q->joiners);  /* as long as any desk is taken, who joins watches that */
		desk->owed = 0;
		desk->tid = my_tid();
	}
	q->desk[desk_here].owed++;
	return 0;
}

static void stand_up(struct desk *desk)
{
	desk->tid = 0;
	OK(pthread_mutex_unlock(&desk->held));
}

/* ---- put and get ---- */

static char *place(const struct queue *q, uint32_t number)
{
	return q->data + number * q->stride;
}

/* Between set_aside() and get_back() the slot is ours alone, and the queue everybody's. */
static void set_aside(struct queue *q, struct slot *slot)
{
	robust_lock(&slot->copying, NEVER);  /* at most await_copyist() has it, for a moment */
	unlock(q);
}

static void get_back(struct queue *q, struct slot *slot)
{
	lock(q);
	OK(pthread_mutex_unlock(&slot->copying));
}

static int bring(struct queue *q, const void *item, size_t bytes)
{
	uint32_t number = q->free[--q->frees];
	struct slot *slot = &q->slot[number];

	if (bytes > SHORT_BYTES)
		set_aside(q, slot);
	if (bytes > 0)
		memcpy(place(q, number), item, bytes);
	if (bytes > SHORT_BYTES)
		get_back(q, slot);
	if (q->closed) {  /* meanwhile */
		q->free[q->frees++] = number;
		return QUEUE_CLOSED;
	}
	slot->bytes = bytes;
	q->order[now(&q->tail) % q->capacity] = number;
	room_ring(&q->getters);
	commit(&q->tail, now(&q->tail) + 1);
	return 0;
}

static int take(struct queue *q, void *item, size_t room, size_t *bytes)
{
	uint32_t number = q->order[now(&q->head) % q->capacity];
	struct slot *slot = &q->slot[number];
	const size_t length = slot->bytes;
	int error = 0;

	if (bytes)
		*bytes = length;
	if (length > room)
		return QUEUE_TOO_LONG;
	if (q->joinable)
		error = sit_down(q);
	if (error)
		return error;
	room_ring(&q->putters);  /* also if it will take long: who waits for room will then wait for this slot */
	if (length <= SHORT_BYTES && length > 0)
		memcpy(item, place(q, number), length);
	commit(&q->head, now(&q->head) + 1);
	if (length > SHORT_BYTES) {
		set_aside(q, slot);
		memcpy(item, place(q, number), length);
		get_back(q, slot);
	}
	q->free[q->frees++] = number;
	return 0;
}

int queue_put(struct queue *q, const void *item, size_t bytes, int64_t wait_ms)
{
	if (bytes > q->item_bytes)
		return QUEUE_TOO_LONG;
	uint64_t deadline_ns = deadline_of(wait_ms);
	lock(q);
	int error = may_put(q);
	if (error == QUEUE_FULL && wait_ms != 0)
		error = wait_for(q, &q->putters, may_put, QUEUE_FULL, deadline_ns);
	if (!error)
		error = bring(q, item, bytes);
	unlock(q);
	return error;
}

int queue_get(struct queue *q, void *item, size_t room, size_t *bytes, int64_t wait_ms)
{
	uint64_t deadline_ns = deadline_of(wait_ms);

	lock(q);
	int error = may_get(q);
	if (error == QUEUE_EMPTY && wait_ms != 0)
		error = wait_for(q, &q->getters, may_get, QUEUE_EMPTY, deadline_ns);
	if (!error)
		error = take(q, item, room, bytes);
	unlock(q);
	return error;
}

void queue_close(struct queue *q)
{
	lock(q);
	room_ring(&q->getters);
	room_ring(&q->putters);
	q->closed = true;
	unlock(q);
}

void queue_reopen(struct queue *q)
{
	lock(q);
	q->closed = false;
	unlock(q);
}

/* ---- counting without the lock ---- */

uint64_t queue_size(const struct queue *q)
{
	uint64_t head = atomic_load(&q->head), tail = atomic_load(&q->tail);  /* in this order: tail >= head */

	return tail - head < q->capacity ? tail - head : q->capacity;
}

bool queue_empty(const struct queue *q)
{
	return queue_size(q) == 0;
}

bool queue_full(const struct queue *q)
{
	return queue_size(q) == q->capacity;
}

uint64_t queue_lost(const struct queue *q)
{
	return atomic_load(&q->lost);
}

/* ---- join ---- */

static uint64_t unfinished(const struct queue *q)
{
	return now(&q->tail) - now(&q->finished) - now(&q->lost);
}

int queue_task_done(struct queue *q)
{
	struct desk *desk;

	if (!q->joinable)
		return -EINVAL;
	lock(q);
	desk = own_desk(q);
	if (desk) {
		desk->owed--;
		commit(&q->finished, now(&q->finished) + 1);
		if (desk->owed == 0)
			stand_up(desk);
	}
	unlock(q);
	return desk ? 0 : -EINVAL;
}

static struct desk *busy_desk(struct queue *q)
{
	for (unsigned i = 0; i < q->desks; i++)
		if (q->desk[i].tid != 0 && q->desk[i].tid != my_tid())
			return &q->desk[i];
	return NULL;
}

/* Until that desk's thread stands up, which happens when it has nothing in hand, or dies, which frees the lock, too. */
static void watch(struct queue *q, struct desk *desk, uint64_t deadline_ns)
{
	unlock(q);
	int error = robust_lock(&desk->held, deadline_ns);
	if (error != ETIMEDOUT)
		OK(pthread_mutex_unlock(&desk->held));
	lock(q);
	if (error == EOWNERDEAD)
		bury(q);
}

int queue_join(struct queue *q, int64_t wait_ms)
{
	uint64_t deadline_ns = deadline_of(wait_ms);
	struct desk *desk;
	int error = 0;

	if (!q->joinable)
		return -EINVAL;
	if (robust_lock(&q->joiners.turn, deadline_ns) == ETIMEDOUT)
		return QUEUE_LATE;
	lock(q);
	while (now(&q->lost) == q->reported && unfinished(q) > 0 && !error) {
		if (clock_ns() >= deadline_ns)
			error = QUEUE_LATE;
		else if ((desk = busy_desk(q)) != NULL)
			watch(q, desk, deadline_ns);
		else
			sleep_in(q, &q->joiners, deadline_ns);
	}
	if (now(&q->lost) > q->reported) {
		q->reported = now(&q->lost);
		error = QUEUE_LOST;
	}
	unlock(q);
	OK(pthread_mutex_unlock(&q->joiners.turn));
	return error;
}

/* ---- beginning and end ---- */

/* Sets `bytes` aside at *end; where they begin. */
static size_t part(size_t *end, size_t bytes)
{
	size_t begin = *end;

	*end += (bytes + LINE - 1) / LINE * LINE;
	return begin;
}

static void forget_tid_in_children(void)
{
	OK(pthread_atfork(NULL, NULL, forget_tid));
}

struct queue *queue_make(uint64_t capacity, size_t item_bytes, bool joinable)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	size_t end = 0;

	if (capacity < 1 || capacity > MOST_ITEMS || item_bytes > (SIZE_MAX >> 16) / capacity) {
		errno = EINVAL;
		return NULL;
	}
	const size_t stride = (item_bytes + LINE - 1) / LINE * LINE;
	part(&end, sizeof(struct queue));
	const size_t slot = part(&end, capacity * sizeof(struct slot));
	const size_t order = part(&end, capacity * sizeof(uint32_t)), free = part(&end, capacity * sizeof(uint32_t));
	const size_t desk = part(&end, joinable ? QUEUE_CONSUMERS * sizeof(struct desk) : 0);
	const size_t data = part(&end, capacity * stride);

	char *memory = mmap(NULL, end, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED)
		return NULL;
	OK(pthread_once(&once, forget_tid_in_children));
	struct queue *q = (struct queue *)memory;
	*q = (struct queue){ .frees = capacity, .capacity = capacity, .item_bytes = item_bytes, .stride = stride,
		.bytes = end, .joinable = joinable, .slot = (struct slot *)(memory + slot),
		.order = (uint32_t *)(memory + order), .free = (uint32_t *)(memory + free),
		.desk = (struct desk *)(memory + desk), .data = memory + data };
	robust_init(&q->lock);
	room_init(&q->getters);
	room_init(&q->putters);
	room_init(&q->joiners);
	for (uint64_t i = 0; i < capacity; i++) {
		robust_init(&q->slot[i].copying);
		q->free[i] = (uint32_t)(capacity - 1 - i);
	}
	return q;
}

void queue_free(struct queue *q)
{
	struct desk *desk;

	lock(q);
	while (q->joinable && (desk = own_desk(q)) != NULL) {
		stand_up(desk);  /* or the kernel's list of our locks would lead into memory that is gone */
		bury(q);
	}
	unlock(q);
	SYS(munmap(q, q->bytes));
}
