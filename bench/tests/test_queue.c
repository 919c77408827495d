/* SPDX-License-Identifier: MIT */
/* test_queue.c -- the queue keeps its promises, and whoever is killed, wherever, takes along only what it had in hand.
 *
 * No case asserts that anything is fast: one that is late is killed by its alarm.  After each case no child, thread or
 * descriptor may be left.  Who shall die in the middle of a copy is given memory that ends in a page that cannot be
 * touched: the fault comes always at the same place, and its handler decides what happens there.
 */
#include "bench/base/clock.h"
#include "bench/check.h"
#include "lessons/lib/child.h"
#include "lessons/lib/queue.h"
#include "lessons/lib/shared.h"

#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>

#include <cmocka.h>

#include "bench/tests/entries.h"

enum { DEADLINE_S = 120, REPEAT = 20, PAGE = 4096, SHORT = 2 * PAGE / 4, LONG = 4 * PAGE, MIB = 1 << 20, MOST = 4096 };

/* What processes tell the test. */
static struct shared {
	_Atomic int ready, result[64];
	_Atomic unsigned got[MOST];
	_Atomic unsigned wrong;
} *shared;
static int gate[2];     /* a pipe: who reads from it stands still until the test writes */

/* ---- before and after every case ---- */

static unsigned descriptors_before, threads_before;

static int before(void **state)
{
	(void)state;
	alarm(DEADLINE_S);
	memset(shared, 0, sizeof *shared);
	descriptors_before = entries("/proc/self/fd");
	threads_before = entries("/proc/self/task");
	SYS(pipe(gate));
	return 0;
}

