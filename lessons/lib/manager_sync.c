/* SPDX-License-Identifier: MIT */
/* manager_sync.c -- the manager's Event, Barrier and Queue: where clients wait for one another. */
#include "lessons/lib/manager_server.h"

#include <errno.h>
#include <stdlib.h>

/* ---- Event ---- */

/* Invariant: while it is set, nobody waits. */
struct event {
	struct object object;
	bool is_set;
	struct line waiting;
};

static struct object *make_event(struct server *server, const struct asked *asked, int *error)
{
	(void)server, (void)asked, (void)error;
	return calloc(1, sizeof(struct event));
}

static int free_event(struct object *object)
{
	line_dismiss(&((struct event *)object)->waiting, -EIDRM);
	free(object);
	return 0;
}

static void event_set(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct event *event = (struct event *)object;

	(void)asked;
	event->is_set = true;
	peer_answer(peer, 0, 0);
	line_dismiss(&event->waiting, 0);
}

static void event_clear(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	((struct event *)object)->is_set = false;
	peer_answer(peer, 0, 0);
}

static void event_is_set(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	peer_answer(peer, 0, ((struct event *)object)->is_set);
}

static void event_wait(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct event *event = (struct event *)object;

	if (event->is_set)
		peer_answer(peer, 0, 0);
	else
		peer_park(peer, object, &event->waiting, asked->timeout_ms);
}

static method *const event_methods[] = {
	[EVENT_SET] = event_set, [EVENT_CLEAR] = event_clear, [EVENT_IS_SET] = event_is_set, [EVENT_WAIT] = event_wait,
};
const struct type manager_event_type = {
	.make = make_event, .free = free_event, .methods = event_methods, .count = EVENT_METHODS,
	.quiet = 1u << EVENT_SET | 1u << EVENT_CLEAR,
};

/* ---- Barrier ---- */

/* Invariant: came < parties clients wait; none while it is broken. */
struct barrier {
	struct object object;
	int64_t parties, came;
	bool broken;
	struct line waiting;
};

static struct object *make_barrier(struct server *server, const struct asked *asked, int *error)
{
	struct barrier *barrier = asked->a < 1 ? NULL : calloc(1, sizeof *barrier);

	(void)server;
	if (asked->a < 1)
		*error = -EINVAL;
	if (!barrier)
		return NULL;
	barrier->parties = asked->a;
	return &barrier->object;
}

static int free_barrier(struct object *object)
{
	line_dismiss(&((struct barrier *)object)->waiting, -EIDRM);
	free(object);
	return 0;
}

static void break_up(struct barrier *barrier)
{
	barrier->broken = true;
	barrier->came = 0;
	line_dismiss(&barrier->waiting, -ECANCELED);
}

static void barrier_late(struct peer *peer, struct object *object)
{
	peer_answer(peer, -ETIMEDOUT, 0);
	break_up((struct barrier *)object);
}

static void barrier_left(struct peer *peer, struct object *object)
{
	(void)peer;
	break_up((struct barrier *)object);
}

static void barrier_wait(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct barrier *barrier = (struct barrier *)object;

	if (barrier->broken) {
		peer_answer(peer, -ECANCELED, 0);
		return;
	}
	peer->value = barrier->came++;
	if (barrier->came < barrier->parties) {
		peer_park(peer, object, &barrier->waiting, asked->timeout_ms);
		return;
	}
	barrier->came = 0;  /* before anybody is told: it may come again at once */
	peer_answer(peer, 0, peer->value);
	while (barrier->waiting.first)
		peer_answer(barrier->waiting.first, 0, barrier->waiting.first->value);
}

static void barrier_abort(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	peer_answer(peer, 0, 0);
	break_up((struct barrier *)object);
}

static void barrier_reset(struct peer *peer, struct object *object, const struct asked *asked)
{
	barrier_abort(peer, object, asked);
	((struct barrier *)object)->broken = false;
}

static void barrier_waiting(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	peer_answer(peer, 0, ((struct barrier *)object)->came);
}

static void barrier_is_broken(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	peer_answer(peer, 0, ((struct barrier *)object)->broken);
}

static method *const barrier_methods[] = {
	[BARRIER_WAIT] = barrier_wait, [BARRIER_ABORT] = barrier_abort, [BARRIER_RESET] = barrier_reset,
	[BARRIER_WAITING] = barrier_waiting, [BARRIER_IS_BROKEN] = barrier_is_broken,
};
const struct type manager_barrier_type = {
	.make = make_barrier, .free = free_barrier, .late = barrier_late, .left = barrier_left,
	.methods = barrier_methods, .count = BARRIER_METHODS,
};

