/* SPDX-License-Identifier: MIT */
/* test_pool.c -- both pools keep their promises, and every way to lose a worker ends the call with the right words.
 *
 * Most cases run once for each kind.  No case asserts a time: one that is late is killed by its alarm.  After each case
 * no child, no thread and no descriptor may be left.
 */
#include "bench/lesson.h"
#include "lessons/lib/pool.h"
#include "lessons/lib/pool_kind.h"
#include "lessons/lib/shared.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
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

enum { DEADLINE_S = 30, REPEAT = 50, NEVER = 1000000 };

/* What workers of both kinds tell the test.  Global because a task is given its item and nothing else. */
static struct shared {
	_Atomic int pid[MAX_WORKERS];
	_Atomic unsigned initialized[MAX_WORKERS], started;
	_Atomic uint64_t fatal;         /* the item that ends its worker */
} *shared;
static void (*fatal_end)(void);

/* ---- before and after every case ---- */

static unsigned descriptors_before, threads_before;

/* The kernel wakes who joins a thread just before it takes the thread out of /proc. */
static void wait_until_threads_left(void)
{
	while (entries("/proc/self/task") > threads_before)
		usleep(100);
}

static int before(void **state)
{
	(void)state;
	alarm(DEADLINE_S);
	memset(shared, 0, sizeof *shared);
	shared->fatal = UINT64_MAX;
	descriptors_before = entries("/proc/self/fd");
	threads_before = entries("/proc/self/task");
	return 0;
}

