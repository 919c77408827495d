/* SPDX-License-Identifier: MIT */
/* test_future.c -- futures of threads and of processes: each changes once, and whoever waits is told, whatever happens.
 *
 * Most cases run once for each kind.  No case asserts that something is fast: one that is late is killed by its alarm.
 * After each case no child, no thread and no descriptor may be left.
 */
#include "bench/lesson.h"
#include "lessons/lib/future.h"
#include "lessons/lib/shared.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/tests/entries.h"

enum { DEADLINE_S = 60, REPEAT = 20, NEVER_S = 1000000, HEAD = 100 };

/* What workers of both kinds tell the test.  Global because a task is given its argument and nothing else. */
static struct shared {
	_Atomic int pid[MAX_WORKERS];
	_Atomic unsigned started, ran;
	_Atomic bool open;              /* the gate at which tasks wait */
} *shared;

/* The sanitizers' malloc() shall refuse what is too large as the ordinary one does, and not end the test. */
const char *__asan_default_options(void);
const char *__tsan_default_options(void);

const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

const char *__tsan_default_options(void)
{
	return "allocator_may_return_null=1";
}

/* ---- before and after every case ---- */

static unsigned descriptors_before, threads_before;

static int before(void **state)
{
	(void)state;
	alarm(DEADLINE_S);
	memset(shared, 0, sizeof *shared);
	descriptors_before = entries("/proc/self/fd");
	threads_before = entries("/proc/self/task");
	return 0;
}

