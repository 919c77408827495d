/* SPDX-License-Identifier: MIT */
/* test_big_lock.c -- one holder at a time; handed over on request; free while its holder waits; nobody starves.
 *
 * No case asserts how fast anything is: one that is late is killed by its alarm.  That nobody starves is tested by
 * going on until everybody was served.
 */
#include "lessons/lib/big_lock.h"

#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { DEADLINE_S = 30, SHORT_US = 100, LONG_US = 20000, NEVER_US = 1000000000, CREW = 4, TURNS = 20 };

/* What the threads of a case share. */
static struct shared {
	struct big_lock lock;
	unsigned inside;                        /* guarded by the lock: how many hold it */
	_Atomic unsigned most;                  /* of them, ever */
	uint64_t executed;                      /* guarded by the lock */
	_Atomic unsigned turns[CREW];
	_Atomic bool done;
	sem_t begun, may_end;
} s;

static uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

static void begin(uint64_t interval_us)
{
	alarm(DEADLINE_S);
	s = (struct shared){ 0 };
	big_lock_init(&s.lock, interval_us);
	assert_int_equal(sem_init(&s.begun, 0, 0), 0);
	assert_int_equal(sem_init(&s.may_end, 0, 0), 0);
}

static void end(void)
{
	assert_false(s.lock.held);
	assert_false(s.lock.drop_request);
	big_lock_destroy(&s.lock);
	sem_destroy(&s.begun);
	sem_destroy(&s.may_end);
	alarm(0);
}

static void enter(void)
{
	if (++s.inside > s.most)
		s.most = s.inside;
}

static void leave(void)
{
	s.inside--;
}

/* An instruction, and an offer before the next. */
static void execute(void)
{
	enter();
	s.executed++;
	leave();
	big_lock_offer(&s.lock);
}

/* Computes until the test says that all is done. */
static void *compute(void *nothing)
{
	(void)nothing;
	big_lock_take(&s.lock);
	sem_post(&s.begun);
	while (!s.done)
		execute();
	big_lock_drop(&s.lock);
	return NULL;
}

/* A member of a crew that goes on until each has had its turns: offers after which the lock was away and came back. */
static void *take_turns(void *turns)
{
	_Atomic unsigned *mine = turns;

	big_lock_take(&s.lock);
	while (!s.done) {
		uint64_t takes = s.lock.takes;
		execute();
		*mine += s.lock.takes != takes;
		bool all = true;
		for (unsigned i = 0; i < CREW; i++)
			all = all && s.turns[i] >= TURNS;
		if (all)
			s.done = true;
	}
	big_lock_drop(&s.lock);
	return NULL;
}

/* ---- cases ---- */

static void one_holder_at_a_time_and_nobody_starves(void **state)
{
	pthread_t thread[CREW];

	(void)state;
	begin(SHORT_US);
	for (unsigned i = 0; i < CREW; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, take_turns, &s.turns[i]), 0);
	for (unsigned i = 0; i < CREW; i++)
		assert_int_equal(pthread_join(thread[i], NULL), 0);
	assert_int_equal(s.most, 1);
	assert_int_equal(s.inside, 0);
	assert_true(s.executed >= CREW * TURNS);
	assert_true(s.lock.requests >= CREW * TURNS);
	end();
}

/* The holder never drops by itself: it is asked, and not before the interval is over. */
static void a_holder_that_computes_is_asked_after_the_interval(void **state)
{
	pthread_t holder;

	(void)state;
	begin(LONG_US);
	assert_int_equal(pthread_create(&holder, NULL, compute, NULL), 0);
	sem_wait(&s.begun);
	uint64_t asked_us = now_us();
	big_lock_take(&s.lock);
	uint64_t got_us = now_us();
	assert_int_equal(s.inside, 0);
	assert_true(s.lock.requests >= 1);
	assert_true(got_us - asked_us >= LONG_US);
	s.done = true;
	big_lock_drop(&s.lock);
	assert_int_equal(pthread_join(holder, NULL), 0);
	end();
}

static void *take_once(void *nothing)
{
	(void)nothing;
	sem_post(&s.begun);
	big_lock_take(&s.lock);
	s.executed++;
	big_lock_drop(&s.lock);
	sem_post(&s.may_end);
	return NULL;
}

