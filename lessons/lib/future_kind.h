/* SPDX-License-Identifier: MIT */
/* future_kind.h -- private to the futures: what future.c and the two kinds of worker know of one another.
 *
 * future.c holds the rules: what may follow upon what, who is told.  A kind makes workers, brings tasks to them and
 * results back, and tells how a worker ended.
 */
#ifndef LIB_FUTURE_KIND_H
#define LIB_FUTURE_KIND_H

#include "lessons/lib/future.h"

#include <pthread.h>
#include <stdatomic.h>

/* What the word of a future says: its state, and who wants to know when it is done.  Sleepers sleep on the word. */
enum state { PENDING, RUNNING, CANCELLED, FINISHED, MOVED };    /* MOVED: it stands in another word now */
enum { STATE = 7, SOMEBODY_SLEEPS = 8, TELL_USHER = 16, ASKED = SOMEBODY_SLEEPS | TELL_USHER, BY_WORKER = 32 };

struct callback {
	struct callback *next;
	future_callback *call;
	void *arg;
};

/* A set that waits for a future to be done. */
struct watch {
	struct watch *next;
	struct completed *set;
	struct future *future;
};

/* All of it guarded by executor->lock, but for what never changes, and but for *word, *argument and *result while it is
 * handed out. */
struct future {
	struct executor *executor;
	future_task *task;
	char *argument, *result;        /* in the same allocation */
	size_t argument_bytes, result_bytes;

	_Atomic uint32_t *word;         /* own_word; while it is handed out to processes: one that they see, too */
	_Atomic uint32_t own_word;
	int slot;                       /* the kind's own; -1: none */
	struct cause cause;
	uint64_t done_ns;               /* CLOCK_MONOTONIC, when it became done */
	struct future *next, *previous; /* in the queue of pending ones, then (next only) in that of callbacks */
	struct callback *callbacks;
	struct watch *watches;
	unsigned references;            /* the caller's; the executor's until it is done and its callbacks are called */
	unsigned sleepers;              /* on the word that it had when they went to sleep */
};

struct queue {
	struct future *first, *last;
};

/* Invariant: unfinished counts the futures that are pending or running. */
struct executor {
	const struct crew_kind *kind;
	void *crew;                     /* the kind's own */
	unsigned workers;
	pthread_t usher;                /* the thread that takes in results and runs callbacks */

	pthread_mutex_t lock;           /* guards these; never held during a task or a callback */
	pthread_condattr_t monotonic;   /* for every condition on which somebody may wait until a deadline */
	struct queue pending, finished; /* pending: not handed out; finished: done, and callbacks to be called */
	size_t futures, unfinished;     /* futures: that were not freed */
	size_t failed_callbacks;
	bool closed, terminated, joined;
	struct cause broken;            /* number != 0: a worker was lost */
};

/* Everything but start, join and free is called with the lock held. */
struct crew_kind {
	/* 0; or -errno, and nothing is left */
	int (*start)(struct executor *, void (*initializer)(unsigned, void *), void *arg);
	void (*dispatch)(struct executor *);    /* there may be pending futures */
	void (*notify)(struct executor *);      /* wakes the usher from its wait() */
	void (*wait)(struct executor *);        /* the usher's: without the lock until there may be news; takes it in */
	void (*terminate)(struct executor *);   /* end the workers now; running futures fail when theirs is gone */
	void (*close)(struct executor *);       /* all is done: workers leave */
	void (*join)(struct executor *);        /* waits for their end */
	void (*free)(struct executor *);        /* the crew; last, when there are no futures any more */

	/* Of a kind that hands futures out, and sees what became of them only when it looks; else NULL. */
	void (*take_in)(struct executor *, struct future *);    /* finishes one whose word says so */
	bool (*take_back)(struct executor *, struct future *);  /* true: it had not begun, and never will */
	void (*take_back_all)(struct executor *);               /* all of those are pending ones again, and first */
	void (*vacate)(struct executor *, struct future *);     /* it is done, and nobody sleeps on its old word */
};
extern const struct crew_kind thread_crew, process_crew;

/* The first pending future; NULL when there is none. */
struct future *executor_take(struct executor *);

/* One that was taken, but did not begin, is the first of those pending. */
void executor_put_back(struct executor *, struct future *);

/* It is done, since `done_ns`: cause.number 0 means with a result.  The pointer is not to be used any more. */
void executor_finish(struct executor *, struct future *, const struct cause *, uint64_t done_ns);

/* A worker, known as `what` number `id` ("pid 4711"), is gone; `how` says in which way and while it did what; `running`
 * is what it ran, or NULL.  If its end was asked for, by terminate() or by a loss before, `running` fails for that
 * reason.  If not, this is a loss: `running` fails alone with -EOWNERDEAD, the executor is broken, and what is pending
 * fails with -EPIPE and the same words. */
void executor_gone(struct executor *, struct future *running, unsigned worker, const char *what, int id,
	const char *how);

/* Its workers are ended, or being so. */
static inline bool executor_ends(const struct executor *executor)
{
	return executor->terminated || executor->broken.number != 0;
}

#endif
