/* SPDX-License-Identifier: MIT */
/* thread_pool.c -- workers that are threads: they share all memory, so items and results stay where they are.
 *
 * They share their fate, too.  A thread that crashes takes the process along; what can be lost here is a thread that
 * ends itself in the middle of a task.  And a thread cannot be killed, only asked to stop: by pthread_cancel(), which
 * it grants at cancellation points, and by board->stop, which pool_work() looks at before every item.
 *
 * Workers sleep on a condition variable until there is a call, the caller sleeps on a semaphore until there is news.
 */
#include "lessons/lib/pool_kind.h"

#include "bench/check.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <unistd.h>

struct thread {
	struct pool *pool;
	void (*initializer)(unsigned, void *);
	void *arg;
	unsigned worker;
	pthread_t id;
	pid_t tid;              /* the kernel's number, as gdb and top show it */
	uint64_t seen;          /* calls that it has worked on */
	bool home;              /* reached the end of its function: not lost */
};

struct crew {
	pthread_mutex_t lock;   /* guards these; held for a moment only, never during a task */
	pthread_cond_t work;    /* workers wait here for a change */
	uint64_t calls;
	bool closed;

	sem_t news;                             /* the caller waits here */
	pthread_key_t at_end;                   /* its destructor runs however a thread ends */
	_Atomic unsigned alive;
	struct thread *_Atomic lost;            /* the first that ended before it was home */

	unsigned started;                       /* the caller's own from here on: thread[0..started) are to be joined */
	void *room;                             /* for imap_unordered: results and arrivals */
	size_t room_bytes;
	struct thread thread[];
};

/* ---- the worker ---- */

/* Sleeps until there is a call that this worker has not seen; false: there will be none. */
static bool next_call(struct crew *crew, struct thread *me)
{
	bool more;

	OK(pthread_mutex_lock(&crew->lock));
	while (me->seen == crew->calls && !crew->closed)
		OK(pthread_cond_wait(&crew->work, &crew->lock));
	more = me->seen != crew->calls;
	me->seen = crew->calls;
	OK(pthread_mutex_unlock(&crew->lock));
	return more;
}

/* Cancellation is for tasks: a worker that was cancelled in next_call() would end with the lock in its hands. */
static void allow_cancel(bool allow)
{
	int before;

	OK(pthread_setcancelstate(allow ? PTHREAD_CANCEL_ENABLE : PTHREAD_CANCEL_DISABLE, &before));
}

static void *work(void *arg)
{
	struct thread *me = arg;
	struct crew *crew = me->pool->crew;

	allow_cancel(false);
	OK(pthread_setspecific(crew->at_end, me));
	me->tid = gettid();
	if (me->initializer) {
		allow_cancel(true);
		me->initializer(me->worker, me->arg);
		allow_cancel(false);
	}
	pool_does(me->pool, me->worker, IDLE);
	while (next_call(crew, me)) {
		allow_cancel(true);
		pool_work(me->pool, me->worker);
		allow_cancel(false);
	}
	me->home = true;
	return NULL;
}

/* The last thing that a thread does, whether it returned, was cancelled or called pthread_exit(). */
static void ended(void *arg)
{
	struct thread *me = arg, *nobody = NULL;
	struct crew *crew = me->pool->crew;

	if (!me->home)  /* after a cancellation it may say so, too: look_for_loss() knows better */
		atomic_compare_exchange_strong(&crew->lost, &nobody, me);
	atomic_fetch_sub(&crew->alive, 1);
	SYS(sem_post(&crew->news));
}

static void notify(struct pool *pool)
{
	struct crew *crew = pool->crew;

	SYS(sem_post(&crew->news));
}

/* ---- the caller ---- */

static void wake(struct pool *pool)
{
	struct crew *crew = pool->crew;

	OK(pthread_mutex_lock(&crew->lock));
	crew->calls++;
	OK(pthread_cond_broadcast(&crew->work));
	OK(pthread_mutex_unlock(&crew->lock));
}

