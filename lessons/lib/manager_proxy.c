/* SPDX-License-Identifier: MIT */
/* manager_proxy.c -- the client's side of every method: arguments into a request, and wait for the reply. */
#include "lessons/lib/manager_wire.h"

#include "bench/base/clock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Most methods: two numbers there, one back. */
static int call(struct client *client, enum type_number type, uint8_t method, uint32_t object, int64_t a, int64_t b,
	int64_t *value)
{
	struct request request = { .type = (uint16_t)type, .method = method, .object = object, .a = a, .b = b };

	return client_call(client, &request, NULL, 0, value);
}

/* A number and some bytes. */
static int call_with(struct client *client, enum type_number type, uint8_t method, uint32_t object, int64_t a,
	const void *body, size_t bytes, int64_t *value)
{
	struct request request = { .type = (uint16_t)type, .method = method, .object = object, .a = a };

	return client_call(client, &request, body, bytes, value);
}

/* What may wait. */
static int call_wait(struct client *client, enum type_number type, uint8_t method, uint32_t object, int64_t a,
	int timeout_ms, int64_t *value)
{
	struct request request = { .type = (uint16_t)type, .method = method, .object = object,
		.timeout_ms = timeout_ms, .a = a };

	return client_call(client, &request, NULL, 0, value);
}

/* What has nothing to say back but an error. */
static int post(struct client *client, enum type_number type, uint8_t method, uint32_t object, int64_t a, int64_t b)
{
	struct request request = { .type = (uint16_t)type, .method = method, .object = object, .a = a, .b = b };

	return client_post(client, &request, NULL, 0);
}

static int post_with(struct client *client, enum type_number type, uint8_t method, uint32_t object, int64_t a,
	const void *body, size_t bytes)
{
	struct request request = { .type = (uint16_t)type, .method = method, .object = object, .a = a };

	return client_post(client, &request, body, bytes);
}

static int make_with(struct client *client, enum type_number type, int64_t a, int64_t b, const void *body, size_t bytes,
	uint32_t *object)
{
	struct request request = { .type = SERVER, .method = MAKE, .object = type, .a = a, .b = b };
	int64_t number;
	int error = client_call(client, &request, body, bytes, &number);

	if (!error)
		*object = (uint32_t)number;
	return error;
}

static int make(struct client *client, enum type_number type, int64_t a, uint32_t *object)
{
	return make_with(client, type, a, 0, NULL, 0, object);
}

/* The error, or the value as an int: for what is small, a count or a yes. */
static int small(int error, int64_t value)
{
	return error ? error : (int)value;
}

int manager_count(struct client *client, struct manager_counts *counts)
{
	size_t bytes;
	int error = call(client, SERVER, COUNT, 0, 0, 0, NULL);

	if (!error)
		memcpy(counts, client_body(client, &bytes), sizeof *counts);
	return error;
}

int manager_flush(struct client *client)
{
	return call(client, SERVER, COUNT, 0, 0, 0, NULL);
}

int manager_delete(struct client *client, uint32_t object)
{
	return call(client, SERVER, DELETE, object, 0, 0, NULL);
}

/* ---- list ---- */

int manager_list(struct client *client, uint32_t *list)
{
	return make(client, LIST, 0, list);
}

int manager_list_append(struct client *client, uint32_t list, int64_t value)
{
	return post(client, LIST, LIST_APPEND, list, value, 0);
}

int manager_list_extend(struct client *client, uint32_t list, const int64_t *values, size_t n)
{
	if (n > MANAGER_ITEMS)
		return -EMSGSIZE;
	return post_with(client, LIST, LIST_EXTEND, list, 0, values, n * sizeof *values);
}

int manager_list_insert(struct client *client, uint32_t list, int64_t index, int64_t value)
{
	return post(client, LIST, LIST_INSERT, list, index, value);
}

int manager_list_get(struct client *client, uint32_t list, int64_t index, int64_t *value)
{
	return call(client, LIST, LIST_GET, list, index, 0, value);
}

int manager_list_set(struct client *client, uint32_t list, int64_t index, int64_t value)
{
	return post(client, LIST, LIST_SET, list, index, value);
}

int manager_list_pop(struct client *client, uint32_t list, int64_t index, int64_t *value)
{
	return call(client, LIST, LIST_POP, list, index, 0, value);
}

int manager_list_remove(struct client *client, uint32_t list, int64_t value)
{
	return call(client, LIST, LIST_REMOVE, list, value, 0, NULL);
}

