/* SPDX-License-Identifier: MIT */
/* manager.h -- objects that live in a process of their own, and clients that ask it for everything they want done.
 *
 *   struct manager *manager = manager_start();              the server process
 *   struct client *client = manager_connect(manager);       in each thread and each process that wants something
 *   uint32_t lock, count;
 *   manager_lock(client, &lock);                            Manager().Lock()
 *   manager_dict(client, &count);                           Manager().dict()
 *   manager_lock_acquire(client, lock, MANAGER_FOREVER);
 *   manager_dict_set(client, count, "count", 10);
 *   manager_lock_release(client, lock);
 *   manager_disconnect(client);
 *   manager_shutdown(manager);
 *
 * The names and the rules are those of Python's Manager(), with one difference: every value is a 64-bit integer.  A
 * proxy is a number, which means the same in every client: store it, send it, hand it to a task.  Whoever has a number
 * and a connection has the object.  Each call is one message there and one back, so whatever one call does is done as
 * one step; what takes two calls (read, then write) needs a lock, or others come between them.
 * Who waits on another core, the server for requests or a client for a reply, stays awake for some us, then sleeps.
 *
 * One connection belongs to one thread, and to the process that made it: a forked child makes its own (its copy of the
 * parent's is closed in the fork).  Connections are Unix sockets under a name that the kernel chose: it is not in the
 * file system, it ends with the server, and only processes of the same user that know the manager's key are let in.
 *
 * Every function returns 0 or a negative error number (a count or an index where it says so):
 *   -EPIPE       the server is gone, or the connection is closed: so it stays
 *   -ETIMEDOUT   the time is over, or it was 0 and the call would have had to wait
 *   -EOWNERDEAD  the lock is yours, but its last holder left without releasing it: what it guards may be half done.
 *                It is told once, to the next holder.
 *   -ENXIO -EIDRM  no such object of this type; it was deleted while the call waited
 *   -ENOENT      no such key, attribute or value
 *   -ERANGE      no such index; -EOVERFLOW: more than the object can take
 *   -EPERM       not yours to release, to wait with or to end
 *   -EINVAL -EMSGSIZE -ENOMEM  an impossible argument; more than MANAGER_ITEMS at once; no memory
 *
 * When a client dies, the server sees the end of its connection.  What the dead one waited for is dropped, the locks
 * that it held go to the next, with -EOWNERDEAD; a barrier at which it waited is broken.  (A semaphore has no holders:
 * what the dead one had acquired is lost.)  When the server dies, all calls return -EPIPE.  The server dies with the
 * thread that started it, and when the parent ends.
 */
#ifndef LIB_MANAGER_H
#define LIB_MANAGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct manager;
struct client;

enum { MANAGER_FOREVER = -1 };          /* as timeout_ms; 0: do not wait */
enum { MANAGER_ITEMS = 1 << 20 };       /* values in one call, either way */

/* ---- the server process ---- */

/* Forks the server; NULL and errno.  Call it before any thread is started: fork() copies the locks of other threads as
 * they stand.  The calling thread must outlive the manager. */
struct manager *manager_start(void);

/* Ends the server, waits for it, and frees the manager; the objects are gone.  0, or -EPIPE when the server had ended
 * before; -EPERM in a process that did not start it. */
int manager_shutdown(struct manager *);

int manager_pid(const struct manager *);

/* A connection for the calling thread; NULL and errno: EPIPE when the server is gone or takes no more clients. */
struct client *manager_connect(struct manager *);

/* Also of a connection that is broken.  Locks that are still held are given up as if the client had died. */
void manager_disconnect(struct client *);

/* From now on, calls that have nothing to say back but an error (append, extend, insert, set, update, clear, sort,
 * reverse, release, notify, task_done) are sent and not waited for: that saves their round trip.  They are done in the
 * order in which they were sent and before anything that this client asks later, even if it dies in between.  An error
 * of theirs is returned by the next call that does wait, which is then not carried out.  Other clients may ask before
 * they are done: whoever tells another "it is there now" flushes first. */
void manager_post(struct client *, bool posts);

/* Waits until all that this client has sent is done; an error that is owed. */
int manager_flush(struct client *);

