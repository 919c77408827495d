/* SPDX-License-Identifier: MIT */
/* test_manager.c -- every type of the manager does what Python's does, and no death, lie or silence of one client or of
 * the server makes anybody else wait.
 *
 * No case asserts that something is fast: one that is late is killed by its alarm.  After each case no child, no thread
 * and no descriptor may be left.
 */
#include "bench/base/clock.h"
#include "lessons/lib/child.h"
#include "lessons/lib/manager.h"
#include "lessons/lib/manager_wire.h"
#include "lessons/lib/shared.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/tests/entries.h"

enum { DEADLINE_S = 60, LONG_MS = 50000, REPEAT = 30 };

/* Of the case that runs.  The client is main's. */
static struct manager *manager;
static struct client *client;

/* What clients in other processes tell the test. */
static struct shared {
	_Atomic int told[64];
	_Atomic unsigned ready;
} *shared;

/* ---- before and after every case ---- */

static unsigned descriptors_before, threads_before;

static int before(void **state)
{
	(void)state;
	alarm(DEADLINE_S);
	memset(shared, 0, sizeof *shared);
	descriptors_before = entries("/proc/self/fd");
	threads_before = entries("/proc/self/task");
	manager = manager_start();
	assert_non_null(manager);
	client = manager_connect(manager);
	assert_non_null(client);
	return 0;
}

