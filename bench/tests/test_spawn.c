/* SPDX-License-Identifier: MIT */
/* test_spawn.c -- one program in a fresh process: whatever it does, nothing of it is left.
 *
 * After every test this process has no child and as many descriptors as before.  Deadlines of a minute are there to end
 * a test that fails; short ones belong to programs that would run for ever.
 */
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/run/spawn.h"

enum { PATIENCE_S = 60 };

/* ---- helpers ---- */

static unsigned descriptors(void)
{
	unsigned count = 0;
	DIR *dir = opendir("/proc/self/fd");

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static unsigned descriptors_before;

static int before(void **state)
{
	(void)state;
	descriptors_before = descriptors();
	return 0;
}

static int nothing_is_left(void **state)
{
	(void)state;
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	assert_int_equal(descriptors(), descriptors_before);
	return 0;
}

static int shell(const char *script, double deadline_s, struct spawned *out)
{
	char *const argv[] = { "bash", "-c", (char *)(uintptr_t)script, NULL };
	return spawn_run(&(struct spawn){ .argv = argv, .deadline_s = deadline_s }, out);
}

/* Runs it to its end and expects an exit code and words on standard output. */
static void expect(const char *script, int code, const char *words)
{
	struct spawned s;

	assert_int_equal(shell(script, PATIENCE_S, &s), 0);
	assert_false(s.hung);
	assert_true(WIFEXITED(s.status));
	assert_int_equal(WEXITSTATUS(s.status), code);
	assert_string_equal(s.text[0], words);
	spawned_free(&s);
}

static void nobody_is_in_group(const char *text)
{
	pid_t group = atoi(text);

	assert_true(group > 1);
	assert_int_equal(kill(-group, 0), -1);
	assert_int_equal(errno, ESRCH);
}

/* ---- what a program says, and how it ends ---- */

static void streams_are_kept_apart(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("echo one; echo two >&2; echo three >&3; exit 4", PATIENCE_S, &s), 0);
	assert_string_equal(s.text[0], "one\n");
	assert_string_equal(s.text[1], "two\n");
	assert_string_equal(s.text[2], "three\n");
	assert_int_equal(WEXITSTATUS(s.status), 4);
	assert_int_equal(s.survivors, 0);
	assert_false(s.hung || s.cut[0] || s.cut[1] || s.cut[2]);
	assert_true(s.wall_ns > 0 && s.start_ns > 0);
	spawned_free(&s);
}

static void a_signal_is_seen(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("kill -SEGV $$", PATIENCE_S, &s), 0);
	assert_true(WIFSIGNALED(s.status));
	assert_int_equal(WTERMSIG(s.status), SIGSEGV);
	assert_string_equal(s.text[2], "");
	spawned_free(&s);
}

static void what_cannot_start_says_why(void **state)
{
	static const struct { const char *path; int error; } cases[] = {
		{ "/no/such/program", -ENOENT }, { "no-such-program-in-path", -ENOENT }, { "/etc/passwd", -EACCES },
		{ "/", -EACCES },
	};
	struct spawned s;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *const argv[] = { (char *)(uintptr_t)cases[i].path, NULL };
		assert_int_equal(spawn_run(&(struct spawn){ .argv = argv, .deadline_s = PATIENCE_S }, &s),
			cases[i].error);
		assert_string_equal(s.text[0], "");
		spawned_free(&s);
	}
}

static void input_is_empty(void **state)
{
	(void)state;
	expect("cat; echo end", 0, "end\n");
}

/* The directory that ls reads is the one more. */
static void no_descriptor_is_handed_down(void **state)
{
	(void)state;
	expect("exec ls /proc/self/fd", 0, "0\n1\n2\n3\n4\n");
}

static void signals_are_handed_down_as_they_were(void **state)
{
	(void)state;
	expect("yes 2>&1 | head -n 1 >&2; echo ${PIPESTATUS[0]}", 0, "141\n");  /* SIGPIPE ends it, as at a prompt */
	expect("trap 'echo got; exit' TERM; kill -TERM $$; echo missed", 0, "got\n");
	expect("grep SigBlk /proc/self/status | tr -d '\\t'", 0, "SigBlk:0000000000000000\n");
}

static void it_leads_a_group_of_its_own(void **state)
{
	(void)state;
	expect("read -r _ _ _ _ group _ </proc/$$/stat; [ $group = $$ ] && echo leads", 0, "leads\n");
}

static void the_environment_is_the_one_given(void **state)
{
	char *const argv[] = { "/usr/bin/env", NULL }, *const env[] = { "ONLY=this", NULL };
	struct spawned s;

	(void)state;
	assert_int_equal(spawn_run(&(struct spawn){ .argv = argv, .env = env, .deadline_s = PATIENCE_S }, &s), 0);
	assert_string_equal(s.text[0], "ONLY=this\n");
	spawned_free(&s);
}

static void much_output_is_cut_and_read_to_its_end(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("yes 123456789 | head -c 70000000; echo end >&3", PATIENCE_S, &s), 0);
	assert_int_equal(strlen(s.text[0]), 64 << 20);
	assert_true(s.cut[0]);
	assert_string_equal(s.text[2], "end\n");
	spawned_free(&s);
}

/* ---- what a program leaves behind ---- */