static int after(void **state)
{
	(void)state;
	SYS(close(gate[0]));
	SYS(close(gate[1]));
	assert_int_equal(entries("/proc/self/fd"), descriptors_before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	while (entries("/proc/self/task") > threads_before)
		usleep(100);
	alarm(0);
	return 0;
}

/* ---- helpers ---- */

static struct queue *make(uint64_t capacity, size_t item_bytes, bool joinable)
{
	struct queue *q = queue_make(capacity, item_bytes, joinable);

	assert_non_null(q);
	return q;
}

static int put(struct queue *q, uint64_t value, int64_t wait_ms)
{
	return queue_put(q, &value, sizeof value, wait_ms);
}

static int get(struct queue *q, uint64_t *value, int64_t wait_ms)
{
	return queue_get(q, value, sizeof *value, NULL, wait_ms);
}

static void gets(struct queue *q, uint64_t expected)
{
	uint64_t value = ~expected;

	assert_int_equal(get(q, &value, QUEUE_WAIT), 0);
	assert_int_equal(value, expected);
}

/* A child that runs role(q, number) and leaves its result in shared->result[number]. */
static pid_t child(int (*role)(struct queue *, unsigned), struct queue *q, unsigned number)
{
	const pid_t parent = getpid();
	pid_t pid = (pid_t)SYS(fork());

	if (pid == 0) {
		die_with(parent);
		shared->result[number] = role(q, number);
		_exit(0);
	}
	return pid;
}

/* How it ended: 0, or the signal. */
static int ended(pid_t pid)
{
	int status;

	SYS(waitpid(pid, &status, 0));
	return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void kill_and_reap(pid_t pid)
{
	SYS(kill(pid, SIGKILL));
	assert_int_equal(ended(pid), SIGKILL);
}

/* Until `count` have announced themselves, and this one of them sleeps in the kernel. */
static void wait_until_asleep(pid_t tid, int count)
{
	char path[32], state = 'R';

	while (shared->ready < count)
		usleep(100);
	snprintf(path, sizeof path, "/proc/%d/stat", (int)tid);
	for (int seen = 0; seen < 3; seen = state == 'S' ? seen + 1 : 0) {
		FILE *file = fopen(path, "r");
		assert_non_null(file);
		assert_int_equal(fscanf(file, "%*d %*s %c", &state), 1);
		fclose(file);
		usleep(500);
	}
}

/* As good as new: full and empty again, in order, by way of every slot. */
static void works(struct queue *q, uint64_t capacity)
{
	uint64_t value;

	for (unsigned round = 0; round < 2; round++) {
		for (uint64_t i = 0; i < capacity; i++)
			assert_int_equal(put(q, i, DEADLINE_S * 1000), 0);
		assert_int_equal(put(q, 0, 0), QUEUE_FULL);
		assert_int_equal(queue_size(q), capacity);
		for (uint64_t i = 0; i < capacity; i++)
			gets(q, i);
		assert_int_equal(get(q, &value, 0), QUEUE_EMPTY);
	}
}

/* ---- one thread ---- */

static void full_empty_and_order(void **state)
{
	(void)state;
	for (uint64_t capacity = 1; capacity < 40; capacity += 6) {
		struct queue *q = make(capacity, sizeof(uint64_t), false);
		assert_true(queue_empty(q));
		works(q, capacity);
		for (uint64_t i = 0; i < capacity; i++)
			assert_int_equal(put(q, i, 0), 0);
		assert_true(queue_full(q) && !queue_empty(q));
		for (uint64_t i = 0; i < 100; i++) {  /* round and round */
			gets(q, i);
			assert_int_equal(put(q, i + capacity, 0), 0);
		}
		queue_free(q);
	}
}

static void sizes(void **state)
{
	static const size_t bytes[] = { 0, 1, 63, 64, PAGE - 1, PAGE, PAGE + 1, LONG, 16 * MIB };
	char *item = malloc(16 * MIB), *found = malloc(16 * MIB);
	struct queue *q = make(2, 16 * MIB, false);
	size_t length;

	(void)state;
	for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
		memset(item, (int)i + 1, 16 * MIB);
		assert_int_equal(queue_put(q, item, bytes[i], 0), 0);
		if (bytes[i] > 0) {
			assert_int_equal(queue_get(q, found, bytes[i] - 1, &length, 0), QUEUE_TOO_LONG);
			assert_int_equal(length, bytes[i]);
			assert_int_equal(queue_size(q), 1);  /* and it is still there */
		}
		assert_int_equal(queue_get(q, found, bytes[i], &length, 0), 0);
		assert_int_equal(length, bytes[i]);
		assert_memory_equal(found, item, length);
	}
	assert_int_equal(queue_put(q, item, 16 * MIB + 1, 0), QUEUE_TOO_LONG);
	assert_true(queue_empty(q));
	queue_free(q);
	q = make(1, 0, false);
	assert_int_equal(queue_put(q, NULL, 0, 0), 0);
	assert_int_equal(queue_put(q, item, 1, 0), QUEUE_TOO_LONG);
	assert_int_equal(queue_get(q, NULL, 0, NULL, 0), 0);
	queue_free(q);
	free(item);
	free(found);
}

static void timeouts(void **state)
{
	struct queue *q = make(1, LONG, true);
	uint64_t value, begin_ns = clock_ns();

	(void)state;
	assert_int_equal(get(q, &value, 30), QUEUE_EMPTY);
	assert_true(clock_ns() - begin_ns >= 30000000);
	assert_int_equal(put(q, 1, 30), 0);
	begin_ns = clock_ns();
	assert_int_equal(put(q, 2, 30), QUEUE_FULL);
	assert_true(clock_ns() - begin_ns >= 30000000);
	begin_ns = clock_ns();
	assert_int_equal(queue_join(q, 30), QUEUE_LATE);
	assert_true(clock_ns() - begin_ns >= 30000000);
	assert_int_equal(queue_join(q, 0), QUEUE_LATE);
	assert_int_equal(get(q, &value, INT64_MAX), 0);
	queue_free(q);
}

static void what_cannot_be_made(void **state)
{
	(void)state;
	errno = 0;
	assert_null(queue_make(0, 1, false));
	assert_int_equal(errno, EINVAL);
	assert_null(queue_make(((uint64_t)1 << 24) + 1, 1, false));
	assert_int_equal(errno, EINVAL);
	assert_null(queue_make(1 << 20, SIZE_MAX, false));
	assert_int_equal(errno, EINVAL);
	assert_null(queue_make(1 << 14, (size_t)1 << 33, false));  /* 2^47 bytes */
	assert_int_equal(errno, ENOMEM);
}

/* ---- waiting and closing: threads and processes ---- */

static int get_one(struct queue *q, unsigned number)
{
	uint64_t value;

	(void)number;
	shared->ready++;
	return get(q, &value, QUEUE_WAIT);
}

static int put_one(struct queue *q, unsigned number)
{
	shared->ready++;
	return put(q, number, QUEUE_WAIT);
}

static int put_long(struct queue *q, unsigned number)
{
	static char item[LONG];

	(void)number;
	shared->ready++;
	return queue_put(q, item, LONG, QUEUE_WAIT);
}

static int join_one(struct queue *q, unsigned number)
{
	(void)number;
	shared->ready++;
	return queue_join(q, QUEUE_WAIT);
}

static void closing_drains(void **state)
{
	struct queue *q = make(3, sizeof(uint64_t), false);
	uint64_t value;

	(void)state;
	put(q, 1, 0);
	put(q, 2, 0);
	queue_close(q);
	queue_close(q);
	assert_int_equal(put(q, 3, 0), QUEUE_CLOSED);
	assert_int_equal(put(q, 3, QUEUE_WAIT), QUEUE_CLOSED);
	gets(q, 1);
	gets(q, 2);
	assert_int_equal(get(q, &value, 0), QUEUE_CLOSED);
	assert_int_equal(get(q, &value, QUEUE_WAIT), QUEUE_CLOSED);
	queue_reopen(q);
	works(q, 3);
	queue_free(q);
}

struct sleeper {
	struct queue *q;
	int (*role)(struct queue *, unsigned);
	unsigned number;
	_Atomic pid_t tid;
};

static void *sleeper(void *arg)
{
	struct sleeper *s = arg;

	s->tid = gettid();
	shared->result[s->number] = s->role(s->q, s->number);
	return NULL;
}

static void closing_wakes(struct queue *q, int (*role)(struct queue *, unsigned), bool threads)
{
	enum { SLEEPERS = 5 };
	struct sleeper s[SLEEPERS];
	pthread_t thread[SLEEPERS];
	pid_t pid[SLEEPERS];

	shared->ready = 0;
	for (unsigned i = 0; i < SLEEPERS; i++) {
		s[i] = (struct sleeper){ q, role, i, 0 };
		if (threads)
			OK(pthread_create(&thread[i], NULL, sleeper, &s[i]));
		else
			pid[i] = child(role, q, i);
	}
	for (unsigned i = 0; i < SLEEPERS; i++) {
		while (threads && s[i].tid == 0)
			usleep(100);
		wait_until_asleep(threads ? s[i].tid : pid[i], SLEEPERS);
	}
	queue_close(q);
	for (unsigned i = 0; i < SLEEPERS; i++) {
		if (threads)
			OK(pthread_join(thread[i], NULL));
		else
			assert_int_equal(ended(pid[i]), 0);
		assert_int_equal(shared->result[i], QUEUE_CLOSED);
	}
	queue_reopen(q);
}

static void closing_wakes_sleepers(void **state)
{
	struct queue *q = make(1, sizeof(uint64_t), false);

	(void)state;
	for (int threads = 0; threads < 2; threads++) {
		closing_wakes(q, get_one, threads);
		put(q, 1, 0);
		closing_wakes(q, put_one, threads);
		gets(q, 1);
	}
	works(q, 1);
	queue_free(q);
}

static void do_nothing(int signal_number)
{
	(void)signal_number;
}

static void a_signal_does_not_end_a_wait(void **state)
{
	struct queue *q = make(1, sizeof(uint64_t), false);
	struct sigaction handler = { .sa_handler = do_nothing }, old;
	struct sleeper s = { q, get_one, 0, 0 };
	pthread_t thread;

	(void)state;
	shared->result[0] = 1;
	SYS(sigaction(SIGUSR1, &handler, &old));
	OK(pthread_create(&thread, NULL, sleeper, &s));
	while (s.tid == 0)
		usleep(100);
	for (int i = 0; i < 5; i++) {
		wait_until_asleep(s.tid, 1);
		OK(pthread_kill(thread, SIGUSR1));
	}
	wait_until_asleep(s.tid, 1);
	assert_int_equal(shared->result[0], 1);
	put(q, 1, 0);
	OK(pthread_join(thread, NULL));
	assert_int_equal(shared->result[0], 0);
	SYS(sigaction(SIGUSR1, &old, NULL));
	queue_free(q);
}

/* ---- many ---- */

enum { PUTTERS = 4, EACH = 200 };

/* Items say who put them and the how-manieth they are; every fifth one is long. */
static int put_many(struct queue *q, unsigned number)
{
	uint64_t item[LONG / 8] = { 0 };

	for (unsigned i = 0; i < EACH; i++) {
		size_t bytes = i % 5 == 0 ? LONG : 16;
		item[0] = number;
		item[1] = i;
		if (bytes == LONG)
			item[LONG / 8 - 1] = i;
		int error = queue_put(q, item, bytes, QUEUE_WAIT);
		if (error)
			return error;
	}
	return 0;
}

static int get_many(struct queue *q, unsigned number)
{
	uint64_t item[LONG / 8], next[PUTTERS] = { 0 };
	size_t bytes;
	int error;

	(void)number;
	while (!(error = queue_get(q, item, sizeof item, &bytes, QUEUE_WAIT))) {
		if (item[0] >= PUTTERS || item[1] >= EACH || item[1] < next[item[0]]
			|| bytes != (item[1] % 5 == 0 ? LONG : 16)
			|| (bytes == LONG && item[LONG / 8 - 1] != item[1])) {
			shared->wrong++;
			continue;
		}
		next[item[0]] = item[1] + 1;
		shared->got[item[0] * EACH + item[1]]++;
	}
	return error;
}

static void everyone_puts_and_gets(struct queue *q, bool threads)
{
	struct sleeper s[2 * PUTTERS];
	pthread_t thread[2 * PUTTERS];
	pid_t pid[2 * PUTTERS];

	memset(shared, 0, sizeof *shared);
	for (unsigned i = 0; i < 2 * PUTTERS; i++) {
		s[i] = (struct sleeper){ q, i < PUTTERS ? put_many : get_many, i, 0 };
		if (threads)
			OK(pthread_create(&thread[i], NULL, sleeper, &s[i]));
		else
			pid[i] = child(s[i].role, q, i);
	}
	for (unsigned i = 0; i < 2 * PUTTERS; i++) {
		if (i == PUTTERS)
			queue_close(q);
		if (threads)
			OK(pthread_join(thread[i], NULL));
		else
			assert_int_equal(ended(pid[i]), 0);
		assert_int_equal(shared->result[i], i < PUTTERS ? 0 : QUEUE_CLOSED);
	}
	assert_int_equal(shared->wrong, 0);
	for (unsigned i = 0; i < PUTTERS * EACH; i++)
		assert_int_equal(shared->got[i], 1);
	queue_reopen(q);
}

static void many_each_once_and_in_order(void **state)
{
	static const uint64_t capacity[] = { 1, 3, 100 };

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		struct queue *q = make(capacity[i], LONG, false);
		everyone_puts_and_gets(q, true);
		everyone_puts_and_gets(q, false);
		works(q, capacity[i]);
		queue_free(q);
	}
}