static int nothing_is_left(void **state)
{
	(void)state;
	assert_int_equal(entries("/proc/self/fd"), descriptors_before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	while (entries("/proc/self/task") > threads_before)
		usleep(100);
	alarm(0);
	return 0;
}

static int after(void **state)
{
	manager_disconnect(client);
	assert_int_equal(manager_shutdown(manager), 0);
	return nothing_is_left(state);
}

/* ---- helpers ---- */

static struct manager_counts counts(void)
{
	struct manager_counts now;

	assert_int_equal(manager_count(client, &now), 0);
	return now;
}

static void wait_until_parked(uint64_t waiting)
{
	while (counts().waiting != waiting)
		usleep(100);
}

static void wait_until_clients(uint64_t clients)
{
	while (counts().clients != clients)
		usleep(100);
}

static void wait_until_ready(unsigned ready)
{
	while (shared->ready < ready)
		usleep(100);
}

/* A client in a process of its own: runs `what` and leaves the result in shared->told[slot]. */
typedef int what_to_do(struct client *, uint32_t object);

static pid_t fork_client(unsigned slot, what_to_do *what, uint32_t object)
{
	const pid_t parent = getpid(), pid = fork();

	if (pid == 0) {
		die_with(parent);
		struct client *mine = manager_connect(manager);
		shared->told[slot] = mine ? what(mine, object) : -EPIPE;
		shared->ready++;
		_exit(0);
	}
	assert_true(pid > 0);
	return pid;
}

static void join_client(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void kill_client(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
}

static int acquire_and_stay(struct client *mine, uint32_t lock)
{
	int error = manager_rlock_acquire(mine, lock, LONG_MS);

	shared->ready++;
	for (;;)
		pause();
	return error;
}

static int acquire_only(struct client *mine, uint32_t lock) { return manager_rlock_acquire(mine, lock, LONG_MS); }
static int try_acquire(struct client *mine, uint32_t lock) { return manager_rlock_acquire(mine, lock, 0); }
static int release_only(struct client *mine, uint32_t lock) { return manager_rlock_release(mine, lock); }

static int acquire_release(struct client *mine, uint32_t lock)
{
	int error = acquire_only(mine, lock);

	return error ? error : manager_rlock_release(mine, lock);
}

static int in_other(what_to_do *what, uint32_t object)
{
	join_client(fork_client(63, what, object));
	return shared->told[63];
}

/* ---- list, Value, Array ---- */

static void assert_list(uint32_t list, size_t n, const int64_t *right)
{
	int64_t values[64], len;

	assert_int_equal(manager_list_len(client, list, &len), 0);
	assert_int_equal(len, n);
	assert_int_equal(manager_list_slice(client, list, 0, INT64_MAX, values), n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(values[i], right[i]);
}
#define ASSERT_LIST(list, ...) \
	assert_list(list, sizeof (int64_t[]){ __VA_ARGS__ } / sizeof(int64_t), (int64_t[]){ __VA_ARGS__ })

static void test_list(void **state)
{
	int64_t value = 0;
	uint32_t list;

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	assert_list(list, 0, NULL);
	assert_int_equal(manager_list_pop(client, list, -1, &value), -ERANGE);
	assert_int_equal(manager_list_append(client, list, 3), 0);
	assert_int_equal(manager_list_extend(client, list, (int64_t[]){ INT64_MIN, 1, INT64_MAX }, 3), 0);
	assert_int_equal(manager_list_extend(client, list, NULL, 0), 0);
	ASSERT_LIST(list, 3, INT64_MIN, 1, INT64_MAX);
	assert_int_equal(manager_list_get(client, list, -1, &value), 0);
	assert_int_equal(value, INT64_MAX);
	assert_int_equal(manager_list_get(client, list, 0, &value), 0);
	assert_int_equal(value, 3);
	assert_int_equal(manager_list_get(client, list, 4, &value), -ERANGE);
	assert_int_equal(manager_list_get(client, list, -5, &value), -ERANGE);
	assert_int_equal(manager_list_get(client, list, INT64_MIN, &value), -ERANGE);
	assert_int_equal(manager_list_set(client, list, -4, 7), 0);
	assert_int_equal(manager_list_set(client, list, 4, 7), -ERANGE);
	assert_int_equal(manager_list_insert(client, list, 0, 5), 0);
	assert_int_equal(manager_list_insert(client, list, 100, 6), 0);
	assert_int_equal(manager_list_insert(client, list, -100, 4), 0);
	assert_int_equal(manager_list_insert(client, list, -1, 1), 0);
	ASSERT_LIST(list, 4, 5, 7, INT64_MIN, 1, INT64_MAX, 1, 6);
	assert_int_equal(manager_list_remove(client, list, 1), 0);
	assert_int_equal(manager_list_remove(client, list, 2), -ENOENT);
	assert_int_equal(manager_list_index(client, list, 1, &value), 0);
	assert_int_equal(value, 5);
	assert_int_equal(manager_list_index(client, list, 2, &value), -ENOENT);
	assert_int_equal(manager_list_pop(client, list, 1, &value), 0);
	assert_int_equal(value, 5);
	ASSERT_LIST(list, 4, 7, INT64_MIN, INT64_MAX, 1, 6);
	assert_int_equal(manager_list_sort(client, list), 0);
	ASSERT_LIST(list, INT64_MIN, 1, 4, 6, 7, INT64_MAX);
	assert_int_equal(manager_list_reverse(client, list), 0);
	ASSERT_LIST(list, INT64_MAX, 7, 6, 4, 1, INT64_MIN);
	assert_int_equal(manager_list_clear(client, list), 0);
	assert_list(list, 0, NULL);
}

static void test_slices_are_cut_as_python_cuts_them(void **state)
{
	const struct { int64_t begin, end; int n; int64_t first; } cuts[] = {
		{ 0, 5, 5, 0 }, { 1, 3, 2, 1 }, { -2, 5, 2, 3 }, { -2, -1, 1, 3 }, { 3, 1, 0, 0 }, { 5, 9, 0, 0 },
		{ -99, 2, 2, 0 }, { 2, INT64_MAX, 3, 2 }, { INT64_MIN, INT64_MIN, 0, 0 }, { 0, -6, 0, 0 },
	};
	int64_t values[8];
	uint32_t list;

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	assert_int_equal(manager_list_extend(client, list, (int64_t[]){ 0, 1, 2, 3, 4 }, 5), 0);
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		assert_int_equal(manager_list_slice(client, list, cuts[i].begin, cuts[i].end, values), cuts[i].n);
		for (int k = 0; k < cuts[i].n; k++)
			assert_int_equal(values[k], cuts[i].first + k);
	}
}

static void test_large_lists_and_too_large_ones(void **state)
{
	int64_t *values = calloc(MANAGER_ITEMS + 1, sizeof *values);
	uint32_t list;

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	for (int64_t i = 0; i <= MANAGER_ITEMS; i++)
		values[i] = i * i;
	assert_int_equal(manager_list_extend(client, list, values, MANAGER_ITEMS + 1), -EMSGSIZE);
	assert_int_equal(manager_list_extend(client, list, values, MANAGER_ITEMS), 0);
	assert_int_equal(manager_list_append(client, list, -1), 0);
	memset(values, 0, MANAGER_ITEMS * sizeof *values);
	assert_int_equal(manager_list_slice(client, list, 0, INT64_MAX, values), -EMSGSIZE);
	assert_int_equal(manager_list_slice(client, list, 1, INT64_MAX, values), MANAGER_ITEMS);
	for (int64_t i = 1; i < MANAGER_ITEMS; i++)
		assert_int_equal(values[i - 1], i * i);
	assert_int_equal(values[MANAGER_ITEMS - 1], -1);
	free(values);
}

static void test_value_and_array(void **state)
{
	int64_t value, values[4];
	uint32_t i, d, array;

	(void)state;
	assert_int_equal(manager_value(client, 'i', 0, &i), 0);
	assert_int_equal(manager_value_set(client, i, INT_MAX), 0);
	assert_int_equal(manager_value_set(client, i, (int64_t)INT_MAX + 1), -EOVERFLOW);
	assert_int_equal(manager_value_get(client, i, &value), 0);
	assert_int_equal(value, INT_MAX);
	assert_int_equal(manager_value(client, 'd', manager_bits(3.14), &d), 0);
	assert_int_equal(manager_value_get(client, d, &value), 0);
	assert_true(manager_double(value) == 3.14);
	assert_int_equal(manager_value(client, 'x', 0, &d), -EINVAL);
	assert_int_equal(manager_value(client, 'B', -1, &d), -EOVERFLOW);
	assert_int_equal(manager_array(client, 'i', (int64_t[]){ 1, 2, 3, 4 }, 4, &array), 0);
	assert_int_equal(manager_array_set(client, array, -1, 40), 0);
	assert_int_equal(manager_array_set(client, array, 4, 0), -ERANGE);
	assert_int_equal(manager_array_set(client, array, 0, INT64_MIN), -EOVERFLOW);
	assert_int_equal(manager_array_get(client, array, 3, &value), 0);
	assert_int_equal(value, 40);
	assert_int_equal(manager_array_len(client, array, &value), 0);
	assert_int_equal(value, 4);
	assert_int_equal(manager_array_slice(client, array, 1, 3, values), 2);
	assert_int_equal(values[0], 2);
	assert_int_equal(manager_array(client, 'b', (int64_t[]){ 1, 128 }, 2, &array), -EOVERFLOW);
	assert_int_equal(manager_array(client, 'b', NULL, 0, &array), 0);
	assert_int_equal(manager_array_get(client, array, 0, &value), -ERANGE);
}

/* ---- dict, Namespace ---- */

#define ITEMS(...) \
	(struct manager_item[]){ __VA_ARGS__ }, \
	sizeof (struct manager_item[]){ __VA_ARGS__ } / sizeof(struct manager_item)

struct seen { unsigned n; char keys[8][16]; int64_t values[8]; };

static void see(const char *key, int64_t value, void *arg)
{
	struct seen *seen = arg;

	snprintf(seen->keys[seen->n], sizeof seen->keys[0], "%s", key);
	seen->values[seen->n++] = value;
}

static void test_dict(void **state)
{
	struct seen seen = { 0 };
	int64_t value = 0;
	uint32_t dict;

	(void)state;
	assert_int_equal(manager_dict(client, &dict), 0);
	assert_int_equal(manager_dict_items(client, dict, see, &seen), 0);
	assert_int_equal(manager_dict_get(client, dict, "count", &value), -ENOENT);
	assert_int_equal(manager_dict_set(client, dict, "count", INT64_MIN), 0);
	assert_int_equal(manager_dict_set(client, dict, "", 2), 0);
	assert_int_equal(manager_dict_get(client, dict, "count", &value), 0);
	assert_int_equal(value, INT64_MIN);
	assert_int_equal(manager_dict_setdefault(client, dict, "count", 5, &value), 0);
	assert_int_equal(value, INT64_MIN);
	assert_int_equal(manager_dict_setdefault(client, dict, "third", 3, &value), 0);
	assert_int_equal(value, 3);
	assert_int_equal(manager_dict_update(client, dict, ITEMS({ "d", 4 }, { "count", 1 })), 0);
	assert_int_equal(manager_dict_update(client, dict, NULL, 0), 0);
	assert_int_equal(manager_dict_pop(client, dict, "", &value), 0);
	assert_int_equal(value, 2);
	assert_int_equal(manager_dict_del(client, dict, ""), -ENOENT);
	assert_int_equal(manager_dict_len(client, dict, &value), 0);
	assert_int_equal(value, 3);
	assert_int_equal(manager_dict_items(client, dict, see, &seen), 3);
	assert_int_equal(seen.n, 3);
	assert_string_equal(seen.keys[0], "count");
	assert_string_equal(seen.keys[1], "third");
	assert_string_equal(seen.keys[2], "d");
	assert_int_equal(seen.values[0], 1);
	assert_int_equal(seen.values[2], 4);
	assert_int_equal(manager_dict_clear(client, dict), 0);
	assert_int_equal(manager_dict_len(client, dict, &value), 0);
	assert_int_equal(value, 0);
	assert_int_equal(manager_dict_get(client, dict, "d", &value), -ENOENT);
}

/* Against an array that knows better: keys come, go and come again, past every growth. */
static void test_dict_through_thousands_of_changes(void **state)
{
	enum { KEYS = 700 };
	int64_t model[KEYS] = { 0 }, value;
	unsigned seed = 1, live = 0;
	uint32_t dict;
	char key[16];

	(void)state;
	assert_int_equal(manager_dict(client, &dict), 0);
	for (unsigned k = 1; k < 20000; k++) {
		unsigned i = (unsigned)rand_r(&seed) % (k < 10000 ? KEYS : 20);
		snprintf(key, sizeof key, "key %u", i);
		if (rand_r(&seed) % 2) {
			assert_int_equal(manager_dict_set(client, dict, key, k), 0);
			live += model[i] == 0;
			model[i] = k;
		} else {
			value = 0;
			assert_int_equal(manager_dict_pop(client, dict, key, &value), model[i] ? 0 : -ENOENT);
			assert_int_equal(value, model[i]);
			live -= model[i] != 0;
			model[i] = 0;
		}
	}
	assert_int_equal(manager_dict_len(client, dict, &value), 0);
	assert_int_equal(value, live);
	for (unsigned i = 0; i < KEYS; i++) {
		snprintf(key, sizeof key, "key %u", i);
		assert_int_equal(manager_dict_get(client, dict, key, &value), model[i] ? 0 : -ENOENT);
		assert_true(model[i] == 0 || value == model[i]);
	}
}

static void test_namespace(void **state)
{
	int64_t value;
	uint32_t space;

	(void)state;
	assert_int_equal(manager_namespace(client, &space), 0);
	assert_int_equal(manager_namespace_get(client, space, "x", &value), -ENOENT);
	assert_int_equal(manager_namespace_set(client, space, "x", 10), 0);
	assert_int_equal(manager_namespace_get(client, space, "x", &value), 0);
	assert_int_equal(value, 10);
	assert_int_equal(manager_namespace_del(client, space, "x"), 0);
	assert_int_equal(manager_namespace_del(client, space, "x"), -ENOENT);
}

/* ---- objects as such ---- */

static void test_wrong_objects_are_refused(void **state)
{
	uint32_t list, lock;
	int64_t value;

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_dict_get(client, list, "x", &value), -ENXIO);
	assert_int_equal(manager_lock_acquire(client, list, 0), -ENXIO);
	assert_int_equal(manager_list_append(client, lock, 1), -ENXIO);
	assert_int_equal(manager_list_append(client, 0, 1), -ENXIO);
	assert_int_equal(manager_list_append(client, 99, 1), -ENXIO);
	assert_int_equal(manager_list_append(client, UINT32_MAX, 1), -ENXIO);
	assert_int_equal(manager_delete(client, 99), -ENXIO);
	assert_int_equal(manager_delete(client, list), 0);
	assert_int_equal(manager_delete(client, list), -ENXIO);
	assert_int_equal(manager_list_append(client, list, 1), -ENXIO);
	assert_int_equal(counts().objects, 1);
}

static int wait_for_event(struct client *mine, uint32_t event) { return manager_event_wait(mine, event, LONG_MS); }
static int wait_at(struct client *mine, uint32_t barrier) { return manager_barrier_wait(mine, barrier, LONG_MS); }
static int put_9(struct client *mine, uint32_t queue) { return manager_queue_put(mine, queue, 9, LONG_MS); }
static int join_queue(struct client *mine, uint32_t queue) { return manager_queue_join(mine, queue, LONG_MS); }

static int get_any(struct client *mine, uint32_t queue)
{
	int64_t value;
	int error = manager_queue_get(mine, queue, &value, LONG_MS);

	return error ? error : (int)value;
}

static int acquire_semaphore(struct client *mine, uint32_t semaphore)
{
	return manager_semaphore_acquire(mine, semaphore, LONG_MS);
}

static int wait_on_condition(struct client *mine, uint32_t condition)
{
	int error = manager_condition_acquire(mine, condition, LONG_MS);

	if (!error)
		error = manager_condition_wait(mine, condition, LONG_MS);
	if (!error)
		error = manager_condition_release(mine, condition);
	return error;
}

/* Everything that a client can wait for, and a client that waits for it: objects[i] and waits[i] belong together. */
enum { WAITS = 8 };
static what_to_do *const waits[WAITS] = {
	acquire_only, acquire_semaphore, wait_for_event, wait_at, put_9, join_queue, get_any, wait_on_condition,
};

static void make_waits(uint32_t object[WAITS])
{
	assert_int_equal(manager_rlock(client, &object[0]), 0);
	assert_int_equal(manager_rlock_acquire(client, object[0], 0), 0);
	assert_int_equal(manager_semaphore(client, 0, &object[1]), 0);
	assert_int_equal(manager_event(client, &object[2]), 0);
	assert_int_equal(manager_barrier(client, 2, &object[3]), 0);
	assert_int_equal(manager_queue(client, 1, &object[4]), 0);
	assert_int_equal(manager_queue_put(client, object[4], 1, 0), 0);
	object[5] = object[4];
	assert_int_equal(manager_queue(client, 0, &object[6]), 0);
	assert_int_equal(manager_condition(client, 0, &object[7]), 0);
}

static void test_who_waits_for_what_is_deleted_is_told(void **state)
{
	uint32_t object[WAITS];
	pid_t pid[WAITS];

	(void)state;
	make_waits(object);
	for (unsigned i = 0; i < WAITS; i++)
		pid[i] = fork_client(i, waits[i], object[i]);
	wait_until_parked(WAITS);
	for (unsigned i = 0; i < WAITS; i++)
		if (i != 5)
			assert_int_equal(manager_delete(client, object[i]), 0);
	for (unsigned i = 0; i < WAITS; i++) {
		join_client(pid[i]);
		assert_int_equal(shared->told[i], -EIDRM);
	}
}

static void test_who_waits_keeps_nobody_else_waiting(void **state)
{
	uint32_t object[WAITS], list;
	pid_t pid[4 * WAITS];

	(void)state;
	make_waits(object);
	for (unsigned i = 0; i < 4 * WAITS; i++)
		pid[i] = fork_client(i, waits[i % WAITS], i % WAITS == 3 ? object[2] : object[i % WAITS]);
	while (counts().waiting + shared->ready < 4 * WAITS)
		usleep(100);
	assert_int_equal(manager_list(client, &list), 0);
	for (int64_t i = 0; i < 1000; i++)
		assert_int_equal(manager_list_append(client, list, i), 0);
	for (unsigned i = 0; i < 4 * WAITS; i++)
		kill_client(pid[i]);
	wait_until_clients(1);
	assert_int_equal(counts().waiting, 0);
}

/* ---- Lock, RLock, Semaphore ---- */

static void test_lock(void **state)
{
	uint64_t begin_ns;
	uint32_t lock;
	pid_t pid;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_lock_release(client, lock), -EPERM);
	assert_int_equal(manager_lock_acquire(client, lock, MANAGER_FOREVER), 0);
	assert_int_equal(manager_lock_acquire(client, lock, 0), -ETIMEDOUT);
	assert_int_equal(in_other(try_acquire, lock), -ETIMEDOUT);
	begin_ns = clock_ns();
	assert_int_equal(manager_lock_acquire(client, lock, 30), -ETIMEDOUT);
	assert_true(clock_ns() - begin_ns >= 30000000);
	pid = fork_client(0, acquire_release, lock);
	wait_until_parked(1);
	assert_int_equal(manager_lock_release(client, lock), 0);
	join_client(pid);
	assert_int_equal(shared->told[0], 0);
	assert_int_equal(manager_lock_acquire(client, lock, 0), 0);
	assert_int_equal(in_other(release_only, lock), 0);  /* as in Python: anybody may */
	assert_int_equal(manager_lock_release(client, lock), -EPERM);
}