static void a_hanging_group_is_killed(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("echo $$; sleep 1000 & sleep 1000 & wait", 0.3, &s), 0);
	assert_true(s.hung);
	assert_int_equal(s.verdict, HANG_NOT);
	assert_int_equal(s.survivors, 0);  /* our own doing */
	nobody_is_in_group(s.text[0]);
	spawned_free(&s);
}

static void a_hanging_program_that_ignores_signals_is_killed(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("trap '' TERM INT HUP; echo $$; while :; do sleep 1000; done", 0.3, &s), 0);
	assert_true(s.hung);
	nobody_is_in_group(s.text[0]);
	spawned_free(&s);
}

/* Once the deadline was looked at only when there was nothing to read. */
static void a_program_that_never_stops_talking_hangs_too(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("echo $$ >&3; yes & yes >&2 & yes >&3 & exec yes", 0.3, &s), 0);
	assert_true(s.hung);
	nobody_is_in_group(s.text[2]);
	spawned_free(&s);
}

static void a_child_that_outlives_it_is_ended_and_counted(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("echo $$; sleep 1000 & sleep 1000 &", PATIENCE_S, &s), 0);
	assert_false(s.hung);
	assert_int_equal(s.survivors, 2);
	nobody_is_in_group(s.text[0]);
	spawned_free(&s);
}

/* It left the group, and its parent is dead: only a subreaper still finds it. */
static void a_grandchild_with_a_session_of_its_own_is_found(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("sleep 1000 & trap 'exit 5' USR1; "
		"(setsid bash -c 'kill -USR1 $0; exec sleep 1000' $$ &); wait", PATIENCE_S, &s), 0);
	assert_int_equal(s.survivors, 2);  /* its own sleep, too */
	spawned_free(&s);
}

static void output_of_a_survivor_is_not_waited_for(void **state)
{
	struct spawned s;

	(void)state;
	assert_int_equal(shell("sleep 1000 & echo done", PATIENCE_S, &s), 0);  /* sleep holds all three pipes open */
	assert_false(s.hung);
	assert_string_equal(s.text[0], "done\n");
	spawned_free(&s);
}

/* ---- interrupts: each in a process of its own, which a caught signal marks for good ---- */

/* A signal that came before the program, and one that comes while it runs: -EINTR, and everything is reaped. */
static int interrupted(int number, const char *script)
{
	struct spawned s;

	if (spawn_init() < 0)
		return 1;
	if (!script)
		raise(number);  /* blocked: it waits for ppoll() */
	int result = shell(script ? script : "sleep 1000", PATIENCE_S, &s);
	spawned_free(&s);
	if (result != -EINTR || spawn_signal() != number)
		return 2;
	if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
		return 3;
	return shell("sleep 1000", PATIENCE_S, &s) == -EINTR ? 0 : 4;  /* and from now on nothing runs */
}

static void an_interrupt_ends_the_program(void **state)
{
	static const struct { int number; const char *script; } cases[] = {
		{ SIGINT, NULL }, { SIGTERM, NULL },
		{ SIGINT, "kill -INT $PPID; sleep 1000" }, { SIGTERM, "sleep 1000 & kill -TERM $PPID; wait" },
		{ SIGTERM, "kill -TERM $PPID; exec yes" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int status;
		pid_t child = fork();
		assert_int_not_equal(child, -1);
		if (child == 0)
			_exit(interrupted(cases[i].number, cases[i].script));
		assert_int_equal(waitpid(child, &status, 0), child);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			fail_msg("case %zu: wait status %#x", i, (unsigned)status);
	}
}

/* The conductor is killed: the program hears of it by SIGTERM. */
static void a_program_does_not_outlive_a_killed_conductor(void **state)
{
	int status, words[2];
	char text[16] = "";
	pid_t child;

	(void)state;
	assert_int_equal(pipe(words), 0);
	child = fork();
	assert_int_not_equal(child, -1);
	if (child == 0) {
		struct spawned s;
		char script[100];
		snprintf(script, sizeof script, "echo $$ >/proc/%d/fd/%d; kill -KILL $PPID; exec sleep 20",
			(int)getpid(), words[1]);
		_exit(shell(script, PATIENCE_S, &s) == 0);
	}
	close(words[1]);
	assert_true(read(words[0], text, sizeof text - 1) > 0);
	close(words[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGKILL);
	/* It is ours now, since we are a subreaper; had it lived, it would end by itself. */
	assert_int_equal(waitpid(atoi(text), &status, 0), atoi(text));
	assert_int_equal(WTERMSIG(status), SIGTERM);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, before, nothing_is_left)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(streams_are_kept_apart),
		TEST(a_signal_is_seen),
		TEST(what_cannot_start_says_why),
		TEST(input_is_empty),
		TEST(no_descriptor_is_handed_down),
		TEST(signals_are_handed_down_as_they_were),
		TEST(it_leads_a_group_of_its_own),
		TEST(the_environment_is_the_one_given),
		TEST(much_output_is_cut_and_read_to_its_end),
		TEST(a_hanging_group_is_killed),
		TEST(a_hanging_program_that_ignores_signals_is_killed),
		TEST(a_program_that_never_stops_talking_hangs_too),
		TEST(a_child_that_outlives_it_is_ended_and_counted),
		TEST(a_grandchild_with_a_session_of_its_own_is_found),
		TEST(output_of_a_survivor_is_not_waited_for),
		TEST(an_interrupt_ends_the_program),
		TEST(a_program_does_not_outlive_a_killed_conductor),
	};

	if (spawn_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("spawn", tests, NULL, NULL);
}
