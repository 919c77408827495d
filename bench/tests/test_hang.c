/* SPDX-License-Identifier: MIT */
/* test_hang.c -- the hang doctor as a function: what it returns, how long its sentence may be, circles drawn by hand.
 *
 * What it says of real programs stands in hang.bats.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/base/clock.h"
#include "bench/hang/graph.h"
#include "bench/hang/hang.h"
#include "bench/hang/watch.h"
#include "bench/hang/words.h"
#include "bench/tests/entries.h"

enum { PATIENCE_S = 60 };

static int left_before;

static int before(void **state)
{
	(void)state;
	left_before = (int)entries("/proc/self/fd");
	return 0;
}

static int nothing_is_left(void **state)
{
	(void)state;
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(entries("/proc/self/fd"), left_before);
	return 0;
}

static void who_asks_does_not_hang(void **state)
{
	char text[HANG_TEXT];

	(void)state;
	assert_int_equal(hang_diagnose(getpid(), text, sizeof text), HANG_NOT);
	assert_memory_equal(text, "not hanging: ", 13);
}

static void nobody_of_that_number(void **state)
{
	char text[HANG_TEXT], *report = NULL;
	size_t bytes;
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	assert_int_equal(hang_diagnose(pid, text, sizeof text), -ESRCH);
	assert_non_null(strstr(text, "there is no process"));
	FILE *out = open_memstream(&report, &bytes);
	text[0] = '\0';
	assert_int_equal(hang_report(pid, out, text), -ESRCH);
	fclose(out);
	assert_int_equal(bytes, 0);
	assert_non_null(strstr(text, "there is no process"));
	free(report);
}

/* A child that reads a pipe of which it holds both ends: asked until it has come so far, with every length of text. */
static void a_sentence_is_cut_and_never_longer(void **state)
{
	const uint64_t end_ns = clock_ns() + PATIENCE_S * 1000000000ull;
	char text[HANG_TEXT], full[HANG_TEXT];
	int fd[2], verdict = HANG_NOT;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	pid_t pid = fork();
	if (pid == 0) {
		char byte;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(read(fd[0], &byte, 1) == 1);
	}
	close(fd[0]);
	close(fd[1]);
	while (verdict != HANG_STUCK && clock_ns() < end_ns)
		verdict = hang_diagnose(pid, full, sizeof full);
	assert_int_equal(verdict, HANG_STUCK);
	assert_non_null(strstr(full, "its write end is still open in process"));
	for (size_t size = 1; size < 12; size++) {
		memset(text, '#', sizeof text);
		assert_int_equal(hang_diagnose(pid, text, size), HANG_STUCK);
		assert_int_equal(strlen(text), size - 1);
		assert_memory_equal(text, full, size - 1);
		for (size_t i = size; i < sizeof text; i++)
			assert_int_equal(text[i], '#');
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* ---- graphs by hand: thread i of a process of its own waits for a mutex of to[i], or of nobody (-1) ---- */

enum { MOST = 8 };

struct drawing {
	struct look look;
	struct process process[MOST];
	struct thread thread[MOST];
	struct source source[MOST][2];
	struct graph graph;
};

static void draw(struct drawing *d, unsigned count, const int to[])
{
	memset(d, 0, sizeof *d);
	d->look.process = d->process;
	d->look.processes = count;
	for (unsigned i = 0; i < count; i++) {
		d->process[i] = (struct process){ .pid = 100 + (int)i, .member = true, .thread = &d->thread[i],
			.threads = 1 };
		d->thread[i] = (struct thread){ .process = &d->process[i], .tid = 100 + (int)i, .state = 'S' };
		struct wait *w = &d->thread[i].wait;
		w->kind = WAIT_MUTEX;
		w->call = "futex";
		w->fd = -1;
		snprintf(w->on, sizeof w->on, "mutex");
		if (to[i] < 0)
			continue;
		d->source[i][0] = (struct source){ &d->process[to[i]], &d->thread[to[i]], -1, true };
		w->source = d->source[i];
		w->sources = 1;
	}
}

/* Thread i waits for `to`, too. */
static void draw_one_more(struct drawing *d, unsigned i, unsigned to)
{
	d->source[i][1] = (struct source){ &d->process[to], &d->thread[to], -1, true };
	d->thread[i].wait.sources = 2;
}

static void reason_of(struct drawing *d, unsigned count, const int circle[])
{
	assert_int_equal(graph_make(&d->look, &d->graph), 0);
	assert_int_equal(d->graph.reason.threads, count);
	for (unsigned i = 0; i < count; i++)
		assert_int_equal(d->graph.reason.thread[i]->tid, 100 + circle[i]);
}

static void a_tail_is_not_part_of_the_circle(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 5, (int[]){ 1, 2, 3, 4, 2 });  /* 0 -> 1 -> (2 -> 3 -> 4 -> 2) */
	reason_of(&d, 3, (int[]){ 2, 3, 4 });
	assert_int_equal(d.graph.stuck, 5);
	assert_int_equal(d.graph.others, 2);
	graph_free(&d.graph);
}

static void the_shortest_circle_is_told(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 4, (int[]){ 1, 2, 3, 0 });
	draw_one_more(&d, 1, 0);
	reason_of(&d, 2, (int[]){ 0, 1 });
	assert_int_equal(d.graph.others, 2);
	graph_free(&d.graph);
}