static int append_with_lock(struct client *mine, uint32_t lock)
{
	const int slot = (int)shared->ready++;
	int error = manager_lock_acquire(mine, lock, LONG_MS);

	if (!error)
		error = manager_list_append(mine, lock + 1, slot);
	return error ? error : manager_lock_release(mine, lock);
}

static void test_who_waits_longest_is_served_first(void **state)
{
	uint32_t lock, list;
	pid_t pid[8];

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_list(client, &list), 0);
	assert_int_equal(list, lock + 1);
	assert_int_equal(manager_lock_acquire(client, lock, 0), 0);
	for (unsigned i = 0; i < 8; i++) {
		pid[i] = fork_client(i, append_with_lock, lock);
		wait_until_parked(i + 1);
	}
	kill_client(pid[3]);  /* the line closes where it stood */
	wait_until_parked(7);
	assert_int_equal(manager_lock_release(client, lock), 0);
	for (unsigned i = 0; i < 8; i++)
		if (i != 3)
			join_client(pid[i]);
	ASSERT_LIST(list, 0, 1, 2, 4, 5, 6, 7);
}

static void test_rlock(void **state)
{
	uint32_t lock;

	(void)state;
	assert_int_equal(manager_rlock(client, &lock), 0);
	assert_int_equal(manager_rlock_release(client, lock), -EPERM);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(manager_rlock_acquire(client, lock, 0), 0);
	assert_int_equal(in_other(release_only, lock), -EPERM);
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(in_other(try_acquire, lock), -ETIMEDOUT);
		assert_int_equal(manager_rlock_release(client, lock), 0);
	}
	assert_int_equal(manager_rlock_release(client, lock), -EPERM);
	assert_int_equal(in_other(acquire_release, lock), 0);
}

static void test_semaphores(void **state)
{
	uint32_t semaphore, bounded;
	pid_t pid[3];
	int64_t value;

	(void)state;
	assert_int_equal(manager_semaphore(client, -1, &semaphore), -EINVAL);
	assert_int_equal(manager_semaphore(client, 1, &semaphore), 0);
	assert_int_equal(manager_bounded_semaphore(client, 2, &bounded), 0);
	assert_int_equal(manager_semaphore_release(client, bounded, 1), -EOVERFLOW);
	assert_int_equal(manager_semaphore_acquire(client, bounded, 0), 0);
	assert_int_equal(manager_semaphore_release(client, bounded, 2), -EOVERFLOW);
	assert_int_equal(manager_semaphore_release(client, bounded, 1), 0);
	assert_int_equal(manager_semaphore_value(client, bounded, &value), 0);
	assert_int_equal(value, 2);
	assert_int_equal(manager_semaphore_release(client, semaphore, 0), -EINVAL);
	assert_int_equal(manager_semaphore_release(client, semaphore, 2), 0);
	assert_int_equal(manager_semaphore_release(client, semaphore, INT64_MAX), -EOVERFLOW);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(manager_semaphore_acquire(client, semaphore, 0), 0);
	assert_int_equal(manager_semaphore_acquire(client, semaphore, 0), -ETIMEDOUT);
	assert_int_equal(manager_semaphore_acquire(client, semaphore, 10), -ETIMEDOUT);
	for (unsigned i = 0; i < 3; i++)
		pid[i] = fork_client(i, acquire_semaphore, semaphore);
	wait_until_parked(3);
	assert_int_equal(manager_semaphore_release(client, semaphore, 2), 0);
	wait_until_parked(1);
	assert_int_equal(manager_semaphore_release(client, semaphore, 2), 0);
	for (unsigned i = 0; i < 3; i++)
		join_client(pid[i]);
	assert_int_equal(manager_semaphore_value(client, semaphore, &value), 0);
	assert_int_equal(value, 1);
}

/* ---- Condition, Event, Barrier ---- */

static void test_condition_without_its_lock_is_an_error(void **state)
{
	uint32_t condition, lock, event;

	(void)state;
	assert_int_equal(manager_event(client, &event), 0);
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_condition(client, event, &condition), -ENXIO);
	assert_int_equal(manager_condition(client, 99, &condition), -ENXIO);
	assert_int_equal(manager_condition(client, lock, &condition), 0);
	assert_int_equal(manager_condition_wait(client, condition, 0), -EPERM);
	assert_int_equal(manager_condition_notify(client, condition, 1), -EPERM);
	assert_int_equal(manager_condition_notify_all(client, condition), -EPERM);
	assert_int_equal(manager_condition_release(client, condition), -EPERM);
	assert_int_equal(manager_delete(client, lock), -EBUSY);
	assert_int_equal(manager_lock_acquire(client, lock, 0), 0);  /* it is the condition's */
	assert_int_equal(manager_condition_notify(client, condition, -1), -EINVAL);
	assert_int_equal(manager_condition_notify(client, condition, 1), 0);
	assert_int_equal(manager_condition_release(client, condition), 0);
	assert_int_equal(manager_delete(client, condition), 0);
	assert_int_equal(manager_delete(client, lock), 0);
}

static void test_condition_wait_comes_back_with_the_lock(void **state)
{
	uint32_t lock, condition;

	(void)state;
	assert_int_equal(manager_rlock(client, &lock), 0);
	assert_int_equal(manager_condition(client, lock, &condition), 0);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(manager_condition_acquire(client, condition, 0), 0);
	assert_int_equal(manager_condition_wait(client, condition, 0), -ETIMEDOUT);
	assert_int_equal(manager_condition_wait(client, condition, 10), -ETIMEDOUT);
	assert_int_equal(in_other(try_acquire, lock), -ETIMEDOUT);
	assert_int_equal(manager_rlock_release(client, lock), 0);
	assert_int_equal(in_other(try_acquire, lock), -ETIMEDOUT);  /* it was held twice, and is so again */
	assert_int_equal(manager_rlock_release(client, lock), 0);
	assert_int_equal(in_other(acquire_release, lock), 0);
}

/* The time of one that waits is over while another has the lock: it waits on, for the lock. */
static int wait_10_ms(struct client *mine, uint32_t condition)
{
	int error = manager_condition_acquire(mine, condition, LONG_MS);

	shared->ready++;
	if (!error)
		error = manager_condition_wait(mine, condition, 10);
	return error == -ETIMEDOUT && manager_condition_release(mine, condition) == 0 ? -ETIMEDOUT : -EPROTO;
}

static void test_condition_that_is_late_waits_for_the_lock(void **state)
{
	uint32_t condition;
	pid_t pid;

	(void)state;
	assert_int_equal(manager_condition(client, 0, &condition), 0);
	pid = fork_client(0, wait_10_ms, condition);
	wait_until_ready(1);
	assert_int_equal(manager_condition_acquire(client, condition, LONG_MS), 0);
	usleep(30000);
	assert_int_equal(shared->ready, 1);
	assert_int_equal(manager_condition_release(client, condition), 0);
	join_client(pid);
	assert_int_equal(shared->told[0], -ETIMEDOUT);
}

static void test_notify_wakes_as_many_as_it_says(void **state)
{
	uint32_t condition;
	pid_t pid[6];

	(void)state;
	assert_int_equal(manager_condition(client, 0, &condition), 0);
	for (unsigned i = 0; i < 6; i++)
		pid[i] = fork_client(i, wait_on_condition, condition);
	wait_until_parked(6);
	assert_int_equal(manager_condition_acquire(client, condition, 0), 0);
	assert_int_equal(manager_condition_notify(client, condition, 0), 0);
	assert_int_equal(manager_condition_notify(client, condition, 2), 0);
	assert_int_equal(counts().waiting, 6);  /* those two wait for the lock now */
	assert_int_equal(manager_condition_release(client, condition), 0);
	wait_until_ready(2);
	wait_until_parked(4);
	assert_int_equal(manager_condition_acquire(client, condition, LONG_MS), 0);
	assert_int_equal(manager_condition_notify_all(client, condition), 0);
	assert_int_equal(manager_condition_release(client, condition), 0);
	for (unsigned i = 0; i < 6; i++) {
		join_client(pid[i]);
		assert_int_equal(shared->told[i], 0);
	}
	assert_int_equal(manager_condition_notify(client, condition, 1), -EPERM);
}

