/* SPDX-License-Identifier: MIT */
/* test_trial.c -- the trial's two witnesses: lanes (who worked where, and when) and leaks (what was left behind). */
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/base/clock.h"
#include "bench/trial/lanes.h"
#include "bench/trial/leaks.h"
#include "bench/worker.h"

/* ---- lanes ---- */

static void burn_ns(uint64_t cpu_ns)
{
	uint64_t end_ns = clock_read_ns(CLOCK_THREAD_CPUTIME_ID) + cpu_ns;
	while (clock_read_ns(CLOCK_THREAD_CPUTIME_ID) < end_ns)
		;
}

static void *thread_works(void *arg)
{
	unsigned i = *(unsigned *)arg;

	worker_enter(i);
	worker_leave(i);
	return NULL;
}

static void in_thread(unsigned i)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, thread_works, &i), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

static void in_child(unsigned i)
{
	int status;
	pid_t child = fork();

	assert_int_not_equal(child, -1);
	if (child == 0) {
		worker_enter(i);
		worker_leave(i);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void a_stretch_is_stamped(void **state)
{
	struct lanes *lanes = lanes_make(1, NULL, NULL);
	const struct lane *lane = &lanes->lane[0];
	uint64_t before_ns = clock_ns();

	(void)state;
	assert_int_equal(lanes_seen(lanes), 0);
	assert_int_equal(lane->pu, -1);
	worker_enter(0);
	burn_ns(3000000);
	worker_leave(0);
	assert_int_equal(lane->pid, getpid());
	assert_int_equal(lane->tid, gettid());
	assert_in_range(lane->pu, 0, 100000);
	assert_in_range(lane->enter_ns, before_ns, lane->leave_ns);
	assert_in_range(lane->leave_ns, lane->enter_ns + 3000000, clock_ns());
	assert_in_range(lane->cpu_ns, 3000000, clock_ns() - before_ns);
	assert_int_equal(lanes_seen(lanes), 1);
	lanes_free(lanes);
}

/* As a pool's worker does, chunk by chunk: the first enter, the last leave, and CPU time without the gap. */
static void stretches_add_up(void **state)
{
	struct lanes *lanes = lanes_make(1, NULL, NULL);
	const struct lane *lane = &lanes->lane[0];

	(void)state;
	worker_enter(0);
	uint64_t entered_ns = lane->enter_ns;
	worker_leave(0);
	burn_ns(5000000);
	uint64_t again_ns = clock_ns();
	worker_enter(0);
	worker_leave(0);
	assert_int_equal(lane->enter_ns, entered_ns);
	assert_true(lane->leave_ns >= again_ns);
	assert_true(lane->cpu_ns < 5000000);
	lanes_free(lanes);
}

static void distinct_workers_are_counted(void **state)
{
	struct lanes *lanes = lanes_make(5, NULL, NULL);

	(void)state;
	in_child(0);
	in_thread(1);
	for (unsigned i = 2; i < 4; i++) {      /* one thread that claims to be two workers; the fifth never comes */
		worker_enter(i);
		worker_leave(i);
	}
	assert_int_equal(lanes->lane[1].pid, getpid());
	assert_int_not_equal(lanes->lane[0].pid, getpid());
	assert_int_not_equal(lanes->lane[1].tid, lanes->lane[2].tid);
	assert_int_equal(lanes_seen(lanes), 3);
	lanes_clear(lanes);
	assert_int_equal(lanes_seen(lanes), 0);
	lanes_free(lanes);
}

static void a_worker_past_the_plan_is_ignored(void **state)
{
	struct lanes *lanes;

	(void)state;
	worker_enter(0);        /* outside a trial */
	worker_leave(0);
	lanes = lanes_make(2, NULL, NULL);
	worker_enter(2);
	worker_leave(2);
	worker_enter(UINT_MAX);
	worker_leave(UINT_MAX);
	assert_int_equal(lanes_seen(lanes), 0);
	lanes_free(lanes);
	worker_enter(0);        /* after a trial */
}

static void a_copy_stays_as_it_was(void **state)
{
	struct lanes *lanes = lanes_make(2, NULL, NULL);

	(void)state;
	worker_enter(1);
	worker_leave(1);
	struct lanes copy = lanes_copy(lanes);
	lanes_clear(lanes);
	assert_int_equal(lanes_seen(&copy), 1);
	assert_int_equal(copy.lane[1].pid, getpid());
	free(copy.lane);
	lanes_free(lanes);
}

static void imbalance_is_the_longest_over_the_mean(void **state)
{
	struct lanes *lanes = lanes_make(3, NULL, NULL);

	(void)state;
	assert_true(isnan(lanes_imbalance(lanes)));
	lanes->lane[0] = (struct lane){ .tid = 1, .enter_ns = 100, .leave_ns = 200 };
	assert_true(isnan(lanes_imbalance(lanes)));                             /* one worker is in no imbalance */
	lanes->lane[1] = (struct lane){ .tid = 2, .enter_ns = 100, .leave_ns = 400 };
	assert_true(fabs(lanes_imbalance(lanes) - 1.5) < 1e-9);                 /* 300 over a mean of 200 */
	lanes->lane[2] = (struct lane){ .tid = 3, .enter_ns = 100 };            /* entered, never left */
	assert_true(fabs(lanes_imbalance(lanes) - 1.5) < 1e-9);
	lanes->lane[0].leave_ns = lanes->lane[1].leave_ns = 100;                /* no time at all */
	assert_true(isnan(lanes_imbalance(lanes)));
	lanes_free(lanes);
}

/* Threads and children, each on the PU planned for it.  Needs no second PU: with one, all of them are bound to that. */
static void workers_are_bound_where_planned(void **state)
{
	unsigned pus[4], count = 0;
	cpu_set_t allowed;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof allowed, &allowed), 0);
	for (unsigned pu = 0; pu < CPU_SETSIZE && count < 3; pu++)
		if (CPU_ISSET(pu, &allowed))
			pus[count++] = pu;
	for (unsigned i = count; i < 3; i++)
		pus[i] = pus[0];
	pus[3] = PU_ANY;

	struct lanes *lanes = lanes_make(4, pus, NULL);
	for (int turn = 0; turn < 3; turn++) {
		in_thread(0);
		in_child(1);
		in_thread(2);
		in_child(3);
		for (unsigned i = 0; i < 3; i++)
			assert_int_equal(lanes->lane[i].pu, pus[i]);
		assert_in_range(lanes->lane[3].pu, 0, CPU_SETSIZE);
		lanes_clear(lanes);
	}
	lanes_free(lanes);
	assert_int_equal(sched_setaffinity(0, sizeof allowed, &allowed), 0);
}