static void assert_nothing_left(void)
{
	assert_int_equal(entries("/proc/self/fd"), descriptors_before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	while (entries("/proc/self/task") > threads_before)  /* who joins one is woken a moment too early */
		usleep(100);
}

static int after(void **state)
{
	(void)state;
	assert_nothing_left();
	alarm(0);
	return 0;
}

/* ---- tasks ---- */

static int square(const void *argument, void *result)
{
	uint64_t x = *(const uint64_t *)argument;

	*(uint64_t *)result = x * x;
	return 0;
}

enum { RAISE_LINE = __LINE__ + 3 };
static int refuse(const void *argument, void *result)
{
	*(uint64_t *)result = 1; return RAISE(EDOM, "no square of %d", (int)*(const uint64_t *)argument);
}

static int fail_bare(const void *argument, void *result)
{
	(void)argument, (void)result;
	return 7;
}

static int wait_for_gate(const void *argument, void *result)
{
	shared->started++;
	while (!shared->open)
		usleep(100);
	shared->ran++;
	return square(argument, result);
}

static int sleep_long(const void *argument, void *result)
{
	(void)argument, (void)result;
	shared->started++;
	sleep(NEVER_S);
	return 0;
}

static int compute_until_open(const void *argument, void *result)
{
	shared->started++;
	while (!shared->open)
		continue;  /* no cancellation point */
	return square(argument, result);
}

static int nap(const void *argument, void *result)
{
	usleep((useconds_t)*(const uint64_t *)argument * 1000);
	return square(argument, result);
}

static int give_pid(const void *argument, void *result)
{
	(void)argument;
	*(uint64_t *)result = (uint64_t)getpid();
	return 0;
}

static int nothing(const void *argument, void *result)
{
	(void)argument, (void)result;
	shared->ran++;
	return 0;
}

static void say_pid(unsigned worker, void *arg)
{
	(void)arg;
	shared->pid[worker] = getpid();
}

static int by_segv(const void *argument, void *result)
{
	(void)argument, (void)result;
	signal(SIGSEGV, SIG_DFL);  /* cmocka and the sanitizers have handlers of their own */
	raise(SIGSEGV);
	return 0;
}

static int by_kill(const void *argument, void *result)
{
	(void)argument, (void)result;
	kill(getpid(), SIGKILL);
	return 0;
}

static int by_exit_0(const void *argument, void *result)
{
	(void)argument, (void)result;
	_exit(0);
}

static int by_exit_3(const void *argument, void *result)
{
	(void)argument, (void)result;
	_exit(3);
}

static int by_pthread_exit(const void *argument, void *result)
{
	(void)argument, (void)result;
	pthread_exit(NULL);
}

static const struct ending {
	const struct pool_kind *kind;
	future_task *task;
	const char *how;
} endings[] = {
	{ &fork_pool, by_segv, "was killed by SIGSEGV (Segmentation fault)" },
	{ &fork_pool, by_kill, "was killed by SIGKILL (Killed)" },
	{ &fork_pool, by_exit_0, "exited with code 0" },
	{ &fork_pool, by_exit_3, "exited with code 3" },
	{ &thread_pool, by_pthread_exit, "called pthread_exit()" },
};
enum { ENDINGS = sizeof endings / sizeof *endings };

static future_task *end_of(const struct pool_kind *kind)
{
	return kind == &fork_pool ? by_exit_3 : by_pthread_exit;
}

/* ---- helpers ---- */

static struct executor *start(const struct pool_kind *kind, unsigned workers)
{
	struct executor *executor = executor_start(kind, workers, say_pid, NULL);

	assert_non_null(executor);
	return executor;
}

static struct future *submit(struct executor *executor, future_task *task, uint64_t x)
{
	struct future *future = executor_submit(executor, task, &x, sizeof x, sizeof x);

	assert_non_null(future);
	return future;
}

static void shut(struct executor *executor, int expected)
{
	assert_int_equal(executor_shutdown(executor, true), expected);
}

static void assert_refused(struct executor *executor, int error)
{
	uint64_t x = 1;

	errno = 0;
	assert_null(executor_submit(executor, square, &x, sizeof x, sizeof x));
	assert_int_equal(errno, error);
}

static void assert_square(struct future *future, uint64_t x)
{
	uint64_t result = 0;

	assert_int_equal(future_get(future, FOREVER, &result), 0);
	assert_int_equal(result, x * x);
	assert_true(future_done(future) && future_successful(future));
	assert_false(future_running(future) || future_cancelled(future));
	assert_int_equal(future_cause(future)->number, 0);
}

static void assert_square_and_free(struct future *future, uint64_t x)
{
	assert_square(future, x);
	future_free(future);
}

static void assert_fails(struct future *future, int error, const char *words)
{
	uint64_t result = 12345;

	assert_int_equal(future_get(future, FOREVER, &result), error);
	assert_int_equal(result, 12345);
	assert_int_equal(future_cause(future)->number, error);
	if (!strstr(future_cause(future)->words, words))
		fail_msg("\"%s\" does not say \"%s\"", future_cause(future)->words, words);
	assert_true(future_done(future));
	assert_false(future_running(future) || future_successful(future));
	assert_int_equal(future_cancel(future), error == -ECANCELED);
	assert_int_equal(future_cancelled(future), error == -ECANCELED);
	future_free(future);
}

static void wait_until_started(unsigned count)
{
	while (shared->started < count)
		usleep(100);
}

static void wait_until_pids_known(unsigned workers)
{
	for (unsigned i = 0; i < workers; i++)
		while (shared->pid[i] == 0)
			usleep(100);
}

static uint64_t now_ms(clockid_t clock)
{
	struct timespec t;

	assert_int_equal(clock_gettime(clock, &t), 0);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* ---- results ---- */

static void test_every_result_belongs_to_its_future(void **state)
{
	static const unsigned crowds[] = { 1, 2, 3, 8, 64 };

	for (unsigned c = 0; c < sizeof crowds / sizeof *crowds; c++) {
		const unsigned w = crowds[c], sizes[] = { 0, 1, w - 1, w, w + 1, 500 };
		struct executor *executor = start(*state, w);
		struct future *future[500];

		for (unsigned s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			for (unsigned k = 0; k < sizes[s]; k++)
				future[k] = submit(executor, square, k);
			for (unsigned k = sizes[s]; k > 0; k--)
				assert_square_and_free(future[k - 1], k - 1);
		}
		assert_string_equal(executor_error(executor), "");
		shut(executor, 0);
	}
}

static void delay(unsigned turns)
{
	for (volatile unsigned i = 0; i < turns; i++)
		continue;
}

/* A task comes at every moment of a worker's way to sleep, and a result at every one of its caller's. */
static void test_one_after_the_other(void **state)
{
	struct executor *executor = start(*state, 1);

	for (unsigned k = 0; k < 20000; k++) {
		struct future *future = submit(executor, square, k);
		for (unsigned i = 0; i < 1000 && k % 4 && !future_done(future); i++)
			continue;
		assert_square_and_free(future, k);
		delay(k % 301);
	}
	shut(executor, 0);
}

static void test_life_of_a_future(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *first = submit(executor, wait_for_gate, 3), *second = submit(executor, square, 4);
	uint64_t result = 12345;

	wait_until_started(1);
	assert_true(future_running(first));
	assert_false(future_done(first) || future_cancelled(first) || future_successful(first) || future_cancel(first));
	assert_false(future_running(second) || future_done(second) || future_successful(second));
	assert_int_equal(future_cause(first)->number, 0);
	assert_int_equal(future_get(first, 0, &result), -ETIMEDOUT);
	assert_int_equal(future_wait(first, 0), -ETIMEDOUT);
	assert_int_equal(result, 12345);
	shared->open = true;
	assert_int_equal(future_wait(first, FOREVER), 0);
	assert_square(first, 3);
	assert_square(first, 3);  /* as often as one likes */
	assert_int_equal(future_get(first, FOREVER, NULL), 0);
	assert_square_and_free(second, 4);
	shut(executor, 0);
	assert_square_and_free(first, 3);  /* and also when the executor is gone */
}

static void test_an_argument_is_copied_and_none_is_needed(void **state)
{
	struct executor *executor = start(*state, 2);
	struct future *future[100];
	uint64_t x;

	for (x = 0; x < 100; x++)
		future[x] = submit(executor, nap, x % 3);
	x = 77;
	for (unsigned k = 0; k < 100; k++)
		assert_square_and_free(future[k], k % 3);
	struct future *empty = executor_submit(executor, nothing, NULL, 0, 0);
	assert_int_equal(future_get(empty, FOREVER, NULL), 0);
	assert_int_equal(shared->ran, 1);
	future_free(empty);
	shut(executor, 0);
}

static void test_processes_are_others_and_threads_are_not(void **state)
{
	struct executor *executor = start(*state, 2);
	struct future *future = submit(executor, give_pid, 0);
	uint64_t pid;

	assert_int_equal(future_get(future, FOREVER, &pid), 0);
	assert_int_equal(pid == (uint64_t)getpid(), *state == &thread_pool);
	future_free(future);
	shut(executor, 0);
}

static int meet_8(const void *argument, void *result)
{
	(void)argument, (void)result;
	shared->started++;
	wait_until_started(8);
	return 0;
}

static void test_all_workers_work_at_the_same_time(void **state)
{
	struct executor *executor = start(*state, 8);
	struct future *future[8];

	for (unsigned k = 0; k < 8; k++)
		future[k] = submit(executor, meet_8, k);
	for (unsigned k = 0; k < 8; k++) {
		assert_int_equal(future_wait(future[k], FOREVER), 0);
		future_free(future[k]);
	}
	shut(executor, 0);
}

static void test_a_future_may_be_freed_before_it_is_done(void **state)
{
	struct executor *executor = start(*state, 2);

	for (unsigned k = 0; k < 200; k++)
		future_free(submit(executor, nothing, k));
	shut(executor, 0);
	assert_int_equal(shared->ran, 200);
}

/* ---- timeouts ---- */

static void test_a_timed_get_gives_up_in_time_and_harms_nobody(void **state)
{
	struct executor *executor = start(*state, 2);
	struct future *slow = submit(executor, wait_for_gate, 10), *quick = submit(executor, square, 10);

	assert_square_and_free(quick, 10);
	for (int timeout_ms = 1; timeout_ms < 300; timeout_ms *= 6) {
		uint64_t begin_ms = now_ms(CLOCK_MONOTONIC), cpu_ms = now_ms(CLOCK_PROCESS_CPUTIME_ID);
		assert_int_equal(future_get(slow, timeout_ms, NULL), -ETIMEDOUT);
		assert_true(now_ms(CLOCK_MONOTONIC) + 1 >= begin_ms + (uint64_t)timeout_ms);  /* 1: rounded down */
		if (*state == &fork_pool)  /* here no thread of ours works meanwhile */
			assert_true(now_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu_ms <= 30);
	}
	assert_true(future_running(slow));
	shared->open = true;
	assert_square_and_free(slow, 10);
	shut(executor, 0);
}

struct waiter { struct future *future; int error; };

static void *wait_for_it(void *arg)
{
	struct waiter *waiter = arg;

	waiter->error = future_get(waiter->future, FOREVER, NULL);
	return NULL;
}

static void test_many_threads_wait_for_one_future(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *future = submit(executor, wait_for_gate, 1);
	struct waiter waiter[8];
	pthread_t thread[8];

	for (unsigned i = 0; i < 8; i++) {
		waiter[i] = (struct waiter){ future, 1 };
		assert_int_equal(pthread_create(&thread[i], NULL, wait_for_it, &waiter[i]), 0);
	}
	assert_int_equal(future_wait(future, 5), -ETIMEDOUT);
	shared->open = true;
	for (unsigned i = 0; i < 8; i++) {
		pthread_join(thread[i], NULL);
		assert_int_equal(waiter[i].error, 0);
	}
	future_free(future);
	shut(executor, 0);
}

/* ---- errors of tasks ---- */

static void assert_refusal(const struct cause *cause, int x)
{
	char words[64];

	snprintf(words, sizeof words, "no square of %d", x);
	assert_string_equal(cause->words, words);
	assert_int_equal(cause->number, EDOM);
	assert_int_equal(cause->line, RAISE_LINE);
	assert_non_null(strstr(cause->file, "test_future.c"));
}

static void test_a_task_that_fails_fails_alone_with_its_own_words(void **state)
{
	struct executor *executor = start(*state, 3);
	struct future *future[300];

	for (unsigned k = 0; k < 300; k++)
		future[k] = submit(executor, k % 3 == 0 ? refuse : k % 3 == 1 ? fail_bare : square, k);
	for (unsigned k = 0; k < 300; k++)
		if (k % 3 == 2) {
			assert_square_and_free(future[k], k);
		} else if (k % 3 == 0) {
			assert_int_equal(future_wait(future[k], FOREVER), 0);
			assert_refusal(future_cause(future[k]), (int)k);
			assert_fails(future[k], EDOM, "no square of");
		} else {
			assert_int_equal(future_wait(future[k], FOREVER), 0);
			assert_string_equal(future_cause(future[k])->words, "");
			assert_fails(future[k], 7, "");
		}
	shut(executor, 0);
}

static void test_a_call_without_a_future(void **state)
{
	struct cause cause;
	uint64_t x = 9, result = 0;

	(void)state;
	assert_int_equal(future_call(square, &x, &result, &cause), 0);
	assert_int_equal(result, 81);
	assert_int_equal(cause.number, 0);
	assert_int_equal(future_call(refuse, &x, &result, &cause), EDOM);
	assert_refusal(&cause, 9);
	assert_int_equal(refuse(&x, &result), EDOM);  /* outside of any call it is a number, no more */
}

static int call_refuse(const void *argument, void *result)
{
	struct cause inner;

	if (future_call(refuse, argument, result, &inner) != EDOM)
		return 1;
	return RAISE(ERANGE, "inside: %s", inner.words);
}

static void test_a_call_within_a_task(void **state)
{
	struct executor *executor = start(*state, 1);

	assert_fails(submit(executor, call_refuse, 5), ERANGE, "inside: no square of 5");
	shut(executor, 0);
}

static int raise_long(const void *argument, void *result)
{
	char words[1000];

	(void)argument, (void)result;
	memset(words, 'w', sizeof words);
	words[sizeof words - 1] = '\0';
	return RAISE(1, "%s", words);
}

static void test_long_words_are_cut(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *future = submit(executor, raise_long, 0);

	future_wait(future, FOREVER);
	assert_int_equal(strlen(future_cause(future)->words), sizeof future_cause(future)->words - 1);
	assert_fails(future, 1, "wwww");
	shut(executor, 0);
}

/* ---- large messages ---- */

struct large { uint64_t number; unsigned char bytes[(16 << 20) - 8]; };

static int invert(const void *argument, void *result)
{
	const struct large *in = argument;
	struct large *out = result;

	out->number = ~in->number;
	for (size_t i = 0; i < sizeof in->bytes; i += 4096)
		out->bytes[i] = (unsigned char)~in->bytes[i];
	return 0;
}

static void test_large_arguments_and_results(void **state)
{
	struct executor *executor = start(*state, 2);
	struct large *in = calloc(1, sizeof *in), *out = calloc(1, sizeof *out);
	struct future *future[4];

	for (unsigned k = 0; k < 4; k++) {
		in->number = k;
		in->bytes[4096 * 7] = (unsigned char)k;
		future[k] = executor_submit(executor, invert, in, sizeof *in, sizeof *out);
		assert_non_null(future[k]);
	}
	for (unsigned k = 0; k < 4; k++) {
		assert_int_equal(future_get(future[k], FOREVER, out), 0);
		assert_int_equal(out->number, ~(uint64_t)k);
		assert_int_equal(out->bytes[4096 * 7], (unsigned char)~k);
		future_free(future[k]);
		assert_square_and_free(submit(executor, square, k), k);
	}
	shut(executor, 0);
	free(in);
	free(out);
}

/* Whether submit() refuses it or the way to a process does: one future, and nobody else's. */
static void test_a_hundred_too_large_then_a_hundred_good_ones(void **state)
{
	struct executor *executor = start(*state, 2);
	uint64_t x = 1;

	for (unsigned k = 0; k < 100; k++) {
		const size_t sizes[] = { SIZE_MAX - k, PTRDIFF_MAX, (size_t)1 << (44 + k % 12) }, bytes = sizes[k % 3];
		struct future *future = executor_submit(executor, square, &x, sizeof x, bytes);
		if (!future)
			assert_int_equal(errno, ENOMEM);
		else if (*state == &fork_pool)
			assert_fails(future, -ENOMEM, "no memory");
		else
			future_free(future);
	}
	for (unsigned k = 0; k < 100; k++)
		assert_square_and_free(submit(executor, square, k), k);
	shut(executor, 0);
}

/* A limit on the size of files holds for the window, too, and not for malloc(). */
static void test_what_has_no_room_on_its_way_fails_alone(void **state)
{
	struct executor *executor = start(*state, 1);
	struct large *in = calloc(1, sizeof *in), *out = malloc(sizeof *out);
	struct rlimit limit, small;
	struct future *future[20];

	in->number = 5;
	getrlimit(RLIMIT_FSIZE, &limit);
	small = (struct rlimit){ 1 << 20, limit.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	for (uint64_t k = 0; k < 20; k++)
		future[k] = k % 2 ? submit(executor, square, k) :
			executor_submit(executor, invert, in, sizeof *in, sizeof *out);
	for (unsigned k = 0; k < 20; k++) {
		assert_non_null(future[k]);
		future_wait(future[k], FOREVER);
	}
	setrlimit(RLIMIT_FSIZE, &limit);
	signal(SIGXFSZ, SIG_DFL);
	for (unsigned k = 0; k < 20; k++)
		if (k % 2)
			assert_square_and_free(future[k], k);
		else
			assert_fails(future[k], -ENOMEM, "no memory");
	future[0] = executor_submit(executor, invert, in, sizeof *in, sizeof *out);
	assert_int_equal(future_get(future[0], FOREVER, out), 0);
	assert_int_equal(out->number, ~(uint64_t)5);
	future_free(future[0]);
	shut(executor, 0);
	free(in);
	free(out);
}

static int fill_for_ever(const void *argument, void *result)
{
	(void)argument;
	shared->started++;
	while (!shared->open)
		for (size_t i = 0; i < sizeof(struct large); i += 64)
			((volatile char *)result)[i] = 1;
	return 0;
}

static void test_killed_while_it_writes_a_large_result(void **state)
{
	struct large *in = calloc(1, sizeof *in);

	(void)state;
	for (unsigned k = 0; k < 5; k++) {
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, 1);
		struct future *future = executor_submit(executor, fill_for_ever, in, sizeof *in, sizeof *in);
		wait_until_started(1);
		wait_until_pids_known(1);
		kill(shared->pid[0], SIGKILL);
		assert_int_equal(future_get(future, FOREVER, in), -EOWNERDEAD);
		future_free(future);
		shut(executor, -EPIPE);
	}
	free(in);
}

/* ---- cancelling ---- */

static void test_cancel_only_while_pending_and_the_rest_is_done(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 2);
		struct future *running[2], *pending[20];

		shared->started = shared->ran = 0;
		shared->open = false;
		for (unsigned i = 0; i < 2; i++)
			running[i] = submit(executor, wait_for_gate, i);
		for (unsigned i = 0; i < 20; i++)
			pending[i] = submit(executor, wait_for_gate, i);
		wait_until_started(2);
		assert_false(future_cancel(running[0]) || future_cancel(running[1]));
		for (unsigned i = k % 3; i < 20; i += 3) {
			assert_true(future_cancel(pending[i]));
			assert_true(future_cancel(pending[i]));
			assert_true(future_cancelled(pending[i]));
		}
		shared->open = true;
		for (unsigned i = 0; i < 20; i++)
			if (i % 3 == k % 3)
				assert_fails(pending[i], -ECANCELED, "");
			else
				assert_square_and_free(pending[i], i);
		assert_square_and_free(running[0], 0);
		assert_square_and_free(running[1], 1);
		shut(executor, 0);
		assert_int_equal(shared->ran, 22 - (20 - k % 3 + 2) / 3);
	}
}

