/* SPDX-License-Identifier: MIT */
/* manager_lock.c -- the manager's Lock, RLock, Semaphore, BoundedSemaphore and Condition.
 *
 * None of them waits: the server has one thread.  Who would have to wait is parked in a line, and whoever changes what
 * it waits for answers it then and there.  So a lock is handed over, not put up for grabs.
 */
#include "lessons/lib/manager_server.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Lock and RLock ---- */

/* Invariant: while nobody holds it, nobody waits. */
struct lock {
	struct object object;
	struct peer *owner;             /* NULL: free */
	int64_t depth;                  /* an RLock's: how often it was acquired */
	bool owner_died;                /* and nobody has been told yet */
	unsigned conditions;            /* that use it */
	struct line waiting;
};

static void give(struct lock *lock, struct peer *peer, int64_t depth, int error)
{
	lock->owner = peer;
	lock->depth = depth;
	if (lock->owner_died)
		error = -EOWNERDEAD;    /* weighs more than that a condition was not met in time */
	lock->owner_died = false;
	peer_answer(peer, error, 0);
}

static void hand_over(struct lock *lock)
{
	struct peer *next = lock->waiting.first;

	lock->owner = NULL;
	if (next) {
		peer_unpark(next);
		give(lock, next, next->value, next->error);
	}
}

/* Gives the lock, now or later, to one that shall then hold it `depth` times and be told `error`. */
static void want(struct lock *lock, struct peer *peer, int64_t depth, int error, int timeout_ms)
{
	peer->value = depth;
	peer->error = error;
	if (!lock->owner)
		give(lock, peer, depth, error);
	else
		peer_park(peer, &lock->object, &lock->waiting, timeout_ms);
}

static bool is_recursive(const struct lock *lock)
{
	return lock->object.type != &manager_lock_type;
}

static void acquire(struct lock *lock, struct peer *peer, int timeout_ms)
{
	if (lock->owner == peer && is_recursive(lock)) {
		lock->depth++;
		peer_answer(peer, 0, 0);
	} else {
		want(lock, peer, 1, 0, timeout_ms);
	}
}

static void release(struct lock *lock, struct peer *peer)
{
	if (!lock->owner || (lock->owner != peer && is_recursive(lock))) {
		peer_answer(peer, -EPERM, 0);
		return;
	}
	peer_answer(peer, 0, 0);  /* first, so that it goes on while the next one is told */
	if (--lock->depth == 0)
		hand_over(lock);
}

static void lock_forget(struct object *object, struct peer *peer)
{
	struct lock *lock = (struct lock *)object;

	if (lock->owner == peer) {
		lock->owner_died = true;
		hand_over(lock);
	}
}

static struct object *make_lock(struct server *server, const struct asked *asked, int *error)
{
	(void)server, (void)asked, (void)error;
	return calloc(1, sizeof(struct lock));
}

static int free_lock(struct object *object)
{
	struct lock *lock = (struct lock *)object;

	if (lock->conditions > 0)
		return -EBUSY;
	line_dismiss(&lock->waiting, -EIDRM);
	free(lock);
	return 0;
}

static void lock_acquire(struct peer *peer, struct object *object, const struct asked *asked)
{
	acquire((struct lock *)object, peer, asked->timeout_ms);
}

static void lock_release(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	release((struct lock *)object, peer);
}

static method *const lock_methods[] = { [ACQUIRE] = lock_acquire, [RELEASE] = lock_release };
const struct type manager_lock_type = {
	.make = make_lock, .free = free_lock, .forget = lock_forget, .methods = lock_methods, .count = LOCK_METHODS,
	.quiet = 1u << RELEASE,
};
const struct type manager_rlock_type = {
	.make = make_lock, .free = free_lock, .forget = lock_forget, .methods = lock_methods, .count = LOCK_METHODS,
	.quiet = 1u << RELEASE,
};

/* ---- Semaphore and BoundedSemaphore ---- */

/* Invariant: while value > 0, nobody waits. */
struct semaphore {
	struct object object;
	int64_t value, most;
	struct line waiting;
};

static struct object *make_semaphore(struct server *server, const struct asked *asked, int *error)
{
	struct semaphore *semaphore = asked->a < 0 ? NULL : calloc(1, sizeof *semaphore);

	(void)server;
	if (asked->a < 0)
		*error = -EINVAL;
	if (!semaphore)
		return NULL;
	semaphore->value = asked->a;
	semaphore->most = INT64_MAX;
	return &semaphore->object;
}

static struct object *make_bounded(struct server *server, const struct asked *asked, int *error)
{
	struct object *object = make_semaphore(server, asked, error);

	if (object)
		((struct semaphore *)object)->most = asked->a;
	return object;
}

static int free_semaphore(struct object *object)
{
	line_dismiss(&((struct semaphore *)object)->waiting, -EIDRM);
	free(object);
	return 0;
}