static int after(void **state)
{
	(void)state;
	assert_int_equal(entries("/proc/self/fd"), descriptors_before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	wait_until_threads_left();
	alarm(0);
	return 0;
}

/* ---- tasks ---- */

static void square(const void *item, void *result)
{
	uint64_t x = *(const uint64_t *)item;

	*(uint64_t *)result = x * x;
}

static void square_or_end(const void *item, void *result)
{
	if (*(const uint64_t *)item == shared->fatal)
		fatal_end();
	square(item, result);
}

static void sleep_long(const void *item, void *result)
{
	(void)item, (void)result;
	shared->started++;
	sleep(NEVER);
}

static void say_pid(unsigned worker, void *arg)
{
	(void)arg;
	shared->pid[worker] = getpid();
}

static void by_segv(void)
{
	signal(SIGSEGV, SIG_DFL);  /* cmocka and the sanitizers have handlers of their own */
	raise(SIGSEGV);
}

static void by_abort(void)
{
	signal(SIGABRT, SIG_DFL);
	abort();
}

static void by_kill(void)
{
	kill(getpid(), SIGKILL);
}

static void by_exit_0(void)
{
	_exit(0);
}

static void by_exit_3(void)
{
	_exit(3);
}

static void by_pthread_exit(void)
{
	pthread_exit(NULL);
}

static const struct ending {
	const struct pool_kind *kind;
	void (*end)(void);
	const char *how;
} endings[] = {
	{ &fork_pool, by_segv, "was killed by SIGSEGV (Segmentation fault)" },
	{ &fork_pool, by_abort, "was killed by SIGABRT (Aborted)" },
	{ &fork_pool, by_kill, "was killed by SIGKILL (Killed)" },
	{ &fork_pool, by_exit_0, "exited with code 0" },
	{ &fork_pool, by_exit_3, "exited with code 3" },
	{ &thread_pool, by_pthread_exit, "called pthread_exit()" },
};
enum { ENDINGS = sizeof endings / sizeof *endings };

static void (*end_of(const struct pool_kind *kind))(void)
{
	return kind == &fork_pool ? by_exit_3 : by_pthread_exit;
}

/* ---- helpers ---- */

static uint64_t *numbers(uint64_t n)
{
	uint64_t *items = malloc((n + 1) * sizeof *items);

	assert_non_null(items);
	for (uint64_t i = 0; i < n; i++)
		items[i] = i;
	return items;
}

static struct pool *start(const struct pool_kind *kind, unsigned workers)
{
	struct pool *pool = pool_start(kind, workers, say_pid, NULL);

	assert_non_null(pool);
	return pool;
}

static void finish(struct pool *pool, int expected)
{
	pool_close(pool);
	assert_int_equal(pool_join(pool), expected);
}

static int map(struct pool *pool, pool_task *task, uint64_t n, uint64_t chunk)
{
	uint64_t *items = numbers(n), *results = calloc(n + 1, sizeof *results);
	int error = pool_map(pool, task, items, sizeof *items, results, sizeof *results, n, chunk);

	for (uint64_t i = 0; i < n && !error; i++)
		assert_int_equal(results[i], i * i);
	assert_int_equal(results[n], 0);  /* nothing is written past the end */
	free(items);
	free(results);
	return error;
}

/* Fetches all there is.  The error that ended it, and in *fetched how many results came before that. */
static int fetch(struct pool *pool, uint64_t n, uint64_t *fetched)
{
	char *seen = calloc(n + 1, 1);
	const void *result;
	uint64_t i;
	int more;

	for (*fetched = 0; (more = pool_next(pool, &i, &result)) == 1; ++*fetched) {
		assert_true(i < n);
		assert_false(seen[i]);
		assert_int_equal(*(const uint64_t *)result, i * i);
		assert_int_not_equal(i, shared->fatal);
		seen[i] = 1;
	}
	free(seen);
	return more;
}

static int imap(struct pool *pool, pool_task *task, uint64_t n, uint64_t chunk)
{
	uint64_t *items = numbers(n), fetched;
	int error = pool_imap_unordered(pool, task, items, sizeof *items, sizeof(uint64_t), n, chunk);

	if (!error) {
		error = fetch(pool, n, &fetched);
		if (!error)
			assert_int_equal(fetched, n);
	}
	free(items);
	return error;
}

typedef int call(struct pool *, pool_task *, uint64_t n, uint64_t chunk);
static call *const calls[] = { map, imap };

static void wait_until_pids_known(unsigned workers)
{
	for (unsigned i = 0; i < workers; i++)
		while (shared->pid[i] == 0)
			usleep(100);
}

/* A lost pool answers everything with -EPIPE and the words `says`, however often it is asked. */
static void assert_stays_broken(struct pool *pool)
{
	char says[ERROR_BYTES];

	strcpy(says, pool_error(pool));
	assert_int_not_equal(says[0], '\0');
	for (unsigned k = 0; k < 2; k++) {
		assert_int_equal(map(pool, square, 10, 1), -EPIPE);
		assert_int_equal(imap(pool, square, 10, 1), -EPIPE);
		assert_string_equal(pool_error(pool), says);
	}
}

static void assert_says(struct pool *pool, const char *words)
{
	if (!strstr(pool_error(pool), words))
		fail_msg("\"%s\" does not say \"%s\"", pool_error(pool), words);
}

/* ---- calls that succeed ---- */

static const unsigned crowds[] = { 1, 2, 3, 8, 64 };

static void test_every_size_crowd_and_chunk(void **state)
{
	for (unsigned c = 0; c < sizeof crowds / sizeof *crowds; c++) {
		const uint64_t w = crowds[c], sizes[] = { 0, 1, w - 1, w, w + 1, 5000 };
		struct pool *pool = start(*state, crowds[c]);

		for (unsigned s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			const uint64_t n = sizes[s], chunks[] = { 0, 1, 7, n, n + 5, UINT64_MAX };
			for (unsigned k = 0; k < sizeof chunks / sizeof *chunks; k++) {
				assert_int_equal(map(pool, square, n, chunks[k]), 0);
				assert_int_equal(imap(pool, square, n, chunks[k]), 0);
			}
		}
		assert_string_equal(pool_error(pool), "");
		finish(pool, 0);
	}
}

static void test_chunk_rule_is_pythons(void **state)
{
	(void)state;
	assert_int_equal(pool_chunk(100, 5, 3), 3);
	assert_int_equal(pool_chunk(100, 5, 0), 5);
	assert_int_equal(pool_chunk(101, 5, 0), 6);
	assert_int_equal(pool_chunk(3, 5, 0), 1);
	assert_int_equal(pool_chunk(0, 5, 0), 1);
}

static void test_thousands_of_small_calls(void **state)
{
	struct pool *pool = start(*state, 3);

	for (unsigned k = 0; k < 2000; k++)
		assert_int_equal(calls[k % 2](pool, square, k % 7, 1), 0);
	finish(pool, 0);
}

struct large { uint64_t number; unsigned char bytes[(16 << 20) - 8]; };

static void invert(const void *item, void *result)
{
	const struct large *in = item;
	struct large *out = result;

	out->number = ~in->number;
	for (size_t i = 0; i < sizeof in->bytes; i += 4096)
		out->bytes[i] = (unsigned char)~in->bytes[i];
}

static void test_large_items_and_growth_between_calls(void **state)
{
	struct large *items = calloc(3, sizeof *items), *results = calloc(3, sizeof *results);
	struct pool *pool = start(*state, 2);

	assert_int_equal(map(pool, square, 10, 1), 0);
	assert_int_equal(map(pool, square, 100000, 100), 0);
	for (unsigned i = 0; i < 3; i++)
		items[i].number = items[i].bytes[4096] = (unsigned char)i;
	assert_int_equal(pool_map(pool, invert, items, sizeof *items, results, sizeof *results, 3, 1), 0);
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(results[i].number, ~(uint64_t)i);
		assert_int_equal(results[i].bytes[4096], (unsigned char)~i);
	}
	assert_int_equal(map(pool, square, 10, 1), 0);
	finish(pool, 0);
	free(items);
	free(results);
}