/* Cancelled at every moment of their way to a worker. */
static void test_cancelled_or_run_and_never_both(void **state)
{
	enum { ROUNDS = 5000, BATCH = 32 };
	struct executor *executor = start(*state, 1);
	struct future *future[BATCH];
	unsigned cancelled = 0;

	for (unsigned round = 0; round < ROUNDS; round++) {
		for (unsigned i = 0; i < BATCH; i++)
			future[i] = submit(executor, nothing, i);
		delay(round * 7919 % 30000);
		for (unsigned i = BATCH; i-- > 0; )
			cancelled += future_cancel(future[i]);
		for (unsigned i = 0; i < BATCH; i++)
			future_free(future[i]);
	}
	shut(executor, 0);
	assert_int_equal(shared->ran + cancelled, ROUNDS * BATCH);
}

static void test_cancel_all_pending(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *running = submit(executor, wait_for_gate, 6), *pending[10];

	for (unsigned i = 0; i < 10; i++)
		pending[i] = submit(executor, square, i);
	wait_until_started(1);
	assert_int_equal(executor_cancel_pending(executor), 10);
	assert_int_equal(executor_cancel_pending(executor), 0);
	for (unsigned i = 0; i < 10; i++)
		assert_fails(pending[i], -ECANCELED, "");
	shared->open = true;
	assert_square_and_free(running, 6);
	assert_square_and_free(submit(executor, square, 7), 7);
	shut(executor, 0);
}

/* ---- more tasks than can be handed out at once: processes have slots for 128 and two per worker ---- */

enum { MANY = 1000 };

static struct diary { _Atomic unsigned length; _Atomic uint64_t entry[MANY]; } *diary;

static int write_diary(const void *argument, void *result)
{
	diary->entry[diary->length++] = *(const uint64_t *)argument;
	return square(argument, result);
}

static void test_first_come_first_served_and_the_cancelled_never(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *gate = submit(executor, wait_for_gate, 1), *future[MANY];
	unsigned next = 0;

	wait_until_started(1);
	diary->length = 0;
	for (unsigned i = 0; i < MANY; i++) {
		future[i] = submit(executor, write_diary, i);
		if (i % 5 == 4)
			assert_true(future_cancel(future[i - 2]));
	}
	for (unsigned i = 0; i < MANY; i++)
		if (i % 5 == 0)
			assert_true(future_cancel(future[i]));
	shared->open = true;
	for (unsigned i = 0; i < MANY; i++)
		if (i % 5 == 0 || i % 5 == 2)
			assert_fails(future[i], -ECANCELED, "");
		else
			assert_square_and_free(future[i], i);
	assert_square_and_free(gate, 1);
	shut(executor, 0);
	assert_int_equal(diary->length, MANY / 5 * 3);
	for (unsigned i = 0; i < MANY; i++)
		if (i % 5 != 0 && i % 5 != 2)
			assert_int_equal(diary->entry[next++], i);
}

/* While all workers are busy, a cancelled task's slot cannot be used again: the next ones wait for another. */
static void test_cancelled_tasks_take_no_room_for_ever(void **state)
{
	struct executor *executor = start(*state, 2);
	struct future *gate[2] = { submit(executor, wait_for_gate, 1), submit(executor, wait_for_gate, 2) };
	struct future *last;

	wait_until_started(2);
	for (unsigned k = 0; k < 5 * MANY; k++) {
		struct future *future = submit(executor, wait_for_gate, k);
		assert_true(future_cancel(future));
		future_free(future);
	}
	last = submit(executor, square, 9);
	assert_false(future_running(last));
	shared->open = true;
	assert_square_and_free(last, 9);
	assert_square_and_free(gate[0], 1);
	assert_square_and_free(gate[1], 2);
	shut(executor, 0);
	assert_int_equal(shared->ran, 2);
}

/* Nobody asks for a result, which would also take in others'. */
static void test_all_are_run_although_nobody_asks(void **state)
{
	struct executor *executor = start(*state, 3);

	for (unsigned round = 1; round <= 5; round++) {
		for (unsigned k = 0; k < 3 * MANY; k++)
			future_free(submit(executor, nothing, k));
		while (shared->ran < round * 3 * MANY)
			usleep(100);
	}
	shut(executor, 0);
}

