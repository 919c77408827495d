/* SPDX-License-Identifier: MIT */
/* pool.c -- what both kinds of pool have in common: the rules of the calls, and the sharing out of the work.
 *
 * The items of a call are cut into chunks, and every worker is dealt an equal share of them.  When its share is used up
 * it takes from the shares of others.  To take a chunk is one atomic addition, with no lock and no queue, so a worker
 * that is killed while it takes one holds up nobody.  (A single share for all would do; but then all workers would pull
 * at one cache line, chunk after chunk.)
 */
#include "lessons/lib/pool_kind.h"

#include "bench/lesson.h"
#include "bench/worker.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static struct range chunk_items(const struct call *call, uint64_t chunk)
{
	uint64_t begin = chunk * call->chunk, rest = call->n - begin;

	return (struct range){ begin, begin + (rest < call->chunk ? rest : call->chunk) };
}

/* ---- the worker's side ---- */

/* False when the pool is being terminated: the chunk is not complete. */
static bool run_chunk(const struct call *call, struct range items, const _Atomic bool *stop)
{
	for (uint64_t i = items.begin; i < items.end; i++) {
		if (atomic_load_explicit(stop, memory_order_relaxed))
			return false;
		call->task(call->items + i * call->item_bytes, call->results + i * call->result_bytes);
	}
	return true;
}

/* A place in the list of arrivals belongs to one worker from the addition on; it counts once it is not 0. */
static void arrive(struct pool *pool, const struct call *call, uint64_t chunk)
{
	struct board *board = pool->board;
	uint64_t place = atomic_fetch_add_explicit(&board->arrivals, 1, memory_order_relaxed);

	/* A: first the arrival, then the look whether the caller sleeps; pairs with B, which is the other way round.
	 * All four are seq_cst: either the caller sees the arrival, or we see it sleep.
	 * E: release: the results; pairs with F */
	atomic_store(&call->arrived[place], chunk + 1);
	if (atomic_load(&board->caller_sleeps) && atomic_exchange(&board->caller_sleeps, false))
		pool->kind->notify(pool);
}

/* Works on the chunks of one share until none is left.  False: told to stop. */
static bool work_from(struct pool *pool, unsigned worker, const struct call *call, struct desk *share)
{
	uint64_t chunk, end = share->end;

	while ((chunk = atomic_fetch_add_explicit(&share->next, 1, memory_order_relaxed)) < end) {
		pool_does(pool, worker, chunk);
		if (!run_chunk(call, chunk_items(call, chunk), &pool->board->stop))
			return false;
		pool_does(pool, worker, BETWEEN_CHUNKS);  /* before it arrives: who dies at work has lost its chunk */
		if (call->arrived)
			arrive(pool, call, chunk);
	}
	return true;
}

void pool_work(struct pool *pool, unsigned worker)
{
	struct board *board = pool->board;
	const struct call call = board->call;   /* a copy: the compiler need not read it anew after every task */

	worker_enter(worker);
	pool_does(pool, worker, BETWEEN_CHUNKS);
	for (unsigned i = 0; i < pool->workers; i++)  /* its own share first, then the others' */
		if (!work_from(pool, worker, &call, &board->desk[(worker + i) % pool->workers]))
			break;
	pool_does(pool, worker, IDLE);
	worker_leave(worker);
	/* C: release this worker's results, and acquire for the last one to leave those of all; pairs with D */
	if (atomic_fetch_sub_explicit(&board->active, 1, memory_order_acq_rel) == 1)
		pool->kind->notify(pool);
}

/* ---- the caller's side ---- */

/* Sleeps until every worker is done with the call. */
static int finish(struct pool *pool)
{
	int error = 0;

	/* D: acquire; pairs with C */
	while (!error && atomic_load_explicit(&pool->board->active, memory_order_acquire) > 0)
		error = pool->kind->wait(pool);
	return error;
}

/* Sets n * bytes aside at *end, which stays on a cache line, and tells where they begin.  False: too much to count. */
static bool set_aside(size_t *end, uint64_t n, size_t bytes, size_t *begin)
{
	size_t size;

	*begin = *end;
	if (__builtin_mul_overflow(n, bytes, &size) || __builtin_add_overflow(size, CACHE_LINE - 1, &size))
		return false;
	return !__builtin_add_overflow(*end, size - size % CACHE_LINE, end);
}