static int put_large(struct queue *q, unsigned number)
{
	char *item = malloc(16 * MIB);

	memset(item, 'a' + (int)number, 16 * MIB);
	return queue_put(q, item, 16 * MIB, QUEUE_WAIT);
}

static void join_before_drain(void **state)  /* row 14: Python's queue hangs */
{
	struct queue *q = make(4, 16 * MIB, false);
	char *item = malloc(16 * MIB);
	size_t bytes;

	(void)state;
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(ended(child(put_large, q, i)), 0);
	assert_true(queue_full(q));
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(queue_get(q, item, 16 * MIB, &bytes, 0), 0);
		assert_int_equal(bytes, 16 * MIB);
		assert_int_equal(item[0], 'a' + (int)i);
		assert_memory_equal(item, item + 1, bytes - 1);
	}
	free(item);
	queue_free(q);
}

/* ---- deaths ---- */

static char *hidden;    /* the page that cannot be touched; global because a signal handler has nothing else */

/* Memory of so many bytes, of which the last page cannot be touched. */
static char *half_an_item(size_t bytes)
{
	char *memory = shared_make(bytes + PAGE);

	hidden = memory + (bytes - 1) / PAGE * PAGE;
	SYS(mprotect(hidden, PAGE, PROT_NONE));
	return memory;
}