static void test_who_waits_for_one_far_behind_is_woken(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 1);
		struct future *future[MANY];
		struct waiter waiter[8];
		pthread_t thread[8];

		shared->open = false;
		for (unsigned i = 0; i < MANY; i++)
			future[i] = submit(executor, i ? square : wait_for_gate, i);
		for (unsigned i = 0; i < 8; i++) {
			waiter[i] = (struct waiter){ future[MANY - 1 - i / 2 * 200], 1 };
			assert_int_equal(pthread_create(&thread[i], NULL, wait_for_it, &waiter[i]), 0);
		}
		if (k % 2)
			assert_int_equal(future_wait(future[MANY - 1], 2), -ETIMEDOUT);
		shared->open = true;
		for (unsigned i = 0; i < 8; i++) {
			pthread_join(thread[i], NULL);
			assert_int_equal(waiter[i].error, 0);
		}
		for (unsigned i = 0; i < MANY; i++)
			future_free(future[i]);
		shut(executor, 0);
	}
}

/* Some of those who wait are still on their way out when the workers are gone. */
static void test_who_waits_for_the_last_one_outlives_the_crew(void **state)
{
	struct large *in = calloc(1, sizeof *in);

	for (unsigned k = 0; k < REPEAT; k++) {
		shared->open = false;
		struct executor *executor = start(*state, 1);
		struct future *gate = submit(executor, wait_for_gate, 1);
		struct future *last = executor_submit(executor, nothing, in, k % 2 ? 1000 : 8, 8);
		struct waiter waiter[8];
		pthread_t thread[8];

		for (unsigned i = 0; i < 8; i++) {
			waiter[i] = (struct waiter){ last, 1 };
			assert_int_equal(pthread_create(&thread[i], NULL, wait_for_it, &waiter[i]), 0);
		}
		assert_int_equal(future_wait(last, 1), -ETIMEDOUT);
		shared->open = true;
		shut(executor, 0);
		for (unsigned i = 0; i < 8; i++) {
			pthread_join(thread[i], NULL);
			assert_int_equal(waiter[i].error, 0);
		}
		future_free(gate);
		future_free(last);
	}
	free(in);
}

static void test_more_long_ones_than_workers_among_short_ones(void **state)
{
	struct executor *executor = start(*state, 2);
	struct large *in = calloc(1, sizeof *in);
	struct future *future[20];

	for (unsigned i = 0; i < 20; i++)
		future[i] = i % 2 ? submit(executor, nap, i) :
			executor_submit(executor, nothing, in, 200 * i, sizeof *in);
	for (unsigned i = 20; i-- > 0; ) {
		assert_int_equal(future_wait(future[i], FOREVER), 0);
		assert_true(future_successful(future[i]));
		future_free(future[i]);
	}
	shut(executor, 0);
	free(in);
}

/* ---- callbacks ---- */

static struct log {
	pthread_mutex_t lock;           /* a late callback runs in the test's thread */
	uint64_t entry[1000];
	unsigned length;
	pthread_t by;
} callbacks = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int note(struct future *future, void *k)
{
	pthread_mutex_lock(&callbacks.lock);
	if (!future_done(future))
		callbacks.length += 10000;
	callbacks.entry[callbacks.length++] = (uintptr_t)k;
	callbacks.by = pthread_self();
	pthread_mutex_unlock(&callbacks.lock);
	return 0;
}

static void add(struct future *future, future_callback *callback, uint64_t k)
{
	assert_int_equal(future_add_done_callback(future, callback, (void *)(uintptr_t)k), 0);
}

/* D0's order, by gates instead of by times: a callback lets the next task end. */
static struct turn { _Atomic unsigned now; } *turn;

static int wait_for_turn(const void *argument, void *result)
{
	while (turn->now < *(const uint64_t *)argument)
		usleep(100);
	return square(argument, result);
}

static int next_turn(struct future *future, void *k)
{
	note(future, k);
	turn->now++;
	return 0;
}

static void test_callbacks_come_in_the_order_of_completion(void **state)
{
	static const uint64_t turns[] = { 4, 0, 2, 1, 3 }, expected[] = { 1, 3, 2, 4, 0 };

	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 5);
		struct future *future[5];

		turn->now = 0;
		callbacks.length = 0;
		for (unsigned i = 0; i < 5; i++)
			future[i] = submit(executor, wait_for_turn, turns[i]);
		for (unsigned i = 0; i < 5; i++)  /* the first may be done by now: then its callback is called here */
			add(future[i], next_turn, i);
		for (unsigned i = 0; i < 5; i++)
			assert_square_and_free(future[i], turns[i]);
		shut(executor, 0);
		assert_int_equal(callbacks.length, 5);
		for (unsigned i = 0; i < 5; i++)
			assert_int_equal(callbacks.entry[i], expected[i]);
	}
}

static void test_callbacks_of_one_future_and_a_late_one(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *future = submit(executor, wait_for_gate, 1), *last = submit(executor, square, 2);

	callbacks.length = 0;
	for (unsigned k = 0; k < 5; k++)
		add(future, note, k);
	shared->open = true;
	assert_square_and_free(last, 2);
	while (executor_shutdown(executor, false), pthread_mutex_lock(&callbacks.lock), callbacks.length < 5) {
		pthread_mutex_unlock(&callbacks.lock);
		usleep(100);
	}
	assert_false(pthread_equal(callbacks.by, pthread_self()));
	pthread_mutex_unlock(&callbacks.lock);
	add(future, note, 5);
	assert_true(pthread_equal(callbacks.by, pthread_self()));
	shut(executor, 0);
	add(future, note, 6);  /* even now */
	assert_int_equal(callbacks.length, 7);
	for (unsigned k = 0; k < 7; k++)
		assert_int_equal(callbacks.entry[k], k);
	future_free(future);
}

static void test_callbacks_of_errors_and_of_the_cancelled(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *running = submit(executor, wait_for_gate, 0), *failing = submit(executor, refuse, 1);
	struct future *cancelled = submit(executor, square, 2);

	callbacks.length = 0;
	add(running, note, 1);
	add(failing, note, 2);
	add(cancelled, note, 0);
	assert_true(future_cancel(cancelled));
	shared->open = true;
	shut(executor, 0);
	assert_int_equal(callbacks.length, 3);
	for (unsigned k = 0; k < 3; k++)
		assert_int_equal(callbacks.entry[k], k);
	future_free(running);
	future_free(failing);
	future_free(cancelled);
}

/* Each callback submits the next of a chain. */
static struct chain {
	struct executor *executor;
	_Atomic unsigned left;
	int refused;
} chain;

static int submit_next(struct future *future, void *arg)
{
	uint64_t x = chain.left;

	future_free(future);
	if (chain.left == 0 || --chain.left == 0)
		return 0;
	future = executor_submit(chain.executor, square, &x, sizeof x, sizeof x);
	if (!future) {
		chain.refused = errno;
		chain.left = 0;
		return 1;
	}
	return future_add_done_callback(future, submit_next, arg);
}

static void test_callbacks_that_submit(void **state)
{
	chain = (struct chain){ .executor = start(*state, 2), .left = 500 };
	add(submit(chain.executor, square, 1), submit_next, 0);
	while (chain.left > 0)
		usleep(100);
	shut(chain.executor, 0);
	assert_int_equal(chain.refused, 0);
}

static void test_callbacks_that_submit_after_shutdown(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		shared->open = false;
		chain = (struct chain){ .executor = start(*state, 2), .left = 1000000 };
		add(submit(chain.executor, wait_for_gate, 1), submit_next, 0);
		executor_shutdown(chain.executor, false);
		shared->open = true;
		shut(chain.executor, 0);
		assert_int_equal(chain.refused, ESHUTDOWN);
	}
}

static int note_and_fail(struct future *future, void *k)
{
	note(future, k);
	return 1;
}

static void test_callbacks_that_fail_are_counted_and_stop_nobody(void **state)
{
	struct executor *executor = start(*state, 2);
	struct future *future = submit(executor, wait_for_gate, 1);

	callbacks.length = 0;
	for (unsigned k = 0; k < 10; k++)
		add(future, k % 2 ? note_and_fail : note, k);
	shared->open = true;
	assert_int_equal(future_wait(future, FOREVER), 0);
	while (executor_failed_callbacks(executor) < 5)
		usleep(100);
	add(future, note_and_fail, 10);
	assert_int_equal(executor_failed_callbacks(executor), 6);
	assert_square_and_free(future, 1);
	assert_square_and_free(submit(executor, square, 3), 3);
	shut(executor, 0);
	assert_int_equal(callbacks.length, 11);
}