static int look_for_loss(struct pool *pool)
{
	struct crew *crew = pool->crew;
	struct thread *lost = atomic_load(&crew->lost);

	if (!lost || pool->terminated || pool->broken)
		return 0;
	return pool_lost(pool, lost->worker, "thread", lost->tid, "called pthread_exit()");
}

static int wait_for_news(struct pool *pool)
{
	struct crew *crew = pool->crew;

	if (sem_wait(&crew->news) < 0 && errno != EINTR)
		SYS(-1);
	return look_for_loss(pool);
}

static void *room(struct pool *pool, size_t bytes)
{
	struct crew *crew = pool->crew;

	if (bytes > crew->room_bytes) {
		free(crew->room);
		crew->room = aligned_alloc(CACHE_LINE, bytes);
		crew->room_bytes = crew->room ? bytes : 0;
	}
	return bytes > 0 ? crew->room : crew;  /* NULL would mean failure, and nobody looks into 0 bytes */
}

static void close_work(struct pool *pool)
{
	struct crew *crew = pool->crew;

	OK(pthread_mutex_lock(&crew->lock));
	crew->closed = true;
	OK(pthread_cond_broadcast(&crew->work));
	OK(pthread_mutex_unlock(&crew->lock));
}

static void cancel_workers(struct pool *pool)
{
	struct crew *crew = pool->crew;

	atomic_store(&pool->board->stop, true);
	for (unsigned i = 0; i < crew->started; i++)
		OK(pthread_cancel(crew->thread[i].id));
	close_work(pool);
}

static void reap(struct pool *pool)
{
	struct crew *crew = pool->crew;

	while (atomic_load(&crew->alive) > 0)  /* not pthread_join(): one may be lost now, and others wait for it */
		wait_for_news(pool);
	look_for_loss(pool);
	while (crew->started > 0)
		OK(pthread_join(crew->thread[--crew->started].id, NULL));
}

static void free_crew(struct pool *pool)
{
	struct crew *crew = pool->crew;

	OK(pthread_key_delete(crew->at_end));
	SYS(sem_destroy(&crew->news));
	OK(pthread_cond_destroy(&crew->work));
	OK(pthread_mutex_destroy(&crew->lock));
	free(crew->room);
	free(crew);
}

static struct crew *make_crew(unsigned workers)
{
	struct crew *crew = calloc(1, sizeof *crew + workers * sizeof *crew->thread);

	if (!crew)
		return NULL;
	if (pthread_key_create(&crew->at_end, ended) != 0) {
		free(crew);
		return NULL;
	}
	OK(pthread_mutex_init(&crew->lock, NULL));
	OK(pthread_cond_init(&crew->work, NULL));
	SYS(sem_init(&crew->news, 0, 0));
	return crew;
}

static int start_worker(struct pool *pool, unsigned worker, void (*initializer)(unsigned, void *), void *arg)
{
	struct crew *crew = pool->crew;
	struct thread *thread = &crew->thread[worker];
	int error;

	*thread = (struct thread){ .pool = pool, .initializer = initializer, .arg = arg, .worker = worker };
	atomic_fetch_add(&crew->alive, 1);  /* before it lives, since it may end before we go on */
	error = pthread_create(&thread->id, NULL, work, thread);
	if (error)
		atomic_fetch_sub(&crew->alive, 1);
	else
		crew->started++;
	return -error;
}

static int start(struct pool *pool, void (*initializer)(unsigned, void *), void *arg)
{
	int error = 0;

	pool->crew = make_crew(pool->workers);
	if (!pool->crew)
		return -ENOMEM;
	for (unsigned i = 0; i < pool->workers && !error; i++)
		error = start_worker(pool, i, initializer, arg);
	if (error) {
		pool->terminated = true;  /* so that their end is no loss */
		cancel_workers(pool);
		reap(pool);
		free_crew(pool);
	}
	return error;
}

const struct pool_kind thread_pool = {
	.copies = false,
	.start = start,
	.room = room,
	.wake = wake,
	.notify = notify,
	.wait = wait_for_news,
	.close = close_work,
	.terminate = cancel_workers,
	.reap = reap,
	.free = free_crew,
};