static void die_here(int signal_number)
{
	(void)signal_number;
	kill(getpid(), SIGKILL);
}

static void stand_still(int signal_number)
{
	char byte;

	(void)signal_number;
	shared->ready++;
	if (read(gate[0], &byte, 1) != 1)
		_exit(1);
	SYS(mprotect(hidden, PAGE, PROT_READ | PROT_WRITE));  /* and goes on where it was */
}

/* These fault in the middle of the copy. */
static int put_half(struct queue *q, size_t bytes, void (*there)(int))
{
	signal(SIGSEGV, there);
	return queue_put(q, half_an_item(bytes), bytes, QUEUE_WAIT);
}

static int get_half(struct queue *q, size_t bytes, void (*there)(int))
{
	signal(SIGSEGV, there);
	return queue_get(q, half_an_item(bytes), bytes, NULL, QUEUE_WAIT);
}

/* So does a short item that lies across the border. */
static int die_putting_short(struct queue *q, unsigned number)
{
	char *item = half_an_item(2 * PAGE) + PAGE - SHORT / 2;

	(void)number;
	signal(SIGSEGV, die_here);
	return queue_put(q, item, SHORT, QUEUE_WAIT);
}

static int die_getting_short(struct queue *q, unsigned number)
{
	char *item = half_an_item(2 * PAGE) + PAGE - SHORT / 2;

	(void)number;
	signal(SIGSEGV, die_here);
	return queue_get(q, item, SHORT, NULL, QUEUE_WAIT);
}

static int die_putting_long(struct queue *q, unsigned number)
{
	(void)number;
	return put_half(q, LONG, die_here);
}

static int die_getting_long(struct queue *q, unsigned number)
{
	(void)number;
	return get_half(q, LONG, die_here);
}

static int stop_putting_long(struct queue *q, unsigned number)
{
	(void)number;
	return put_half(q, LONG, stand_still);
}

static int stop_getting_long(struct queue *q, unsigned number)
{
	(void)number;
	return get_half(q, LONG, stand_still);
}

static void die_putting(void **state)  /* rows 12 and 16 */
{
	static char item[LONG];

	(void)state;
	for (uint64_t capacity = 1; capacity < 4; capacity++) {
		struct queue *q = make(capacity, LONG, false);
		for (unsigned i = 0; i < REPEAT; i++) {
			assert_int_equal(ended(child(i % 2 ? die_putting_long : die_putting_short, q, 0)), SIGKILL);
			assert_int_equal(queue_size(q), 0);  /* not put */
			if (i % 3 == 0) {  /* the first to come is a short one, a long one, or a get */
				works(q, capacity);
			} else if (i % 3 == 1) {
				assert_int_equal(queue_put(q, item, LONG, 0), 0);
				assert_int_equal(queue_get(q, item, LONG, NULL, 0), 0);
			} else {
				assert_int_equal(queue_get(q, item, LONG, NULL, 0), QUEUE_EMPTY);
			}
			works(q, capacity);
		}
		queue_free(q);
	}
}

static void die_getting(void **state)
{
	static char item[LONG];

	(void)state;
	for (uint64_t capacity = 1; capacity < 4; capacity++) {
		struct queue *q = make(capacity, LONG, false);
		for (unsigned i = 0; i < REPEAT; i++) {
			size_t bytes = i % 2 ? LONG : SHORT;
			assert_int_equal(queue_put(q, item, bytes, 0), 0);
			assert_int_equal(ended(child(i % 2 ? die_getting_long : die_getting_short, q, 0)), SIGKILL);
			if (bytes == SHORT)  /* under the lock: it was not taken */
				assert_int_equal(queue_get(q, item, LONG, NULL, 0), 0);
			works(q, capacity);
		}
		queue_free(q);
	}
}