int manager_list_index(struct client *client, uint32_t list, int64_t value, int64_t *index)
{
	return call(client, LIST, LIST_INDEX, list, value, 0, index);
}

int manager_list_len(struct client *client, uint32_t list, int64_t *len)
{
	return call(client, LIST, LIST_LEN, list, 0, 0, len);
}

static int slice(struct client *client, enum type_number type, uint8_t method, uint32_t object, int64_t begin,
	int64_t end, int64_t *values)
{
	int64_t n;
	size_t bytes;
	int error = call(client, type, method, object, begin, end, &n);
	const void *body = error ? NULL : client_body(client, &bytes);

	if (!error && bytes > 0)
		memcpy(values, body, bytes);
	return small(error, n);
}

int manager_list_slice(struct client *client, uint32_t list, int64_t begin, int64_t end, int64_t *values)
{
	return slice(client, LIST, LIST_SLICE, list, begin, end, values);
}

int manager_list_clear(struct client *client, uint32_t list)
{
	return post(client, LIST, LIST_CLEAR, list, 0, 0);
}

int manager_list_sort(struct client *client, uint32_t list)
{
	return post(client, LIST, LIST_SORT, list, 0, 0);
}

int manager_list_reverse(struct client *client, uint32_t list)
{
	return post(client, LIST, LIST_REVERSE, list, 0, 0);
}

/* ---- dict and Namespace ---- */

int manager_dict(struct client *client, uint32_t *dict)
{
	return make(client, DICT, 0, dict);
}

int manager_dict_get(struct client *client, uint32_t dict, const char *key, int64_t *value)
{
	return call_with(client, DICT, DICT_GET, dict, 0, key, strlen(key) + 1, value);
}

int manager_dict_set(struct client *client, uint32_t dict, const char *key, int64_t value)
{
	return post_with(client, DICT, DICT_SET, dict, value, key, strlen(key) + 1);
}

int manager_dict_setdefault(struct client *client, uint32_t dict, const char *key, int64_t unless, int64_t *value)
{
	return call_with(client, DICT, DICT_SETDEFAULT, dict, unless, key, strlen(key) + 1, value);
}

int manager_dict_pop(struct client *client, uint32_t dict, const char *key, int64_t *value)
{
	return call_with(client, DICT, DICT_POP, dict, 0, key, strlen(key) + 1, value);
}

int manager_dict_del(struct client *client, uint32_t dict, const char *key)
{
	return manager_dict_pop(client, dict, key, NULL);
}

int manager_dict_update(struct client *client, uint32_t dict, const struct manager_item *items, size_t n)
{
	size_t bytes = 0;
	char *body, *to;
	int error;

	for (size_t i = 0; i < n; i++)
		bytes += sizeof(struct packed) + strlen(items[i].key) + 1;
	body = to = malloc(bytes + 1);
	if (!body)
		return -ENOMEM;
	for (size_t i = 0; i < n; i++) {
		struct packed packed = { items[i].value, (uint32_t)strlen(items[i].key) + 1 };
		memcpy(to, &packed, sizeof packed);
		memcpy(to + sizeof packed, items[i].key, packed.key_bytes);
		to += sizeof packed + packed.key_bytes;
	}
	error = post_with(client, DICT, DICT_UPDATE, dict, 0, body, bytes);
	free(body);
	return error;
}

int manager_dict_len(struct client *client, uint32_t dict, int64_t *len)
{
	return call(client, DICT, DICT_LEN, dict, 0, 0, len);
}

int manager_dict_clear(struct client *client, uint32_t dict)
{
	return post(client, DICT, DICT_CLEAR, dict, 0, 0);
}

int manager_dict_items(struct client *client, uint32_t dict, void (*each)(const char *key, int64_t value, void *arg),
	void *arg)
{
	int64_t n;
	size_t bytes;
	int error = call(client, DICT, DICT_ITEMS, dict, 0, 0, &n);
	const char *at = error ? NULL : client_body(client, &bytes);

	for (int64_t i = 0; i < n && !error; i++) {
		struct packed packed;
		memcpy(&packed, at, sizeof packed);
		each(at + sizeof packed, packed.value, arg);
		at += sizeof packed + packed.key_bytes;
	}
	return small(error, n);
}

int manager_namespace(struct client *client, uint32_t *space)
{
	return make(client, NAMESPACE, 0, space);
}

