/* SPDX-License-Identifier: MIT */
/* manager_server.h -- private to the manager: what the server (manager_server.c) and the types of objects know of one
 * another.
 *
 * The server reads requests, one at a time, and calls the method.  A method answers, or it parks: the client then
 * stands in a line of the object's, and is answered when another client's request, its deadline or its death takes it
 * out of there.  Nobody else waits meanwhile.
 */
#ifndef LIB_MANAGER_SERVER_H
#define LIB_MANAGER_SERVER_H

#include "lessons/lib/manager_wire.h"

struct server;
struct peer;
struct object;

/* Who waits for the same thing; whoever came first is served first. */
struct line { struct peer *first, *last; };

/* A client, as the server sees it.  Invariant: in_line is not NULL exactly while a request of it is parked. */
struct peer {
	struct server *server;
	struct peer *next, *prev;               /* all of them */
	int fd;
	int64_t cpu;                            /* from which its last request came */
	bool known;                             /* has said the key */
	bool posted;                            /* the request that is being served wants no reply */
	int owed;                               /* the first error of those: the next reply */
	bool gone;                              /* cut off, or dead: is buried before the server sleeps again */
	struct peer *next_gone;
	char *in;                               /* the request, as far as it has come */
	size_t in_bytes, in_room;
	char *out;                              /* what is still to be sent of a reply; NULL: nothing */
	size_t out_begin, out_end;

	struct line *in_line;                   /* where it waits, of that object, and until when */
	struct object *at;
	struct peer *behind, *ahead;            /* in that line */
	uint64_t deadline_ns;                   /* UINT64_MAX: no deadline */
	int64_t value;                          /* the method's own: what it shall put, its place, its depth ... */
	int error;                              /* and what it is to be told when it gets what it waits for */
};

struct object {
	const struct type *type;
	uint32_t number;                        /* 0: part of another object */
};

/* A request, taken apart.  The body lies on a boundary of 8, and not for longer than the method runs. */
struct asked {
	int64_t a, b;
	int timeout_ms;
	uint32_t object;
	const void *body;
	size_t bytes;
};

typedef void method(struct peer *, struct object *, const struct asked *);

struct type {
	struct object *(*make)(struct server *, const struct asked *, int *error);      /* NULL and *error on failure */
	int (*free)(struct object *);                           /* 0 or -EBUSY; who waits is dismissed */
	void (*late)(struct peer *, struct object *);           /* its time is over; NULL: -ETIMEDOUT */
	void (*left)(struct peer *, struct object *);           /* it died while it waited; NULL: nothing to do */
	void (*forget)(struct object *, struct peer *);         /* it died: does it hold anything? */
	method *const *methods;
	unsigned count;
	uint32_t quiet;                                         /* bit m: method m may be posted */
};

extern const struct type manager_list_type, manager_dict_type, manager_lock_type, manager_rlock_type,
	manager_semaphore_type, manager_bounded_semaphore_type, manager_condition_type, manager_event_type,
	manager_barrier_type, manager_queue_type, manager_value_type, manager_array_type;

/* Each request is answered once: at once, or after peer_park().  What may be posted is never parked. */
void peer_answer(struct peer *, int error, int64_t value);
void peer_answer_with(struct peer *, int64_t value, const void *body, size_t bytes);

/* The client waits in this line of the object's; with a timeout of 0, its time is over at once. */
void peer_park(struct peer *, struct object *, struct line *, int timeout_ms);
void peer_unpark(struct peer *);                        /* takes it out of its line, unanswered */
void line_dismiss(struct line *, int error);            /* answers everybody in it */

struct object *server_find(struct server *, uint32_t number);  /* NULL: there is none */

#endif