/* The only slot is in the hands of one that dies while another waits for it. */
static void die_copying_while_one_waits(void **state)
{
	static char item[LONG];

	(void)state;
	for (unsigned i = 0; i < REPEAT; i++) {
		struct queue *q = make(1, LONG, false);
		shared->ready = 0;
		if (i % 2)
			assert_int_equal(queue_put(q, item, LONG, 0), 0);
		pid_t copyist = child(i % 2 ? stop_getting_long : stop_putting_long, q, 0);
		wait_until_asleep(copyist, 1);
		assert_int_equal(queue_size(q), 0);
		assert_int_equal(put(q, 1, 0), QUEUE_FULL);  /* no room, and no waiting for the copyist */
		assert_int_equal(put(q, 1, 20), QUEUE_FULL);
		pid_t waits = child(i % 4 < 2 ? put_one : put_long, q, 1);
		wait_until_asleep(waits, 2);
		kill_and_reap(copyist);
		assert_int_equal(ended(waits), 0);
		assert_int_equal(shared->result[1], 0);
		assert_int_equal(queue_get(q, item, LONG, NULL, 0), 0);
		works(q, 1);
		queue_free(q);
	}
}

/* A long copy holds up nobody, and is complete before its item can be got. */
static void a_long_copy_holds_up_nobody(void **state)
{
	struct queue *q = make(3, LONG, false);
	uint64_t value;

	(void)state;
	pid_t copyist = child(stop_putting_long, q, 0);
	wait_until_asleep(copyist, 1);
	for (uint64_t i = 0; i < 10; i++) {
		assert_int_equal(put(q, i, 0), 0);
		assert_int_equal(put(q, i + 1, 0), 0);
		assert_int_equal(put(q, i + 2, 0), QUEUE_FULL);
		gets(q, i);
		gets(q, i + 1);
		assert_int_equal(get(q, &value, 0), QUEUE_EMPTY);
	}
	kill_and_reap(copyist);
	works(q, 3);
	queue_free(q);
}


/* Closed while a long item is half in: either it is refused, or somebody can get it. */
static void closed_in_the_middle_of_a_put(void **state)
{
	struct queue *q = make(1, LONG, false);
	static char item[LONG];

	(void)state;
	pid_t copyist = child(stop_putting_long, q, 0);
	wait_until_asleep(copyist, 1);
	queue_close(q);
	assert_int_equal(queue_get(q, item, LONG, NULL, QUEUE_WAIT), QUEUE_CLOSED);
	SYS(write(gate[1], "!", 1));
	assert_int_equal(ended(copyist), 0);
	assert_int_equal(shared->result[0], QUEUE_CLOSED);
	assert_int_equal(queue_get(q, item, LONG, NULL, QUEUE_WAIT), QUEUE_CLOSED);
	queue_reopen(q);
	works(q, 1);
	queue_free(q);
}

/* Who waits for the slot of a slow copyist gets it when that one is done. */
static void a_slow_copy_ends(void **state)
{
	struct queue *q = make(1, LONG, false);
	static char item[LONG];

	(void)state;
	assert_int_equal(queue_put(q, item, LONG, 0), 0);
	pid_t copyist = child(stop_getting_long, q, 0);
	wait_until_asleep(copyist, 1);
	pid_t putter = child(put_long, q, 1);
	wait_until_asleep(putter, 2);
	SYS(write(gate[1], "!", 1));
	assert_int_equal(ended(copyist), 0);
	assert_int_equal(ended(putter), 0);
	assert_int_equal(shared->result[0], 0);
	assert_int_equal(shared->result[1], 0);
	assert_int_equal(queue_get(q, item, LONG, NULL, 0), 0);
	works(q, 1);
	queue_free(q);
}

static void killed_in_their_sleep(void **state)  /* row 2: a condition variable of glibc hangs here */
{
	struct queue *q = make(1, sizeof(uint64_t), true);

	(void)state;
	for (unsigned i = 0; i < REPEAT; i++) {
		int (*role)(struct queue *, unsigned) = i % 3 == 0 ? get_one : i % 3 == 1 ? put_one : join_one;
		shared->ready = 0;
		if (role != get_one)
			assert_int_equal(put(q, 7, 0), 0);
		pid_t doomed = child(role, q, 0);  /* sleeps in the room */
		wait_until_asleep(doomed, 1);
		pid_t next = child(role, q, 1);    /* stands in line */
		wait_until_asleep(next, 2);
		kill_and_reap(doomed);
		wait_until_asleep(next, 2);
		if (role == get_one) {
			assert_int_equal(put(q, 1, 0), 0);
		} else {
			gets(q, 7);
			assert_int_equal(queue_task_done(q), 0);
		}
		if (role == get_one) {
			assert_int_equal(ended(next), 0);  /* and with it an unfinished item */
			assert_int_equal(queue_join(q, QUEUE_WAIT), QUEUE_LOST);
		} else {
			assert_int_equal(ended(next), 0);
		}
		assert_int_equal(shared->result[1], 0);
		if (role == put_one) {
			gets(q, 1);
			assert_int_equal(queue_task_done(q), 0);
		}
		assert_int_equal(queue_join(q, QUEUE_WAIT), 0);
	}
	queue_free(q);
}

static void close_when_full_and_all_are_dead(void **state)  /* row 22 */
{
	struct queue *q = make(2, sizeof(uint64_t), false);

	(void)state;
	put(q, 1, 0);
	put(q, 2, 0);
	pid_t putter = child(put_one, q, 3);
	wait_until_asleep(putter, 1);
	kill_and_reap(putter);
	assert_int_equal(put(q, 0, 0), QUEUE_FULL);  /* the sentinel */
	queue_close(q);
	gets(q, 1);
	gets(q, 2);
	queue_reopen(q);
	works(q, 2);
	queue_free(q);
}