static int free_and_fail(struct future *future, void *arg)
{
	(void)arg;
	future_free(future);
	return 1;
}

static void test_a_late_callback_may_free_the_last_there_is(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *future = submit(executor, square, 1);

	shut(executor, 0);
	add(future, free_and_fail, 0);
}

static int wait_in_callback(struct future *future, void *other)
{
	struct completed *set = completed_start((struct future *[]){ other }, 1);
	struct future *next;

	(void)future;
	if (future_get(other, FOREVER, NULL) == -EDEADLK && future_get(other, 0, NULL) == -ETIMEDOUT &&
	    future_wait(future, FOREVER) == 0 && completed_next(set, FOREVER, &next) == -EDEADLK &&
	    executor_shutdown(chain.executor, true) == -EDEADLK)
		chain.refused = 1;
	completed_free(set);
	shared->open = true;
	return 0;
}

static void test_a_callback_that_waits_is_told(void **state)
{
	chain = (struct chain){ .executor = start(*state, 2) };
	turn->now = 0;
	struct future *slow = submit(chain.executor, wait_for_gate, 1);
	struct future *first = submit(chain.executor, wait_for_turn, 1);

	assert_int_equal(future_add_done_callback(first, wait_in_callback, slow), 0);
	turn->now = 1;
	assert_square_and_free(slow, 1);
	shut(chain.executor, 0);
	future_free(first);
	assert_int_equal(chain.refused, 1);
}

/* ---- as_completed ---- */

static void test_as_completed(void **state)
{
	static const uint64_t turns[] = { 4, 0, 2, 1, 3 }, expected[] = { 1, 3, 2, 4, 0 };

	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 5);
		struct future *future[5], *next;
		struct completed *set, *late, *dropped;

		turn->now = 0;
		for (unsigned i = 0; i < 5; i++)
			future[i] = submit(executor, wait_for_turn, turns[i] + 1);
		set = completed_start(future, 5);
		dropped = completed_start(future, 5);
		assert_int_equal(completed_next(set, 0, &next), -ETIMEDOUT);
		assert_int_equal(completed_next(set, 2, &next), -ETIMEDOUT);
		completed_free(dropped);
		for (unsigned i = 0; i < 5; i++) {
			turn->now++;
			assert_int_equal(completed_next(set, FOREVER, &next), 1);
			assert_ptr_equal(next, future[expected[i]]);
		}
		assert_int_equal(completed_next(set, FOREVER, &next), 0);
		completed_free(set);
		late = completed_start(future, 5);
		for (unsigned i = 0; i < 5; i++) {
			assert_int_equal(completed_next(late, 0, &next), 1);
			assert_ptr_equal(next, future[expected[i]]);
			future_wait(next, 0);
		}
		completed_free(late);
		late = completed_start(NULL, 0);
		assert_int_equal(completed_next(late, FOREVER, &next), 0);
		completed_free(late);
		for (unsigned i = 0; i < 5; i++)
			future_free(future[i]);
		shut(executor, 0);
	}
}

/* ---- several threads ---- */

struct crowd {
	struct executor *executor;
	unsigned seed, cancelled, done, odd;
	pthread_t thread;
};

static void *submit_and_cancel(void *arg)
{
	struct crowd *crowd = arg;
	struct future *future[50];

	for (unsigned k = 0; k < 50; k++) {
		uint64_t x = crowd->seed + k, result;
		future[k] = executor_submit(crowd->executor, k % 7 == 3 ? refuse : square, &x, sizeof x, sizeof x);
		if (!future[k])
			crowd->odd++;
		if (k % 3 == 0)
			crowd->cancelled += future_cancel(future[k - k % 2]);
		if (k % 5 == 0)
			future_get(future[k], 0, &result);
	}
	for (unsigned k = 0; k < 50; k++) {
		uint64_t x = crowd->seed + k, result = 0;
		int error = future_get(future[k], FOREVER, &result);
		if (error == -ECANCELED ? !future_cancelled(future[k]) : error != (k % 7 == 3 ? EDOM : 0) ||
		    (!error && result != x * x))
			crowd->odd++;
		crowd->done++;
		future_free(future[k]);
	}
	return NULL;
}

static void test_several_threads_submit_and_cancel_at_once(void **state)
{
	struct executor *executor = start(*state, 3);

	for (unsigned round = 0; round < 10; round++) {
		struct crowd crowd[6];
		for (unsigned i = 0; i < 6; i++) {
			crowd[i] = (struct crowd){ .executor = executor, .seed = 1000 * i };
			assert_int_equal(pthread_create(&crowd[i].thread, NULL, submit_and_cancel, &crowd[i]), 0);
		}
		for (unsigned i = 0; i < 6; i++) {
			pthread_join(crowd[i].thread, NULL);
			assert_int_equal(crowd[i].odd, 0);
			assert_int_equal(crowd[i].done, 50);
		}
	}
	shut(executor, 0);
}

static void *submit_until_refused(void *arg)
{
	struct crowd *crowd = arg;
	struct future *future;
	uint64_t x = 3, result;

	while ((future = executor_submit(crowd->executor, square, &x, sizeof x, sizeof x))) {
		int error = future_get(future, crowd->done++ % 2 ? FOREVER : 0, &result);
		if (error == -ETIMEDOUT)
			error = future_get(future, FOREVER, &result);
		if (error ? error != -ESHUTDOWN : result != 9)
			crowd->odd++;
		future_free(future);
	}
	crowd->odd += errno != ESHUTDOWN;
	return NULL;
}

static void test_several_threads_submit_until_it_ends(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 3);
		struct crowd crowd[4];

		for (unsigned i = 0; i < 4; i++) {
			crowd[i] = (struct crowd){ .executor = executor };
			assert_int_equal(pthread_create(&crowd[i].thread, NULL, submit_until_refused, &crowd[i]), 0);
		}
		usleep(k * 200);
		if (k % 2)
			executor_terminate(executor);
		else
			executor_shutdown(executor, false);
		for (unsigned i = 0; i < 4; i++) {
			pthread_join(crowd[i].thread, NULL);
			assert_int_equal(crowd[i].odd, 0);
		}
		shut(executor, 0);
	}
}

/* ---- signals ---- */

static void interrupt(int signal_number)
{
	(void)signal_number;
}

