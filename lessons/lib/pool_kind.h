/* SPDX-License-Identifier: MIT */
/* pool_kind.h -- private to the pools: what pool.c and the two kinds of pool know of one another.
 *
 * pool.c holds the rules of the calls and shares out the work; a kind makes workers, wakes them, waits for them and
 * ends them.  All that caller and workers tell each other during a call stands on the board.
 */
#ifndef LIB_POOL_KIND_H
#define LIB_POOL_KIND_H

#include "lessons/lib/pool.h"
#include "lessons/lib/split.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

enum { CACHE_LINE = 64, ERROR_BYTES = 256 };

/* What a worker is doing, when it is not the number of the chunk that it works on. */
#define STARTING       UINT64_MAX
#define IDLE           (UINT64_MAX - 1)
#define BETWEEN_CHUNKS (UINT64_MAX - 2)

/* One call.  The pointers mean the same memory in every worker. */
struct call {
	pool_task *task;
	const char *items;
	char *results;
	size_t item_bytes, result_bytes;
	uint64_t n, chunk, chunks;      /* items in all, items per chunk, chunks in all */
	_Atomic uint64_t *arrived;      /* chunk number + 1, in order of arrival; 0: not yet.  NULL for a map */
};

/* A worker's place on the board: a cache line of its own, or each would wait for its neighbour's writes.  The share of
 * chunks is its worker's to begin with; workers that have none left take from it, too. */
struct desk {
	_Alignas(CACHE_LINE) _Atomic uint64_t doing;            /* only its worker writes here */
	_Atomic uint64_t next;                                  /* the first chunk of the share that nobody has taken */
	uint64_t end;
};

/* Invariant: the caller writes the call, the shares and the counters only while active == 0: all workers are asleep. */
struct board {
	_Alignas(CACHE_LINE) struct call call;
	_Atomic bool stop;                                      /* threads only: they can be asked, not killed */
	_Alignas(CACHE_LINE) _Atomic uint64_t arrivals;         /* places taken in call.arrived */
	_Alignas(CACHE_LINE) _Atomic bool caller_sleeps;        /* wants to be woken by the next arrival */
	_Alignas(CACHE_LINE) _Atomic unsigned active;           /* workers that are not yet done with this call */
	struct desk desk[];                                     /* one per worker */
};

struct pool {
	const struct pool_kind *kind;
	void *crew;                     /* the kind's own */
	struct board *board;            /* mapped MAP_SHARED, before any worker starts */
	unsigned workers;
	bool closed, terminated;
	bool broken;                    /* a worker was lost: the others are ended, `error` says why */
	uint64_t taken;                 /* imap_unordered: places of call.arrived that the caller has looked at */
	struct range ready;             /* and the items of that chunk that it has not fetched */
	char error[ERROR_BYTES];
};

struct pool_kind {
	bool copies;                            /* workers cannot see the caller's items and results */
	int (*start)(struct pool *, void (*initializer)(unsigned, void *), void *arg);  /* 0; or -errno, nothing left */
	void *(*room)(struct pool *, size_t);   /* bytes that workers see, until the next room(); NULL: too many */
	void (*wake)(struct pool *);            /* every worker calls pool_work() once */
	void (*notify)(struct pool *);          /* called by a worker: ends the caller's wait() */
	int (*wait)(struct pool *);             /* until notify(), or less: 0; when a worker is lost: pool_lost() */
	void (*close)(struct pool *);           /* workers end when they have nothing more to do */
	void (*terminate)(struct pool *);       /* workers end now */
	void (*reap)(struct pool *);            /* waits for their end; then none is left */
	void (*free)(struct pool *);            /* the crew, after reap() */
};

/* A worker's part of the call that stands on the board. */
void pool_work(struct pool *, unsigned worker);

/* What waitid() told of a process, in words: "was killed by SIGKILL (Killed)", "exited with code 3". */
void pool_how_it_ended(const siginfo_t *info, char *out, size_t size);

/* Breaks the pool: a worker, known as `what` number `id` ("pid 4711"), ended; `how` says in which way.  -EPIPE. */
int pool_lost(struct pool *, unsigned worker, const char *what, pid_t id, const char *how);

static inline void pool_does(struct pool *pool, unsigned worker, uint64_t doing)
{
	atomic_store_explicit(&pool->board->desk[worker].doing, doing, memory_order_relaxed);
}

static inline uint64_t pool_doing(const struct pool *pool, unsigned worker)
{
	return atomic_load_explicit(&pool->board->desk[worker].doing, memory_order_relaxed);
}

#endif