static bool is_two(void *arg)
{
	int64_t value = 0;

	return manager_value_get(client, *(uint32_t *)arg, &value) == 0 && value == 2;
}

static int count_to_two(struct client *mine, uint32_t condition)
{
	for (int64_t i = 1; i <= 2; i++) {
		int error = manager_condition_acquire(mine, condition, LONG_MS);
		if (!error)
			error = manager_value_set(mine, condition + 1, i);
		if (!error)
			error = manager_condition_notify_all(mine, condition);
		if (!error)
			error = manager_condition_release(mine, condition);
		if (error)
			return error;
	}
	return 0;
}

static void test_wait_for_a_condition_to_hold(void **state)
{
	uint32_t condition, value;
	pid_t pid;

	(void)state;
	assert_int_equal(manager_condition(client, 0, &condition), 0);
	assert_int_equal(manager_value(client, 'i', 0, &value), 0);
	assert_int_equal(manager_condition_acquire(client, condition, 0), 0);
	assert_int_equal(manager_condition_wait_for(client, condition, is_two, &value, 0), -ETIMEDOUT);
	assert_int_equal(manager_condition_wait_for(client, condition, is_two, &value, 20), -ETIMEDOUT);
	pid = fork_client(0, count_to_two, condition);
	assert_int_equal(manager_condition_wait_for(client, condition, is_two, &value, LONG_MS), 0);
	assert_int_equal(manager_condition_wait_for(client, condition, is_two, &value, 0), 0);
	assert_int_equal(manager_condition_release(client, condition), 0);
	join_client(pid);
	assert_int_equal(shared->told[0], 0);
}

static void test_event(void **state)
{
	uint32_t event;
	pid_t pid[3];

	(void)state;
	assert_int_equal(manager_event(client, &event), 0);
	assert_int_equal(manager_event_is_set(client, event), 0);
	assert_int_equal(manager_event_wait(client, event, 0), -ETIMEDOUT);
	assert_int_equal(manager_event_wait(client, event, 10), -ETIMEDOUT);
	for (unsigned i = 0; i < 3; i++)
		pid[i] = fork_client(i, wait_for_event, event);
	wait_until_parked(3);
	assert_int_equal(manager_event_set(client, event), 0);
	for (unsigned i = 0; i < 3; i++) {
		join_client(pid[i]);
		assert_int_equal(shared->told[i], 0);
	}
	assert_int_equal(manager_event_is_set(client, event), 1);
	assert_int_equal(manager_event_wait(client, event, 0), 0);
	assert_int_equal(manager_event_clear(client, event), 0);
	assert_int_equal(manager_event_wait(client, event, 0), -ETIMEDOUT);
}

static void test_barrier(void **state)
{
	uint32_t barrier;
	int64_t waiting;
	pid_t pid[2];

	(void)state;
	assert_int_equal(manager_barrier(client, 0, &barrier), -EINVAL);
	assert_int_equal(manager_barrier(client, 3, &barrier), 0);
	for (unsigned round = 0; round < 3; round++) {
		for (unsigned i = 0; i < 2; i++) {
			pid[i] = fork_client(i, wait_at, barrier);
			wait_until_parked(i + 1);
		}
		assert_int_equal(manager_barrier_waiting(client, barrier, &waiting), 0);
		assert_int_equal(waiting, 2);
		assert_int_equal(manager_barrier_wait(client, barrier, 0), 2);  /* the last one need not wait */
		for (unsigned i = 0; i < 2; i++) {
			join_client(pid[i]);
			assert_int_equal(shared->told[i], i);
		}
		assert_int_equal(manager_barrier_waiting(client, barrier, &waiting), 0);
		assert_int_equal(waiting, 0);
	}
}

static void break_by_timeout(uint32_t barrier, pid_t victim)
{
	(void)victim;
	assert_int_equal(manager_barrier_wait(client, barrier, 10), -ETIMEDOUT);
}

static void break_by_timeout_0(uint32_t barrier, pid_t victim)
{
	(void)victim;
	assert_int_equal(manager_barrier_wait(client, barrier, 0), -ETIMEDOUT);
}

static void break_by_abort(uint32_t barrier, pid_t victim)
{
	(void)victim;
	assert_int_equal(manager_barrier_abort(client, barrier), 0);
}

static void break_by_death(uint32_t barrier, pid_t victim)
{
	(void)barrier;
	kill(victim, SIGKILL);
}

static void test_broken_barrier(void **state)
{
	void (*const breaks[])(uint32_t, pid_t) = {
		break_by_timeout, break_by_timeout_0, break_by_abort, break_by_death,
	};
	uint32_t barrier;
	pid_t pid[3];

	(void)state;
	assert_int_equal(manager_barrier(client, 5, &barrier), 0);
	for (unsigned b = 0; b < sizeof breaks / sizeof *breaks; b++) {
		for (unsigned i = 0; i < 3; i++)
			pid[i] = fork_client(i, wait_at, barrier);
		wait_until_parked(3);
		breaks[b](barrier, pid[0]);
		for (unsigned i = 1; i < 3; i++) {
			join_client(pid[i]);
			assert_int_equal(shared->told[i], -ECANCELED);
		}
		waitpid(pid[0], NULL, 0);
		assert_int_equal(manager_barrier_is_broken(client, barrier), 1);
		assert_int_equal(manager_barrier_wait(client, barrier, LONG_MS), -ECANCELED);
		assert_int_equal(manager_barrier_reset(client, barrier), 0);
		assert_int_equal(manager_barrier_is_broken(client, barrier), 0);
	}
	pid[0] = fork_client(0, wait_at, barrier);
	wait_until_parked(1);
	assert_int_equal(manager_barrier_reset(client, barrier), 0);  /* it breaks for those who wait, and is whole */
	join_client(pid[0]);
	assert_int_equal(shared->told[0], -ECANCELED);
	assert_int_equal(manager_barrier_is_broken(client, barrier), 0);
}

/* ---- Queue ---- */

static void test_queue(void **state)
{
	uint32_t queue;
	int64_t value;

	(void)state;
	assert_int_equal(manager_queue(client, 2, &queue), 0);
	assert_int_equal(manager_queue_get(client, queue, &value, 0), -ETIMEDOUT);
	assert_int_equal(manager_queue_get(client, queue, &value, 10), -ETIMEDOUT);
	assert_int_equal(manager_queue_task_done(client, queue), -EOVERFLOW);
	assert_int_equal(manager_queue_join(client, queue, 0), 0);
	assert_int_equal(manager_queue_put(client, queue, INT64_MIN, 0), 0);
	assert_int_equal(manager_queue_put(client, queue, 2, 0), 0);
	assert_int_equal(manager_queue_put(client, queue, 3, 0), -ETIMEDOUT);
	assert_int_equal(manager_queue_put(client, queue, 3, 10), -ETIMEDOUT);
	assert_int_equal(manager_queue_size(client, queue, &value), 0);
	assert_int_equal(value, 2);
	assert_int_equal(manager_queue_get(client, queue, &value, 0), 0);
	assert_int_equal(value, INT64_MIN);
	assert_int_equal(manager_queue_join(client, queue, 10), -ETIMEDOUT);
	assert_int_equal(manager_queue_task_done(client, queue), 0);
	assert_int_equal(manager_queue_get(client, queue, &value, 0), 0);
	assert_int_equal(manager_queue_task_done(client, queue), 0);
	assert_int_equal(manager_queue_join(client, queue, 0), 0);
	assert_int_equal(manager_queue_task_done(client, queue), -EOVERFLOW);
}

static void test_queue_grows_and_goes_round(void **state)
{
	int64_t value, put = 0, got = 0;
	uint32_t queue;

	(void)state;
	assert_int_equal(manager_queue(client, 0, &queue), 0);
	for (unsigned round = 1; round < 60; round++) {
		for (unsigned i = 0; i < round; i++)
			assert_int_equal(manager_queue_put(client, queue, put++, 0), 0);
		for (unsigned i = 0; i < round - round / 3; i++) {
			assert_int_equal(manager_queue_get(client, queue, &value, 0), 0);
			assert_int_equal(value, got++);
		}
	}
}

static void test_queue_wakes_who_waits(void **state)
{
	uint32_t queue;
	int64_t value;
	pid_t pid[3];

	(void)state;
	assert_int_equal(manager_queue(client, 1, &queue), 0);
	for (unsigned i = 0; i < 3; i++) {
		pid[i] = fork_client(i, get_any, queue);
		wait_until_parked(i + 1);
	}
	for (unsigned i = 0; i < 3; i++) {  /* never full: each item goes straight to one who waits */
		assert_int_equal(manager_queue_put(client, queue, 10 + i, 0), 0);
		join_client(pid[i]);
		assert_int_equal(shared->told[i], 10 + i);
	}
	pid[0] = fork_client(0, join_queue, queue);
	wait_until_parked(1);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(manager_queue_task_done(client, queue), 0);
	join_client(pid[0]);
	assert_int_equal(shared->told[0], 0);
	assert_int_equal(manager_queue_put(client, queue, 8, 0), 0);
	for (unsigned i = 0; i < 2; i++)
		pid[i] = fork_client(i, put_9, queue);
	wait_until_parked(2);
	kill_client(pid[0]);  /* and what it would have put is dropped */
	wait_until_parked(1);
	for (int64_t right = 8; right <= 9; right++) {
		assert_int_equal(manager_queue_get(client, queue, &value, LONG_MS), 0);
		assert_int_equal(value, right);
	}
	join_client(pid[1]);
	assert_int_equal(manager_queue_get(client, queue, &value, 0), -ETIMEDOUT);
}