static timer_t start_interrupts(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	struct itimerspec every = { { 0, 300000 }, { 0, 300000 } };
	timer_t timer;

	assert_int_equal(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
	assert_int_equal(timer_settime(timer, 0, &every, NULL), 0);
	return timer;
}

static void interrupt_worker(unsigned worker, void *arg)
{
	(void)worker, (void)arg;
	start_interrupts();
}

static void test_signals_disturb_nobody(void **state)
{
	const struct sigaction action = { .sa_handler = interrupt };  /* without SA_RESTART */
	struct executor *executor;
	struct future *future[100];
	timer_t timer;

	sigaction(SIGUSR1, &action, NULL);
	executor = executor_start(*state, 3, *state == &fork_pool ? interrupt_worker : NULL, NULL);
	timer = start_interrupts();
	for (unsigned round = 0; round < 10; round++) {
		for (unsigned k = 0; k < 100; k++)
			future[k] = submit(executor, square, k);
		for (unsigned k = 0; k < 100; k++)
			assert_square_and_free(future[k], k);
		usleep(1000);
	}
	shut(executor, 0);
	timer_delete(timer);
	signal(SIGUSR1, SIG_DFL);
}

/* ---- idleness ---- */

static uint64_t cpu_of_all_ms(const struct pool_kind *kind, unsigned workers)
{
	uint64_t sum = now_ms(CLOCK_PROCESS_CPUTIME_ID);
	clockid_t clock;

	for (unsigned i = 0; i < workers && kind == &fork_pool; i++) {
		assert_int_equal(clock_getcpuclockid(shared->pid[i], &clock), 0);
		sum += now_ms(clock);
	}
	return sum;
}

static void test_who_has_nothing_to_do_sleeps(void **state)
{
	struct executor *executor = start(*state, 16);
	struct future *slow = submit(executor, sleep_long, 0);
	uint64_t begin_ms;

	wait_until_pids_known(16);
	assert_square_and_free(submit(executor, square, 2), 2);
	usleep(20000);
	begin_ms = cpu_of_all_ms(*state, 16);
	assert_int_equal(future_get(slow, 200, NULL), -ETIMEDOUT);
	assert_true(cpu_of_all_ms(*state, 16) - begin_ms < 60);  /* one that spins uses 200 */
	executor_terminate(executor);
	shut(executor, 0);
	future_free(slow);
}

/* ---- beginning and end ---- */

static void test_impossible_crowds_are_refused(void **state)
{
	errno = 0;
	assert_null(executor_start(*state, 0, NULL, NULL));
	assert_int_equal(errno, EINVAL);
	errno = 0;
	assert_null(executor_start(*state, MAX_WORKERS + 1, NULL, NULL));
	assert_int_equal(errno, EINVAL);
}

static void test_descriptors_run_out_half_way(void **state)
{
	struct rlimit limit, few;

	(void)state;
	getrlimit(RLIMIT_NOFILE, &limit);
	few = limit;
	for (rlim_t more = 0; more < 12; more++) {  /* every descriptor of the first workers is once the missing one */
		few.rlim_cur = descriptors_before + more;
		setrlimit(RLIMIT_NOFILE, &few);
		errno = 0;
		assert_null(executor_start(&fork_pool, 64, NULL, NULL));
		assert_int_equal(errno, EMFILE);
		setrlimit(RLIMIT_NOFILE, &limit);
		assert_nothing_left();
	}
}

static void test_workers_run_out_half_way(void **state)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		alarm(DEADLINE_S);  /* not inherited */
		struct rlimit few = { 5, 5 };
		/* root may pass the limit: be nobody in particular */
		if (setrlimit(RLIMIT_NPROC, &few) < 0 || (geteuid() == 0 && setuid(54322) < 0))
			_exit(1);
		errno = 0;
		if (executor_start(*state, 64, NULL, NULL) || errno != EAGAIN)
			_exit(2);
		if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
			_exit(3);
		_exit(entries("/proc/self/fd") == descriptors_before ? 0 : 4);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_two_executors_at_once(void **state)
{
	struct executor *first = start(*state, 2), *second = start(*state, 2);

	assert_square_and_free(submit(second, square, 3), 3);
	assert_square_and_free(submit(first, square, 4), 4);
	shut(first, 0);  /* although the second one's workers hold copies of all descriptors of the first */
	assert_square_and_free(submit(second, square, 5), 5);
	shut(second, 0);
}

static void test_submit_after_shutdown_is_an_error_and_what_was_queued_is_done(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 2);
		struct future *future[50];

		shared->open = k % 2;
		for (unsigned i = 0; i < 50; i++)
			future[i] = submit(executor, wait_for_gate, i);
		assert_int_equal(executor_shutdown(executor, false), 0);
		assert_refused(executor, ESHUTDOWN);
		shared->open = true;
		if (k % 3 == 0)
			assert_square(future[49], 49);
		shut(executor, 0);
		for (unsigned i = 0; i < 50; i++)
			assert_square_and_free(future[i], i);
	}
}

static void test_terminate_fails_what_is_pending_and_what_sleeps(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 5);
		struct future *future[100];

		shared->started = 0;
		callbacks.length = 0;
		for (unsigned i = 0; i < 100; i++) {
			future[i] = submit(executor, sleep_long, i);
			add(future[i], note, i);
		}
		wait_until_started(5);
		executor_terminate(executor);
		executor_terminate(executor);
		assert_refused(executor, ESHUTDOWN);
		for (unsigned i = 0; i < 100; i++)
			assert_fails(future[i], -ESHUTDOWN, "the executor was terminated");
		shut(executor, 0);
		assert_int_equal(callbacks.length, 100);
		assert_int_equal(shared->started, 5);
	}
}

static void test_terminate_at_any_moment(void **state)
{
	for (unsigned k = 0; k < 2 * REPEAT; k++) {
		struct executor *executor = start(*state, 3);
		struct future *future[50];

		for (unsigned i = 0; i < 50; i++)
			future[i] = submit(executor, square, i);
		usleep(k * 20);
		executor_terminate(executor);
		shut(executor, 0);
		for (unsigned i = 0; i < 50; i++) {
			uint64_t result = 0;
			int error = future_get(future[i], 0, &result);
			assert_true(error == -ESHUTDOWN || (error == 0 && result == (uint64_t)i * i));
			future_free(future[i]);
		}
	}
}

/* A thread without a cancellation point goes on until its task is done, and its result counts. */
static void test_terminate_while_a_task_computes(void **state)
{
	struct executor *executor = start(*state, 1);
	struct future *running = submit(executor, compute_until_open, 5), *pending = submit(executor, square, 5);

	wait_until_started(1);
	executor_terminate(executor);
	assert_fails(pending, -ESHUTDOWN, "terminated");
	shared->open = true;
	if (*state == &thread_pool)
		assert_square_and_free(running, 5);
	else
		assert_fails(running, -ESHUTDOWN, "terminated");
	shut(executor, 0);
}

/* ---- losses ---- */

static void assert_names_the_loss(const char *words, const struct ending *e)
{
	char expected[200];
	unsigned worker;
	int id;

	assert_int_equal(sscanf(words, "worker %u (%*s %d)", &worker, &id), 2);
	assert_true(worker < 2);
	if (e->kind == &fork_pool)
		assert_int_equal(id, shared->pid[worker]);
	snprintf(expected, sizeof expected, "worker %u (%s %d) %s while it ran a task", worker,
		e->kind == &fork_pool ? "pid" : "thread", id, e->how);
	assert_string_equal(words, expected);
}

/* The future of the task that ended its worker tells how; those that run, are pending or would follow tell why. */
static void test_every_end_in_a_task_is_named(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 4 * ENDINGS; k++) {
		const struct ending *e = &endings[k % ENDINGS];
		struct executor *executor = start(e->kind, 2);
		struct future *kept = submit(executor, square, 8), *sleeping, *fatal, *pending[20];

		shared->started = 0;
		assert_int_equal(future_wait(kept, FOREVER), 0);
		sleeping = submit(executor, sleep_long, 0);
		wait_until_started(1);
		fatal = submit(executor, e->task, 0);
		for (unsigned i = 0; i < 20; i++) {
			uint64_t x = i;
			pending[i] = executor_submit(executor, square, &x, sizeof x, sizeof x);
			if (!pending[i])  /* it may be broken already */
				assert_int_equal(errno, EPIPE);
		}
		assert_int_equal(future_wait(fatal, FOREVER), 0);
		assert_names_the_loss(future_cause(fatal)->words, e);
		assert_fails(fatal, -EOWNERDEAD, e->how);
		assert_fails(sleeping, -EPIPE, e->how);
		for (unsigned i = 0; i < 20; i++)
			if (pending[i])
				assert_fails(pending[i], -EPIPE, e->how);
		assert_names_the_loss(executor_error(executor), e);
		assert_refused(executor, EPIPE);
		assert_refused(executor, EPIPE);
		if (k % 2)
			executor_terminate(executor);
		shut(executor, -EPIPE);
		assert_square_and_free(kept, 8);
	}
}

/* Here nobody else ends after the lost one, and so nobody else's end can tell those that wait in the queue. */
static void test_what_is_pending_behind_the_only_worker_fails_at_once(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 1);
		struct future *gate, *fatal, *pending[10];

		shared->open = false;
		gate = submit(executor, wait_for_gate, 4);
		fatal = submit(executor, end_of(*state), 0);
		for (unsigned i = 0; i < 10; i++)
			pending[i] = submit(executor, square, i);
		shared->open = true;
		for (unsigned i = 0; i < 10; i++)
			assert_fails(pending[i], -EPIPE, "while it ran a task");
		assert_fails(fatal, -EOWNERDEAD, "while it ran a task");
		assert_square_and_free(gate, 4);
		assert_refused(executor, EPIPE);
		shut(executor, -EPIPE);
	}
}

static future_task *fatal_task;

static void end_in_initializer(unsigned worker, void *arg)
{
	say_pid(worker, arg);
	if (worker == 1)
		fatal_task(NULL, NULL);
}

static void test_end_in_the_initializer(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 4 * ENDINGS; k++) {
		const struct ending *e = &endings[k % ENDINGS];
		struct executor *executor;
		struct future *future[5] = { 0 };
		uint64_t x = 0;
		char words[128];

		fatal_task = e->task;
		executor = executor_start(e->kind, 2, end_in_initializer, NULL);
		assert_non_null(executor);
		for (unsigned i = 0; i < 5; i++)
			future[i] = executor_submit(executor, sleep_long, &x, sizeof x, sizeof x);
		for (unsigned i = 0; i < 5; i++)
			if (future[i])
				assert_fails(future[i], -EPIPE, "while it started");
		while (executor_error(executor)[0] == '\0')
			usleep(100);
		snprintf(words, sizeof words, "%s while it started", e->how);
		assert_non_null(strstr(executor_error(executor), words));
		shut(executor, -EPIPE);
	}
}