static void count_call(const void *item, void *result)
{
	(void)item, (void)result;
	shared->started++;
}

static void test_items_and_results_may_have_no_bytes(void **state)
{
	struct pool *pool = start(*state, 2);

	assert_int_equal(pool_map(pool, count_call, NULL, 0, NULL, 0, 100, 3), 0);
	assert_int_equal(shared->started, 100);
	finish(pool, 0);
}

static void initialize(unsigned worker, void *arg)
{
	shared->initialized[worker] += *(unsigned *)arg;
}

static void wait_until_started(unsigned count)
{
	while (shared->started < count)
		usleep(100);
}

static void meet_8(const void *item, void *result)
{
	(void)item, (void)result;
	shared->started++;
	wait_until_started(8);
}

static void test_all_workers_work_at_the_same_time(void **state)
{
	struct pool *pool = start(*state, 8);

	assert_int_equal(pool_map(pool, meet_8, NULL, 0, NULL, 0, 8, 1), 0);
	finish(pool, 0);
}

/* Item 0 waits for all the others, among them the rest of its own worker's share. */
static void first_waits_for_others(const void *item, void *result)
{
	if (*(const uint64_t *)item == 0)
		wait_until_started(19);
	else
		shared->started++;
	square(item, result);
}

static void test_free_workers_help_a_busy_one(void **state)
{
	struct pool *pool = start(*state, 2);

	assert_int_equal(map(pool, first_waits_for_others, 20, 1), 0);
	finish(pool, 0);
}

static void test_results_come_while_others_are_worked_on(void **state)
{
	struct pool *pool = start(*state, 2);
	uint64_t *items = numbers(20), i;
	const void *result;

	/* Item 0 also waits for this test to have fetched all other results. */
	assert_int_equal(pool_imap_unordered(pool, first_waits_for_others, items, 8, 8, 19, 1), 0);
	for (unsigned k = 0; k < 18; k++) {
		assert_int_equal(pool_next(pool, &i, &result), 1);
		assert_int_not_equal(i, 0);
	}
	shared->started++;
	assert_int_equal(pool_next(pool, &i, &result), 1);
	assert_int_equal(i, 0);
	assert_int_equal(pool_next(pool, &i, &result), 0);
	finish(pool, 0);
	free(items);
}

static void test_initializer_runs_once_in_each_worker(void **state)
{
	unsigned one = 1;
	struct pool *pool = pool_start(*state, 64, initialize, &one);

	for (unsigned k = 0; k < 3; k++)
		assert_int_equal(map(pool, square, 200, 1), 0);
	finish(pool, 0);
	for (unsigned i = 0; i < 65; i++)
		assert_int_equal(shared->initialized[i], i < 64);
}