int manager_namespace_get(struct client *client, uint32_t space, const char *name, int64_t *value)
{
	return call_with(client, NAMESPACE, DICT_GET, space, 0, name, strlen(name) + 1, value);
}

int manager_namespace_set(struct client *client, uint32_t space, const char *name, int64_t value)
{
	return post_with(client, NAMESPACE, DICT_SET, space, value, name, strlen(name) + 1);
}

int manager_namespace_del(struct client *client, uint32_t space, const char *name)
{
	return call_with(client, NAMESPACE, DICT_POP, space, 0, name, strlen(name) + 1, NULL);
}

/* ---- Lock, RLock, Semaphore, BoundedSemaphore ---- */

int manager_lock(struct client *client, uint32_t *lock)
{
	return make(client, LOCK, 0, lock);
}

int manager_lock_acquire(struct client *client, uint32_t lock, int timeout_ms)
{
	return call_wait(client, LOCK, ACQUIRE, lock, 0, timeout_ms, NULL);
}

int manager_lock_release(struct client *client, uint32_t lock)
{
	return post(client, LOCK, RELEASE, lock, 0, 0);
}

int manager_rlock(struct client *client, uint32_t *lock)
{
	return make(client, RLOCK, 0, lock);
}

int manager_rlock_acquire(struct client *client, uint32_t lock, int timeout_ms)
{
	return call_wait(client, RLOCK, ACQUIRE, lock, 0, timeout_ms, NULL);
}

int manager_rlock_release(struct client *client, uint32_t lock)
{
	return post(client, RLOCK, RELEASE, lock, 0, 0);
}

int manager_semaphore(struct client *client, int64_t value, uint32_t *semaphore)
{
	return make(client, SEMAPHORE, value, semaphore);
}

int manager_bounded_semaphore(struct client *client, int64_t value, uint32_t *semaphore)
{
	return make(client, BOUNDED_SEMAPHORE, value, semaphore);
}

int manager_semaphore_acquire(struct client *client, uint32_t semaphore, int timeout_ms)
{
	return call_wait(client, SEMAPHORE, SEMAPHORE_ACQUIRE, semaphore, 0, timeout_ms, NULL);
}

int manager_semaphore_release(struct client *client, uint32_t semaphore, int64_t n)
{
	return post(client, SEMAPHORE, SEMAPHORE_RELEASE, semaphore, n, 0);
}

int manager_semaphore_value(struct client *client, uint32_t semaphore, int64_t *value)
{
	return call(client, SEMAPHORE, SEMAPHORE_VALUE, semaphore, 0, 0, value);
}

/* ---- Condition, Event, Barrier ---- */

int manager_condition(struct client *client, uint32_t lock, uint32_t *condition)
{
	return make(client, CONDITION, lock, condition);
}

int manager_condition_acquire(struct client *client, uint32_t condition, int timeout_ms)
{
	return call_wait(client, CONDITION, CONDITION_ACQUIRE, condition, 0, timeout_ms, NULL);
}

int manager_condition_release(struct client *client, uint32_t condition)
{
	return post(client, CONDITION, CONDITION_RELEASE, condition, 0, 0);
}

int manager_condition_wait(struct client *client, uint32_t condition, int timeout_ms)
{
	return call_wait(client, CONDITION, CONDITION_WAIT, condition, 0, timeout_ms, NULL);
}

int manager_condition_wait_for(struct client *client, uint32_t condition, bool (*is_so)(void *arg), void *arg,
	int timeout_ms)
{
	const uint64_t begin_ns = clock_ns();
	int left_ms = timeout_ms, error;

	while (!is_so(arg)) {
		if (timeout_ms >= 0) {
			uint64_t gone_ms = (clock_ns() - begin_ns) / 1000000;
			left_ms = gone_ms < (uint64_t)timeout_ms ? timeout_ms - (int)gone_ms : 0;
		}
		error = left_ms == 0 ? -ETIMEDOUT : manager_condition_wait(client, condition, left_ms);
		if (error)
			return error == -ETIMEDOUT && is_so(arg) ? 0 : error;
	}
	return 0;
}

int manager_condition_notify(struct client *client, uint32_t condition, int64_t n)
{
	return post(client, CONDITION, CONDITION_NOTIFY, condition, n, 0);
}

int manager_condition_notify_all(struct client *client, uint32_t condition)
{
	return manager_condition_notify(client, condition, INT64_MAX);
}

int manager_event(struct client *client, uint32_t *event)
{
	return make(client, EVENT, 0, event);
}