/* ---- a client dies ---- */

static void test_holder_dies_and_the_next_is_told_once(void **state)
{
	uint32_t lock;

	(void)state;
	assert_int_equal(manager_rlock(client, &lock), 0);
	for (unsigned k = 0; k < REPEAT; k++) {
		shared->ready = 0;
		pid_t holder = fork_client(0, acquire_and_stay, lock);
		wait_until_ready(1);
		assert_int_equal(manager_rlock_acquire(client, lock, 0), -ETIMEDOUT);
		if (k % 2 == 0) {  /* nobody waits: the next one to come is told */
			kill_client(holder);
			assert_int_equal(manager_rlock_acquire(client, lock, LONG_MS), -EOWNERDEAD);
			assert_int_equal(manager_rlock_release(client, lock), 0);
		} else {
			pid_t next = fork_client(1, acquire_and_stay, lock);
			wait_until_parked(1);
			pid_t after_it = fork_client(2, acquire_release, lock);
			wait_until_parked(2);
			kill_client(holder);
			wait_until_ready(2);
			kill_client(next);
			join_client(after_it);
			assert_int_equal(shared->told[2], -EOWNERDEAD);  /* it left with the lock */
			assert_int_equal(manager_rlock_acquire(client, lock, LONG_MS), -EOWNERDEAD);
			assert_int_equal(manager_rlock_release(client, lock), 0);
		}
		assert_int_equal(manager_rlock_acquire(client, lock, LONG_MS), 0);
		assert_int_equal(manager_rlock_release(client, lock), 0);
	}
	wait_until_clients(1);
}

static void test_who_disconnects_with_a_lock_counts_as_dead(void **state)
{
	struct client *other = manager_connect(manager);
	uint32_t lock;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_lock_acquire(other, lock, 0), 0);
	manager_disconnect(other);
	assert_int_equal(manager_lock_acquire(client, lock, LONG_MS), -EOWNERDEAD);
}

static int hold_condition(struct client *mine, uint32_t condition)
{
	int error = manager_condition_acquire(mine, condition, LONG_MS);

	if (!error)
		error = manager_condition_notify_all(mine, condition);
	shared->ready++;
	for (;;)
		pause();
	return error;
}

static void test_notified_waiter_hears_of_a_dead_holder(void **state)
{
	uint32_t condition;
	pid_t waiter, holder;

	(void)state;
	assert_int_equal(manager_condition(client, 0, &condition), 0);
	waiter = fork_client(0, wait_on_condition, condition);
	wait_until_parked(1);
	holder = fork_client(1, hold_condition, condition);
	wait_until_ready(1);
	kill_client(holder);
	join_client(waiter);
	assert_int_equal(shared->told[0], -EOWNERDEAD);
}

/* What the lock guards: "count" is raised first, then "copy".  Who finds that its last holder died sets the copy. */
static uint32_t count_lock, count_dict;

static int count_for_ever(struct client *mine, uint32_t post)
{
	int64_t count;

	manager_post(mine, post);
	for (;;) {
		int error = manager_lock_acquire(mine, count_lock, LONG_MS);
		if (error == -EOWNERDEAD) {
			error = manager_dict_get(mine, count_dict, "count", &count);
			if (!error)
				error = manager_dict_set(mine, count_dict, "copy", count);
		}
		if (!error)
			error = manager_dict_get(mine, count_dict, "count", &count);
		if (!error)
			error = manager_dict_set(mine, count_dict, "count", count + 1);
		if (!error)
			error = manager_dict_set(mine, count_dict, "copy", count + 1);
		if (!error)
			error = manager_lock_release(mine, count_lock);
		if (error)
			return error;
	}
}

static void test_clients_killed_at_random_moments(void **state)
{
	enum { CROWD = 4 };
	int64_t count, copy, last = 0;
	unsigned seed = 1;

	(void)state;
	assert_int_equal(manager_lock(client, &count_lock), 0);
	assert_int_equal(manager_dict(client, &count_dict), 0);
	assert_int_equal(manager_dict_update(client, count_dict, ITEMS({ "count", 0 }, { "copy", 0 })), 0);
	for (unsigned k = 0; k < 2 * REPEAT; k++) {
		pid_t pid[CROWD];
		for (unsigned i = 0; i < CROWD; i++)
			pid[i] = fork_client(i, count_for_ever, k % 2);
		usleep((unsigned)rand_r(&seed) % 6000);
		for (unsigned i = 0; i < CROWD; i++)
			kill(pid[i], SIGKILL);
		for (unsigned i = 0; i < CROWD; i++)
			waitpid(pid[i], NULL, 0);
		int error = manager_lock_acquire(client, count_lock, LONG_MS);
		assert_true(error == 0 || error == -EOWNERDEAD);
		assert_int_equal(manager_dict_get(client, count_dict, "count", &count), 0);
		assert_int_equal(manager_dict_get(client, count_dict, "copy", &copy), 0);
		assert_true(count == copy || (error == -EOWNERDEAD && count == copy + 1));
		assert_true(count >= last);
		last = count;
		assert_int_equal(manager_dict_set(client, count_dict, "copy", count), 0);
		assert_int_equal(manager_lock_release(client, count_lock), 0);
		wait_until_clients(1);
		assert_int_equal(counts().waiting, 0);
	}
	assert_true(last > 0);
}

static void test_a_child_does_not_keep_its_parents_connection(void **state)
{
	uint32_t lock;
	pid_t holder, grandchild;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	holder = fork();
	if (holder == 0) {
		alarm(DEADLINE_S);
		struct client *mine = manager_connect(manager);
		int error = mine ? manager_lock_acquire(mine, lock, 0) : -EPIPE;
		pid_t child = fork();
		if (child == 0) {  /* it lives on, with whatever it was born with */
			alarm(DEADLINE_S);
			int64_t value;
			shared->told[0] = manager_list_len(mine, lock, &value);
			shared->told[1] = manager_shutdown(manager);
			manager_disconnect(mine);
			shared->ready++;
			for (;;)
				pause();
		}
		shared->told[2] = child;
		while (shared->ready < 1)
			usleep(100);
		_exit(error ? 1 : 0);
	}
	join_client(holder);
	grandchild = shared->told[2];
	assert_int_equal(shared->told[0], -EPIPE);
	assert_int_equal(shared->told[1], -EPERM);
	assert_int_equal(manager_lock_acquire(client, lock, LONG_MS), -EOWNERDEAD);
	kill(grandchild, SIGKILL);
}

/* ---- the server dies, or its parent ---- */

static void test_server_is_killed_and_all_are_told(void **state)
{
	uint32_t object[WAITS], list;
	pid_t pid[WAITS];
	int64_t value;

	(void)state;
	make_waits(object);
	assert_int_equal(manager_list(client, &list), 0);
	for (unsigned i = 0; i < WAITS; i++)
		pid[i] = fork_client(i, waits[i], object[i]);
	wait_until_parked(WAITS);
	kill(manager_pid(manager), SIGKILL);
	for (unsigned i = 0; i < WAITS; i++) {
		join_client(pid[i]);
		assert_int_equal(shared->told[i], -EPIPE);
	}
	assert_int_equal(manager_list_len(client, list, &value), -EPIPE);
	assert_int_equal(manager_list_append(client, list, 1), -EPIPE);
	errno = 0;
	assert_null(manager_connect(manager));
	assert_int_equal(errno, EPIPE);
	manager_disconnect(client);
	assert_int_equal(manager_shutdown(manager), -EPIPE);
}

static int append_for_ever(struct client *mine, uint32_t list)
{
	int error;

	manager_post(mine, shared->told[62]);
	while (!(error = manager_list_append(mine, list, 1)))
		continue;
	return error;
}

static void test_server_is_killed_at_random_moments(void **state)
{
	unsigned seed = 1;

	for (unsigned k = 0; k < REPEAT; k++) {
		uint32_t list;
		pid_t pid[3];
		if (k > 0)
			before(state);
		assert_int_equal(manager_list(client, &list), 0);
		shared->told[62] = k % 2;
		for (unsigned i = 0; i < 3; i++)
			pid[i] = fork_client(i, append_for_ever, list);
		usleep((unsigned)rand_r(&seed) % 5000);
		kill(manager_pid(manager), SIGKILL);
		for (unsigned i = 0; i < 3; i++) {
			join_client(pid[i]);
			assert_int_equal(shared->told[i], -EPIPE);
		}
		manager_disconnect(client);
		assert_int_equal(manager_shutdown(manager), -EPIPE);
		nothing_is_left(state);
	}
}

static void test_shutdown_while_clients_wait(void **state)
{
	uint32_t object[WAITS];
	pid_t pid[WAITS];

	(void)state;
	make_waits(object);
	for (unsigned i = 0; i < WAITS; i++)
		pid[i] = fork_client(i, waits[i], object[i]);
	wait_until_parked(WAITS);
	assert_int_equal(manager_shutdown(manager), 0);
	for (unsigned i = 0; i < WAITS; i++) {
		join_client(pid[i]);
		assert_int_equal(shared->told[i], -EPIPE);
	}
	assert_int_equal(manager_delete(client, object[0]), -EPIPE);
	manager_disconnect(client);
}

/* Waits until that process, which need not be our child, has ended. */
static void wait_for_end(int pidfd)
{
	struct pollfd end = { .fd = pidfd, .events = POLLIN };

	assert_true(pidfd >= 0);
	assert_int_equal(poll(&end, 1, LONG_MS), 1);
	close(pidfd);
}