static void a_chain_has_one_reason_at_its_end(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 3, (int[]){ 1, 2, -1 });
	reason_of(&d, 1, (int[]){ 2 });
	assert_false(d.graph.reason.circle);
	assert_int_equal(d.graph.reasons, 1);
	graph_free(&d.graph);
}

static void a_circle_is_clearer_than_a_dead_end(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 4, (int[]){ -1, 0, 3, 2 });
	reason_of(&d, 2, (int[]){ 2, 3 });
	assert_int_equal(d.graph.reasons, 1);
	graph_free(&d.graph);
}

static void who_runs_frees_all_behind_it(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 4, (int[]){ 1, 2, 3, -1 });
	d.thread[3].wait.kind = WAIT_NONE;
	assert_int_equal(graph_make(&d.look, &d.graph), 0);
	assert_int_equal(d.graph.stuck, 0);
	assert_true(d.thread[0].runs);
	graph_free(&d.graph);
}

/* A child may end between two glances: its parent, which is about to be woken, was once called stuck. */
static void who_waits_for_one_that_has_just_ended_is_not_stuck(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 2, (int[]){ 1, -1 });
	d.thread[1].wait.kind = WAIT_ENDED;
	assert_int_equal(graph_make(&d.look, &d.graph), 0);
	assert_int_equal(d.graph.stuck, 0);
	graph_free(&d.graph);
}

static void a_long_circle_is_told_in_short(void **state)
{
	struct drawing d;
	char text[HANG_TEXT] = "";
	struct words w = { .text = text, .size = sizeof text };

	(void)state;
	draw(&d, 8, (int[]){ 1, 2, 3, 4, 5, 6, 7, 0 });
	reason_of(&d, 8, (int[]){ 0, 1, 2, 3, 4, 5, 6, 7 });
	words_reason(&w, &d.graph.reason, true);
	assert_non_null(strstr(text, "process 100 waits for the mutex that process 101 holds, and process 101"));
	assert_non_null(strstr(text, "8 in a circle: lock them in the same order everywhere"));
	graph_free(&d.graph);
}

/* Thread i waits for a condition that any thread of process `of` could signal. */
static void draw_condition(struct drawing *d, unsigned i, unsigned of)
{
	d->thread[i].wait.kind = WAIT_CONDITION;
	d->source[i][0] = (struct source){ &d->process[of], NULL, -1, false };
	d->thread[i].wait.source = d->source[i];
	d->thread[i].wait.sources = 1;
}

/* 0 waits for just 1, which polls; 2 for anybody of 1 or of 0 to come.  That is told of 2 alone, and not for sure. */
static void who_polls_hides_nobody_who_waits_for_anybody(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 4, (int[]){ 1, -1, -1, 2 });
	d.thread[1].wait.kind = WAIT_SLEEP;
	draw_condition(&d, 2, 0);
	assert_int_equal(graph_make(&d.look, &d.graph), 0);
	assert_int_equal(d.graph.stuck, 0);
	graph_free(&d.graph);
	d.thread[1].polls = true;
	for (unsigned turn = 0; turn < 2; turn++) {  /* a graph may be made again */
		reason_of(&d, 1, (int[]){ 2 });
		assert_int_equal(d.graph.stuck, 2);
		assert_int_equal(d.graph.polls, 1);
		assert_true(d.thread[2].perhaps && d.thread[3].perhaps);
		assert_false(d.thread[0].stuck || d.thread[1].stuck);
		graph_free(&d.graph);
	}
	d.thread[1].polls = false;
	assert_int_equal(graph_make(&d.look, &d.graph), 0);
	assert_int_equal(d.graph.stuck, 0);
	graph_free(&d.graph);
}

static void who_computes_beside_who_polls_frees_all(void **state)
{
	struct drawing d;

	(void)state;
	draw(&d, 3, (int[]){ -1, 2, -1 });
	draw_condition(&d, 0, 1);
	d.thread[1].wait.kind = WAIT_SLEEP;
	d.thread[2].wait.kind = WAIT_NONE;
	d.thread[1].polls = true;
	d.source[0][1] = (struct source){ &d.process[2], NULL, -1, false };
	d.thread[0].wait.sources = 2;
	assert_int_equal(graph_make(&d.look, &d.graph), 0);
	assert_int_equal(d.graph.stuck, 0);
	graph_free(&d.graph);
}