/* Puts the items, the results and the list of arrivals where the workers can see them.  What threads find in the
 * caller's memory stays there; imap_unordered, which gives no `results`, gets them from the pool. */
static int lay_out(struct pool *pool, struct call *call, bool unordered)
{
	bool copy = pool->kind->copies;
	size_t end = 0, items, results, arrived;

	if (!set_aside(&end, copy ? call->n : 0, call->item_bytes, &items) ||
	    !set_aside(&end, copy || unordered ? call->n : 0, call->result_bytes, &results) ||
	    !set_aside(&end, unordered ? call->chunks : 0, sizeof *call->arrived, &arrived))
		return -ENOMEM;

	char *room = pool->kind->room(pool, end);
	if (!room)
		return -ENOMEM;
	if (copy && results > items)
		memcpy(room + items, call->items, call->n * call->item_bytes);
	if (copy || call->item_bytes == 0)  /* items without bytes may be NULL, with which nobody may reckon */
		call->items = room + items;
	if (copy || unordered || call->result_bytes == 0)
		call->results = room + results;
	if (unordered)
		call->arrived = memset(room + arrived, 0, end - arrived);
	return 0;
}

/* Writes the call on the board, deals out the shares and wakes the workers. */
static void publish(struct pool *pool, const struct call *call)
{
	struct board *board = pool->board;

	board->call = *call;
	for (unsigned i = 0; i < pool->workers; i++) {
		struct range share = split(call->chunks, pool->workers, i);
		atomic_store_explicit(&board->desk[i].next, share.begin, memory_order_relaxed);
		board->desk[i].end = share.end;
	}
	atomic_store_explicit(&board->arrivals, 0, memory_order_relaxed);  /* relaxed: wake() comes after them all */
	atomic_store_explicit(&board->caller_sleeps, false, memory_order_relaxed);
	atomic_store_explicit(&board->active, pool->workers, memory_order_relaxed);
	pool->kind->wake(pool);
}

static int begin(struct pool *pool, struct call call, bool unordered)
{
	int error;

	if (pool->broken)
		return -EPIPE;
	if (pool->closed)
		return -EINVAL;
	error = finish(pool);  /* an imap_unordered may be under way, whose results the caller does not want any more */
	if (error)
		return error;

	pool->taken = 0;
	pool->ready = (struct range){ 0, 0 };
	pool->board->call = (struct call){ 0 };  /* so that pool_next() finds nothing after a failure */
	call.chunk = pool_chunk(call.n, pool->workers, call.chunk);
	call.chunks = call.n / call.chunk + (call.n % call.chunk > 0);
	error = lay_out(pool, &call, unordered);
	if (!error)
		publish(pool, &call);
	return error;
}

int pool_map(struct pool *pool, pool_task *task, const void *items, size_t item_bytes, void *results,
	size_t result_bytes, uint64_t n, uint64_t chunk)
{
	struct call call = { task, items, results, item_bytes, result_bytes, n, chunk, 0, NULL };
	int error = begin(pool, call, false);

	if (!error)
		error = finish(pool);
	if (!error && pool->kind->copies && n * result_bytes > 0)
		memcpy(results, pool->board->call.results, n * result_bytes);
	return error;
}

int pool_imap_unordered(struct pool *pool, pool_task *task, const void *items, size_t item_bytes, size_t result_bytes,
	uint64_t n, uint64_t chunk)
{
	return begin(pool, (struct call){ task, items, NULL, item_bytes, result_bytes, n, chunk, 0, NULL }, true);
}

/* Sleeps until something has arrived at this place, or for less. */
static int await(struct pool *pool, _Atomic uint64_t *place)
{
	/* B: first say that we sleep, then look once more; pairs with A */
	atomic_store(&pool->board->caller_sleeps, true);
	return atomic_load(place) != 0 ? 0 : pool->kind->wait(pool);
}