/* What the server has: connections (this one, too), objects, and clients that wait in a call. */
struct manager_counts { uint64_t clients, objects, waiting; };
int manager_count(struct client *, struct manager_counts *);

/* Nobody but the caller may still want it: who waits for it gets -EIDRM.  -EBUSY: a lock that a Condition uses. */
int manager_delete(struct client *, uint32_t object);

/* ---- list ---- */

/* An index may be negative: -1 is the last item. */
int manager_list(struct client *, uint32_t *list);
int manager_list_append(struct client *, uint32_t list, int64_t value);
int manager_list_extend(struct client *, uint32_t list, const int64_t *values, size_t n);
int manager_list_insert(struct client *, uint32_t list, int64_t index, int64_t value);  /* past an end: at that end */
int manager_list_get(struct client *, uint32_t list, int64_t index, int64_t *value);
int manager_list_set(struct client *, uint32_t list, int64_t index, int64_t value);
int manager_list_pop(struct client *, uint32_t list, int64_t index, int64_t *value);
int manager_list_remove(struct client *, uint32_t list, int64_t value);                  /* the first such */
int manager_list_index(struct client *, uint32_t list, int64_t value, int64_t *index);  /* of the first such */
int manager_list_len(struct client *, uint32_t list, int64_t *len);
/* values[] = list[begin:end], as far as there is a list; returns how many, at most end - begin. */
int manager_list_slice(struct client *, uint32_t list, int64_t begin, int64_t end, int64_t *values);
int manager_list_clear(struct client *, uint32_t list);
int manager_list_sort(struct client *, uint32_t list);
int manager_list_reverse(struct client *, uint32_t list);

/* ---- dict and Namespace ---- */

struct manager_item { const char *key; int64_t value; };

/* Keys are strings; items stay in the order in which their keys came. */
int manager_dict(struct client *, uint32_t *dict);
int manager_dict_get(struct client *, uint32_t dict, const char *key, int64_t *value);
int manager_dict_set(struct client *, uint32_t dict, const char *key, int64_t value);
int manager_dict_setdefault(struct client *, uint32_t dict, const char *key, int64_t unless, int64_t *value);
int manager_dict_pop(struct client *, uint32_t dict, const char *key, int64_t *value);
int manager_dict_del(struct client *, uint32_t dict, const char *key);
int manager_dict_update(struct client *, uint32_t dict, const struct manager_item *items, size_t n);
int manager_dict_len(struct client *, uint32_t dict, int64_t *len);
int manager_dict_clear(struct client *, uint32_t dict);
/* Calls each(key, value, arg) for the items as they were at one moment; returns how many.  The key lives until each()
 * returns, which must not use this client. */
int manager_dict_items(struct client *, uint32_t dict, void (*each)(const char *key, int64_t value, void *arg),
	void *arg);

/* An object with attributes. */
int manager_namespace(struct client *, uint32_t *space);
int manager_namespace_get(struct client *, uint32_t space, const char *name, int64_t *value);
int manager_namespace_set(struct client *, uint32_t space, const char *name, int64_t value);
int manager_namespace_del(struct client *, uint32_t space, const char *name);

/* ---- Lock, RLock, Semaphore, BoundedSemaphore ---- */

/* As in Python, a Lock may be released by anyone (-EPERM only when it is free), an RLock by its holder alone, once for
 * each time that it was acquired.  Whoever waits longest is served next. */
int manager_lock(struct client *, uint32_t *lock);
int manager_lock_acquire(struct client *, uint32_t lock, int timeout_ms);
int manager_lock_release(struct client *, uint32_t lock);
int manager_rlock(struct client *, uint32_t *lock);
int manager_rlock_acquire(struct client *, uint32_t lock, int timeout_ms);
int manager_rlock_release(struct client *, uint32_t lock);

/* -EOVERFLOW: a BoundedSemaphore is released more often than it was acquired. */
int manager_semaphore(struct client *, int64_t value, uint32_t *semaphore);
int manager_bounded_semaphore(struct client *, int64_t value, uint32_t *semaphore);
int manager_semaphore_acquire(struct client *, uint32_t semaphore, int timeout_ms);      /* for both kinds */
int manager_semaphore_release(struct client *, uint32_t semaphore, int64_t n);
int manager_semaphore_value(struct client *, uint32_t semaphore, int64_t *value);