/* Killed anywhere: producers and consumers, at random moments, and others in their places. */
static int put_for_ever(struct queue *q, unsigned number)
{
	uint64_t item[LONG / 8];

	for (uint64_t i = 0;; i++) {
		memset(item, (int)(i & 127), sizeof item);
		item[0] = number;
		item[1] = i;
		int error = queue_put(q, item, i % 3 == 0 ? LONG : 16, QUEUE_WAIT);
		if (error)
			return error;
	}
}

static int get_for_ever(struct queue *q, unsigned number)
{
	uint64_t item[LONG / 8], next[64] = { 0 };
	size_t bytes;
	int error;

	(void)number;
	while (!(error = queue_get(q, item, sizeof item, &bytes, QUEUE_WAIT))) {
		bool whole = item[0] < 64 && item[1] >= next[item[0]] && bytes == (item[1] % 3 == 0 ? LONG : 16);
		for (unsigned i = 2; i < bytes / 8 && whole; i++)
			whole = item[i] == (item[1] & 127) * 0x0101010101010101;
		shared->wrong += !whole;
		next[item[0] % 64] = item[1] + 1;
		shared->got[0]++;
		queue_task_done(q);
	}
	return error;
}

static void killed_at_random_moments(void **state)
{
	enum { ROLES = 4, KILLS = 100 };

	(void)state;
	for (unsigned round = 0; round < 2; round++) {
		const uint64_t capacity = round ? 3 : 1;
		struct queue *q = make(capacity, LONG, round);
		pid_t pid[ROLES];
		unsigned number = 0;

		for (unsigned i = 0; i < ROLES; i++)
			pid[i] = child(i % 2 ? get_for_ever : put_for_ever, q, number++ % 64);
		for (unsigned kills = 0; kills < KILLS; kills++) {
			unsigned victim = (unsigned)rand() % ROLES, before_kill = shared->got[0];
			usleep((useconds_t)rand() % 300);
			kill_and_reap(pid[victim]);
			while (kills % 10 == 0 && shared->got[0] == before_kill)
				usleep(100);  /* the others go on: this would be for ever if they did not */
			pid[victim] = child(victim % 2 ? get_for_ever : put_for_ever, q, number++ % 64);
		}
		queue_close(q);
		for (unsigned i = 0; i < ROLES; i++)
			assert_int_equal(ended(pid[i]), 0);
		assert_int_equal(shared->wrong, 0);
		if (round) {
			int error = queue_join(q, QUEUE_WAIT);  /* one report for each death that was seen by itself */
			for (unsigned i = 0; error == QUEUE_LOST && i < KILLS; i++)
				error = queue_join(q, QUEUE_WAIT);
			assert_int_equal(error, 0);
			assert_true(queue_lost(q) <= KILLS);
		}
		queue_reopen(q);
		works(q, capacity);
		queue_free(q);
	}
}

/* ---- killed at any instruction ---- */

enum { ACT_PUT, ACT_GET, ACT_DONE, ACTS };
enum { POINTS = 50 };     /* at which an act is cut off; with UINT_MAX at every instruction, in a minute */
static volatile int act_now;

_Noreturn static void act(struct queue *q)
{
	uint64_t value = 5;

	if (act_now == ACT_DONE)
		get(q, &value, 0);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		_exit(77);
	raise(SIGSTOP);
	if (act_now == ACT_PUT)
		put(q, value, 0);
	else if (act_now == ACT_GET)
		get(q, &value, 0);
	else
		queue_task_done(q);
	_exit(0);
}

static unsigned stepped;        /* instructions of the last act */

/* So many instructions of an act, then death.  False: the act was over before; 77 in *status: not allowed here. */
static bool step_and_kill(struct queue *q, unsigned instructions, int *status)
{
	const pid_t parent = getpid();
	pid_t pid = (pid_t)SYS(fork());

	if (pid == 0) {
		die_with(parent);
		act(q);
	}
	SYS(waitpid(pid, status, 0));
	for (stepped = 0; stepped < instructions && WIFSTOPPED(*status); stepped++) {
		SYS(ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL));
		SYS(waitpid(pid, status, 0));
	}
	if (!WIFSTOPPED(*status))
		return false;
	kill_and_reap(pid);
	return true;
}

/* What must be true when one was killed while it put 5, got 5, or said that 5 is done.  If it came so far, `asleep`
 * must be awake by now: before we do anything that would wake it. */
static void look_at_what_is_left(struct queue *q, pid_t asleep)
{
	uint64_t value;

	if (act_now == ACT_PUT) {
		if (queue_empty(q))  /* not put; or the getter has it, then it does no harm */
			assert_int_equal(put(q, 5, 0), 0);
		assert_int_equal(ended(asleep), 0);
		assert_int_equal(shared->result[1], 0);
	} else if (act_now == ACT_GET) {
		while (!queue_full(q))  /* it was taken: the putter has its room */
			usleep(100);
		assert_int_equal(get(q, &value, 0), 0);
		assert_true(value == 5 || value == 6);
		if (value == 5)
			gets(q, 6);
		gets(q, 1);
		assert_int_equal(ended(asleep), 0);
		assert_int_equal(get(q, &value, 0), QUEUE_EMPTY);
	} else {  /* done, or lost: the joiner hears of it */
		assert_int_equal(ended(asleep), 0);
		assert_true(shared->result[1] == 0 || shared->result[1] == QUEUE_LOST);
		works(q, 2);
	}
}