static void semaphore_acquire(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct semaphore *semaphore = (struct semaphore *)object;

	if (semaphore->value > 0) {
		semaphore->value--;
		peer_answer(peer, 0, 0);
	} else {
		peer_park(peer, object, &semaphore->waiting, asked->timeout_ms);
	}
}

static void semaphore_release(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct semaphore *semaphore = (struct semaphore *)object;
	struct peer *next;

	if (asked->a < 1 || asked->a > semaphore->most - semaphore->value) {
		peer_answer(peer, asked->a < 1 ? -EINVAL : -EOVERFLOW, 0);
		return;
	}
	semaphore->value += asked->a;
	peer_answer(peer, 0, 0);
	while (semaphore->value > 0 && (next = semaphore->waiting.first)) {
		peer_answer(next, 0, 0);
		if (!next->gone)  /* or the dead would take it along */
			semaphore->value--;
	}
}

static void semaphore_value(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	peer_answer(peer, 0, ((struct semaphore *)object)->value);
}

static method *const semaphore_methods[] = {
	[SEMAPHORE_ACQUIRE] = semaphore_acquire, [SEMAPHORE_RELEASE] = semaphore_release,
	[SEMAPHORE_VALUE] = semaphore_value,
};
const struct type manager_semaphore_type = {
	.make = make_semaphore, .free = free_semaphore, .methods = semaphore_methods, .count = SEMAPHORE_METHODS,
	.quiet = 1u << SEMAPHORE_RELEASE,
};
const struct type manager_bounded_semaphore_type = {
	.make = make_bounded, .free = free_semaphore, .methods = semaphore_methods, .count = SEMAPHORE_METHODS,
	.quiet = 1u << SEMAPHORE_RELEASE,
};

/* ---- Condition ---- */

/* Who waits here holds no lock; when it is notified, or its time is over, it moves to the lock's line. */
struct condition {
	struct object object;
	struct lock *lock;              /* one that it was given, or its own */
	struct lock own;
	struct line waiting;
};

static struct object *make_condition(struct server *server, const struct asked *asked, int *error)
{
	struct object *lock = asked->a == 0 ? NULL : server_find(server, (uint32_t)asked->a);
	struct condition *condition;

	if (asked->a != 0 && (!lock || lock->type->methods != lock_methods || lock->number != asked->a)) {
		*error = -ENXIO;
		return NULL;
	}
	condition = calloc(1, sizeof *condition);
	if (!condition)
		return NULL;
	condition->own.object.type = &manager_rlock_type;
	condition->lock = lock ? (struct lock *)lock : &condition->own;
	condition->lock->conditions++;
	return &condition->object;
}

static int free_condition(struct object *object)
{
	struct condition *condition = (struct condition *)object;

	line_dismiss(&condition->waiting, -EIDRM);
	line_dismiss(&condition->own.waiting, -EIDRM);
	condition->lock->conditions--;
	free(condition);
	return 0;
}

static void condition_late(struct peer *peer, struct object *object)
{
	peer_unpark(peer);
	want(((struct condition *)object)->lock, peer, peer->value, -ETIMEDOUT, MANAGER_FOREVER);
}

static void condition_forget(struct object *object, struct peer *peer)
{
	lock_forget(&((struct condition *)object)->own.object, peer);
}

static void condition_acquire(struct peer *peer, struct object *object, const struct asked *asked)
{
	acquire(((struct condition *)object)->lock, peer, asked->timeout_ms);
}

static void condition_release(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	release(((struct condition *)object)->lock, peer);
}

static void condition_wait(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct condition *condition = (struct condition *)object;
	struct lock *lock = condition->lock;

	if (lock->owner != peer) {
		peer_answer(peer, -EPERM, 0);
		return;
	}
	peer->value = lock->depth;  /* an RLock is given up altogether, and comes back as it was */
	hand_over(lock);
	peer_park(peer, object, &condition->waiting, asked->timeout_ms);
}

static void condition_notify(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct condition *condition = (struct condition *)object;
	struct peer *waiting;

	if (condition->lock->owner != peer || asked->a < 0) {
		peer_answer(peer, asked->a < 0 ? -EINVAL : -EPERM, 0);
		return;
	}
	peer_answer(peer, 0, 0);
	for (int64_t n = asked->a; n > 0 && (waiting = condition->waiting.first); n--) {
		peer_unpark(waiting);
		want(condition->lock, waiting, waiting->value, 0, MANAGER_FOREVER);
	}
}

static method *const condition_methods[] = {
	[CONDITION_ACQUIRE] = condition_acquire, [CONDITION_RELEASE] = condition_release,
	[CONDITION_WAIT] = condition_wait, [CONDITION_NOTIFY] = condition_notify,
};
const struct type manager_condition_type = {
	.make = make_condition, .free = free_condition, .late = condition_late, .forget = condition_forget,
	.methods = condition_methods, .count = CONDITION_METHODS,
	.quiet = 1u << CONDITION_RELEASE | 1u << CONDITION_NOTIFY,
};
