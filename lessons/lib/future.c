/* SPDX-License-Identifier: MIT */
/* future.c -- the life of a future: pending, running, done; who may change that, who waits for it, who is told.
 *
 * One lock per executor guards all of its futures.  It is held for moments only: tasks and callbacks run without it.
 */
#include "lessons/lib/future_kind.h"

#include "bench/base/clock.h"
#include "bench/check.h"
#include "bench/lesson.h"
#include "lessons/lib/futex.h"

#include <errno.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- a task and its errors ---- */

static _Thread_local struct cause *raised;  /* global: RAISE() knows only that it is in a task */

int future_raise(int number, const char *file, int line, const char *format, ...)
{
	va_list words;

	if (number > 0 && raised) {
		*raised = (struct cause){ .number = number, .file = file, .line = line };
		va_start(words, format);
		vsnprintf(raised->words, sizeof raised->words, format, words);
		va_end(words);
	}
	return number;
}

int future_call(future_task *task, const void *argument, void *result, struct cause *cause)
{
	struct cause *before = raised;  /* a task may make a call itself */

	cause->number = cause->line = 0;
	cause->file = NULL;
	cause->words[0] = '\0';
	raised = cause;
	cause->number = task(argument, result);  /* also where it returned a bare number, without words */
	raised = before;
	return cause->number;
}

static struct cause because(int number, const char *words)
{
	struct cause cause = { .number = number };

	snprintf(cause.words, sizeof cause.words, "%s", words);
	return cause;
}

/* ---- queues; all with the lock held ---- */

static void append(struct queue *queue, struct future *future)
{
	future->next = NULL;
	future->previous = queue->last;
	*(queue->last ? &queue->last->next : &queue->first) = future;
	queue->last = future;
}

static void take_out(struct queue *queue, struct future *future)
{
	*(future->previous ? &future->previous->next : &queue->first) = future->next;
	*(future->next ? &future->next->previous : &queue->last) = future->previous;
}

struct future *executor_take(struct executor *executor)
{
	struct future *future = executor->pending.first;

	if (future)
		take_out(&executor->pending, future);
	return future;
}

void executor_put_back(struct executor *executor, struct future *future)
{
	struct queue *pending = &executor->pending;

	future->previous = NULL;
	future->next = pending->first;
	*(pending->first ? &pending->first->previous : &pending->last) = future;
	pending->first = future;
}

/* ---- the end of a future ---- */

static enum state state_of(_Atomic uint32_t *word)
{
	return atomic_load(word) & STATE;
}

/* Of one that is handed out: done is only what was taken in. */
static bool is_done(struct future *future)
{
	enum state state = state_of(&future->own_word);

	return state == CANCELLED || state == FINISHED;
}

/* With the lock held, before it is asked for its state: a process may have left it in another memory. */
static void look_at(struct future *future)
{
	if (future->word != &future->own_word && state_of(future->word) == FINISHED)
		future->executor->kind->take_in(future->executor, future);
}

/* The usher shall take it in when it is done.  False: it is done already. */
static bool ask_usher(struct future *future)
{
	atomic_fetch_or(future->word, TELL_USHER);
	look_at(future);
	return !is_done(future);
}

static void vacate(struct future *future)
{
	if (future->executor->kind->vacate)
		future->executor->kind->vacate(future->executor, future);
}

/* With the lock held. */
static void let_go(struct future *future)
{
	if (--future->references > 0)
		return;
	future->executor->futures--;
	free(future);
}

struct completed {
	struct executor *executor;
	pthread_cond_t news;
	size_t n, given, arrived;       /* ready[given..arrived) are done and not given out; guarded by the lock */
	struct future **ready;          /* in the order in which they became done */
	struct watch watch[];
};

static bool is_usher(const struct executor *executor)
{
	return pthread_equal(pthread_self(), executor->usher);
}

/* Everybody who wants to know is told; callbacks are left to the usher.  With the lock held. */
static void finish(struct future *future, enum state state, const struct cause *cause, uint64_t done_ns)
{
	struct executor *executor = future->executor;
	_Atomic uint32_t *word = future->word;

	if (cause->number)
		future->cause = *cause;
	future->done_ns = done_ns;
	future->word = &future->own_word;
	atomic_store(word, state);
	atomic_store(future->word, state);
	executor->unfinished--;
	if (future->sleepers > 0)
		futex_wake(word);
	else
		vacate(future);
	for (struct watch *watch = future->watches; watch; watch = watch->next) {
		watch->set->ready[watch->set->arrived++] = future;
		OK(pthread_cond_signal(&watch->set->news));
	}
	if ((future->callbacks || (executor->closed && executor->unfinished == 0)) && !is_usher(executor))
		executor->kind->notify(executor);
	if (future->callbacks)
		append(&executor->finished, future);
	else
		let_go(future);
}

