/* SPDX-License-Identifier: MIT */
/* manager_wire.h -- private to the manager: what goes over a connection.
 *
 * A frame is a header and a body of any length.  A client sends a request and waits for its reply, one frame each way.
 * A request that has nothing to say back but an error may be posted: then it has no reply, and its error is owed.  That
 * is the reply to the next request that has one, which is not carried out.  Whoever sends anything between a request
 * that has a reply and the reply is broken or hostile, and is cut off.
 */
#ifndef LIB_MANAGER_WIRE_H
#define LIB_MANAGER_WIRE_H

#include "lessons/lib/manager.h"

enum { FRAME_MOST = 16 << 20 };         /* bytes; a length beyond it is refused before any memory is found for it */

struct request {
	uint32_t bytes;         /* of the whole frame: this header, and the body behind it */
	uint16_t type;
	uint8_t method;         /* of that type: of an object of another kind it is refused */
	uint8_t posted;         /* 1: no reply */
	uint32_t object;        /* SERVER: none */
	int32_t timeout_ms;
	int64_t a, b;
};

struct reply {
	uint32_t bytes;         /* of the whole frame */
	int32_t error;          /* 0 or -errno */
	int64_t value;
};

/* An item of a dict in a body: this, and its key behind it, with the '\0' at its end. */
struct packed { int64_t value; uint32_t key_bytes; } __attribute__((packed));

_Static_assert(MANAGER_ITEMS * sizeof(int64_t) + sizeof(struct request) <= FRAME_MOST, "that many fit in a frame");

enum type_number {
	SERVER, LIST, DICT, NAMESPACE, LOCK, RLOCK, SEMAPHORE, BOUNDED_SEMAPHORE, CONDITION, EVENT, BARRIER, QUEUE,
	VALUE, ARRAY, TYPES
};

/* The methods of each type, or of two types that have them in common. */
enum { HELLO, MAKE, DELETE, COUNT, SERVER_METHODS };    /* HELLO: a and b are the key.  MAKE: `object` is the type */
enum {
	LIST_APPEND, LIST_EXTEND, LIST_INSERT, LIST_GET, LIST_SET, LIST_POP, LIST_REMOVE, LIST_INDEX, LIST_LEN,
	LIST_SLICE, LIST_CLEAR, LIST_SORT, LIST_REVERSE, LIST_METHODS
};
enum { DICT_GET, DICT_SET, DICT_SETDEFAULT, DICT_POP, DICT_UPDATE, DICT_LEN, DICT_CLEAR, DICT_ITEMS, DICT_METHODS };
enum { ACQUIRE, RELEASE, LOCK_METHODS };
enum { SEMAPHORE_ACQUIRE, SEMAPHORE_RELEASE, SEMAPHORE_VALUE, SEMAPHORE_METHODS };
enum { CONDITION_ACQUIRE, CONDITION_RELEASE, CONDITION_WAIT, CONDITION_NOTIFY, CONDITION_METHODS };
enum { EVENT_SET, EVENT_CLEAR, EVENT_IS_SET, EVENT_WAIT, EVENT_METHODS };
enum { BARRIER_WAIT, BARRIER_ABORT, BARRIER_RESET, BARRIER_WAITING, BARRIER_IS_BROKEN, BARRIER_METHODS };
enum { QUEUE_PUT, QUEUE_GET, QUEUE_SIZE, QUEUE_TASK_DONE, QUEUE_JOIN, QUEUE_METHODS };
enum { ARRAY_GET, ARRAY_SET, ARRAY_LEN, ARRAY_SLICE, ARRAY_METHODS };

/* In the client: sends the request with a body, and waits for the reply; its error is returned, its value left in
 * *value (may be NULL).  Its body is client_body(), until the next call. */
int client_call(struct client *, struct request *, const void *body, size_t bytes, int64_t *value);
/* The same for what may be posted: sends it and does not wait, if the client has asked for that. */
int client_post(struct client *, struct request *, const void *body, size_t bytes);
const void *client_body(const struct client *, size_t *bytes);

/* In the server: serves until `leash` reads end-of-file, which is the parent's shutdown or its death. */
_Noreturn void manager_serve(int listener, int leash, const int64_t key[2]);

#endif