/* ---- Condition, Event, Barrier ---- */

/* With a Lock or an RLock, or with 0: an RLock of its own.  wait() gives the lock up and comes back with it, whatever
 * it returns: -ETIMEDOUT, too.  -EPERM: the caller does not hold the lock. */
int manager_condition(struct client *, uint32_t lock, uint32_t *condition);
int manager_condition_acquire(struct client *, uint32_t condition, int timeout_ms);
int manager_condition_release(struct client *, uint32_t condition);
int manager_condition_wait(struct client *, uint32_t condition, int timeout_ms);
/* Waits until is_so(arg), which is called with the lock held; -ETIMEDOUT: it never was.  An -EOWNERDEAD ends it. */
int manager_condition_wait_for(struct client *, uint32_t condition, bool (*is_so)(void *arg), void *arg,
	int timeout_ms);
int manager_condition_notify(struct client *, uint32_t condition, int64_t n);            /* wakes n, or all there are */
int manager_condition_notify_all(struct client *, uint32_t condition);

int manager_event(struct client *, uint32_t *event);
int manager_event_set(struct client *, uint32_t event);
int manager_event_clear(struct client *, uint32_t event);
int manager_event_is_set(struct client *, uint32_t event);                              /* 1 or 0 */
int manager_event_wait(struct client *, uint32_t event, int timeout_ms);

/* wait() returns the place, 0 to parties - 1, in which the caller came; -ECANCELED: the barrier is broken, since one
 * that waited timed out or died, or by abort().  So it stays until reset().  A party that dies before it comes is
 * nobody to the server: wait with a timeout. */
int manager_barrier(struct client *, int64_t parties, uint32_t *barrier);
int manager_barrier_wait(struct client *, uint32_t barrier, int timeout_ms);
int manager_barrier_abort(struct client *, uint32_t barrier);
int manager_barrier_reset(struct client *, uint32_t barrier);
int manager_barrier_waiting(struct client *, uint32_t barrier, int64_t *waiting);
int manager_barrier_is_broken(struct client *, uint32_t barrier);                       /* 1 or 0 */

/* ---- Queue, Value, Array ---- */

/* most: how many items it holds; 0: no limit.  -ETIMEDOUT is Python's Empty and Full.  join() waits until every item
 * that was put is done; -EOVERFLOW: task_done() more often than that. */
int manager_queue(struct client *, int64_t most, uint32_t *queue);
int manager_queue_put(struct client *, uint32_t queue, int64_t value, int timeout_ms);
int manager_queue_get(struct client *, uint32_t queue, int64_t *value, int timeout_ms);
int manager_queue_size(struct client *, uint32_t queue, int64_t *size);
int manager_queue_task_done(struct client *, uint32_t queue);
int manager_queue_join(struct client *, uint32_t queue, int timeout_ms);

/* typecode, as in Python's array: b B h H i I l q for integers of that C type, d for a double, whose 64 bits are sent
 * as they are (manager_bits, manager_double).  -EOVERFLOW: not a value of that type.  An index may be negative. */
int manager_value(struct client *, char typecode, int64_t value, uint32_t *object);
int manager_value_get(struct client *, uint32_t object, int64_t *value);
int manager_value_set(struct client *, uint32_t object, int64_t value);
int manager_array(struct client *, char typecode, const int64_t *values, size_t n, uint32_t *array);
int manager_array_get(struct client *, uint32_t array, int64_t index, int64_t *value);
int manager_array_set(struct client *, uint32_t array, int64_t index, int64_t value);
int manager_array_len(struct client *, uint32_t array, int64_t *len);
int manager_array_slice(struct client *, uint32_t array, int64_t begin, int64_t end, int64_t *values);

static inline int64_t manager_bits(double d)
{
	union { double d; int64_t bits; } u = { .d = d };
	return u.bits;
}

static inline double manager_double(int64_t bits)
{
	union { int64_t bits; double d; } u = { .bits = bits };
	return u.d;
}

#endif