void executor_finish(struct executor *executor, struct future *future, const struct cause *cause, uint64_t done_ns)
{
	(void)executor;
	finish(future, FINISHED, cause, done_ns);
}

/* Returns how many. */
static size_t fail_pending(struct executor *executor, enum state state, const struct cause *cause)
{
	struct future *future;
	size_t count = 0;

	if (executor->kind->take_back_all)
		executor->kind->take_back_all(executor);
	for (; (future = executor_take(executor)); count++)
		finish(future, state, cause, clock_ns());
	return count;
}

/* ---- losses ---- */

static const char terminated_words[] = "the executor was terminated";

void executor_gone(struct executor *executor, struct future *running, unsigned worker, const char *what, int id,
	const char *how)
{
	struct cause cause;
	char words[sizeof cause.words];

	if (executor_ends(executor)) {
		cause = executor->terminated ? because(-ESHUTDOWN, terminated_words) : executor->broken;
		if (running)
			finish(running, FINISHED, &cause, clock_ns());
		fail_pending(executor, FINISHED, &cause);  /* one may have been put back */
		return;
	}
	snprintf(words, sizeof words, "worker %u (%s %d) %s", worker, what, id, how);
	executor->broken = because(-EPIPE, words);
	cause = because(-EOWNERDEAD, words);
	if (running)
		finish(running, FINISHED, &cause, clock_ns());
	fail_pending(executor, FINISHED, &executor->broken);
	executor->kind->terminate(executor);  /* the others might wait for ever for the one that is gone */
}

const char *executor_error(struct executor *executor)
{
	OK(pthread_mutex_lock(&executor->lock));  /* the words are written once, before anybody can find them here */
	const char *words = executor->broken.number ? executor->broken.words : "";
	OK(pthread_mutex_unlock(&executor->lock));
	return words;
}

/* ---- the usher ---- */

/* With the lock held, but not during a callback. */
static void call_back(struct executor *executor)
{
	struct future *future;

	while ((future = executor->finished.first)) {
		struct callback *callback = future->callbacks, *next;
		size_t failed = 0;

		take_out(&executor->finished, future);
		future->callbacks = NULL;
		OK(pthread_mutex_unlock(&executor->lock));
		for (; callback; callback = next) {
			next = callback->next;
			failed += callback->call(future, callback->arg) != 0;
			free(callback);
		}
		OK(pthread_mutex_lock(&executor->lock));
		executor->failed_callbacks += failed;
		let_go(future);
	}
}

static void *usher(void *arg)
{
	struct executor *executor = arg;

	OK(pthread_mutex_lock(&executor->lock));
	for (;;) {
		call_back(executor);
		if (executor->closed && executor->unfinished == 0)
			break;
		executor->kind->wait(executor);
	}
	executor->kind->close(executor);
	OK(pthread_mutex_unlock(&executor->lock));
	return NULL;
}

/* ---- the executor ---- */

static void free_executor(struct executor *executor)
{
	if (executor->crew)
		executor->kind->free(executor);
	OK(pthread_condattr_destroy(&executor->monotonic));
	OK(pthread_mutex_destroy(&executor->lock));
	free(executor);
}

/* Gives the lock back; futures that outlive their executor keep it until the last of them is freed. */
static void leave(struct executor *executor)
{
	bool last = executor->joined && executor->futures == 0;

	OK(pthread_mutex_unlock(&executor->lock));
	if (last)
		free_executor(executor);
}

static struct executor *make_executor(const struct pool_kind *kind, unsigned workers)
{
	struct executor *executor = malloc(sizeof *executor);

	if (!executor)
		return NULL;
	*executor = (struct executor){ .kind = kind == &fork_pool ? &process_crew : &thread_crew, .workers = workers };
	OK(pthread_mutex_init(&executor->lock, NULL));
	OK(pthread_condattr_init(&executor->monotonic));
	OK(pthread_condattr_setclock(&executor->monotonic, CLOCK_MONOTONIC));  /* or setting the clock moves them */
	return executor;
}