static bool kill_after(unsigned instructions, int *status)
{
	static int (*const role[])(struct queue *, unsigned) = { get_one, put_one, join_one };
	struct queue *q = make(2, sizeof(uint64_t), true);

	memset(shared, 0, sizeof *shared);
	if (act_now != ACT_PUT)
		put(q, 5, 0);
	if (act_now == ACT_GET)
		put(q, 6, 0);
	pid_t asleep = child(role[act_now], q, 1);
	wait_until_asleep(asleep, 1);
	bool killed = step_and_kill(q, instructions, status);
	if (killed) {
		look_at_what_is_left(q, asleep);
	} else {
		kill(asleep, SIGKILL);
		ended(asleep);
	}
	queue_free(q);
	return killed;
}

static void killed_at_any_instruction(void **state)
{
	int status = 0;

	(void)state;
	for (act_now = 0; act_now < ACTS; act_now++) {
		assert_false(kill_after(UINT_MAX, &status));
		if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
			skip();
		const unsigned all = stepped, stride = all / POINTS + 1;
		assert_true(all > 50);
		for (unsigned i = (unsigned)rand() % stride; i < all; i += stride)
			kill_after(i, &status);
	}
}

/* ---- join ---- */

static void done_too_often(void **state)
{
	struct queue *q = make(3, sizeof(uint64_t), true), *plain = make(1, sizeof(uint64_t), false);

	(void)state;
	assert_int_equal(queue_task_done(plain), -EINVAL);
	assert_int_equal(queue_join(plain, 0), -EINVAL);
	assert_int_equal(queue_task_done(q), -EINVAL);
	assert_int_equal(queue_join(q, 0), 0);
	put(q, 1, 0);
	put(q, 2, 0);
	assert_int_equal(queue_task_done(q), -EINVAL);  /* nothing in hand */
	gets(q, 1);
	assert_int_equal(queue_task_done(q), 0);
	assert_int_equal(queue_task_done(q), -EINVAL);
	assert_int_equal(queue_join(q, 0), QUEUE_LATE);
	gets(q, 2);
	assert_int_equal(queue_join(q, 0), QUEUE_LATE);  /* taken is not done */
	assert_int_equal(queue_task_done(q), 0);
	assert_int_equal(queue_join(q, QUEUE_WAIT), 0);
	assert_int_equal(queue_task_done(q), -EINVAL);
	assert_int_equal(queue_lost(q), 0);
	queue_free(q);
	queue_free(plain);
}

static int say_done(struct queue *q, unsigned number)
{
	(void)number;
	return queue_task_done(q);
}

static void only_who_has_it_can_finish_it(void **state)
{
	struct queue *q = make(2, sizeof(uint64_t), true), *other = make(2, sizeof(uint64_t), true);
	struct sleeper s = { q, say_done, 1, 0 };
	pthread_t thread;

	(void)state;
	for (uint64_t i = 0; i < 2; i++) {  /* items of two queues in hand at once, several of each */
		put(q, i, 0);
		put(other, i, 0);
		gets(other, i);
		gets(q, i);
	}
	assert_int_equal(ended(child(say_done, q, 0)), 0);  /* a child has not inherited the duty */
	assert_int_equal(shared->result[0], -EINVAL);
	OK(pthread_create(&thread, NULL, sleeper, &s));
	OK(pthread_join(thread, NULL));
	assert_int_equal(shared->result[1], -EINVAL);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(queue_task_done(q), 0);
		assert_int_equal(queue_task_done(other), 0);
	}
	assert_int_equal(queue_task_done(q), -EINVAL);
	assert_int_equal(queue_join(q, 0), 0);
	assert_int_equal(queue_join(other, 0), 0);
	queue_free(q);
	queue_free(other);
}

static int consume(struct queue *q, unsigned number)
{
	uint64_t value;
	int error;

	(void)number;
	while (!(error = get(q, &value, QUEUE_WAIT))) {
		shared->got[value]++;
		queue_task_done(q);
	}
	return error;
}

static void join_waits_for_the_last(void **state)
{
	enum { CONSUMERS = 3 };
	struct queue *q = make(5, sizeof(uint64_t), true);
	pid_t pid[CONSUMERS];
	uint64_t k = 0;

	(void)state;
	for (unsigned i = 0; i < CONSUMERS; i++)
		pid[i] = child(consume, q, i);
	for (unsigned batch = 1; batch < 60; batch++) {
		uint64_t end = k + batch;
		for (; k < end; k++)
			assert_int_equal(put(q, k, QUEUE_WAIT), 0);
		assert_int_equal(queue_join(q, QUEUE_WAIT), 0);
		for (uint64_t i = 0; i < k; i++)
			assert_int_equal(shared->got[i], 1);
	}
	queue_close(q);
	for (unsigned i = 0; i < CONSUMERS; i++)
		assert_int_equal(ended(pid[i]), 0);
	queue_free(q);
}