static void test_no_server_outlives_its_parent(void **state)
{
	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		shared->ready = 0;
		pid_t parent = fork();
		if (parent == 0) {
			alarm(DEADLINE_S);  /* not inherited */
			struct manager *mine = manager_start();
			shared->told[0] = mine ? manager_pid(mine) : 0;
			if (k % 2 && mine)
				manager_connect(mine);
			shared->ready = 1;
			if (k % 3 == 0)
				_exit(0);
			for (;;)
				pause();
		}
		wait_until_ready(1);
		assert_true(shared->told[0] > 0);
		int server = (int)syscall(SYS_pidfd_open, (pid_t)shared->told[0], 0);
		kill(parent, SIGKILL);
		waitpid(parent, NULL, 0);
		if (server >= 0)  /* it may be gone already */
			wait_for_end(server);
	}
}

static void test_server_holds_nothing_of_its_parents(void **state)
{
	struct manager *second;
	char byte;
	int fd[2];

	(void)state;
	assert_int_equal(pipe(fd), 0);
	second = manager_start();
	assert_non_null(second);
	close(fd[1]);
	assert_int_equal(read(fd[0], &byte, 1), 0);  /* or this would wait for the server to close its copy */
	close(fd[0]);
	assert_int_equal(manager_shutdown(second), 0);
}

static void test_two_managers(void **state)
{
	struct manager *second = manager_start();
	struct client *other;
	uint32_t list, first;
	int64_t len;

	(void)state;
	assert_non_null(second);
	other = manager_connect(second);
	assert_int_equal(manager_list(client, &first), 0);
	assert_int_equal(manager_list(other, &list), 0);
	assert_int_equal(manager_list_append(other, list, 1), 0);
	assert_int_equal(manager_list_len(client, first, &len), 0);
	assert_int_equal(len, 0);
	assert_int_equal(manager_shutdown(second), 0);
	assert_int_equal(manager_list_append(other, list, 1), -EPIPE);
	assert_int_equal(manager_list_append(client, first, 1), 0);
	manager_disconnect(other);
}

static void test_descriptors_run_out_at_the_start(void **state)
{
	const unsigned open = entries("/proc/self/fd");
	struct manager *second = NULL;
	struct rlimit limit, few;
	unsigned refused = 0;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &limit);
	few = limit;
	few.rlim_cur = (rlim_t)dup(0);  /* the lowest number that is free: no more from here on */
	close((int)few.rlim_cur);
	while (!second) {  /* every descriptor that it needs is once the missing one */
		setrlimit(RLIMIT_NOFILE, &few);
		errno = 0;
		second = manager_start();
		int error = errno;
		setrlimit(RLIMIT_NOFILE, &limit);
		if (!second) {
			assert_int_equal(error, EMFILE);
			assert_int_equal(entries("/proc/self/fd"), open);
			refused++;
		}
		few.rlim_cur++;
	}
	assert_true(refused > 0);
	assert_int_equal(manager_shutdown(second), 0);
}

static void test_no_process_can_be_had(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0) {
		struct rlimit none = { 1, 1 };
		/* root may pass the limit: be nobody in particular */
		if (setrlimit(RLIMIT_NPROC, &none) < 0 || (geteuid() == 0 && setuid(54322) < 0))
			_exit(1);
		unsigned open = entries("/proc/self/fd");
		errno = 0;
		if (manager_start() || errno != EAGAIN)
			_exit(2);
		_exit(entries("/proc/self/fd") == open ? 0 : 3);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_too_many_clients_are_refused_and_not_kept_waiting(void **state)
{
	struct client *crowd[64];
	struct rlimit few = { 24, 24 };
	unsigned came = 0;
	uint32_t list;

	(void)state;
	assert_int_equal(prlimit(manager_pid(manager), RLIMIT_NOFILE, &few, NULL), 0);
	while (came < 64 && (crowd[came] = manager_connect(manager)))
		came++;
	assert_in_range(came, 5, 24);
	for (unsigned k = 0; k < 10; k++) {
		errno = 0;
		assert_null(manager_connect(manager));
		assert_int_equal(errno, EPIPE);
	}
	assert_int_equal(manager_list(crowd[came - 1], &list), 0);
	manager_disconnect(crowd[--came]);
	wait_until_clients(came + 1);
	crowd[came] = manager_connect(manager);  /* and there is room again */
	assert_non_null(crowd[came]);
	for (unsigned i = 0; i <= came; i++)
		manager_disconnect(crowd[i]);
}

/* ---- threads, signals, posted calls ---- */

static void *count_2000(void *arg)
{
	struct client *mine = manager_connect(manager);
	int64_t count;

	(void)arg;
	manager_post(mine, true);
	for (unsigned i = 0; i < 2000; i++) {
		if (manager_lock_acquire(mine, count_lock, LONG_MS) ||
		    manager_dict_get(mine, count_dict, "count", &count) ||
		    manager_dict_set(mine, count_dict, "count", count + 1) || manager_lock_release(mine, count_lock))
			abort();
	}
	manager_disconnect(mine);
	return NULL;
}

static void test_threads_with_a_connection_each(void **state)
{
	pthread_t thread[8];
	int64_t count;

	(void)state;
	assert_int_equal(manager_lock(client, &count_lock), 0);
	assert_int_equal(manager_dict(client, &count_dict), 0);
	assert_int_equal(manager_dict_set(client, count_dict, "count", 0), 0);
	for (unsigned i = 0; i < 8; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, count_2000, NULL), 0);
	for (unsigned i = 0; i < 8; i++)
		assert_int_equal(pthread_join(thread[i], NULL), 0);
	assert_int_equal(manager_dict_get(client, count_dict, "count", &count), 0);
	assert_int_equal(count, 16000);
}

/* Threads come and go while main forks: no child is born with a connection that nobody knows of. */
static void *come_and_go(void *arg)
{
	while (!shared->ready) {
		struct client *mine = manager_connect(manager);
		if (mine)
			manager_disconnect(mine);
	}
	return arg;
}

static void test_forks_while_threads_connect(void **state)
{
	pthread_t thread;
	pid_t pid[REPEAT];

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, come_and_go, NULL), 0);
	for (unsigned i = 0; i < REPEAT; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			alarm(DEADLINE_S);
			for (;;)
				pause();
		}
		usleep(300);
	}
	shared->ready = 1;
	assert_int_equal(pthread_join(thread, NULL), 0);
	wait_until_clients(1);  /* or a child holds one open */
	for (unsigned i = 0; i < REPEAT; i++)
		kill_client(pid[i]);
}

static void interrupt(int signal_number)
{
	(void)signal_number;
}

static void test_signals_disturb_nobody(void **state)
{
	const struct sigaction action = { .sa_handler = interrupt };  /* without SA_RESTART */
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	const struct itimerspec every = { { 0, 100000 }, { 0, 100000 } };
	int64_t *values = calloc(MANAGER_ITEMS, sizeof *values);
	uint32_t lock, list;
	timer_t timer;

	(void)state;
	sigaction(SIGUSR1, &action, NULL);
	assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
	assert_int_equal(timer_settime(timer, 0, &every, NULL), 0);
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_list(client, &list), 0);
	for (unsigned i = 0; i < 2000; i++) {
		assert_int_equal(manager_lock_acquire(client, lock, LONG_MS), 0);
		assert_int_equal(manager_lock_release(client, lock), 0);
	}
	assert_int_equal(manager_lock_acquire(client, lock, 0), 0);
	assert_int_equal(manager_lock_acquire(client, lock, 20), -ETIMEDOUT);
	values[MANAGER_ITEMS - 1] = 7;
	for (unsigned i = 0; i < 20; i++) {  /* more than a socket holds: some signals find it waiting for room */
		assert_int_equal(manager_list_clear(client, list), 0);
		assert_int_equal(manager_list_extend(client, list, values, MANAGER_ITEMS), 0);
	}
	values[MANAGER_ITEMS - 1] = 0;
	assert_int_equal(manager_list_slice(client, list, 0, MANAGER_ITEMS, values), MANAGER_ITEMS);
	assert_int_equal(values[MANAGER_ITEMS - 1], 7);
	for (unsigned i = 0; i < 20; i++) {
		struct client *other = manager_connect(manager);
		assert_non_null(other);
		manager_disconnect(other);
	}
	timer_delete(timer);
	signal(SIGUSR1, SIG_DFL);
	free(values);
}

static void test_posted_calls(void **state)
{
	uint32_t lock, list, dict;
	int64_t value;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_list(client, &list), 0);
	assert_int_equal(manager_dict(client, &dict), 0);
	manager_post(client, true);
	for (int64_t i = 0; i < 5000; i++)
		assert_int_equal(manager_list_append(client, list, i), 0);
	assert_int_equal(manager_list_len(client, list, &value), 0);
	assert_int_equal(value, 5000);
	assert_int_equal(manager_list_index(client, list, 4999, &value), 0);
	assert_int_equal(value, 4999);
	assert_int_equal(manager_lock_release(client, lock), 0);        /* wrong: it is owed */
	assert_int_equal(manager_list_set(client, list, 9999, 0), 0);   /* wrong, too, but not the first */
	assert_int_equal(manager_list_pop(client, list, 0, &value), -EPERM);
	assert_int_equal(manager_list_pop(client, list, 0, &value), 0);
	assert_int_equal(value, 0);  /* the one before was not carried out */
	assert_int_equal(manager_dict_set(client, dict, "a", 1), 0);
	assert_int_equal(manager_dict_get(client, dict, "a", &value), 0);
	assert_int_equal(value, 1);
	manager_post(client, false);
	assert_int_equal(manager_lock_release(client, lock), -EPERM);
}