static uint64_t cpu_ns(clockid_t clock)
{
	struct timespec t;

	assert_int_equal(clock_gettime(clock, &t), 0);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Of this process with its threads, and of its workers. */
static uint64_t cpu_of_all_ns(const struct pool_kind *kind, unsigned workers)
{
	uint64_t sum = cpu_ns(CLOCK_PROCESS_CPUTIME_ID);
	clockid_t clock;

	for (unsigned i = 0; i < workers && kind == &fork_pool; i++) {
		assert_int_equal(clock_getcpuclockid(shared->pid[i], &clock), 0);
		sum += cpu_ns(clock);
	}
	return sum;
}

static void test_idle_workers_sleep(void **state)
{
	struct pool *pool = start(*state, 64);
	uint64_t begin_ns;

	assert_int_equal(map(pool, square, 100, 1), 0);
	usleep(20000);
	begin_ns = cpu_of_all_ns(*state, 64);
	usleep(200000);
	assert_true(cpu_of_all_ns(*state, 64) - begin_ns < 20000000);  /* one that spins uses ten times as much */
	finish(pool, 0);
}

static void nap(const void *item, void *result)
{
	(void)item, (void)result;
	usleep(200000);
}

static void test_caller_sleeps_while_it_waits(void **state)
{
	struct pool *pool = start(*state, 2);
	const void *result;
	uint64_t begin_ns, i;

	assert_int_equal(map(pool, square, 100, 1), 0);
	begin_ns = cpu_ns(CLOCK_PROCESS_CPUTIME_ID);
	assert_int_equal(pool_map(pool, nap, NULL, 0, NULL, 0, 3, 1), 0);
	assert_int_equal(pool_imap_unordered(pool, nap, NULL, 0, 0, 3, 1), 0);
	while (pool_next(pool, &i, &result) == 1)
		continue;
	assert_true(cpu_ns(CLOCK_PROCESS_CPUTIME_ID) - begin_ns < 40000000);
	finish(pool, 0);
}

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
	struct pool *pool;
	timer_t timer;

	sigaction(SIGUSR1, &action, NULL);
	pool = pool_start(*state, 3, *state == &fork_pool ? interrupt_worker : NULL, NULL);
	timer = start_interrupts();
	for (unsigned k = 0; k < 200; k++)
		assert_int_equal(calls[k % 2](pool, square, 1000, 1), 0);
	usleep(5000);
	assert_int_equal(map(pool, square, 1000000, 0), 0);  /* the memory grows under signals, too */
	finish(pool, 0);
	timer_delete(timer);
	signal(SIGUSR1, SIG_DFL);
}

static void test_results_that_are_not_fetched_are_dropped(void **state)
{
	struct pool *pool = start(*state, 3);
	uint64_t *items = numbers(1000), i;
	const void *result;

	assert_int_equal(pool_next(pool, &i, &result), 0);
	for (unsigned k = 0; k < REPEAT; k++) {
		assert_int_equal(pool_imap_unordered(pool, square, items, 8, 8, 1000, 7), 0);
		assert_int_equal(pool_next(pool, &i, &result), 1);  /* one of seven that came together */
		assert_int_equal(map(pool, square, 10, 1), 0);
		assert_int_equal(pool_next(pool, &i, &result), 0);
	}
	finish(pool, 0);
	free(items);
}

static void test_two_pools_at_once(void **state)
{
	struct pool *first = start(*state, 2), *second = start(*state, 2);

	assert_int_equal(map(second, square, 100, 1), 0);
	assert_int_equal(map(first, square, 100, 1), 0);
	finish(first, 0);  /* although the second one's workers hold copies of all descriptors of the first */
	assert_int_equal(map(second, square, 100, 1), 0);
	finish(second, 0);
}

/* ---- beginning and end ---- */

static void test_impossible_crowds_are_refused(void **state)
{
	errno = 0;
	assert_null(pool_start(*state, 0, NULL, NULL));
	assert_int_equal(errno, EINVAL);
	errno = 0;
	assert_null(pool_start(*state, MAX_WORKERS + 1, NULL, NULL));
	assert_int_equal(errno, EINVAL);
}

static void test_what_does_not_fit_in_memory_is_refused(void **state)
{
	struct pool *pool = start(*state, 2);
	uint64_t items[] = { 3, 4, 5, 6 }, results[4], i;
	const size_t wraps_to_0 = (size_t)1 << 62;  /* four times that */
	const void *result;

	if (*state == &fork_pool) {
		assert_int_equal(pool_map(pool, square, items, 8, results, (size_t)1 << 50, 4, 1), -ENOMEM);
		assert_int_equal(pool_map(pool, square, items, wraps_to_0, results, 8, 4, 1), -ENOMEM);
	}
	assert_int_equal(pool_imap_unordered(pool, square, items, 8, 8, 4, 1), 0);
	assert_int_equal(pool_imap_unordered(pool, square, items, 8, wraps_to_0, 4, 1), -ENOMEM);
	assert_int_equal(pool_next(pool, &i, &result), 0);
	assert_int_equal(map(pool, square, 100, 1), 0);  /* and the pool is none the worse for it */
	finish(pool, 0);
}