static void end_crew(struct executor *executor)
{
	OK(pthread_mutex_lock(&executor->lock));
	executor->closed = executor->terminated = true;
	executor->kind->terminate(executor);
	executor->kind->close(executor);
	OK(pthread_mutex_unlock(&executor->lock));
	executor->kind->join(executor);
}

struct executor *executor_start(const struct pool_kind *kind, unsigned workers,
	void (*initializer)(unsigned worker, void *arg), void *arg)
{
	struct executor *executor;
	int error;

	if (workers < 1 || workers > MAX_WORKERS) {
		errno = EINVAL;
		return NULL;
	}
	executor = make_executor(kind, workers);
	if (!executor)
		return NULL;
	error = executor->kind->start(executor, initializer, arg);  /* fork() before there is a thread */
	if (!error) {
		error = -pthread_create(&executor->usher, NULL, usher, executor);
		if (error)
			end_crew(executor);
	}
	if (error) {
		free_executor(executor);
		errno = -error;
		return NULL;
	}
	return executor;
}

/* One allocation for the future, its argument and its result. */
static struct future *make_future(future_task *task, const void *argument, size_t argument_bytes, size_t result_bytes)
{
	const size_t align = alignof(max_align_t), head = (sizeof(struct future) + align - 1) / align * align;
	size_t result_at, bytes;
	char *memory;

	if (__builtin_add_overflow(head + align - 1, argument_bytes, &result_at) ||
	    __builtin_add_overflow(result_at, result_bytes, &bytes) || bytes > PTRDIFF_MAX ||
	    !(memory = malloc(bytes))) {
		errno = ENOMEM;
		return NULL;
	}
	struct future *future = (struct future *)memory;
	*future = (struct future){ .task = task, .references = 2, .slot = -1,
		.argument = memory + head, .argument_bytes = argument_bytes,
		.result = memory + result_at / align * align, .result_bytes = result_bytes };
	if (argument_bytes > 0)
		memcpy(future->argument, argument, argument_bytes);
	return future;
}

struct future *executor_submit(struct executor *executor, future_task *task, const void *argument,
	size_t argument_bytes, size_t result_bytes)
{
	struct future *future = make_future(task, argument, argument_bytes, result_bytes);
	int error = 0;

	if (!future)
		return NULL;
	OK(pthread_mutex_lock(&executor->lock));
	if (executor->broken.number)
		error = EPIPE;
	else if (executor->closed)
		error = ESHUTDOWN;
	if (!error) {
		future->executor = executor;
		future->word = &future->own_word;
		executor->futures++;
		executor->unfinished++;
		append(&executor->pending, future);
		executor->kind->dispatch(executor);
	}
	OK(pthread_mutex_unlock(&executor->lock));
	if (!error)
		return future;
	free(future);
	errno = error;
	return NULL;
}

int executor_shutdown(struct executor *executor, bool wait)
{
	int error;

	if (wait && is_usher(executor))
		return -EDEADLK;
	OK(pthread_mutex_lock(&executor->lock));
	executor->closed = true;
	executor->kind->notify(executor);
	OK(pthread_mutex_unlock(&executor->lock));
	if (!wait)
		return 0;
	OK(pthread_join(executor->usher, NULL));
	executor->kind->join(executor);
	OK(pthread_mutex_lock(&executor->lock));
	error = executor->broken.number;
	executor->joined = true;
	leave(executor);
	return error;
}

size_t executor_cancel_pending(struct executor *executor)
{
	const struct cause cause = because(-ECANCELED, "");

	OK(pthread_mutex_lock(&executor->lock));
	size_t count = fail_pending(executor, CANCELLED, &cause);
	OK(pthread_mutex_unlock(&executor->lock));
	return count;
}

void executor_terminate(struct executor *executor)
{
	const struct cause cause = because(-ESHUTDOWN, terminated_words);

	OK(pthread_mutex_lock(&executor->lock));
	executor->closed = executor->terminated = true;
	fail_pending(executor, FINISHED, &cause);
	executor->kind->terminate(executor);
	executor->kind->notify(executor);
	OK(pthread_mutex_unlock(&executor->lock));
}

size_t executor_failed_callbacks(struct executor *executor)
{
	OK(pthread_mutex_lock(&executor->lock));
	size_t count = executor->failed_callbacks;
	OK(pthread_mutex_unlock(&executor->lock));
	return count;
}