/* Off the workers' PUs while there are others; where there are none, anywhere. */
static void main_makes_way(void **state)
{
	unsigned pus[CPU_SETSIZE], count = 0;
	cpu_set_t allowed, after;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof allowed, &allowed), 0);
	for (unsigned pu = 0; pu < CPU_SETSIZE; pu++)
		if (CPU_ISSET(pu, &allowed))
			pus[count++] = pu;

	lanes_free(lanes_make(count, pus, NULL));
	assert_int_equal(sched_getaffinity(0, sizeof after, &after), 0);
	assert_true(CPU_EQUAL(&allowed, &after));

	lanes_free(lanes_make(1, pus, NULL));
	assert_int_equal(sched_getaffinity(0, sizeof after, &after), 0);
	assert_int_equal(CPU_COUNT(&after), count > 1 ? count - 1 : 1);
	assert_int_equal(CPU_ISSET(pus[0], &after) != 0, count == 1);
	assert_int_equal(sched_setaffinity(0, sizeof allowed, &allowed), 0);
}

/* A PU that is not there: the worker's process dies, and says so. */
static void a_worker_that_cannot_be_bound_dies(void **state)
{
	static const unsigned pus[1] = { 100000 };
	int status, words[2];
	char text[512] = "";

	(void)state;
	assert_int_equal(pipe(words), 0);
	pid_t child = fork();
	assert_int_not_equal(child, -1);
	if (child == 0) {
		dup2(words[1], STDERR_FILENO);
		lanes_make(1, pus, NULL);
		worker_enter(0);
		_exit(0);
	}
	close(words[1]);
	assert_true(read(words[0], text, sizeof text - 1) > 0);
	close(words[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_non_null(strstr(text, "PU 100000"));
	assert_non_null(strstr(text, "--policy none"));
}

/* ---- leaks ---- */

/* What leaks_found() says since `before`; "" when nothing.  Static room: good until the next call. */
static const char *found(const struct leaks *before)
{
	static char words[512];
	FILE *why = fmemopen(words, sizeof words, "w");

	assert_non_null(why);
	memset(words, 0, sizeof words);
	bool any = leaks_found(before, why);
	fclose(why);
	assert_int_equal(any, words[0] != '\0');
	return words;
}

static void nothing_is_found_where_nothing_is(void **state)
{
	struct leaks before = leaks_count();

	(void)state;
	in_thread(0);
	in_child(0);
	close(open("/dev/null", O_RDONLY));
	assert_string_equal(found(&before), "");
}

static void an_open_descriptor_is_found(void **state)
{
	struct leaks before = leaks_count();
	int fd = open("/dev/null", O_RDONLY), second = dup(fd);

	(void)state;
	assert_string_equal(found(&before), "2 descriptors were left open");
	close(second);
	assert_string_equal(found(&before), "1 descriptor was left open");
	close(fd);
}

static void *waits(void *arg)
{
	pthread_barrier_wait(arg);
	return NULL;
}

static void a_thread_is_found(void **state)
{
	struct leaks before = leaks_count();
	pthread_barrier_t end;
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_barrier_init(&end, NULL, 2), 0);
	assert_int_equal(pthread_create(&thread, NULL, waits, &end), 0);
	assert_string_equal(found(&before), "1 thread was never joined");
	pthread_barrier_wait(&end);
	pthread_join(thread, NULL);
	assert_string_equal(found(&before), "");
	pthread_barrier_destroy(&end);
}

static void a_child_is_found_alive_and_dead(void **state)
{
	struct leaks before = leaks_count();
	siginfo_t info;
	pid_t child = fork();

	(void)state;
	assert_int_not_equal(child, -1);
	if (child == 0) {
		pause();
		_exit(0);
	}
	assert_string_equal(found(&before), "a child process still runs");
	kill(child, SIGKILL);
	assert_int_equal(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
	assert_non_null(strstr(found(&before), "zombie"));
	assert_non_null(strstr(found(&before), "zombie"));      /* looking does not reap it */
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_string_equal(found(&before), "");
}

static void shared_memory_is_found(void **state)
{
	struct leaks before = leaks_count();
	char name[64];

	(void)state;
	snprintf(name, sizeof name, "/manyhands_test.%d", (int)getpid());
	close(shm_open(name, O_CREAT | O_RDWR, 0600));
	const char *said = found(&before);
	assert_non_null(strstr(said, "1 named object was never unlinked"));
	assert_non_null(strstr(said, name));
	shm_unlink(name);
	assert_string_equal(found(&before), "");

	int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
	assert_int_not_equal(segment, -1);
	assert_string_equal(found(&before), "1 System V shared segment was left");
	shmctl(segment, IPC_RMID, NULL);
	assert_string_equal(found(&before), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stretch_is_stamped),
		cmocka_unit_test(stretches_add_up),
		cmocka_unit_test(distinct_workers_are_counted),
		cmocka_unit_test(a_worker_past_the_plan_is_ignored),
		cmocka_unit_test(a_copy_stays_as_it_was),
		cmocka_unit_test(imbalance_is_the_longest_over_the_mean),
		cmocka_unit_test(workers_are_bound_where_planned),
		cmocka_unit_test(main_makes_way),
		cmocka_unit_test(a_worker_that_cannot_be_bound_dies),
		cmocka_unit_test(nothing_is_found_where_nothing_is),
		cmocka_unit_test(an_open_descriptor_is_found),
		cmocka_unit_test(a_thread_is_found),
		cmocka_unit_test(a_child_is_found_alive_and_dead),
		cmocka_unit_test(shared_memory_is_found),
	};

	return cmocka_run_group_tests_name("trial", tests, NULL, NULL);
}
