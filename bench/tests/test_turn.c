/* SPDX-License-Identifier: MIT */
/* test_turn.c -- graders that work side by side, and the one that measures alone.
 *
 * Graders are forks that tell on a pipe when they have their turn, and keep it until they are told to go.  What must
 * not happen is given a fifth of a second to happen in; what must happen, a minute.
 */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/grade/lab.h"
#include "bench/grade/turn.h"
#include "bench/run/spawn.h"

enum { SHORT_MS = 200, PATIENCE_MS = 60000 };

static char build[] = "/tmp/test_turn.XXXXXX", folder[64];

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(build))
		return -1;
	snprintf(folder, sizeof folder, "%s/grade", build);
	signal(SIGPIPE, SIG_IGN);       /* a grader may be dead when it is told to go */
	return mkdir(folder, 0700);
}

static int remove_folder(void **state)
{
	char path[96];

	(void)state;
	for (const char *const *name = (const char *const[]){ "gate", "room", NULL }; *name; name++) {
		snprintf(path, sizeof path, "%s/%s", folder, *name);
		unlink(path);
	}
	return rmdir(folder) + rmdir(build);
}

struct grader { pid_t pid; int has, go; };

/* Its turn is a byte on `has`; -EINTR ends it with code 2, any other error with 1. */
_Noreturn static void be_grader(int has, int go, enum turn_kind kind)
{
	struct turn turn;
	char why[LAB_WHY], byte = 0;

	if (spawn_init() < 0 || turn_open(&turn, build, why) < 0)
		_exit(1);
	int error = turn_take(&turn, kind, why);
	if (error < 0)
		_exit(error == -EINTR ? 2 : 1);
	if (write(has, &byte, 1) != 1 || read(go, &byte, 1) < 0)
		_exit(1);
	turn_close(&turn);
	_exit(0);
}

static struct grader begin(enum turn_kind kind)
{
	int has[2], go[2];

	assert_int_equal(pipe(has), 0);
	assert_int_equal(pipe(go), 0);
	struct grader g = { .pid = fork(), .has = has[0], .go = go[1] };
	assert_true(g.pid >= 0);
	if (g.pid == 0) {
		close(has[0]);
		close(go[1]);
		be_grader(has[1], go[0], kind);
	}
	close(has[1]);
	close(go[0]);
	return g;
}

static bool has_turn(const struct grader *g, int timeout_ms)
{
	struct pollfd fd = { .fd = g->has, .events = POLLIN };

	return poll(&fd, 1, timeout_ms) == 1 && (fd.revents & POLLIN);
}

/* Which of two has its turn, when one has. */
static bool is_first(const struct grader *a, const struct grader *b)
{
	struct pollfd fd[] = { { .fd = a->has, .events = POLLIN }, { .fd = b->has, .events = POLLIN } };

	assert_true(poll(fd, 2, PATIENCE_MS) > 0);
	return fd[0].revents & POLLIN;
}

/* Its exit code, or minus the signal that ended it. */
static int end(struct grader *g)
{
	int status;

	if (write(g->go, "", 1) < 0)    /* not by closing it: later graders have a copy */
		assert_int_equal(errno, EPIPE);
	assert_int_equal(waitpid(g->pid, &status, 0), g->pid);
	close(g->go);
	close(g->has);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static void many_work_together(void **state)
{
	struct grader a = begin(TURN_TOGETHER), b = begin(TURN_TOGETHER);

	(void)state;
	assert_true(has_turn(&a, PATIENCE_MS));
	assert_true(has_turn(&b, PATIENCE_MS));
	assert_int_equal(end(&a), 0);
	assert_int_equal(end(&b), 0);
}

static void who_measures_waits_for_all_and_nobody_begins_meanwhile(void **state)
{
	struct grader a = begin(TURN_TOGETHER), b = begin(TURN_TOGETHER);

	(void)state;
	assert_true(has_turn(&a, PATIENCE_MS) && has_turn(&b, PATIENCE_MS));
	struct grader alone = begin(TURN_ALONE);
	assert_false(has_turn(&alone, SHORT_MS));
	struct grader late = begin(TURN_TOGETHER);
	assert_false(has_turn(&late, SHORT_MS));        /* it may not pass who waits */
	assert_int_equal(end(&a), 0);
	assert_false(has_turn(&alone, SHORT_MS));
	assert_int_equal(end(&b), 0);
	assert_true(has_turn(&alone, PATIENCE_MS));
	assert_false(has_turn(&late, SHORT_MS));
	struct grader second = begin(TURN_ALONE);
	assert_false(has_turn(&second, SHORT_MS));
	assert_int_equal(end(&alone), 0);
	const bool late_first = is_first(&late, &second);       /* either may be */
	struct grader *first = late_first ? &late : &second, *last = late_first ? &second : &late;
	assert_true(has_turn(first, PATIENCE_MS));
	assert_false(has_turn(last, SHORT_MS));
	assert_int_equal(end(first), 0);
	assert_true(has_turn(last, PATIENCE_MS));
	assert_int_equal(end(last), 0);
}

static void a_turn_comes_back_from_the_dead(void **state)
{
	struct grader a = begin(TURN_ALONE), b;

	(void)state;
	assert_true(has_turn(&a, PATIENCE_MS));
	b = begin(TURN_TOGETHER);
	assert_false(has_turn(&b, SHORT_MS));
	kill(a.pid, SIGKILL);
	assert_int_equal(end(&a), -SIGKILL);
	assert_true(has_turn(&b, PATIENCE_MS));
	assert_int_equal(end(&b), 0);
}

static void who_waits_can_be_interrupted(void **state)
{
	struct grader a = begin(TURN_TOGETHER), b, c;

	(void)state;
	assert_true(has_turn(&a, PATIENCE_MS));
	b = begin(TURN_ALONE);
	assert_false(has_turn(&b, SHORT_MS));
	kill(b.pid, SIGTERM);
	assert_int_equal(end(&b), 2);
	c = begin(TURN_TOGETHER);       /* the gate is open again */
	assert_true(has_turn(&c, PATIENCE_MS));
	assert_int_equal(end(&c), 0);
	assert_int_equal(end(&a), 0);
}

static void no_folder_is_an_error_that_names_it(void **state)
{
	struct turn turn;
	char why[LAB_WHY];

	(void)state;
	assert_int_equal(turn_open(&turn, "/nowhere", why), -ENOENT);
	assert_non_null(strstr(why, "/nowhere/grade/gate cannot be opened"));
	turn_close(&turn);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_work_together),
		cmocka_unit_test(who_measures_waits_for_all_and_nobody_begins_meanwhile),
		cmocka_unit_test(a_turn_comes_back_from_the_dead),
		cmocka_unit_test(who_waits_can_be_interrupted),
		cmocka_unit_test(no_folder_is_an_error_that_names_it),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