/* ---- what the caller asks of a future ---- */

static struct timespec in_ms(int timeout_ms)
{
	struct timespec deadline;

	SYS(clock_gettime(CLOCK_MONOTONIC, &deadline));
	deadline.tv_sec += timeout_ms / 1000;
	deadline.tv_nsec += timeout_ms % 1000 * 1000000L;
	if (deadline.tv_nsec >= 1000000000) {
		deadline.tv_sec++;
		deadline.tv_nsec -= 1000000000;
	}
	return deadline;
}

/* With the lock held; 0: sleep may be tried. */
static int may_sleep(const struct executor *executor, int timeout_ms, const struct timespec *deadline)
{
	struct timespec now;

	if (timeout_ms == 0)
		return -ETIMEDOUT;
	if (is_usher(executor))
		return -EDEADLK;
	if (timeout_ms < 0)
		return 0;
	SYS(clock_gettime(CLOCK_MONOTONIC, &now));
	return now.tv_sec > deadline->tv_sec || (now.tv_sec == deadline->tv_sec && now.tv_nsec >= deadline->tv_nsec) ?
		-ETIMEDOUT : 0;
}

/* With the lock held: until the future may be done, or the deadline, or for less. */
static void sleep_on_word(struct future *future, const struct timespec *deadline)
{
	_Atomic uint32_t *word = future->word;
	uint32_t seen;

	future->sleepers++;
	OK(pthread_mutex_unlock(&future->executor->lock));
	seen = atomic_fetch_or(word, SOMEBODY_SLEEPS) | SOMEBODY_SLEEPS;
	if ((seen & STATE) == PENDING || (seen & STATE) == RUNNING)
		futex_sleep(word, seen, deadline);
	OK(pthread_mutex_lock(&future->executor->lock));
	future->sleepers--;
}

/* With the lock held. */
static int wait_until_done(struct future *future, int timeout_ms)
{
	const struct timespec deadline = timeout_ms > 0 ? in_ms(timeout_ms) : (struct timespec){ 0 };
	int error = 0;

	look_at(future);
	while (!is_done(future) && !(error = may_sleep(future->executor, timeout_ms, &deadline))) {
		sleep_on_word(future, timeout_ms > 0 ? &deadline : NULL);
		look_at(future);
		if (is_done(future) && future->sleepers == 0)
			vacate(future);
	}
	return error;
}

int future_wait(struct future *future, int timeout_ms)
{
	OK(pthread_mutex_lock(&future->executor->lock));
	int error = wait_until_done(future, timeout_ms);
	OK(pthread_mutex_unlock(&future->executor->lock));
	return error;
}

int future_get(struct future *future, int timeout_ms, void *result)
{
	int error = future_wait(future, timeout_ms);

	if (error)
		return error;
	if (future->cause.number == 0 && result && future->result_bytes > 0)
		memcpy(result, future->result, future->result_bytes);  /* no lock: what is done does not change */
	return future->cause.number;
}

static bool look(struct future *future, bool (*is)(struct future *))
{
	OK(pthread_mutex_lock(&future->executor->lock));
	look_at(future);
	bool yes = is(future);
	OK(pthread_mutex_unlock(&future->executor->lock));
	return yes;
}

static bool is_running(struct future *future)
{
	return state_of(future->word) == RUNNING;
}

static bool is_cancelled(struct future *future)
{
	return state_of(&future->own_word) == CANCELLED;
}

static bool is_successful(struct future *future)
{
	return state_of(&future->own_word) == FINISHED && future->cause.number == 0;
}

bool future_done(struct future *future)
{
	return look(future, is_done);
}

bool future_running(struct future *future)
{
	return look(future, is_running);
}

bool future_cancelled(struct future *future)
{
	return look(future, is_cancelled);
}

bool future_successful(struct future *future)
{
	return look(future, is_successful);
}

const struct cause *future_cause(struct future *future)
{
	static const struct cause none;

	return look(future, is_done) ? &future->cause : &none;
}

/* With the lock held.  True: it had not begun, and is nobody's now. */
static bool take_back(struct future *future)
{
	struct executor *executor = future->executor;

	if (future->word != &future->own_word)
		return executor->kind->take_back(executor, future);
	if (state_of(future->word) != PENDING)
		return false;
	take_out(&executor->pending, future);
	return true;
}