static void test_descriptors_run_out_half_way(void **state)
{
	struct rlimit limit, few;

	if (*state != &fork_pool)
		skip();
	getrlimit(RLIMIT_NOFILE, &limit);
	few = limit;
	for (rlim_t more = 0; more < 12; more++) {  /* every descriptor of the first workers is once the missing one */
		few.rlim_cur = descriptors_before + more;
		setrlimit(RLIMIT_NOFILE, &few);
		errno = 0;
		assert_null(pool_start(&fork_pool, 64, NULL, NULL));
		assert_int_equal(errno, EMFILE);
		setrlimit(RLIMIT_NOFILE, &limit);
		assert_int_equal(entries("/proc/self/fd"), descriptors_before);
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
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
		if (setrlimit(RLIMIT_NPROC, &few) < 0 || (geteuid() == 0 && setuid(54321) < 0))
			_exit(1);
		errno = 0;
		if (pool_start(*state, 64, NULL, NULL) || errno != EAGAIN)
			_exit(2);
		if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
			_exit(3);
		wait_until_threads_left();
		_exit(entries("/proc/self/fd") == descriptors_before ? 0 : 4);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* Each holds one of the process's 1024 keys, and must give it back. */
static void test_a_thousand_pools_one_after_the_other(void **state)
{
	for (unsigned k = 0; k < 1100; k++)
		finish(pool_start(*state, 1, NULL, NULL), 0);
}

static void test_close_before_join_and_after_close_nothing(void **state)
{
	struct pool *pool = start(*state, 2);

	assert_int_equal(pool_join(pool), -EINVAL);
	assert_int_equal(map(pool, square, 10, 1), 0);  /* it was not harmed */
	pool_close(pool);
	pool_close(pool);
	assert_int_equal(map(pool, square, 10, 1), -EINVAL);
	assert_int_equal(imap(pool, square, 10, 1), -EINVAL);
	assert_int_equal(pool_join(pool), 0);
}

static void test_closed_pool_finishes_its_call(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct pool *pool = start(*state, 3);
		uint64_t *items = numbers(500), fetched;

		assert_int_equal(pool_imap_unordered(pool, square, items, 8, 8, 500, 1), 0);
		pool_close(pool);
		if (k % 2) {
			assert_int_equal(fetch(pool, 500, &fetched), 0);
			assert_int_equal(fetched, 500);
		}
		assert_int_equal(pool_join(pool), 0);
		free(items);
	}
}

static void test_terminate_ends_sleeping_tasks(void **state)
{
	for (unsigned k = 0; k < 10; k++) {
		struct pool *pool = start(*state, 5);
		const void *result;
		uint64_t i;

		shared->started = 0;
		assert_int_equal(pool_imap_unordered(pool, sleep_long, NULL, 0, 0, 100, 1), 0);
		wait_until_started(5);
		pool_terminate(pool);
		assert_int_equal(pool_next(pool, &i, &result), -EINVAL);
		assert_int_equal(map(pool, square, 10, 1), -EINVAL);
		assert_int_equal(pool_join(pool), 0);
	}
}

static void compute_1_ms(const void *item, void *result)
{
	uint64_t begin_ns = cpu_ns(CLOCK_MONOTONIC);

	(void)item, (void)result;
	shared->started++;
	while (cpu_ns(CLOCK_MONOTONIC) - begin_ns < 1000000)
		continue;
}

/* Without a cancellation point, and all in one chunk: a thread stops when its item is done. */
static void test_terminate_ends_computing_tasks(void **state)
{
	struct pool *pool = start(*state, 2);

	assert_int_equal(pool_imap_unordered(pool, compute_1_ms, NULL, 0, 0, NEVER, NEVER / 2), 0);
	wait_until_started(2);
	pool_terminate(pool);
	assert_int_equal(pool_join(pool), 0);
}

static void test_terminate_at_any_moment(void **state)
{
	for (unsigned k = 0; k < REPEAT; k++) {
		struct pool *pool = start(*state, 3);
		uint64_t *items = numbers(2000);

		assert_int_equal(pool_imap_unordered(pool, square, items, 8, 8, 2000, 1), 0);
		usleep(k * 20);
		pool_terminate(pool);
		pool_terminate(pool);
		assert_int_equal(pool_join(pool), 0);
		free(items);
	}
}

/* ---- losses ---- */

static void assert_names_the_loss(struct pool *pool, const struct ending *e, const char *lost)
{
	char words[2 * ERROR_BYTES];
	unsigned worker;
	int id;

	assert_int_equal(sscanf(pool_error(pool), "worker %u (%*s %d)", &worker, &id), 2);
	assert_true(worker < 3);
	if (e->kind == &fork_pool)
		assert_int_equal(id, shared->pid[worker]);
	snprintf(words, sizeof words, "worker %u (%s %d) %s %s", worker, e->kind == &fork_pool ? "pid" : "thread", id,
		e->how, lost);
	assert_string_equal(pool_error(pool), words);
}

static void test_every_end_in_a_task_is_named(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 10 * ENDINGS; k++) {
		const struct ending *e = &endings[k % ENDINGS];
		fatal_end = e->end;
		shared->fatal = 5;

		struct pool *pool = start(e->kind, 3);
		assert_int_equal(calls[k % 2](pool, square_or_end, 100, 2), -EPIPE);
		assert_names_the_loss(pool, e, "while it worked on items 4..5; those results are lost");
		assert_stays_broken(pool);
		finish(pool, -EPIPE);

		pool = start(e->kind, 3);
		assert_int_equal(calls[k % 2](pool, square_or_end, 6, 1), -EPIPE);
		assert_names_the_loss(pool, e, "while it worked on item 5; that result is lost");
		pool_terminate(pool);
		assert_int_equal(pool_join(pool), -EPIPE);
	}
}