static void test_busy_worker_killed_from_outside(void **state)
{
	static const int signals[] = { SIGKILL, SIGTERM };

	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, 3);
		struct future *future[6];
		unsigned lost = 0;

		for (unsigned i = 0; i < 6; i++)
			future[i] = submit(executor, sleep_long, i);
		wait_until_started(3);
		wait_until_pids_known(3);
		kill(shared->pid[1], signals[k % 2]);
		for (unsigned i = 0; i < 6; i++) {
			assert_int_equal(future_wait(future[i], FOREVER), 0);
			lost += future_cause(future[i])->number == -EOWNERDEAD;
			assert_fails(future[i], future_cause(future[i])->number == -EOWNERDEAD ? -EOWNERDEAD : -EPIPE,
				k % 2 ? "was killed by SIGTERM (Terminated) while it ran a task" :
				"was killed by SIGKILL (Killed) while it ran a task");
		}
		assert_int_equal(lost, 1);
		assert_refused(executor, EPIPE);
		shut(executor, -EPIPE);
	}
}

static void test_idle_worker_killed_from_outside(void **state)
{
	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, 3);

		assert_square_and_free(submit(executor, square, 2), 2);
		wait_until_pids_known(3);
		if (k % 2)
			usleep(1000);  /* else it may still be on its way to its sleep */
		kill(shared->pid[k % 3], SIGKILL);
		if (k % 4 < 2)
			while (executor_error(executor)[0] == '\0')
				usleep(100);
		for (unsigned i = 0; i < 5; i++) {  /* nobody waits for ever for the one that was given to the dead */
			uint64_t x = i;
			struct future *future = executor_submit(executor, sleep_long, &x, sizeof x, sizeof x);
			if (future)
				assert_fails(future, -EPIPE, "was killed by SIGKILL (Killed)");
		}
		assert_refused(executor, EPIPE);
		shut(executor, -EPIPE);
	}
}

/* Of those handed out, in the slots, and of those that wait for one. */
static void test_nothing_is_run_after_a_worker_was_killed(void **state)
{
	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, 2);
		struct future *gate[2], *future[MANY];
		unsigned lost = 0;

		for (unsigned i = 0; i < 2; i++)
			gate[i] = submit(executor, wait_for_gate, i);
		wait_until_started(2);
		for (unsigned i = 0; i < MANY; i++)
			future[i] = submit(executor, nothing, i);
		assert_true(future_cancel(future[k]));
		kill(shared->pid[k % 2], SIGKILL);
		for (unsigned i = 0; i < MANY; i++)
			if (i == k)
				assert_fails(future[i], -ECANCELED, "");
			else
				assert_fails(future[i], -EPIPE, "was killed by SIGKILL (Killed) while it ran a task");
		for (unsigned i = 0; i < 2; i++) {
			assert_int_equal(future_wait(gate[i], FOREVER), 0);
			lost += future_cause(gate[i])->number == -EOWNERDEAD;
			future_free(gate[i]);
		}
		assert_int_equal(lost, 1);
		shut(executor, -EPIPE);
		assert_int_equal(shared->ran, 0);
	}
}

enum { FLIGHT = 64 };

static void collect_one(struct crowd *crowd, struct future *future, uint64_t x)
{
	uint64_t result = 0;
	int error = future_get(future, FOREVER, &result);

	crowd->done += error == -EOWNERDEAD;
	if (error ? error != -EOWNERDEAD && error != -EPIPE : result != x * x)
		crowd->odd++;
	future_free(future);
}

static void *submit_until_broken(void *arg)
{
	struct crowd *crowd = arg;
	struct future *future[FLIGHT];
	uint64_t submitted = 0, collected = 0;

	for (;; submitted++) {
		if (submitted == collected + FLIGHT) {
			collect_one(crowd, future[collected % FLIGHT], collected);
			collected++;
		}
		future[submitted % FLIGHT] = executor_submit(crowd->executor, square, &submitted, sizeof submitted,
			sizeof submitted);
		if (!future[submitted % FLIGHT])
			break;
	}
	crowd->odd += errno != EPIPE;
	for (; collected < submitted; collected++)
		collect_one(crowd, future[collected % FLIGHT], collected);
	return NULL;
}

static void test_worker_killed_in_the_middle_of_many_tasks(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 2 * REPEAT; k++) {
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, 3);
		struct crowd crowd[3];
		unsigned lost = 0;

		wait_until_pids_known(3);
		for (unsigned i = 0; i < 3; i++) {
			crowd[i] = (struct crowd){ .executor = executor };
			assert_int_equal(pthread_create(&crowd[i].thread, NULL, submit_until_broken, &crowd[i]), 0);
		}
		usleep(k * 100);
		kill(shared->pid[k % 3], SIGKILL);
		for (unsigned i = 0; i < 3; i++) {
			pthread_join(crowd[i].thread, NULL);
			assert_int_equal(crowd[i].odd, 0);
			lost += crowd[i].done;
		}
		assert_true(lost <= 1);
		shut(executor, -EPIPE);
	}
}

static void test_worker_killed_and_executor_shut_down(void **state)
{
	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, 3);
		wait_until_pids_known(3);
		kill(shared->pid[k % 3], SIGKILL);
		if (k % 2)
			executor_shutdown(executor, false);
		shut(executor, -EPIPE);
	}
}

static void test_a_crash_during_shutdown(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(*state, 2);
		struct future *fatal, *future[10];

		shared->open = false;
		for (unsigned i = 0; i < 2; i++)
			future[i] = submit(executor, wait_for_gate, i);
		fatal = submit(executor, end_of(*state), 0);
		for (unsigned i = 2; i < 10; i++)
			future[i] = submit(executor, sleep_long, i);
		executor_shutdown(executor, false);
		shared->open = true;
		shut(executor, -EPIPE);
		assert_fails(fatal, -EOWNERDEAD, "while it ran a task");
		for (unsigned i = 0; i < 10; i++) {
			uint64_t result;
			int error = future_get(future[i], 0, &result);
			assert_true(error == -EPIPE || (i < 2 && error == 0 && result == (uint64_t)i * i));
			future_free(future[i]);
		}
	}
}

/* Worker i, or whoever has got the task, kills the next one. */
static int kill_neighbour(const void *argument, void *result)
{
	uint64_t i = *(const uint64_t *)argument;

	kill(shared->pid[(i % HEAD + 1) % (i / HEAD)], SIGKILL);
	return square(argument, result);
}

static void test_workers_kill_one_another(void **state)
{
	static const unsigned killers[] = { 1, 2, 5, 13 };

	(void)state;
	for (unsigned k = 0; k < 2 * REPEAT; k++) {
		unsigned workers = killers[k % 4], lost = 0;
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, workers);
		struct future *future[13];

		wait_until_pids_known(workers);
		for (uint64_t i = 0; i < workers; i++) {
			uint64_t x = workers * HEAD + i;
			future[i] = executor_submit(executor, kill_neighbour, &x, sizeof x, sizeof x);
		}
		for (unsigned i = 0; i < workers; i++) {
			if (!future[i])
				continue;
			int error = future_get(future[i], FOREVER, NULL);
			assert_true(error == 0 || error == -EPIPE || error == -EOWNERDEAD);
			lost += error == -EOWNERDEAD;
			future_free(future[i]);
		}
		assert_true(lost <= 1);
		while (executor_error(executor)[0] == '\0')
			usleep(100);
		assert_non_null(strstr(executor_error(executor), "was killed by SIGKILL (Killed)"));
		shut(executor, -EPIPE);
	}
}

static int end_a_little_later(const void *argument, void *result)
{
	timer_t timer;
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
	struct itimerspec soon = { .it_value = { 0, 5000000 } };

	if (timer_create(CLOCK_MONOTONIC, &event, &timer) < 0 || timer_settime(timer, 0, &soon, NULL) < 0)
		return 1;
	return square(argument, result);
}

static void test_a_result_sent_before_the_crash_is_kept(void **state)
{
	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		struct executor *executor = start(&fork_pool, 1);
		struct future *future = submit(executor, end_a_little_later, 9);

		while (executor_error(executor)[0] == '\0')
			usleep(100);
		assert_int_equal(future_wait(future, 0), 0);
		if (future_cause(future)->number == -EOWNERDEAD)  /* where a task takes 5 ms */
			future_free(future);
		else
			assert_square_and_free(future, 9);
		shut(executor, -EPIPE);
	}
}

static int hold_up(struct future *future, void *arg)
{
	(void)future, (void)arg;
	shared->started = 1;
	while (!shared->open)
		usleep(100);
	return 0;
}

/* What became done while the usher was busy, and lies in slots that are not in the order of time.  (Those who wait for
 * a result get it all the same.) */
