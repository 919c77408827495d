/* SPDX-License-Identifier: MIT */
/* pool.h -- p workers, started once, that share out the items of call after call.  One interface, two kinds:
 *
 *   thread_pool   workers are threads: they see the caller's memory as it is
 *   fork_pool     workers are processes: items go to them, and results come back, through memory shared on purpose
 *
 *   struct pool *pool = pool_start(&fork_pool, 4, NULL, NULL);
 *   if (pool_map(pool, square, items, sizeof *items, results, sizeof *results, n, 1) < 0)
 *           die("%s", pool_error(pool));
 *   pool_close(pool);
 *   pool_join(pool);
 *
 * Python's names (multiprocessing.Pool) and Python's rules: close() before join(), terminate() at any time.  Idle
 * workers sleep.  A pool belongs to the thread that started it; calls on one pool do not overlap.  Start a fork pool
 * before any thread: fork() copies the locks of other threads as they stand, and nobody in the copy will open them.
 *
 * When a worker crashes, exits or is killed, busy or idle, the running call (or the next one) returns -EPIPE at once,
 * pool_error() names the worker, its signal or exit code and the items that were lost with it, and the pool is broken:
 * its other workers are ended, every further call returns -EPIPE with the same words.  No worker outlives its parent,
 * however the parent ends.  (A thread is lost by pthread_exit(): one that crashes takes the whole process along.)
 */
#ifndef LIB_POOL_H
#define LIB_POOL_H

#include <stddef.h>
#include <stdint.h>

struct pool;
struct pool_kind;
extern const struct pool_kind fork_pool, thread_pool;

/* Runs in a worker.  `item` and `result` point at aligned storage of the sizes given to the call. */
typedef void pool_task(const void *item, void *result);

/* Starts `workers` (1..MAX_WORKERS) workers; each runs initializer(worker, arg) once, if given, before its first task.
 * Memory that the workers of a fork pool must share with the caller is made before this call, MAP_SHARED.  NULL and
 * errno on failure, with the workers that had started already ended and reaped; EDEADLK when a fork pool comes after
 * OpenMP's first parallel region (see openmp_fork.h). */
struct pool *pool_start(const struct pool_kind *kind, unsigned workers, void (*initializer)(unsigned worker, void *arg),
	void *arg);

/* results[i] = task(items[i]) for i in [0, n): the results stand in order, although the work is not done in order.
 * Workers take `chunk` neighbours at a time (0: see pool_chunk()).  items and results are the caller's.  0, -EPIPE when
 * a worker was lost, -EINVAL after close, -ENOMEM when the items do not fit in memory; what `results` holds after an
 * error is not defined. */
int pool_map(struct pool *, pool_task *, const void *items, size_t item_bytes, void *results, size_t result_bytes,
	uint64_t n, uint64_t chunk);

/* The same, but the results come as they are ready: after pool_imap_unordered() returns 0, call pool_next() until it
 * returns 0.  1: *index and *result (valid until the next call on this pool) are one item's.  Errors as pool_map();
 * results that were ready before a worker was lost are still given out first.  `items` stays untouched until then.  The
 * next call drops results that were not fetched. */
int pool_imap_unordered(struct pool *, pool_task *, const void *items, size_t item_bytes, size_t result_bytes,
	uint64_t n, uint64_t chunk);
int pool_next(struct pool *, uint64_t *index, const void **result);

/* Tells what went wrong, one line without newline, "" when nothing did.  Owned by the pool. */
const char *pool_error(const struct pool *);

/* No more calls; workers end when they are done.  Then pool_join() waits for them, reaps them and frees the pool; it
 * returns 0, or -EPIPE when a worker had been lost.  pool_terminate() ends the workers at once (a thread: at its next
 * cancellation point or when its item is done), whatever they do; pool_join() follows as well.  pool_join() of a pool
 * that is neither closed nor terminated returns -EINVAL and frees nothing. */
void pool_close(struct pool *);
void pool_terminate(struct pool *);
int pool_join(struct pool *);

/* How many items a worker takes at a time when asked for `chunk`: 0 means Python's rule, four chunks per worker. */
static inline uint64_t pool_chunk(uint64_t n, unsigned workers, uint64_t chunk)
{
	uint64_t chunks = 4 * (uint64_t)workers;

	if (chunk == 0)
		chunk = n / chunks + (n % chunks > 0);
	return chunk > 0 ? chunk : 1;
}

#endif