static void end_in_initializer(unsigned worker, void *arg)
{
	say_pid(worker, arg);
	if (worker == 1)
		fatal_end();
}

static void test_end_in_the_initializer(void **state)
{
	(void)state;
	for (unsigned k = 0; k < 10 * ENDINGS; k++) {
		const struct ending *e = &endings[k % ENDINGS];
		fatal_end = e->end;
		struct pool *pool = pool_start(e->kind, 3, end_in_initializer, NULL);
		assert_int_equal(calls[k % 2](pool, square, 100, 1), -EPIPE);
		assert_names_the_loss(pool, e, "while it started; no item was lost with it");
		finish(pool, -EPIPE);
	}
}

/* A thread that is lost while all others compute: they see `stop`, nobody writes into results that are given up. */
static void compute_or_end(const void *item, void *result)
{
	if (*(const uint64_t *)item == shared->fatal)
		fatal_end();
	compute_1_ms(item, result);
}

static void test_loss_does_not_wait_for_the_rest_of_the_call(void **state)
{
	fatal_end = end_of(*state);  /* before start(): forked workers have a copy of it */
	shared->fatal = 0;
	struct pool *pool = start(*state, 3);
	assert_int_equal(map(pool, compute_or_end, NEVER, NEVER / 3), -EPIPE);
	assert_says(pool, "while it worked on items 0..333332; those results are lost");
	finish(pool, -EPIPE);
}

static void test_ready_results_come_before_the_error(void **state)
{
	uint64_t *items = numbers(40), fetched;

	fatal_end = end_of(*state);
	shared->fatal = 20;
	for (unsigned k = 0; k < REPEAT; k++) {
		unsigned workers = 1 + k % 3;
		struct pool *pool = start(*state, workers);

		assert_int_equal(pool_imap_unordered(pool, square_or_end, items, 8, 8, 40, 1), 0);
		usleep(k % 5 * 100);
		assert_int_equal(fetch(pool, 40, &fetched), -EPIPE);
		if (workers == 1)
			assert_int_equal(fetched, 20);  /* one worker goes in order */
		finish(pool, -EPIPE);
	}
	free(items);
}

/* A worker killed when it had taken its place in the list of arrivals, but not filled it: forged, for it is rare. */
static void test_results_behind_a_hole_are_given_out(void **state)
{
	struct pool *pool = start(*state, 2);
	uint64_t *items = numbers(10), fetched;

	assert_int_equal(pool_imap_unordered(pool, square, items, 8, 8, 10, 1), 0);
	while (pool->board->active > 0)
		usleep(100);
	pool->board->call.arrived[3] = 0;
	if (*state == &fork_pool)
		kill(shared->pid[1], SIGKILL);
	else
		pool_lost(pool, 1, "thread", 1, "was forged");
	assert_int_equal(fetch(pool, 10, &fetched), -EPIPE);
	assert_int_equal(fetched, 9);
	finish(pool, -EPIPE);
	free(items);
}