int manager_event_set(struct client *client, uint32_t event)
{
	return post(client, EVENT, EVENT_SET, event, 0, 0);
}

int manager_event_clear(struct client *client, uint32_t event)
{
	return post(client, EVENT, EVENT_CLEAR, event, 0, 0);
}

int manager_event_is_set(struct client *client, uint32_t event)
{
	int64_t is_set;
	int error = call(client, EVENT, EVENT_IS_SET, event, 0, 0, &is_set);

	return small(error, is_set);
}

int manager_event_wait(struct client *client, uint32_t event, int timeout_ms)
{
	return call_wait(client, EVENT, EVENT_WAIT, event, 0, timeout_ms, NULL);
}

int manager_barrier(struct client *client, int64_t parties, uint32_t *barrier)
{
	return make(client, BARRIER, parties, barrier);
}

int manager_barrier_wait(struct client *client, uint32_t barrier, int timeout_ms)
{
	int64_t place;
	int error = call_wait(client, BARRIER, BARRIER_WAIT, barrier, 0, timeout_ms, &place);

	return small(error, place);
}

int manager_barrier_abort(struct client *client, uint32_t barrier)
{
	return call(client, BARRIER, BARRIER_ABORT, barrier, 0, 0, NULL);
}

int manager_barrier_reset(struct client *client, uint32_t barrier)
{
	return call(client, BARRIER, BARRIER_RESET, barrier, 0, 0, NULL);
}

int manager_barrier_waiting(struct client *client, uint32_t barrier, int64_t *waiting)
{
	return call(client, BARRIER, BARRIER_WAITING, barrier, 0, 0, waiting);
}

int manager_barrier_is_broken(struct client *client, uint32_t barrier)
{
	int64_t broken;
	int error = call(client, BARRIER, BARRIER_IS_BROKEN, barrier, 0, 0, &broken);

	return small(error, broken);
}

/* ---- Queue, Value, Array ---- */

int manager_queue(struct client *client, int64_t most, uint32_t *queue)
{
	return make(client, QUEUE, most, queue);
}

int manager_queue_put(struct client *client, uint32_t queue, int64_t value, int timeout_ms)
{
	return call_wait(client, QUEUE, QUEUE_PUT, queue, value, timeout_ms, NULL);
}

int manager_queue_get(struct client *client, uint32_t queue, int64_t *value, int timeout_ms)
{
	return call_wait(client, QUEUE, QUEUE_GET, queue, 0, timeout_ms, value);
}

int manager_queue_size(struct client *client, uint32_t queue, int64_t *size)
{
	return call(client, QUEUE, QUEUE_SIZE, queue, 0, 0, size);
}

int manager_queue_task_done(struct client *client, uint32_t queue)
{
	return post(client, QUEUE, QUEUE_TASK_DONE, queue, 0, 0);
}

int manager_queue_join(struct client *client, uint32_t queue, int timeout_ms)
{
	return call_wait(client, QUEUE, QUEUE_JOIN, queue, 0, timeout_ms, NULL);
}

int manager_value(struct client *client, char typecode, int64_t value, uint32_t *object)
{
	return make_with(client, VALUE, typecode, value, NULL, 0, object);
}

int manager_value_get(struct client *client, uint32_t object, int64_t *value)
{
	return call(client, VALUE, ARRAY_GET, object, 0, 0, value);
}

int manager_value_set(struct client *client, uint32_t object, int64_t value)
{
	return post(client, VALUE, ARRAY_SET, object, 0, value);
}

int manager_array(struct client *client, char typecode, const int64_t *values, size_t n, uint32_t *array)
{
	if (n > MANAGER_ITEMS)
		return -EMSGSIZE;
	return make_with(client, ARRAY, typecode, 0, values, n * sizeof *values, array);
}

int manager_array_get(struct client *client, uint32_t array, int64_t index, int64_t *value)
{
	return call(client, ARRAY, ARRAY_GET, array, index, 0, value);
}

int manager_array_set(struct client *client, uint32_t array, int64_t index, int64_t value)
{
	return post(client, ARRAY, ARRAY_SET, array, index, value);
}

int manager_array_len(struct client *client, uint32_t array, int64_t *len)
{
	return call(client, ARRAY, ARRAY_LEN, array, 0, 0, len);
}

int manager_array_slice(struct client *client, uint32_t array, int64_t begin, int64_t end, int64_t *values)
{
	return slice(client, ARRAY, ARRAY_SLICE, array, begin, end, values);
}
