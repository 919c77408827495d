/* SPDX-License-Identifier: MIT */
/* test_selftest.c -- the neighbour that the self-test plants, and the neighbours that the doctor finds.
 *
 * After every test this process has no child.  What the self-test says of the method is tested in selftest.bats.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/base/clock.h"
#include "bench/place/place.h"
#include "bench/run/neighbour.h"
#include "bench/run/spawn.h"

enum { PATIENCE_S = 60 };

static hwloc_topology_t topology;

static int load(void **state)
{
	char why[PLACE_WHY];

	(void)state;
	return place_load_here(&topology, why);
}

static int unload(void **state)
{
	(void)state;
	hwloc_topology_destroy(topology);
	return 0;
}

static int nothing_is_left(void **state)
{
	(void)state;
	assert_int_equal(waitpid(-1, NULL, WNOHANG | __WALL), -1);
	assert_int_equal(errno, ECHILD);
	return 0;
}

static unsigned any_pu(void)
{
	return hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU, 0)->os_index;
}

/* One letter from /proc: R, S, Z ...; 0 when there is no such process. */
static char process_state(pid_t pid)
{
	char path[64], line[256] = "";

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "r");
	if (!file)
		return 0;
	const char *end = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
	fclose(file);
	return end ? end[2] : 0;
}

static bool is_alive(pid_t pid)
{
	char state = process_state(pid);
	return state != 0 && state != 'Z';
}

static void a_planted_neighbour_computes_and_is_uprooted(void **state)
{
	const uint64_t deadline_ns = clock_ns() + (uint64_t)PATIENCE_S * 1000000000u;
	struct neighbours n;
	bool seen = false;
	pid_t pid;

	(void)state;
	assert_int_equal(neighbour_plant(topology, any_pu(), 1, &pid), 0);
	while (!seen && clock_ns() < deadline_ns) {  /* among the greediest, once others leave it a place there */
		assert_int_equal(neighbours_watch(0.3, &n), 0);
		for (unsigned i = 0; i < n.count; i++)
			seen |= n.greediest[i].pid == pid && strcmp(n.greediest[i].name, "noisy neighbour") == 0;
	}
	assert_true(seen);
	neighbour_uproot(pid);
	assert_int_equal(process_state(pid), 0);
	neighbour_uproot(0);
}

static void a_trial_neither_sees_nor_ends_it(void **state)
{
	char *const argv[] = { "true", NULL };
	struct spawned spawned;
	pid_t pid;

	(void)state;
	assert_int_equal(neighbour_plant(topology, any_pu(), 1, &pid), 0);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(spawn_run(&(struct spawn){ .argv = argv, .deadline_s = PATIENCE_S }, &spawned), 0);
		assert_int_equal(spawned.status, 0);
		assert_int_equal(spawned.survivors, 0);
		spawned_free(&spawned);
	}
	assert_true(is_alive(pid));
	neighbour_uproot(pid);
	assert_int_equal(process_state(pid), 0);
}

/* A process of our own plants one, tells its number, and is killed. */
static void it_dies_with_who_planted_it(void **state)
{
	const uint64_t deadline_ns = clock_ns() + (uint64_t)PATIENCE_S * 1000000000u;
	int end[2];
	pid_t pid;

	(void)state;
	assert_int_equal(pipe(end), 0);
	pid_t planter = fork();
	if (planter == 0) {
		if (neighbour_plant(topology, any_pu(), 1, &pid) < 0 || write(end[1], &pid, sizeof pid) != sizeof pid)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(end[0], &pid, sizeof pid), sizeof pid);
	kill(planter, SIGKILL);
	waitpid(planter, NULL, 0);
	while (is_alive(pid) && clock_ns() < deadline_ns)
		usleep(1000);
	assert_false(is_alive(pid));
	waitpid(pid, NULL, __WALL);  /* it came to us, who reap orphans */
	close(end[0]);
	close(end[1]);
}

/* SIGALRM is what ends it after NEIGHBOUR_LIFE_S, and nothing that we block may stop that. */
static void its_own_alarm_ends_it(void **state)
{
	int status = 0;
	sigset_t alarm_only;
	pid_t pid;

	(void)state;
	sigemptyset(&alarm_only);
	sigaddset(&alarm_only, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarm_only, NULL);
	signal(SIGALRM, SIG_IGN);
	assert_int_equal(neighbour_plant(topology, any_pu(), 1, &pid), 0);
	for (int i = 0; i < PATIENCE_S * 100 && is_alive(pid); i++) {
		usleep(10000);
		kill(pid, SIGALRM);  /* again, for the first may come before it is ready */
	}
	kill(pid, SIGKILL);  /* or a test that fails would wait here for ever; the first death is the one that counts */
	assert_int_equal(waitpid(pid, &status, __WALL), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM);
	signal(SIGALRM, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &alarm_only, NULL);
}

static void a_name_may_be_mad(void **state)
{
	const uint64_t deadline_ns = clock_ns() + (uint64_t)PATIENCE_S * 1000000000u;
	struct neighbours n;
	bool seen = false;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		FILE *name = fopen("/proc/self/comm", "w");
		if (name) {
			fputs("a) R 1 (\033[1m", name);
			fclose(name);
		}
		alarm(2 * PATIENCE_S);
		for (;;)
			;
	}
	while (!seen && clock_ns() < deadline_ns) {
		assert_int_equal(neighbours_watch(0.3, &n), 0);
		for (unsigned i = 0; i < n.count; i++)
			seen |= n.greediest[i].pid == pid && strcmp(n.greediest[i].name, "a) R 1 (?[1m") == 0;
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_true(seen);
	assert_true(n.busy_pus > 0);
}

int main(void)
{
	#define TEST(name) cmocka_unit_test_teardown(name, nothing_is_left)
	const struct CMUnitTest tests[] = {
		TEST(a_planted_neighbour_computes_and_is_uprooted),
		TEST(a_trial_neither_sees_nor_ends_it),
		TEST(it_dies_with_who_planted_it),
		TEST(its_own_alarm_ends_it),
		TEST(a_name_may_be_mad),
	};

	if (spawn_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("selftest", tests, load, unload);
}