/* 1: pool->ready holds the items of the chunk that arrived next; 0: there are no more. */
static int next_chunk(struct pool *pool)
{
	const struct call *call = &pool->board->call;

	while (call->arrived && pool->taken < call->chunks) {
		_Atomic uint64_t *place = &call->arrived[pool->taken];
		uint64_t arrived = atomic_load_explicit(place, memory_order_acquire);  /* F: acquire; pairs with E */

		if (arrived == 0 && !pool->broken) {
			await(pool, place);
			continue;  /* if a worker was lost just now: what had arrived before is still to be given out */
		}
		pool->taken++;  /* also over a hole: a place that a killed worker had taken, but not filled */
		if (arrived != 0) {
			pool->ready = chunk_items(call, arrived - 1);
			return 1;
		}
	}
	return pool->broken ? -EPIPE : finish(pool);
}

int pool_next(struct pool *pool, uint64_t *index, const void **result)
{
	if (pool->terminated && !pool->broken)
		return -EINVAL;
	if (pool->ready.begin == pool->ready.end) {
		int more = next_chunk(pool);
		if (more <= 0)
			return more;
	}
	*index = pool->ready.begin++;
	*result = pool->board->call.results + *index * pool->board->call.result_bytes;
	return 1;
}

/* ---- losses ---- */

static void say_what_was_lost(const struct call *call, uint64_t doing, char *out, size_t size)
{
	if (doing == STARTING) {
		snprintf(out, size, "while it started; no item was lost with it");
	} else if (doing == IDLE) {
		snprintf(out, size, "while idle; no item was lost with it");
	} else if (doing == BETWEEN_CHUNKS) {
		snprintf(out, size, "between two chunks; at most one of them (of %" PRIu64 " items) was lost with it",
			call->chunk);
	} else {
		struct range items = chunk_items(call, doing);
		if (items.end - items.begin == 1)
			snprintf(out, size, "while it worked on item %" PRIu64 "; that result is lost", items.begin);
		else
			snprintf(out, size, "while it worked on items %" PRIu64 "..%" PRIu64 "; those results are lost",
				items.begin, items.end - 1);
	}
}

int pool_lost(struct pool *pool, unsigned worker, const char *what, pid_t id, const char *how)
{
	char lost[ERROR_BYTES / 2];

	say_what_was_lost(&pool->board->call, pool_doing(pool, worker), lost, sizeof lost);
	snprintf(pool->error, sizeof pool->error, "worker %u (%s %d) %s %s", worker, what, (int)id, how, lost);
	pool->broken = true;
	pool->kind->terminate(pool);  /* the others might wait for ever for the one that is gone */
	pool->kind->reap(pool);
	return -EPIPE;
}

const char *pool_error(const struct pool *pool)
{
	return pool->error;
}

/* ---- beginning and end ---- */

static size_t board_bytes(unsigned workers)
{
	return sizeof(struct board) + workers * sizeof(struct desk);
}

/* Shared with children even if there will be none: a thread does not mind. */
static struct board *make_board(unsigned workers)
{
	struct board *board;

	board = mmap(NULL, board_bytes(workers), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (board == MAP_FAILED)
		return NULL;
	for (unsigned i = 0; i < workers; i++)
		atomic_init(&board->desk[i].doing, STARTING);
	return board;
}

static void free_pool(struct pool *pool)
{
	if (pool->board)
		munmap(pool->board, board_bytes(pool->workers));
	free(pool);
}

struct pool *pool_start(const struct pool_kind *kind, unsigned workers, void (*initializer)(unsigned worker, void *arg),
	void *arg)
{
	struct pool *pool;
	int error = -ENOMEM;

	if (workers < 1 || workers > MAX_WORKERS) {
		errno = EINVAL;
		return NULL;
	}
	pool = malloc(sizeof *pool);
	if (!pool)
		return NULL;
	*pool = (struct pool){ .kind = kind, .workers = workers, .board = make_board(workers) };
	if (pool->board)
		error = kind->start(pool, initializer, arg);
	if (error) {
		free_pool(pool);
		errno = -error;
		return NULL;
	}
	return pool;
}

void pool_close(struct pool *pool)
{
	if (!pool->closed && !pool->broken)
		pool->kind->close(pool);
	pool->closed = true;
}

void pool_terminate(struct pool *pool)
{
	pool->closed = pool->terminated = true;
	if (!pool->broken)
		pool->kind->terminate(pool);
}

int pool_join(struct pool *pool)
{
	int error;

	if (!pool->closed)
		return -EINVAL;
	pool->kind->reap(pool);
	error = pool->broken ? -EPIPE : 0;
	pool->kind->free(pool);
	free_pool(pool);
	return error;
}