static void several_joiners(void **state)
{
	struct queue *q = make(1, sizeof(uint64_t), true);
	pid_t pid[3];

	(void)state;
	put(q, 1, 0);
	for (unsigned i = 0; i < 3; i++)
		pid[i] = child(join_one, q, i);
	for (unsigned i = 0; i < 3; i++)
		wait_until_asleep(pid[i], 3);
	gets(q, 1);
	queue_task_done(q);
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(ended(pid[i]), 0);
		assert_int_equal(shared->result[i], 0);
	}
	queue_free(q);
}

static int take_and_stand(struct queue *q, unsigned number)
{
	uint64_t value;
	char byte;

	(void)number;
	get(q, &value, QUEUE_WAIT);
	if (number % 2)
		get(q, &value, QUEUE_WAIT);
	shared->ready++;
	return read(gate[0], &byte, 1) == 1 ? queue_task_done(q) : 1;
}

/* Before the joiner comes, while it watches, and while it still waits for somebody to take the item. */
static void dead_with_an_item(void **state)
{
	(void)state;
	for (unsigned i = 0; i < REPEAT; i++) {
		struct queue *q = make(4, sizeof(uint64_t), true);
		pid_t joiner = 0;

		memset(shared, 0, sizeof *shared);
		put(q, 1, 0);
		put(q, 2, 0);
		if (i % 3 == 2) {
			joiner = child(join_one, q, 9);
			wait_until_asleep(joiner, 1);
		}
		pid_t doomed = child(take_and_stand, q, i % 2);
		wait_until_asleep(doomed, joiner ? 2 : 1);
		if (i % 3 == 1) {
			joiner = child(join_one, q, 9);
			wait_until_asleep(joiner, 2);
		}
		kill_and_reap(doomed);
		if (joiner) {
			assert_int_equal(ended(joiner), 0);
			assert_int_equal(shared->result[9], QUEUE_LOST);
		} else {
			assert_int_equal(queue_join(q, QUEUE_WAIT), QUEUE_LOST);
		}
		assert_int_equal(queue_lost(q), 1 + i % 2);
		if (i % 2 == 0) {
			assert_int_equal(queue_join(q, 0), QUEUE_LATE);
			gets(q, 2);
			queue_task_done(q);
		}
		assert_int_equal(queue_join(q, QUEUE_WAIT), 0);
		queue_free(q);
	}
}

/* The joiner may watch another one at first, who is done in the end. */
static void dead_among_the_living(void **state)
{
	(void)state;
	for (unsigned i = 0; i < REPEAT; i++) {
		struct queue *q = make(4, sizeof(uint64_t), true);
		pid_t pid[2];

		memset(shared, 0, sizeof *shared);
		for (unsigned c = 0; c < 2; c++) {
			put(q, c, 0);
			pid[c] = child(take_and_stand, q, 2 * c);
			wait_until_asleep(pid[c], (int)c + 1);
		}
		pid_t joiner = child(join_one, q, 9);
		wait_until_asleep(joiner, 3);
		kill_and_reap(pid[i % 2]);
		SYS(write(gate[1], "!", 1));  /* the other one finishes */
		assert_int_equal(ended(pid[1 - i % 2]), 0);
		assert_int_equal(ended(joiner), 0);
		assert_int_equal(shared->result[9], QUEUE_LOST);
		assert_int_equal(queue_lost(q), 1);
		assert_int_equal(queue_join(q, 0), 0);
		queue_free(q);
	}
}

static void *leave_with_an_item(void *q)
{
	uint64_t value;

	get(q, &value, QUEUE_WAIT);
	return NULL;
}

static void a_thread_leaves_with_an_item(void **state)
{
	struct queue *q = make(1, sizeof(uint64_t), true);
	pthread_t thread;

	(void)state;
	for (unsigned i = 1; i <= REPEAT; i++) {
		put(q, 1, 0);
		OK(pthread_create(&thread, NULL, leave_with_an_item, q));
		assert_int_equal(queue_join(q, QUEUE_WAIT), QUEUE_LOST);
		OK(pthread_join(thread, NULL));
		assert_int_equal(queue_lost(q), i);
		assert_int_equal(queue_join(q, QUEUE_WAIT), 0);
	}
	queue_free(q);
}

int main(void)
{
	#define CASE(f) cmocka_unit_test_setup_teardown(f, before, after)
	const struct CMUnitTest tests[] = {
		CASE(full_empty_and_order),
		CASE(sizes),
		CASE(timeouts),
		CASE(what_cannot_be_made),
		CASE(closing_drains),
		CASE(closing_wakes_sleepers),
		CASE(a_signal_does_not_end_a_wait),
		CASE(many_each_once_and_in_order),
		CASE(join_before_drain),
		CASE(die_putting),
		CASE(die_getting),
		CASE(die_copying_while_one_waits),
		CASE(a_long_copy_holds_up_nobody),
		CASE(closed_in_the_middle_of_a_put),
		CASE(a_slow_copy_ends),
		CASE(killed_in_their_sleep),
		CASE(close_when_full_and_all_are_dead),
		CASE(killed_at_random_moments),
		CASE(killed_at_any_instruction),
		CASE(done_too_often),
		CASE(only_who_has_it_can_finish_it),
		CASE(join_waits_for_the_last),
		CASE(several_joiners),
		CASE(dead_with_an_item),
		CASE(dead_among_the_living),
		CASE(a_thread_leaves_with_an_item),
	};

	shared = shared_make(sizeof *shared);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