/* ---- Queue ---- */

/* Invariant: who wants an item waits only while there is none, who has one only while there is no place for it. */
struct queue {
	struct object object;
	int64_t *item;                  /* a ring */
	size_t room, head, count;
	size_t most;                    /* 0: no limit */
	int64_t unfinished;             /* put, and no task_done() for it yet */
	struct line getters, putters, joiners;
};

static struct object *make_queue(struct server *server, const struct asked *asked, int *error)
{
	struct queue *queue = calloc(1, sizeof *queue);

	(void)server, (void)error;
	if (!queue)
		return NULL;
	queue->most = asked->a > 0 ? (size_t)asked->a : 0;
	return &queue->object;
}

static int free_queue(struct object *object)
{
	struct queue *queue = (struct queue *)object;

	line_dismiss(&queue->getters, -EIDRM);
	line_dismiss(&queue->putters, -EIDRM);
	line_dismiss(&queue->joiners, -EIDRM);
	free(queue->item);
	free(queue);
	return 0;
}

static bool grow(struct queue *queue)
{
	size_t room = queue->room > 0 ? 2 * queue->room : 16;
	int64_t *item = malloc(room * sizeof *item);

	if (!item)
		return false;
	for (size_t i = 0; i < queue->count; i++)
		item[i] = queue->item[(queue->head + i) % queue->room];
	free(queue->item);
	queue->item = item;
	queue->room = room;
	queue->head = 0;
	return true;
}

static void add(struct queue *queue, int64_t value)
{
	queue->item[(queue->head + queue->count++) % queue->room] = value;
	queue->unfinished++;
}

/* The first item leaves the queue when it has left the server: who is found dead then has not taken it along. */
static void send_first(struct queue *queue, struct peer *getter)
{
	peer_answer(getter, 0, queue->item[queue->head]);
	if (getter->gone)
		return;
	queue->head = (queue->head + 1) % queue->room;
	queue->count--;
}

static void queue_put(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct queue *queue = (struct queue *)object;

	if (queue->most > 0 && queue->count == queue->most) {
		peer->value = asked->a;
		peer_park(peer, object, &queue->putters, asked->timeout_ms);
	} else if (queue->count == queue->room && !grow(queue)) {
		peer_answer(peer, -ENOMEM, 0);
	} else {
		peer_answer(peer, 0, 0);
		add(queue, asked->a);
		while (queue->count > 0 && queue->getters.first)
			send_first(queue, queue->getters.first);
	}
}

static void queue_get(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct queue *queue = (struct queue *)object;

	if (queue->count == 0) {
		peer_park(peer, object, &queue->getters, asked->timeout_ms);
		return;
	}
	send_first(queue, peer);
	while (queue->count < queue->most && queue->putters.first) {
		add(queue, queue->putters.first->value);
		peer_answer(queue->putters.first, 0, 0);
	}
}

static void queue_size(struct peer *peer, struct object *object, const struct asked *asked)
{
	(void)asked;
	peer_answer(peer, 0, (int64_t)((struct queue *)object)->count);
}

static void queue_task_done(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct queue *queue = (struct queue *)object;

	(void)asked;
	if (queue->unfinished == 0) {
		peer_answer(peer, -EOVERFLOW, 0);
		return;
	}
	peer_answer(peer, 0, 0);
	if (--queue->unfinished == 0)
		line_dismiss(&queue->joiners, 0);
}

static void queue_join(struct peer *peer, struct object *object, const struct asked *asked)
{
	struct queue *queue = (struct queue *)object;

	if (queue->unfinished == 0)
		peer_answer(peer, 0, 0);
	else
		peer_park(peer, object, &queue->joiners, asked->timeout_ms);
}

static method *const queue_methods[] = {
	[QUEUE_PUT] = queue_put, [QUEUE_GET] = queue_get, [QUEUE_SIZE] = queue_size,
	[QUEUE_TASK_DONE] = queue_task_done, [QUEUE_JOIN] = queue_join,
};
const struct type manager_queue_type = {
	.make = make_queue, .free = free_queue, .methods = queue_methods, .count = QUEUE_METHODS,
	.quiet = 1u << QUEUE_TASK_DONE,
};