/* Handing over is no mere pause: when the offer returns, the one who asked has had the lock. */
static void who_hands_over_is_not_next(void **state)
{
	pthread_t waiter;

	(void)state;
	begin(SHORT_US);
	for (unsigned round = 0; round < 50; round++) {
		big_lock_take(&s.lock);
		uint64_t executed = s.executed;
		assert_int_equal(pthread_create(&waiter, NULL, take_once, NULL), 0);
		while (!s.lock.drop_request)
			usleep(10);
		assert_int_equal(s.executed, executed);
		big_lock_offer(&s.lock);
		assert_int_equal(s.executed, executed + 1);
		big_lock_drop(&s.lock);
		assert_int_equal(pthread_join(waiter, NULL), 0);
	}
	assert_true(s.lock.requests >= 50);
	end();
}

static void *wait_for_the_other(void *nothing)
{
	(void)nothing;
	big_lock_take(&s.lock);
	sem_post(&s.begun);
	big_lock_drop(&s.lock);
	sem_wait(&s.may_end);  /* waits, and would for ever, if nobody else could compute meanwhile */
	big_lock_take(&s.lock);
	s.executed++;
	big_lock_drop(&s.lock);
	return NULL;
}

/* Nobody has to ask for a lock that its holder has dropped to wait: an interval that never ends does no harm. */
static void a_holder_that_waits_leaves_it_to_others(void **state)
{
	pthread_t waiter;

	(void)state;
	begin(NEVER_US);
	assert_int_equal(pthread_create(&waiter, NULL, wait_for_the_other, NULL), 0);
	sem_wait(&s.begun);
	for (unsigned i = 0; i < 1000; i++) {
		big_lock_take(&s.lock);
		s.executed++;
		big_lock_drop(&s.lock);
	}
	sem_post(&s.may_end);
	assert_int_equal(pthread_join(waiter, NULL), 0);
	assert_int_equal(s.executed, 1001);
	assert_int_equal(s.lock.requests, 0);
	end();
}

/* One that sleeps for the lock is woken by the drop, not by its own deadline. */
static void a_drop_wakes_who_sleeps(void **state)
{
	pthread_t waiter;

	(void)state;
	begin(NEVER_US);
	big_lock_take(&s.lock);
	assert_int_equal(pthread_create(&waiter, NULL, take_once, NULL), 0);
	sem_wait(&s.begun);
	usleep(10000);  /* most probably it sleeps now; if not, the case is the easier one */
	big_lock_drop(&s.lock);
	assert_int_equal(pthread_join(waiter, NULL), 0);
	assert_int_equal(s.lock.requests, 0);
	end();
}

static void *drop_and_take(void *nothing)
{
	(void)nothing;
	sem_post(&s.begun);
	while (!s.done) {
		big_lock_take(&s.lock);
		s.executed++;
		big_lock_drop(&s.lock);
	}
	return NULL;
}

/* It is awake, and wins every race; but who has waited for an interval asks, and then it has to stand back. */
static void one_that_drops_and_takes_at_once_starves_nobody(void **state)
{
	pthread_t greedy;

	(void)state;
	begin(SHORT_US);
	assert_int_equal(pthread_create(&greedy, NULL, drop_and_take, NULL), 0);
	sem_wait(&s.begun);
	for (unsigned i = 0; i < TURNS; i++) {
		big_lock_take(&s.lock);
		enter();
		leave();
		big_lock_drop(&s.lock);
	}
	s.done = true;
	assert_int_equal(pthread_join(greedy, NULL), 0);
	assert_int_equal(s.most, 1);
	end();
}

static void nobody_asks_for_a_lock_that_nobody_wants(void **state)
{
	(void)state;
	begin(SHORT_US);
	big_lock_take(&s.lock);
	for (uint64_t until_us = now_us() + 20 * SHORT_US; now_us() < until_us;)
		execute();
	big_lock_drop(&s.lock);
	assert_int_equal(s.lock.requests, 0);
	assert_int_equal(s.lock.takes, 1);
	end();
}

static void a_forked_process_has_one_of_its_own(void **state)
{
	int status;

	(void)state;
	begin(NEVER_US);
	pid_t child = fork();
	big_lock_take(&s.lock);  /* in both: if it were one lock, the child would now wait for the parent's wait */
	if (child == 0)
		_exit(7);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 7);
	big_lock_drop(&s.lock);
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_holder_at_a_time_and_nobody_starves),
		cmocka_unit_test(a_holder_that_computes_is_asked_after_the_interval),
		cmocka_unit_test(who_hands_over_is_not_next),
		cmocka_unit_test(a_holder_that_waits_leaves_it_to_others),
		cmocka_unit_test(a_drop_wakes_who_sleeps),
		cmocka_unit_test(one_that_drops_and_takes_at_once_starves_nobody),
		cmocka_unit_test(nobody_asks_for_a_lock_that_nobody_wants),
		cmocka_unit_test(a_forked_process_has_one_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