static void test_after_a_flush_all_can_see_what_was_posted(void **state)
{
	struct client *other = manager_connect(manager);
	uint32_t list;
	int64_t len;

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	manager_post(client, true);
	for (int64_t k = 1; k <= 100; k++) {
		for (int64_t i = 0; i < 50; i++)
			assert_int_equal(manager_list_append(client, list, i), 0);
		assert_int_equal(manager_flush(client), 0);
		assert_int_equal(manager_list_len(other, list, &len), 0);
		assert_int_equal(len, 50 * k);
	}
	assert_int_equal(manager_list_set(client, list, -1, 0), 0);
	assert_int_equal(manager_list_set(client, list, 9999, 0), 0);
	assert_int_equal(manager_flush(client), -ERANGE);
	assert_int_equal(manager_flush(client), 0);
	manager_disconnect(other);
}

static int post_and_die(struct client *mine, uint32_t lock)
{
	manager_post(mine, true);
	if (manager_lock_acquire(mine, lock, LONG_MS) == 0 && manager_list_append(mine, lock + 1, 1) == 0 &&
	    manager_lock_release(mine, lock) == 0)
		kill(getpid(), SIGKILL);
	return 0;
}

static void test_what_was_posted_is_done_although_the_poster_died(void **state)
{
	uint32_t lock, list;
	int64_t len;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_list(client, &list), 0);
	for (int64_t k = 1; k <= REPEAT; k++) {
		waitpid(fork_client(0, post_and_die, lock), NULL, 0);
		assert_int_equal(manager_lock_acquire(client, lock, LONG_MS), 0);  /* released, not left */
		assert_int_equal(manager_list_len(client, list, &len), 0);
		assert_int_equal(len, k);
		assert_int_equal(manager_lock_release(client, lock), 0);
	}
}

/* ---- awake for a moment, then asleep ---- */

static uint64_t cpu_ns(pid_t pid)
{
	struct timespec used;
	clockid_t clock;

	assert_int_equal(clock_getcpuclockid(pid, &clock), 0);
	assert_int_equal(clock_gettime(clock, &used), 0);
	return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

static void test_who_waits_for_long_uses_no_cpu_time(void **state)
{
	uint64_t server_ns, client_ns;
	uint32_t lock;
	pid_t pid;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_lock_acquire(client, lock, 0), 0);
	pid = fork_client(0, acquire_release, lock);
	wait_until_parked(1);
	usleep(20000);
	server_ns = cpu_ns(manager_pid(manager));
	client_ns = cpu_ns(pid);
	usleep(300000);
	assert_in_range(cpu_ns(manager_pid(manager)) - server_ns, 0, 20000000);
	assert_in_range(cpu_ns(pid) - client_ns, 0, 20000000);
	assert_int_equal(manager_lock_release(client, lock), 0);
	join_client(pid);
	assert_int_equal(shared->told[0], 0);
}

static int acquire_when_told(struct client *mine, uint32_t lock)
{
	shared->ready++;
	while (shared->told[1] == 0)
		continue;  /* awake: what sleeps is the call */
	return acquire_release(mine, lock);
}

/* A letter, and how often it went to sleep. */
static char state_of(pid_t pid, unsigned long *sleeps)
{
	char path[64], line[256], letter = '?';
	FILE *status;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	status = fopen(path, "r");
	assert_non_null(status);
	while (fgets(line, sizeof line, status))
		if (sscanf(line, "State: %c", &letter) != 1)
			sscanf(line, "voluntary_ctxt_switches: %lu", sleeps);
	fclose(status);
	return letter;
}

static void test_a_request_that_is_read_does_not_wake_who_sent_it(void **state)
{
	unsigned long before, now;
	uint32_t lock;
	pid_t pid;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_lock_acquire(client, lock, 0), 0);
	pid = fork_client(0, acquire_when_told, lock);
	wait_until_ready(1);
	assert_int_equal(kill(manager_pid(manager), SIGSTOP), 0);
	while (state_of(manager_pid(manager), &now) != 'T')
		usleep(100);
	shared->told[1] = 1;
	do {
		while (state_of(pid, &before) != 'S')
			usleep(100);
		usleep(20000);
	} while (state_of(pid, &now) != 'S' || now != before);
	assert_int_equal(kill(manager_pid(manager), SIGCONT), 0);
	wait_until_parked(1);
	usleep(20000);
	assert_int_equal(state_of(pid, &now), 'S');
	assert_int_equal(now, before);
	assert_int_equal(manager_lock_release(client, lock), 0);
	join_client(pid);
	assert_int_equal(shared->told[0], 0);
}

/* ---- liars and brutes, on a bare socket ---- */

/* A client, and in *fd its socket. */
static struct client *connect_bare(int *fd)
{
	struct client *bare;

	*fd = dup(0);  /* the lowest number that is free: the one that the client's socket gets */
	close(*fd);
	bare = manager_connect(manager);
	assert_non_null(bare);
	return bare;
}

/* The server has cut it off: that is an end-of-file, or a reset where it had not read all. */
static void assert_cut_off(int fd)
{
	char byte;
	ssize_t got = recv(fd, &byte, 1, 0);

	assert_true(got == 0 || (got < 0 && errno == ECONNRESET));
}

static void assert_server_is_well(void)
{
	uint32_t list;
	int64_t len;

	assert_int_equal(manager_list(client, &list), 0);
	assert_int_equal(manager_list_append(client, list, 1), 0);
	assert_int_equal(manager_list_len(client, list, &len), 0);
	assert_int_equal(len, 1);
	assert_int_equal(manager_delete(client, list), 0);
}

static void test_untrue_lengths_are_refused(void **state)
{
	const uint32_t lengths[] = { 0, 1, sizeof(struct request) - 1, FRAME_MOST + 1, INT32_MAX, UINT32_MAX };

	(void)state;
	for (unsigned i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		const struct request request = { .bytes = lengths[i], .type = SERVER, .method = COUNT };
		int fd;
		struct client *liar = connect_bare(&fd);
		assert_int_equal(send(fd, &request, sizeof request, MSG_NOSIGNAL), sizeof request);
		assert_cut_off(fd);
		assert_server_is_well();
		manager_disconnect(liar);
	}
	wait_until_clients(1);
}

static void test_truncated_requests_block_nobody(void **state)
{
	struct { struct request head; int64_t body[4]; } whole = { { .bytes = sizeof whole, .type = LIST,
		.method = LIST_EXTEND }, { 1, 2, 3, 4 } };
	struct client *liar[sizeof whole];
	uint32_t list;
	int fd;

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	whole.head.object = list;
	for (size_t bytes = 0; bytes < sizeof whole; bytes++) {
		liar[bytes] = connect_bare(&fd);
		assert_int_equal(send(fd, &whole, bytes, MSG_NOSIGNAL), bytes);
		assert_server_is_well();
	}
	whole.head.bytes = FRAME_MOST;  /* and one that says much and sends little */
	struct client *boaster = connect_bare(&fd);
	assert_int_equal(send(fd, &whole, sizeof whole, MSG_NOSIGNAL), sizeof whole);
	assert_server_is_well();
	assert_int_equal(counts().clients, sizeof whole + 2);
	for (size_t bytes = 0; bytes < sizeof whole; bytes++)
		manager_disconnect(liar[bytes]);
	manager_disconnect(boaster);
	wait_until_clients(1);
	assert_list(list, 0, NULL);
}

static void test_requests_byte_by_byte(void **state)
{
	struct { struct request head; int64_t body[40]; } whole = { { .bytes = sizeof whole, .type = LIST,
		.method = LIST_EXTEND }, { 1 } };
	struct reply reply;
	uint32_t list;
	int64_t len;
	int fd;
	struct client *slow = connect_bare(&fd);

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	whole.head.object = list;
	for (size_t i = 0; i < sizeof whole; i++) {
		assert_int_equal(send(fd, (char *)&whole + i, 1, MSG_NOSIGNAL), 1);
		assert_int_equal(manager_list_len(client, list, &len), 0);
	}
	assert_int_equal(recv(fd, &reply, sizeof reply, MSG_WAITALL), sizeof reply);
	assert_int_equal(reply.error, 0);
	assert_int_equal(manager_list_len(client, list, &len), 0);
	assert_int_equal(len, 40);
	manager_disconnect(slow);
}

static void test_who_asks_before_the_answer_is_cut_off(void **state)
{
	struct request acquire = { .bytes = sizeof acquire, .type = LOCK, .method = ACQUIRE, .timeout_ms = -1 };
	const struct request two[2] = { { .bytes = sizeof acquire, .method = COUNT }, { .bytes = sizeof acquire } };
	struct client *hasty;
	uint32_t lock;
	int fd;

	(void)state;
	assert_int_equal(manager_lock(client, &lock), 0);
	assert_int_equal(manager_lock_acquire(client, lock, 0), 0);
	acquire.object = lock;
	hasty = connect_bare(&fd);
	assert_int_equal(send(fd, &acquire, sizeof acquire, MSG_NOSIGNAL), sizeof acquire);
	wait_until_parked(1);
	assert_int_equal(send(fd, &acquire, sizeof acquire, MSG_NOSIGNAL), sizeof acquire);
	assert_cut_off(fd);
	assert_int_equal(counts().waiting, 0);
	manager_disconnect(hasty);
	hasty = connect_bare(&fd);
	assert_int_equal(send(fd, two, sizeof two, MSG_NOSIGNAL), sizeof two);
	assert_cut_off(fd);
	manager_disconnect(hasty);
	assert_server_is_well();
}

static int ask(int fd, struct request request, const void *body, size_t bytes)
{
	struct reply reply;

	request.bytes = (uint32_t)(sizeof request + bytes);
	assert_int_equal(send(fd, &request, sizeof request, MSG_NOSIGNAL | (bytes ? MSG_MORE : 0)), sizeof request);
	if (bytes > 0)
		assert_int_equal(send(fd, body, bytes, MSG_NOSIGNAL), bytes);
	assert_int_equal(recv(fd, &reply, sizeof reply, MSG_WAITALL), sizeof reply);
	assert_int_equal(reply.bytes, sizeof reply);
	return reply.error;
}

