/* SPDX-License-Identifier: MIT */
/* future_threads.c -- tasks run by threads: a worker takes the next one itself, from the queue that all of them see.
 *
 * A thread that calls pthread_exit() in a task is lost; one that crashes takes the process along.  A thread cannot be
 * killed, only asked to stop: by pthread_cancel(), which it grants at cancellation points of its task, nowhere else.
 */
#include "lessons/lib/future_kind.h"

#include "bench/base/clock.h"
#include "bench/check.h"
#include "bench/worker.h"

#include <errno.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

struct thread {
	struct executor *executor;
	void (*initializer)(unsigned, void *);
	void *arg;
	unsigned worker;
	pthread_t id;
	pid_t tid;                      /* the kernel's number, as gdb and top show it */
	bool starts;                    /* in the initializer */
	struct future *running;         /* NULL: none */
	_Atomic bool gone;              /* it ended in the initializer or in a task, and nobody has looked yet */
};

/* All of it guarded by executor->lock, but for what only start and free write. */
struct crew {
	pthread_cond_t work;            /* workers wait here for a pending future */
	bool closed;
	sem_t news;                     /* the usher waits here */
	unsigned started;               /* thread[0..started) are to be joined */
	struct thread thread[];
};

/* ---- the worker ---- */

/* Cancellation is for tasks: a worker that was cancelled elsewhere would end with the lock in its hands. */
static void allow_cancel(bool allow)
{
	int before;

	OK(pthread_setcancelstate(allow ? PTHREAD_CANCEL_ENABLE : PTHREAD_CANCEL_DISABLE, &before));
}

/* Runs when a thread ends in the initializer or in a task: cancelled, or by pthread_exit().  It takes no lock, for
 * nobody knows what it was doing: the usher does the rest. */
static void ended(void *arg)
{
	struct thread *me = arg;
	struct crew *crew = me->executor->crew;

	atomic_store_explicit(&me->gone, true, memory_order_release);  /* A: release; pairs with B */
	SYS(sem_post(&crew->news));
}

static void run(struct thread *me, struct cause *cause)
{
	struct future *future = me->running;

	allow_cancel(true);
	future_call(future->task, future->argument, future->result, cause);
	allow_cancel(false);
}

/* With the lock held: the first pending one is its task from now on.  False: there is none. */
static bool take(struct thread *me)
{
	me->running = executor_take(me->executor);
	if (me->running)
		atomic_store(me->running->word, RUNNING);
	return me->running;
}

/* With the lock held: sleeps until there is a future to run.  False: there will be none. */
static bool wait_for_task(struct thread *me)
{
	struct crew *crew = me->executor->crew;

	while (!take(me) && !crew->closed)
		OK(pthread_cond_wait(&crew->work, &me->executor->lock));
	return me->running;
}

/* With the lock held: one task after the other while there are some.  The next is taken before the last is declared
 * done: who has none leaves before that can be seen. */
static void work_through(struct thread *me)
{
	struct executor *executor = me->executor;
	struct cause cause;

	worker_enter(me->worker);
	for (struct future *done; (done = me->running); executor_finish(executor, done, &cause, clock_ns())) {
		OK(pthread_mutex_unlock(&executor->lock));
		run(me, &cause);
		OK(pthread_mutex_lock(&executor->lock));
		if (!take(me))
			worker_leave(me->worker);
	}
}

static void *work(void *arg)
{
	struct thread *me = arg;
	struct executor *executor = me->executor;

	allow_cancel(false);
	me->tid = gettid();
	pthread_cleanup_push(ended, me);
	if (me->initializer) {
		allow_cancel(true);
		me->initializer(me->worker, me->arg);
		allow_cancel(false);
	}
	me->starts = false;
	OK(pthread_mutex_lock(&executor->lock));
	while (wait_for_task(me))
		work_through(me);
	OK(pthread_mutex_unlock(&executor->lock));
	pthread_cleanup_pop(0);
	return NULL;
}

/* ---- the caller's side ---- */

static void dispatch(struct executor *executor)
{
	struct crew *crew = executor->crew;

	OK(pthread_cond_signal(&crew->work));
}

static void notify(struct executor *executor)
{
	struct crew *crew = executor->crew;

	SYS(sem_post(&crew->news));
}

/* With the lock held. */
static void look_for_losses(struct executor *executor)
{
	struct crew *crew = executor->crew;

	for (unsigned i = 0; i < executor->workers; i++) {
		struct thread *thread = &crew->thread[i];
		/* B: acquire; pairs with A */
		if (!atomic_load_explicit(&thread->gone, memory_order_acquire))
			continue;
		atomic_store_explicit(&thread->gone, false, memory_order_relaxed);
		executor_gone(executor, thread->running, i, "thread", thread->tid,
			thread->starts ? "called pthread_exit() while it started" :
			"called pthread_exit() while it ran a task");
	}
}

static void wait_for_news(struct executor *executor)
{
	struct crew *crew = executor->crew;

	OK(pthread_mutex_unlock(&executor->lock));
	while (sem_wait(&crew->news) < 0)
		if (errno != EINTR)
			SYS(-1);
	OK(pthread_mutex_lock(&executor->lock));
	look_for_losses(executor);
}

static void cancel_workers(struct executor *executor)
{
	struct crew *crew = executor->crew;

	for (unsigned i = 0; i < crew->started; i++)
		pthread_cancel(crew->thread[i].id);
}

static void close_work(struct executor *executor)
{
	struct crew *crew = executor->crew;

	crew->closed = true;
	OK(pthread_cond_broadcast(&crew->work));
}

static void join(struct executor *executor)
{
	struct crew *crew = executor->crew;

	while (crew->started > 0)
		OK(pthread_join(crew->thread[--crew->started].id, NULL));
	OK(pthread_mutex_lock(&executor->lock));
	look_for_losses(executor);  /* of those that were only asked to leave */
	OK(pthread_mutex_unlock(&executor->lock));
}

static void free_crew(struct executor *executor)
{
	struct crew *crew = executor->crew;

	SYS(sem_destroy(&crew->news));
	OK(pthread_cond_destroy(&crew->work));
	free(crew);
	executor->crew = NULL;
}

static int start(struct executor *executor, void (*initializer)(unsigned, void *), void *arg)
{
	struct crew *crew = calloc(1, sizeof *crew + executor->workers * sizeof *crew->thread);
	int error = 0;

	if (!crew)
		return -ENOMEM;
	OK(pthread_cond_init(&crew->work, NULL));
	SYS(sem_init(&crew->news, 0, 0));
	executor->crew = crew;
	OK(pthread_mutex_lock(&executor->lock));  /* workers find all of it made */
	for (unsigned i = 0; i < executor->workers && !error; i++) {
		struct thread *thread = &crew->thread[i];
		*thread = (struct thread){ .executor = executor, .initializer = initializer, .arg = arg, .worker = i,
			.starts = true };
		error = -pthread_create(&thread->id, NULL, work, thread);
		crew->started += error == 0;
	}
	if (error) {
		executor->terminated = true;  /* so that their end is no loss */
		cancel_workers(executor);
		close_work(executor);
	}
	OK(pthread_mutex_unlock(&executor->lock));
	if (error) {
		join(executor);
		free_crew(executor);
	}
	return error;
}

const struct crew_kind thread_crew = {
	.start = start,
	.dispatch = dispatch,
	.notify = notify,
	.wait = wait_for_news,
	.terminate = cancel_workers,
	.close = close_work,
	.join = join,
	.free = free_crew,
};