static void all_who_missed_the_same_wake_are_told(void **state)
{
	struct drawing d;
	char text[HANG_TEXT] = "";
	struct words w = { .text = text, .size = sizeof text };

	(void)state;
	draw(&d, 8, (int[]){ 1, -1, -1, -1, -1, -1, -1, -1 });
	for (unsigned i = 1; i < 8; i++) {
		d.thread[i].wait.alone = d.thread[i].wait.missed = true;
		snprintf(d.thread[i].wait.on, sizeof d.thread[i].wait.on, "mutex at %s", i == 4 ? "2" : "1");
	}
	reason_of(&d, 6, (int[]){ 1, 2, 3, 5, 6, 7 });
	assert_int_equal(d.graph.others, 2);
	words_reason(&w, &d.graph.reason, true);
	assert_ptr_equal(strstr(text, "processes 101, 102, 103, 105 and 2 more wait for the mutex at 1; it"), text);
	assert_non_null(strstr(text, "alone, so that an unlock in another process wakes nobody: initialise it with"));
	graph_free(&d.graph);
}

/* ---- who polls: looks by hand ---- */

static const double second_ns = 1e9;

enum { LOOKS = 11 };

static const char at_home[] = "230 0x1 0x0 0x7f00 0x7f00 0x0 0x0 0x7fff10 0x40\n";

/* A thread that sleeps when looked at, woken 10 times in between, 10 % of a second busy in all. */
static void sleeper(struct drawing *d)
{
	draw(d, 1, (int[]){ -1 });
	d->thread[0].wait.kind = WAIT_SLEEP;
	snprintf(d->thread[0].line, sizeof d->thread[0].line, "%s", at_home);
}

static void looks(struct watch *w, struct drawing *d, unsigned times)
{
	for (; times > 0; times--) {
		assert_int_equal(watch_look(w, &d->look), 0);
		d->thread[0].switches += 10;
		d->thread[0].cpu_ns += 10000000;
	}
}

static bool polls(struct watch *w, struct drawing *d)
{
	const bool does = watch_polls(w, &d->thread[0], second_ns);

	watch_free(w);
	return does;
}

static void who_sleeps_at_one_place_over_and_over_polls(void **state)
{
	struct drawing d;
	struct watch w = { 0 };

	(void)state;
	sleeper(&d);
	looks(&w, &d, LOOKS);
	assert_true(polls(&w, &d));
	sleeper(&d);
	d.thread[0].wait.kind = WAIT_NONE;  /* awake, as whoever sleeps for 0.1 ms mostly seems */
	looks(&w, &d, LOOKS - 2);
	d.thread[0].wait.kind = WAIT_CONDITION;
	d.thread[0].wait.timed = true;
	looks(&w, &d, 2);
	assert_true(polls(&w, &d));
}

static void in_doubt_nobody_polls(void **state)
{
	struct drawing d;
	struct watch w = { 0 };

	(void)state;
	sleeper(&d);  /* at another place, once */
	looks(&w, &d, LOOKS - 1);
	snprintf(d.thread[0].line, sizeof d.thread[0].line, "230 0x1 0x0 0x7f00 0x7f00 0x0 0x0 0x7fff20 0x40\n");
	looks(&w, &d, 1);
	assert_false(polls(&w, &d));
	sleeper(&d);  /* without a limit, once */
	looks(&w, &d, LOOKS - 1);
	d.thread[0].wait.kind = WAIT_CONDITION;
	looks(&w, &d, 1);
	assert_false(polls(&w, &d));
	sleeper(&d);  /* one long sleep */
	looks(&w, &d, LOOKS);
	d.thread[0].switches = 2;
	assert_false(polls(&w, &d));
	sleeper(&d);  /* much to do */
	looks(&w, &d, LOOKS);
	d.thread[0].cpu_ns = 300000000;
	assert_false(polls(&w, &d));
	sleeper(&d);  /* much to do, for the little time that it had a CPU */
	looks(&w, &d, LOOKS);
	d.thread[0].queued_ns = 800000000;
	assert_false(polls(&w, &d));
	sleeper(&d);  /* it came later */
	d.thread[0].tid = 99;
	looks(&w, &d, 1);
	d.thread[0].tid = 100;
	looks(&w, &d, LOOKS);
	assert_false(polls(&w, &d));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, before, nothing_is_left)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(who_asks_does_not_hang),
		TEST(nobody_of_that_number),
		TEST(a_sentence_is_cut_and_never_longer),
		TEST(a_tail_is_not_part_of_the_circle),
		TEST(the_shortest_circle_is_told),
		TEST(a_chain_has_one_reason_at_its_end),
		TEST(a_circle_is_clearer_than_a_dead_end),
		TEST(who_runs_frees_all_behind_it),
		TEST(who_waits_for_one_that_has_just_ended_is_not_stuck),
		TEST(a_long_circle_is_told_in_short),
		TEST(who_polls_hides_nobody_who_waits_for_anybody),
		TEST(who_computes_beside_who_polls_frees_all),
		TEST(all_who_missed_the_same_wake_are_told),
		TEST(who_sleeps_at_one_place_over_and_over_polls),
		TEST(in_doubt_nobody_polls),
	};

	return cmocka_run_group_tests_name("hang", tests, NULL, NULL);
}