static void test_requests_that_make_no_sense(void **state)
{
	const struct packed long_key = { 1, 100 }, no_key = { 1, 0 };
	struct { struct packed packed; char key[4]; } open_key = { { 1, 4 }, "abcd" };
	uint32_t list, dict, lock;
	int fd;
	struct client *liar = connect_bare(&fd);

	(void)state;
	assert_int_equal(manager_list(client, &list), 0);
	assert_int_equal(manager_dict(client, &dict), 0);
	assert_int_equal(manager_lock(client, &lock), 0);
	const struct request method_255 = { .type = UINT16_MAX, .method = 255 }, no_type = { .type = TYPES },
		no_server_method = { .type = SERVER, .method = SERVER_METHODS },
		make_nothing = { .type = SERVER, .method = MAKE, .object = TYPES },
		make_server = { .type = SERVER, .method = MAKE, .object = SERVER },
		no_list_method = { .type = LIST, .method = LIST_METHODS, .object = list },
		extend = { .type = LIST, .method = LIST_EXTEND, .object = list },
		set = { .type = DICT, .method = DICT_SET, .object = dict },
		update = { .type = DICT, .method = DICT_UPDATE, .object = dict },
		make_array = { .type = SERVER, .method = MAKE, .object = ARRAY, .a = 'i' },
		make_value = { .type = SERVER, .method = MAKE, .object = VALUE, .a = 'i' + 256 };

	assert_int_equal(ask(fd, no_type, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, method_255, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, no_server_method, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, make_nothing, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, make_server, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, no_list_method, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, extend, "1234567", 7), -EINVAL);
	assert_int_equal(ask(fd, set, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, set, "ab", 2), -EINVAL);
	assert_int_equal(ask(fd, set, "a\0b", 4), -EINVAL);
	assert_int_equal(ask(fd, update, "abc", 3), -EINVAL);
	assert_int_equal(ask(fd, update, &long_key, sizeof long_key), -EINVAL);
	assert_int_equal(ask(fd, update, &no_key, sizeof no_key), -EINVAL);
	assert_int_equal(ask(fd, update, &open_key, sizeof open_key), -EINVAL);
	assert_int_equal(ask(fd, make_array, "123", 3), -EINVAL);
	assert_int_equal(ask(fd, make_value, NULL, 0), -EINVAL);
	/* what waits cannot be posted: it is refused, and the refusal is owed */
	struct request acquire = { .bytes = sizeof acquire, .type = LOCK, .method = ACQUIRE, .object = lock };
	acquire.posted = 1;
	assert_int_equal(send(fd, &acquire, sizeof acquire, MSG_NOSIGNAL), sizeof acquire);
	acquire.posted = 0;
	assert_int_equal(ask(fd, acquire, NULL, 0), -EINVAL);
	assert_int_equal(ask(fd, acquire, NULL, 0), 0);
	manager_disconnect(liar);
	assert_server_is_well();
}

static void test_garbage(void **state)
{
	unsigned seed = 1;
	uint32_t object[WAITS];

	(void)state;
	make_waits(object);
	for (unsigned k = 0; k < 1500; k++) {
		unsigned char garbage[512];
		struct request *request = (void *)garbage;
		int fd;
		struct client *brute = connect_bare(&fd);
		for (unsigned i = 0; i < sizeof garbage; i++)
			garbage[i] = (unsigned char)rand_r(&seed);
		if (k % 4) {  /* nearly right: so that it comes further */
			request->bytes = (uint32_t)rand_r(&seed) % 256;
			request->type %= TYPES;
			request->method %= 16;
			request->posted %= 2;
			request->object = (uint32_t)rand_r(&seed) % 12;
			request->timeout_ms %= 3;
			request->a %= 100;
		}
		send(fd, garbage, (size_t)rand_r(&seed) % sizeof garbage, MSG_NOSIGNAL);
		manager_disconnect(brute);
	}
	wait_until_clients(1);
	assert_server_is_well();
}

static void test_strangers_are_not_let_in(void **state)
{
	struct sockaddr_un name;
	socklen_t bytes = sizeof name;
	struct request request = { .bytes = sizeof request, .type = SERVER };
	int fd, stranger;
	struct client *friendly = connect_bare(&fd);

	(void)state;
	assert_int_equal(getpeername(fd, (void *)&name, &bytes), 0);
	assert_int_equal(name.sun_path[0], '\0');  /* abstract: in no file system */
	for (uint8_t method = 0; method < SERVER_METHODS; method++) {  /* HELLO with a wrong key, the rest without */
		stranger = socket(AF_UNIX, SOCK_STREAM, 0);
		assert_int_equal(connect(stranger, (void *)&name, bytes), 0);
		request.method = method;
		send(stranger, &request, sizeof request, MSG_NOSIGNAL);
		assert_cut_off(stranger);
		close(stranger);
	}
	manager_disconnect(friendly);
	assert_server_is_well();
}

static void test_who_does_not_read_keeps_nobody_waiting(void **state)
{
	const size_t bytes = sizeof(struct reply) + MANAGER_ITEMS * sizeof(int64_t);
	struct request slice = { .bytes = sizeof slice, .type = LIST, .method = LIST_SLICE, .b = INT64_MAX };
	int64_t *values = calloc(MANAGER_ITEMS, sizeof *values);
	char *frame = malloc(bytes);
	uint32_t list;
	int fd[2];
	struct client *lazy[2] = { connect_bare(&fd[0]), connect_bare(&fd[1]) };

	(void)state;
	for (int64_t i = 0; i < MANAGER_ITEMS; i++)
		values[i] = i * 3;
	assert_int_equal(manager_list(client, &list), 0);
	assert_int_equal(manager_list_extend(client, list, values, MANAGER_ITEMS), 0);
	slice.object = list;
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(send(fd[i], &slice, sizeof slice, MSG_NOSIGNAL), sizeof slice);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(recv(fd[i], frame, 1, MSG_PEEK), 1);  /* it has begun, and is long */
	assert_int_equal(manager_list_clear(client, list), 0);  /* the reply is what the list was */
	assert_server_is_well();
	assert_int_equal(recv(fd[0], frame, bytes, MSG_WAITALL), bytes);
	assert_memory_equal(frame + sizeof(struct reply), values, bytes - sizeof(struct reply));
	assert_int_equal(manager_list_append(lazy[0], list, 1), 0);
	assert_int_equal(send(fd[1], &slice, sizeof slice, MSG_NOSIGNAL), sizeof slice);  /* and reads no more */
	for (unsigned i = 0; i < 2; i++)
		manager_disconnect(lazy[i]);
	wait_until_clients(1);
	assert_server_is_well();
	free(values);
	free(frame);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, before, after)
#define CASE_THAT_ENDS_IT(test) cmocka_unit_test_setup_teardown(test, before, nothing_is_left)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_list),
		CASE(test_slices_are_cut_as_python_cuts_them),
		CASE(test_large_lists_and_too_large_ones),
		CASE(test_value_and_array),
		CASE(test_dict),
		CASE(test_dict_through_thousands_of_changes),
		CASE(test_namespace),
		CASE(test_wrong_objects_are_refused),
		CASE(test_who_waits_for_what_is_deleted_is_told),
		CASE(test_who_waits_keeps_nobody_else_waiting),
		CASE(test_lock),
		CASE(test_who_waits_longest_is_served_first),
		CASE(test_rlock),
		CASE(test_semaphores),
		CASE(test_condition_without_its_lock_is_an_error),
		CASE(test_condition_wait_comes_back_with_the_lock),
		CASE(test_condition_that_is_late_waits_for_the_lock),
		CASE(test_notify_wakes_as_many_as_it_says),
		CASE(test_wait_for_a_condition_to_hold),
		CASE(test_event),
		CASE(test_barrier),
		CASE(test_broken_barrier),
		CASE(test_queue),
		CASE(test_queue_grows_and_goes_round),
		CASE(test_queue_wakes_who_waits),
		CASE(test_holder_dies_and_the_next_is_told_once),
		CASE(test_who_disconnects_with_a_lock_counts_as_dead),
		CASE(test_notified_waiter_hears_of_a_dead_holder),
		CASE(test_clients_killed_at_random_moments),
		CASE(test_a_child_does_not_keep_its_parents_connection),
		CASE_THAT_ENDS_IT(test_server_is_killed_and_all_are_told),
		CASE_THAT_ENDS_IT(test_server_is_killed_at_random_moments),
		CASE_THAT_ENDS_IT(test_shutdown_while_clients_wait),
		CASE(test_no_server_outlives_its_parent),
		CASE(test_server_holds_nothing_of_its_parents),
		CASE(test_two_managers),
		CASE(test_descriptors_run_out_at_the_start),
		CASE(test_no_process_can_be_had),
		CASE(test_too_many_clients_are_refused_and_not_kept_waiting),
		CASE(test_threads_with_a_connection_each),
		CASE(test_forks_while_threads_connect),
		CASE(test_signals_disturb_nobody),
		CASE(test_posted_calls),
		CASE(test_after_a_flush_all_can_see_what_was_posted),
		CASE(test_what_was_posted_is_done_although_the_poster_died),
		CASE(test_who_waits_for_long_uses_no_cpu_time),
		CASE(test_a_request_that_is_read_does_not_wake_who_sent_it),
		CASE(test_untrue_lengths_are_refused),
		CASE(test_truncated_requests_block_nobody),
		CASE(test_requests_byte_by_byte),
		CASE(test_who_asks_before_the_answer_is_cut_off),
		CASE(test_requests_that_make_no_sense),
		CASE(test_garbage),
		CASE(test_strangers_are_not_let_in),
		CASE(test_who_does_not_read_keeps_nobody_waiting),
	};

	shared = shared_make(sizeof *shared);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