static void test_callbacks_come_in_order_after_a_long_one(void **state)
{
	turn->now = 0;
	callbacks.length = 0;
	struct executor *executor = start(*state, 1);
	struct future *first = submit(executor, wait_for_turn, 1), *future[10];

	add(first, hold_up, 0);
	turn->now = 1;
	wait_until_started(1);
	for (unsigned k = 0; k < 10; k++)
		future[k] = submit(executor, square, k);
	for (unsigned k = 0; k < 10; k++)
		assert_square_and_free(future[k], k);
	future[0] = submit(executor, wait_for_turn, 2);
	for (unsigned k = 1; k < 10; k++)
		future[k] = submit(executor, nothing, k);
	for (unsigned k = 0; k < 10; k++)
		add(future[k], note, k);
	turn->now = 2;
	while (shared->ran < 9)
		usleep(100);
	shared->open = true;
	for (unsigned k = 0; k < 10; k++)
		future_free(future[k]);
	future_free(first);
	shut(executor, 0);
	assert_int_equal(callbacks.length, 10);
	for (unsigned k = 0; k < 10; k++)
		assert_int_equal(callbacks.entry[k], k);
}

/* The result and the death wait side by side for the one who takes them in, and who is in a callback meanwhile. */
static void test_a_result_counts_before_the_death_that_followed(void **state)
{
	siginfo_t info;

	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		memset(shared, 0, sizeof *shared);
		struct executor *executor = start(&fork_pool, 1);
		turn->now = 0;
		struct future *first = submit(executor, wait_for_turn, 1), *second;

		add(first, hold_up, 0);
		turn->now = 1;
		wait_until_started(1);
		second = executor_submit(executor, nothing, NULL, 0, 0);
		while (shared->ran == 0)
			usleep(100);
		usleep(20000);  /* and that it is done stands in its window */
		kill(shared->pid[0], SIGKILL);
		assert_int_equal(waitid(P_PID, (id_t)shared->pid[0], &info, WEXITED | WNOWAIT), 0);
		shared->open = true;
		while (executor_error(executor)[0] == '\0')
			usleep(100);
		if (strstr(executor_error(executor), "while it was idle"))  /* else 20 ms were not enough */
			assert_int_equal(future_get(second, FOREVER, NULL), 0);
		future_free(first);
		future_free(second);
		shut(executor, -EPIPE);
	}
}

static void test_sigchld_ignored(void **state)
{
	(void)state;
	signal(SIGCHLD, SIG_IGN);
	struct executor *executor = start(&fork_pool, 3);
	assert_square_and_free(submit(executor, square, 6), 6);
	shut(executor, 0);

	executor = start(&fork_pool, 3);
	assert_fails(submit(executor, by_segv, 0), -EOWNERDEAD, "ended, how is not known, while it ran a task");
	shut(executor, -EPIPE);
	signal(SIGCHLD, SIG_DFL);
}

static void outlive_parent(unsigned worker, void *arg)
{
	prctl(PR_SET_PDEATHSIG, 0);  /* so that only end-of-file can end this worker */
	say_pid(worker, arg);
}

/* The parent is a child of the test, which inherits the orphans as their subreaper, and so can wait for them. */
static void lose_parent(bool busy, int worker_status)
{
	int status;
	pid_t parent = fork();

	if (parent == 0) {
		struct executor *executor = executor_start(&fork_pool, 4, busy ? say_pid : outlive_parent, NULL);
		for (unsigned i = 0; i < 4 && busy; i++)
			submit(executor, sleep_long, 0);
		pause();
		_exit(0);
	}
	wait_until_pids_known(4);
	if (busy)
		wait_until_started(4);
	kill(parent, SIGKILL);
	assert_int_equal(waitpid(parent, &status, 0), parent);
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(waitpid(shared->pid[i], &status, 0), shared->pid[i]);
		assert_int_equal(status, worker_status);
	}
	memset(shared, 0, sizeof *shared);
}

static void test_no_worker_outlives_its_killed_parent(void **state)
{
	(void)state;
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	for (unsigned k = 0; k < 10; k++) {
		lose_parent(true, SIGKILL);
		lose_parent(false, 0);
	}
	prctl(PR_SET_CHILD_SUBREAPER, 0);
}

static void *no_work(void *arg)
{
	return arg;
}

/* With the first thread, ThreadSanitizer starts one of its own, that stays: let it not look like a leak. */
static void start_first_thread(void)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, no_work, NULL), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

#define KIND(test, kind) { #test ": " #kind, test, before, after, (void *)(uintptr_t)&kind }
#define BOTH(test) KIND(test, thread_pool), KIND(test, fork_pool)
#define FORK(test) KIND(test, fork_pool)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BOTH(test_every_result_belongs_to_its_future),
		BOTH(test_one_after_the_other),
		BOTH(test_life_of_a_future),
		BOTH(test_an_argument_is_copied_and_none_is_needed),
		BOTH(test_processes_are_others_and_threads_are_not),
		BOTH(test_all_workers_work_at_the_same_time),
		BOTH(test_a_future_may_be_freed_before_it_is_done),
		BOTH(test_a_timed_get_gives_up_in_time_and_harms_nobody),
		BOTH(test_many_threads_wait_for_one_future),
		BOTH(test_a_task_that_fails_fails_alone_with_its_own_words),
		KIND(test_a_call_without_a_future, thread_pool),
		BOTH(test_a_call_within_a_task),
		BOTH(test_long_words_are_cut),
		BOTH(test_a_hundred_too_large_then_a_hundred_good_ones),
		BOTH(test_cancel_only_while_pending_and_the_rest_is_done),
		BOTH(test_cancelled_or_run_and_never_both),
		BOTH(test_cancel_all_pending),
		BOTH(test_first_come_first_served_and_the_cancelled_never),
		BOTH(test_cancelled_tasks_take_no_room_for_ever),
		BOTH(test_all_are_run_although_nobody_asks),
		BOTH(test_who_waits_for_one_far_behind_is_woken),
		BOTH(test_callbacks_come_in_the_order_of_completion),
		BOTH(test_callbacks_come_in_order_after_a_long_one),
		BOTH(test_callbacks_of_one_future_and_a_late_one),
		BOTH(test_callbacks_of_errors_and_of_the_cancelled),
		BOTH(test_callbacks_that_submit),
		BOTH(test_callbacks_that_submit_after_shutdown),
		BOTH(test_callbacks_that_fail_are_counted_and_stop_nobody),
		BOTH(test_a_late_callback_may_free_the_last_there_is),
		BOTH(test_a_callback_that_waits_is_told),
		BOTH(test_as_completed),
		BOTH(test_several_threads_submit_and_cancel_at_once),
		BOTH(test_several_threads_submit_until_it_ends),
		BOTH(test_signals_disturb_nobody),
		BOTH(test_who_has_nothing_to_do_sleeps),
		BOTH(test_impossible_crowds_are_refused),
		FORK(test_descriptors_run_out_half_way),
		BOTH(test_workers_run_out_half_way),
		BOTH(test_two_executors_at_once),
		BOTH(test_submit_after_shutdown_is_an_error_and_what_was_queued_is_done),
		BOTH(test_terminate_fails_what_is_pending_and_what_sleeps),
		BOTH(test_terminate_at_any_moment),
		BOTH(test_terminate_while_a_task_computes),
		FORK(test_every_end_in_a_task_is_named),
		BOTH(test_what_is_pending_behind_the_only_worker_fails_at_once),
		FORK(test_end_in_the_initializer),
		FORK(test_busy_worker_killed_from_outside),
		FORK(test_idle_worker_killed_from_outside),
		FORK(test_nothing_is_run_after_a_worker_was_killed),
		FORK(test_worker_killed_in_the_middle_of_many_tasks),
		FORK(test_worker_killed_and_executor_shut_down),
		BOTH(test_a_crash_during_shutdown),
		FORK(test_workers_kill_one_another),
		FORK(test_a_result_sent_before_the_crash_is_kept),
		FORK(test_a_result_counts_before_the_death_that_followed),
		FORK(test_sigchld_ignored),
		FORK(test_no_worker_outlives_its_killed_parent),
		FORK(test_what_has_no_room_on_its_way_fails_alone),
		FORK(test_killed_while_it_writes_a_large_result),
		BOTH(test_more_long_ones_than_workers_among_short_ones),
		BOTH(test_who_waits_for_the_last_one_outlives_the_crew),
		BOTH(test_large_arguments_and_results),  /* last: the more memory, the dearer is fork() */
	};

	shared = shared_make(sizeof *shared);
	turn = shared_make(sizeof *turn);
	diary = shared_make(sizeof *diary);
	start_first_thread();
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);  /* as in: test_future '*killed*' */
	return cmocka_run_group_tests_name("future", tests, NULL, NULL);
}
