/* SPDX-License-Identifier: MIT */
/* kernel.h -- the work: n steps, each of which reads a shared object, writes it, or both, through a proxy.
 *
 *   DICT   d["count"] += 1 under a lock          acquire, get, set, release: four messages there, four back
 *   LIST   l.append(k)                           one message there, one back: a call is one step, and needs no lock
 *   LOCK   l.append(len(l)) under a lock         the list is 0, 1, 2 ... if never two are between len and append
 *
 * With the parameter post, calls that have nothing to say back are not waited for: of the four, set and release.
 * The steps are split over the clients.  What a client is, a thread or a process, is the lesson's variants; the objects
 * are in the server's process, and all that a client has is two numbers and a connection.
 */
#include "bench/check.h"
#include "bench/lesson.h"
#include "lessons/lib/manager.h"
#include "lessons/lib/split.h"

#include <string.h>
#include <time.h>

enum { KIND, START, HOLD_US, POST };    /* places in task.param */
enum { DICT, LIST, LOCK, KINDS };       /* values of task.param[KIND] */

/* The answer. */
struct result {
	int64_t count;          /* DICT: d["count"]; else how many items the list has */
	int64_t item[];         /* n of them: the list's first n; DICT: unused, 0 */
};

/* What clients know of the objects. */
struct objects { uint32_t lock, dict, list; };

static inline size_t result_bytes(const struct task *t)
{
	return sizeof(struct result) + t->n * sizeof(int64_t);
}

/* For calls of the manager: 0 or more, or an error that ends the program. */
#define MANAGER(call) manager_said((call), #call)

static inline int manager_said(int result, const char *call)
{
	if (result < 0)
		die("%s: %s", call, strerror(-result));
	return result;
}

static inline struct client *connect_client(const struct task *t, struct manager *manager)
{
	struct client *client = manager_connect(manager);

	if (!client)
		die("no connection to the manager (too many open files? see ulimit -n)");
	manager_post(client, t->param[POST]);
	return client;
}

static inline void make_objects(struct client *client, struct objects *objects)
{
	MANAGER(manager_lock(client, &objects->lock));
	MANAGER(manager_dict(client, &objects->dict));
	MANAGER(manager_list(client, &objects->list));
}

static inline void clear_objects(const struct task *t, struct client *client, const struct objects *objects)
{
	MANAGER(manager_dict_set(client, objects->dict, "count", (int64_t)t->param[START]));
	MANAGER(manager_list_clear(client, objects->list));
	MANAGER(manager_flush(client));  /* or a worker may be there first: no order holds between two connections */
}

static inline void delete_objects(struct client *client, const struct objects *objects)
{
	MANAGER(manager_delete(client, objects->lock));
	MANAGER(manager_delete(client, objects->dict));
	MANAGER(manager_delete(client, objects->list));
}

/* What a step does between reading and writing: nothing, unless the parameter hold_us asks it to sleep. */
static inline void hold(const struct task *t)
{
	const uint64_t us = t->param[HOLD_US];

	if (us > 0)
		SYS(nanosleep(&(struct timespec){ (time_t)(us / 1000000), (long)(us % 1000000 * 1000) }, NULL));
}

static inline void step(const struct task *t, struct client *client, const struct objects *objects, uint64_t k)
{
	int64_t value;

	if (t->param[KIND] == LIST) {
		hold(t);
		MANAGER(manager_list_append(client, objects->list, (int64_t)k));
		return;
	}
	MANAGER(manager_lock_acquire(client, objects->lock, MANAGER_FOREVER));
	if (t->param[KIND] == DICT) {
		MANAGER(manager_dict_get(client, objects->dict, "count", &value));
		hold(t);
		MANAGER(manager_dict_set(client, objects->dict, "count", value + 1));
	} else {
		MANAGER(manager_list_len(client, objects->list, &value));
		hold(t);
		MANAGER(manager_list_append(client, objects->list, value));
	}
	MANAGER(manager_lock_release(client, objects->lock));
}

/* The part of the work that client i of `clients` does. */
static inline void work(const struct task *t, struct client *client, const struct objects *objects, unsigned clients,
	unsigned i)
{
	struct range part = split(t->n, clients, i);

	for (uint64_t k = part.begin; k < part.end; k++)
		step(t, client, objects, k);
	MANAGER(manager_flush(client));  /* or main may ask before the server has heard of our last step */
}

/* Fetches the objects as they are now. */
static inline void read_objects(const struct task *t, struct client *client, const struct objects *objects,
	struct result *result)
{
	memset(result, 0, result_bytes(t));
	if (t->param[KIND] == DICT) {
		MANAGER(manager_dict_get(client, objects->dict, "count", &result->count));
		return;
	}
	MANAGER(manager_list_len(client, objects->list, &result->count));
	MANAGER(manager_list_slice(client, objects->list, 0, (int64_t)t->n, result->item));
}
