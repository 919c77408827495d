/* SPDX-License-Identifier: MIT */
/* future.h -- ask now, fetch the result later: what apply_async() and submit() return, for both kinds of worker.
 *
 *   struct executor *executor = executor_start(&fork_pool, 4, NULL, NULL);     or &thread_pool
 *   struct future *future = executor_submit(executor, square, &item, sizeof item, sizeof result);
 *   int error = future_get(future, 1000, &result);     waits for at most a second
 *   future_free(future);
 *   executor_shutdown(executor, true);
 *
 * A future is pending, then running, then done: with a result, with an error, or cancelled.  It never changes after
 * that.  Workers take the tasks in the order in which they were submitted (a process that is held up at that moment may
 * take a later one).  Any thread may make any call on any future, several at once; only executor_start() and the last
 * executor_shutdown() are for one thread alone, and the thread that starts an executor of processes must outlive it
 * (the kernel ends them with it).  Start those before any thread, as pool.h says.
 *
 * Errors.  What a task reports with RAISE() is its own, > 0, and comes out of future_get() in the caller.  Below 0:
 *   -ETIMEDOUT    not done yet; ask again, nothing was lost
 *   -ECANCELED    cancelled before it began
 *   -ENOMEM       its argument or result has no room on the way to a process
 *   -EOWNERDEAD   the worker that ran it crashed, exited or was killed: the words say which one, and how
 *   -EPIPE        some other worker was lost, and the executor is broken: its workers are ended, nothing is run
 *   -ESHUTDOWN    ended by executor_terminate()
 *   -EDEADLK      asked in a callback for a future that is not done: no other callback could be called meanwhile
 * Results that had come before a worker was lost, or before the end, are kept.
 */
#ifndef LIB_FUTURE_H
#define LIB_FUTURE_H

#include "lessons/lib/pool.h"

#include <stdbool.h>

struct executor;
struct future;

/* Runs in a worker.  `argument` is a copy of the caller's, `result` a place of the size that was asked for, both
 * aligned.  Returns 0, or RAISE(). */
typedef int future_task(const void *argument, void *result);

/* In a task: return RAISE(EDOM, "no root of %d", x);  The number is > 0. */
#define RAISE(number, ...) future_raise(number, __FILE__, __LINE__, __VA_ARGS__)
int future_raise(int number, const char *file, int line, const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Why a future has no result. */
struct cause {
	int number;             /* 0: it has one; else as above */
	int line;               /* where a task raised it, with file; 0 and NULL for what is below 0 */
	const char *file;
	char words[160];        /* "" when there are none; what is too long is cut */
};

/* The call itself, here and now: what a worker does, and what a program without workers does instead of submitting. */
int future_call(future_task *, const void *argument, void *result, struct cause *);

/* ---- the executor: p workers and one thread of the caller's process that takes in results and runs callbacks ---- */

/* As pool_start(): NULL and errno on failure, with nothing left. */
struct executor *executor_start(const struct pool_kind *kind, unsigned workers,
	void (*initializer)(unsigned worker, void *arg), void *arg);

/* The argument is copied, and is the caller's again at once.  The future is the caller's to free.  NULL and errno:
 * ESHUTDOWN after shutdown, EPIPE when a worker was lost (see executor_error()), ENOMEM. */
struct future *executor_submit(struct executor *, future_task *, const void *argument, size_t argument_bytes,
	size_t result_bytes);

/* No more tasks; what was submitted is still done.  With `wait`, returns when that is so, all callbacks have returned
 * and the workers are gone, and frees the executor: 0, or -EPIPE when a worker had been lost.  Without, returns at
 * once, and a later call with `wait` must follow.  In a callback: -EDEADLK with `wait`, and nothing is done. */
int executor_shutdown(struct executor *, bool wait);

/* Cancels whatever has not begun; returns how many. */
size_t executor_cancel_pending(struct executor *);

/* No more tasks, and none of the old: what is pending fails at once, what runs is ended (a thread: at its next
 * cancellation point, or when its task is done), and then its future fails, too.  executor_shutdown() must follow. */
void executor_terminate(struct executor *);

/* What became of the lost worker, one line, "" while none is; the executor's, valid until it is freed. */
const char *executor_error(struct executor *);

/* Callbacks that have returned something other than 0. */
size_t executor_failed_callbacks(struct executor *);

/* ---- a future ---- */

enum { FOREVER = -1 };  /* as timeout_ms; 0: do not wait.  Time is CLOCK_MONOTONIC's */

/* Waits for the end.  0: the result is copied to `result` (may be NULL).  Else an error, see above. */
int future_get(struct future *, int timeout_ms, void *result);

/* Waits likewise: 0 when done, however it ended; -ETIMEDOUT; -EDEADLK. */
int future_wait(struct future *, int timeout_ms);

bool future_done(struct future *);              /* also when cancelled.  Python's AsyncResult says ready() */
bool future_running(struct future *);
bool future_cancelled(struct future *);
bool future_successful(struct future *);        /* done, with a result */

/* True: it is cancelled, and will never run.  False: too late, it runs or is done. */
bool future_cancel(struct future *);

/* Why it has no result; valid until the future is freed.  Of one that is not done: number 0. */
const struct cause *future_cause(struct future *);

/* Has callback(future, arg) called once when the future is done: in the executor's own thread, in the order in which
 * futures become done; of one future, in the order in which they were added.  At once, here, when it is done already.
 * A callback may submit, cancel, add callbacks and free its future; it must not wait, nor end its thread.  What it
 * returns, if not 0, is counted, and stops nobody.  0 or -ENOMEM. */
typedef int future_callback(struct future *, void *arg);
int future_add_done_callback(struct future *, future_callback *, void *arg);

/* The caller will not ask for it again.  It is not cancelled by that: its task is run, its callbacks are called. */
void future_free(struct future *);

/* ---- as_completed: futures of one executor, each as soon as it is done ---- */

struct completed;

/* The futures must not be freed before this is.  NULL and errno when there is no memory. */
struct completed *completed_start(struct future *const futures[], size_t n);

/* 1: *future is the next one, those done already first, always in the order in which they became so; 0: there are no
 * more; -ETIMEDOUT: nothing new; -EDEADLK. */
int completed_next(struct completed *, int timeout_ms, struct future **future);
void completed_free(struct completed *);

#endif