static void test_loss_after_close_shows_in_join(void **state)
{
	uint64_t *items = numbers(40);

	shared->fatal = 39;
	for (unsigned k = 0; k < REPEAT; k++) {
		fatal_end = *state == &fork_pool && k % 4 < 2 ? by_exit_0 : end_of(*state);
		struct pool *pool = start(*state, 1 + k % 3);
		assert_int_equal(pool_imap_unordered(pool, square_or_end, items, 8, 8, 40, 1), 0);
		if (k % 2)
			usleep(k * 10);
		pool_close(pool);
		assert_int_equal(pool_join(pool), -EPIPE);
	}
	free(items);
}

static void end_or_sleep(const void *item, void *result)
{
	if (*(const uint64_t *)item == shared->fatal) {
		wait_until_started(1);
		fatal_end();
	}
	sleep_long(item, result);
}

/* Who sleeps might sleep for want of the one that is lost: neither map nor join may wait for it. */
static void test_nobody_waits_for_those_that_the_lost_leaves(void **state)
{
	uint64_t items[] = { 0, 1 };

	fatal_end = end_of(*state);
	for (unsigned k = 0; k < 10; k++) {
		shared->started = 0;
		shared->fatal = k % 2;
		struct pool *pool = start(*state, 2);
		assert_int_equal(pool_map(pool, end_or_sleep, items, 8, NULL, 0, 2, 1), -EPIPE);
		finish(pool, -EPIPE);

		shared->started = 0;
		pool = start(*state, 2);
		assert_int_equal(pool_imap_unordered(pool, end_or_sleep, items, 8, 0, 2, 1), 0);
		finish(pool, -EPIPE);
	}
}

/* ---- losses that only processes know ---- */

/* A child of the test that kills worker `pid` once the tasks have started. */
static pid_t start_killer(unsigned workers, unsigned worker, int signal_number)
{
	pid_t killer = fork();

	if (killer == 0) {
		wait_until_started(workers);
		kill(shared->pid[worker], signal_number);
		_exit(0);
	}
	return killer;
}

static void test_busy_worker_killed_from_outside(void **state)
{
	static const int signals[] = { SIGKILL, SIGTERM };
	char words[ERROR_BYTES];

	(void)state;
	for (unsigned k = 0; k < 20; k++) {
		memset(shared, 0, sizeof *shared);
		pid_t killer = start_killer(3, 1, signals[k % 2]);
		struct pool *pool = start(&fork_pool, 3);

		assert_int_equal(pool_map(pool, sleep_long, NULL, 0, NULL, 0, 3, 1), -EPIPE);
		snprintf(words, sizeof words, "worker 1 (pid %d) was killed by %s while it worked on item ",
			shared->pid[1], k % 2 ? "SIGTERM (Terminated)" : "SIGKILL (Killed)");
		assert_says(pool, words);
		finish(pool, -EPIPE);
		assert_int_equal(waitpid(killer, NULL, 0), killer);
	}
}

static void wait_until_dead(pid_t pid)
{
	siginfo_t info;

	assert_int_equal(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
}

static void test_idle_worker_killed_from_outside(void **state)
{
	static const int signals[] = { SIGKILL, SIGTERM };
	char words[ERROR_BYTES];

	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		struct pool *pool = start(&fork_pool, 3);

		assert_int_equal(map(pool, square, 10, 1), 0);
		kill(shared->pid[2], signals[k % 2]);
		if (k % 4 < 2)
			wait_until_dead(shared->pid[2]);  /* else it is killed while it is being woken */
		assert_int_equal(calls[k % 3 % 2](pool, square, k % 5, 1), -EPIPE);
		snprintf(words, sizeof words, "worker 2 (pid %d) was killed by %s while idle; no item was lost with it",
			shared->pid[2], k % 2 ? "SIGTERM (Terminated)" : "SIGKILL (Killed)");
		assert_string_equal(pool_error(pool), words);
		assert_stays_broken(pool);
		finish(pool, -EPIPE);
	}
}

static void test_idle_worker_killed_and_pool_joined(void **state)
{
	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		struct pool *pool = start(&fork_pool, 3);

		assert_int_equal(map(pool, square, 10, 1), 0);
		kill(shared->pid[k % 3], SIGKILL);
		finish(pool, -EPIPE);
	}
}

static void test_all_workers_killed(void **state)
{
	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		struct pool *pool = start(&fork_pool, 5);

		assert_int_equal(map(pool, square, 10, 1), 0);
		for (unsigned i = 0; i < 5; i++)
			kill(shared->pid[i], SIGKILL);
		assert_int_equal(calls[k % 2](pool, square, 100, 1), -EPIPE);
		assert_says(pool, "was killed by SIGKILL (Killed)");
		finish(pool, -EPIPE);
	}
}

