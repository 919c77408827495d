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

#include "bench/base/clock.h"
#include "lessons/lib/manager.h"

#include <sched.h>

enum { FRAME_MOST = 16 << 20 };         /* bytes; a length beyond it is refused before any memory is found for it */

struct request {
	uint32_t bytes;         /* of the whole frame: this header, and the body behind it */
	uint16_t type;
	uint8_t method;         /* of that type: of an object of another kind it is refused */
	uint8_t posted;         /* 1: no reply */
	uint32_t object;        /* SERVER: none */
	int32_t timeout_ms;
	int64_t a, b;
	int64_t cpu;            /* on which the client runs as it sends this: see awake_until_ns() */
};

struct reply {
	uint32_t bytes;         /* of the whole frame */
	int32_t error;          /* 0 or -errno */
	int64_t value;
	int64_t cpu;            /* on which the server runs */
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

/* An end that waits stays awake for a moment, and looks again and again, before it sleeps.  On two idle cores of a
 * virtual machine a round trip took 39 us between two ends that sleep, 7 when one is awake, 3 when both are.  But who
 * stays awake on the core of the one that it waits for is in its way (there 49, and 9 asleep), so each end says where
 * it runs, and sleeps at once if that is where the other was.  (sched_yield() would let the other run, too, but where
 * the core is busy with something else, it gives up ms.) */
enum { SERVER_AWAKE_NS = 20000, CLIENT_AWAKE_NS = 5000 };

static inline uint64_t awake_until_ns(int64_t other_cpu, uint64_t awake_ns)
{
	return other_cpu == sched_getcpu() ? 0 : clock_ns() + awake_ns;
}

/* In the client: sends the request with a body, and waits for the reply; its error is returned, its value left in
 * *value (may be NULL).  Its body is client_body(), until the next call. */
int client_call(struct client *, struct request *, const void *body, size_t bytes, int64_t *value);
/* The same for what may be posted: sends it and does not wait, if the client has asked for that. */
int client_post(struct client *, struct request *, const void *body, size_t bytes);
const void *client_body(const struct client *, size_t *bytes);

/* In the server: serves until `leash` reads end-of-file, which is the parent's shutdown or its death. */
_Noreturn void manager_serve(int listener, int leash, const int64_t key[2]);

#endif