bool future_cancel(struct future *future)
{
	struct executor *executor = future->executor;
	const struct cause cause = because(-ECANCELED, "");

	OK(pthread_mutex_lock(&executor->lock));
	look_at(future);
	if (take_back(future))
		finish(future, CANCELLED, &cause, clock_ns());
	bool cancelled = is_cancelled(future);
	OK(pthread_mutex_unlock(&executor->lock));
	return cancelled;
}

int future_add_done_callback(struct future *future, future_callback *call, void *arg)
{
	struct executor *executor = future->executor;
	struct callback *callback = malloc(sizeof *callback), **end = &future->callbacks;

	if (!callback)
		return -ENOMEM;
	*callback = (struct callback){ NULL, call, arg };
	OK(pthread_mutex_lock(&executor->lock));
	if (ask_usher(future)) {
		while (*end)
			end = &(*end)->next;
		*end = callback;
		OK(pthread_mutex_unlock(&executor->lock));
		return 0;
	}
	future->references++;  /* or it might be gone when its callback returns, and its executor with it */
	OK(pthread_mutex_unlock(&executor->lock));
	free(callback);
	bool failed = call(future, arg) != 0;
	OK(pthread_mutex_lock(&executor->lock));
	executor->failed_callbacks += failed;
	let_go(future);
	leave(executor);
	return 0;
}

void future_free(struct future *future)
{
	struct executor *executor = future->executor;

	OK(pthread_mutex_lock(&executor->lock));
	let_go(future);
	leave(executor);
}

/* ---- as_completed ---- */

static int by_time(const void *a, const void *b)
{
	uint64_t x = (*(struct future *const *)a)->done_ns, y = (*(struct future *const *)b)->done_ns;

	return (x > y) - (x < y);
}

/* With the lock held. */
static void watch_all(struct completed *set, struct future *const futures[])
{
	for (size_t i = 0; i < set->n; i++) {
		struct future *future = futures[i];
		set->watch[i] = (struct watch){ future->watches, set, future };
		if (is_done(future)) {
			set->ready[set->arrived++] = future;
		} else {
			future->watches = &set->watch[i];  /* first: then those done before it are taken in, too */
			ask_usher(future);
		}
	}
	if (set->arrived > 0)
		qsort(set->ready, set->arrived, sizeof(struct future *), by_time);
}

struct completed *completed_start(struct future *const futures[], size_t n)
{
	struct completed *set = calloc(1, sizeof *set + n * sizeof *set->watch);
	struct future **ready = calloc(n + 1, sizeof(struct future *));

	if (!set || !ready) {
		free(set);
		free(ready);
		errno = ENOMEM;
		return NULL;
	}
	set->n = n;
	set->ready = ready;
	if (n == 0)
		return set;
	set->executor = futures[0]->executor;
	OK(pthread_cond_init(&set->news, &set->executor->monotonic));
	OK(pthread_mutex_lock(&set->executor->lock));
	watch_all(set, futures);
	OK(pthread_mutex_unlock(&set->executor->lock));
	return set;
}

int completed_next(struct completed *set, int timeout_ms, struct future **future)
{
	const struct timespec deadline = timeout_ms > 0 ? in_ms(timeout_ms) : (struct timespec){ 0 };
	int error = 0;

	if (set->given == set->n)
		return 0;
	OK(pthread_mutex_lock(&set->executor->lock));
	while (set->given == set->arrived && !(error = may_sleep(set->executor, timeout_ms, &deadline)))
		if (timeout_ms < 0)
			OK(pthread_cond_wait(&set->news, &set->executor->lock));
		else
			pthread_cond_timedwait(&set->news, &set->executor->lock, &deadline);
	if (set->given < set->arrived) {
		*future = set->ready[set->given++];
		error = 1;
	}
	OK(pthread_mutex_unlock(&set->executor->lock));
	return error;
}

void completed_free(struct completed *set)
{
	if (set->n > 0) {
		OK(pthread_mutex_lock(&set->executor->lock));
		for (size_t i = 0; i < set->n; i++) {
			struct watch **link = &set->watch[i].future->watches;
			while (*link && *link != &set->watch[i])
				link = &(*link)->next;
			if (*link)
				*link = (*link)->next;
		}
		OK(pthread_mutex_unlock(&set->executor->lock));
		OK(pthread_cond_destroy(&set->news));
	}
	free(set->ready);
	free(set);
}