/* Item i is i: worker i, or whoever has taken it, kills the next one. */
static void kill_neighbour(const void *item, void *result)
{
	uint64_t i = *(const uint64_t *)item;

	(void)result;
	kill(shared->pid[(i + 1) % shared->fatal], SIGKILL);
}

static void test_workers_kill_one_another(void **state)
{
	static const unsigned killers[] = { 1, 2, 5, 13 };
	uint64_t *items = numbers(13);

	(void)state;
	for (unsigned k = 0; k < REPEAT; k++) {
		unsigned workers = killers[k % 4];
		memset(shared, 0, sizeof *shared);
		shared->fatal = workers;
		struct pool *pool = start(&fork_pool, workers);

		wait_until_pids_known(workers);
		assert_int_equal(pool_map(pool, kill_neighbour, items, 8, NULL, 0, workers, 1), -EPIPE);
		assert_says(pool, "was killed by SIGKILL (Killed)");
		assert_stays_broken(pool);
		finish(pool, -EPIPE);
	}
	free(items);
}

/* Where SIGCHLD is ignored the kernel keeps no exit status: the pool cannot name the end, but must see it. */
static void test_sigchld_ignored(void **state)
{
	(void)state;
	signal(SIGCHLD, SIG_IGN);
	struct pool *pool = start(&fork_pool, 3);
	assert_int_equal(map(pool, square, 100, 1), 0);
	finish(pool, 0);

	fatal_end = by_segv;
	shared->fatal = 5;
	pool = start(&fork_pool, 3);
	assert_int_equal(map(pool, square_or_end, 100, 1), -EPIPE);
	assert_says(pool, "ended, how is not known, while it worked on item 5");
	finish(pool, -EPIPE);
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
		struct pool *pool = pool_start(&fork_pool, 4, busy ? say_pid : outlive_parent, NULL);
		if (busy)
			pool_imap_unordered(pool, sleep_long, NULL, 0, 0, 4, 1);
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
		BOTH(test_every_size_crowd_and_chunk),
		FORK(test_chunk_rule_is_pythons),
		BOTH(test_thousands_of_small_calls),
		BOTH(test_items_and_results_may_have_no_bytes),
		BOTH(test_all_workers_work_at_the_same_time),
		BOTH(test_free_workers_help_a_busy_one),
		BOTH(test_results_come_while_others_are_worked_on),
		BOTH(test_initializer_runs_once_in_each_worker),
		BOTH(test_idle_workers_sleep),
		BOTH(test_caller_sleeps_while_it_waits),
		BOTH(test_signals_disturb_nobody),
		BOTH(test_results_that_are_not_fetched_are_dropped),
		BOTH(test_two_pools_at_once),
		BOTH(test_impossible_crowds_are_refused),
		BOTH(test_what_does_not_fit_in_memory_is_refused),
		FORK(test_descriptors_run_out_half_way),
		BOTH(test_workers_run_out_half_way),
		KIND(test_a_thousand_pools_one_after_the_other, thread_pool),
		BOTH(test_close_before_join_and_after_close_nothing),
		BOTH(test_closed_pool_finishes_its_call),
		BOTH(test_terminate_ends_sleeping_tasks),
		BOTH(test_terminate_ends_computing_tasks),
		BOTH(test_terminate_at_any_moment),
		FORK(test_every_end_in_a_task_is_named),
		FORK(test_end_in_the_initializer),
		BOTH(test_loss_does_not_wait_for_the_rest_of_the_call),
		BOTH(test_ready_results_come_before_the_error),
		BOTH(test_results_behind_a_hole_are_given_out),
		BOTH(test_loss_after_close_shows_in_join),
		BOTH(test_nobody_waits_for_those_that_the_lost_leaves),
		FORK(test_busy_worker_killed_from_outside),
		FORK(test_idle_worker_killed_from_outside),
		FORK(test_idle_worker_killed_and_pool_joined),
		FORK(test_all_workers_killed),
		FORK(test_workers_kill_one_another),
		FORK(test_sigchld_ignored),
		FORK(test_no_worker_outlives_its_killed_parent),
		BOTH(test_large_items_and_growth_between_calls),  /* last: the more memory, the dearer is fork() */
	};

	shared = shared_make(sizeof *shared);
	start_first_thread();
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);  /* as in: test_pool '*killed*' */
	return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
