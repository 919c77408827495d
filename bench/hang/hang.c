/* SPDX-License-Identifier: MIT */
/* hang.c -- the hang doctor: two looks, what did not move between them, and the reason in one sentence.  See hang.h.
 *
 * More looks follow where all that goes on may be polling: see watch.h.
 */
#include "bench/hang/hang.h"

#include "bench/base/clock.h"
#include "bench/base/text.h"
#include "bench/hang/graph.h"
#include "bench/hang/watch.h"
#include "bench/hang/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BETWEEN_MS = 100, ATTEMPTS = 3, MORE_LOOKS = 9 };

/* The first look at it and the last, and what follows. */
struct finding {
	struct look before, now;
	struct graph graph;
	struct watch watch;     /* of all looks, once there are more than two */
	uint64_t begin_ns;
	double apart_ns;
	bool several;           /* processes */
	bool restless;          /* at every attempt, some that seemed stuck moved on meanwhile */
};

/* Moved: it is not where it was, or was away meanwhile.  One that is new has moved, too. */
static void compare(struct finding *f, struct thread *t)
{
	const struct process *p = look_find(&f->before, t->process->pid);

	t->moved = true;
	for (unsigned i = 0; p && i < p->threads; i++) {
		const struct thread *old = &p->thread[i];
		if (old->tid != t->tid)
			continue;
		t->moved = strcmp(old->line, t->line) != 0 || old->switches != t->switches || old->state != t->state
			|| strcmp(old->wait.on, t->wait.on) != 0 || strcmp(old->wait.note, t->wait.note) != 0;
		t->busy = (double)(t->cpu_ns - old->cpu_ns) / f->apart_ns;
	}
}

/* The next look, in the place of the last one. */
static int look_again(pid_t root, struct finding *f)
{
	const struct timespec between = { .tv_nsec = BETWEEN_MS * 1000000L };

	graph_free(&f->graph);
	look_free(&f->now);
	nanosleep(&between, NULL);
	f->apart_ns = (double)(clock_ns() - f->begin_ns);
	return look_take(root, &f->now);
}

/* What follows from the first look and the last. */
static int conclude(struct finding *f, bool polls_count)
{
	unsigned members = 0;

	graph_free(&f->graph);
	for (unsigned i = 0; i < f->now.processes; i++) {
		struct process *p = &f->now.process[i];
		members += p->member;
		for (unsigned j = 0; p->member && j < p->threads; j++) {
			struct thread *t = &p->thread[j];
			compare(f, t);
			t->polls = polls_count && watch_polls(&f->watch, t, f->apart_ns);
		}
	}
	f->several = members > 1;
	return graph_make(&f->now, &f->graph);
}

static int look_twice(pid_t root, struct finding *f)
{
	f->begin_ns = clock_ns();
	int error = look_take(root, &f->before);
	if (error == 0)
		error = look_again(root, f);
	return error < 0 ? error : conclude(f, false);
}

static void finding_free(struct finding *f)
{
	graph_free(&f->graph);
	look_free(&f->before);
	look_free(&f->now);
	watch_free(&f->watch);
}

/* Threads are seen one after the other: one that moved while we looked at the next may have freed another. */
static bool still_stuck(const struct finding *f)
{
	for (unsigned i = 0; i < f->graph.threads; i++)
		if (f->graph.thread[i]->stuck && !look_still(f->graph.thread[i]))
			return false;
	return true;
}

/* Nobody is stuck, and nobody computes much; but one did not move, and lives on those who come and go. */
static bool may_be_polled(const struct finding *f)
{
	bool waits = false, computes = false;

	for (unsigned i = 0; i < f->graph.threads; i++) {
		const struct thread *t = f->graph.thread[i];
		waits |= t->runs && !graph_goes_on(t);
		computes |= t->busy > 0.5;
	}
	return waits && !computes && f->graph.stuck == 0;
}

/* Looks on for a second: do all that go on only poll? */
static int watch_on(pid_t root, struct finding *f)
{
	int error = watch_look(&f->watch, &f->before);

	if (error == 0)
		error = watch_look(&f->watch, &f->now);
	for (unsigned i = 0; error == 0 && i < MORE_LOOKS; i++) {
		error = look_again(root, f);
		if (error == 0)
			error = watch_look(&f->watch, &f->now);
	}
	if (error == 0)
		error = conclude(f, true);
	if (error == 0 && !still_stuck(f))
		error = conclude(f, false);
	return error;
}

static int find(pid_t root, struct finding *f)
{
	for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
		int error = look_twice(root, f);
		if (error < 0)
			return error;
		if (still_stuck(f))
			return may_be_polled(f) ? watch_on(root, f) : 0;
		if (attempt + 1 < ATTEMPTS)
			finding_free(f);
	}
	f->restless = true;
	return 0;
}

/* The thread to begin with: the root's first, or the first at all. */
static const struct thread *first_thread(const struct finding *f, pid_t root)
{
	for (unsigned i = 0; i < f->graph.threads; i++)
		if (f->graph.thread[i]->tid == root)
			return f->graph.thread[i];
	return f->graph.thread[0];
}

/* How much a thread tells about why all goes on: computing more than moving, that more than sleeping. */
static int liveliness(const struct thread *t)
{
	if (t->wait.kind == WAIT_ENDED || !(t->runs || t->polls))
		return 0;
	return t->wait.kind == WAIT_NONE || t->busy > 0.1 ? 4 : t->moved ? 3 : t->wait.kind == WAIT_SLEEP ? 2
		: t->wait.timed;
}

static void say_not(const struct finding *f, pid_t root, struct words *w)
{
	const struct thread *most = first_thread(f, root);

	for (unsigned i = 0; i < f->graph.threads; i++)
		if (liveliness(f->graph.thread[i]) > liveliness(most) && f->graph.thread[i]->tid != getpid())
			most = f->graph.thread[i];  /* but ourselves: who looks is no news */
	words_add(w, "not hanging: ");
	words_who(w, most, f->several);
	words_add(w, " ");
	words_wait(w, most, f->several);
	if (f->restless)
		words_add(w, ", and threads come and go");
	if (most->busy > 0.01)
		words_add(w, " (%.0f %% of a CPU)", 100 * most->busy);
}

/* The root's wait, and the one that somebody outside may end, if that is another. */
static void say_outside(const struct finding *f, pid_t root, struct words *w)
{
	const struct thread *first = first_thread(f, root), *open = first;

	for (unsigned i = 0; i < f->graph.threads && !open->wait.outside; i++)
		open = f->graph.thread[i];
	words_who(w, first, f->several);
	words_add(w, " ");
	words_wait(w, first, f->several);
	if (open != first) {
		words_add(w, "; ");
		words_who(w, open, f->several);
		words_add(w, " ");
		words_wait(w, open, f->several);
	}
	if (words_hope(open)[0])
		words_add(w, ": %s", words_hope(open));
}

static int say_stuck(const struct finding *f, struct words *w)
{
	const unsigned others = f->graph.others, polls = f->graph.polls;
	const char *s = others == 1 ? "s" : "";

	words_add(w, "%s", polls ? "perhaps hanging: " : "");
	words_reason(w, &f->graph.reason, f->several);
	if (polls && others)
		words_add(w, " (%u more wait%s like it, %u only poll%s)", others, s, polls, polls == 1 ? "s" : "");
	else if (polls)
		words_add(w, " (%u other%s only poll%s)", polls, polls == 1 ? "" : "s", polls == 1 ? "s" : "");
	else if (others)
		words_add(w, " (%u more wait%s in vain)", others, s);
	return polls ? HANG_PERHAPS : HANG_STUCK;
}

static int say(const struct finding *f, pid_t root, struct words *w)
{
	bool runs = false, hopes = false;

	for (unsigned i = 0; i < f->graph.threads; i++) {
		runs |= f->graph.thread[i]->runs || f->graph.thread[i]->polls;
		hopes |= f->graph.thread[i]->hopes;
	}
	if (f->graph.stuck && !f->restless)
		return say_stuck(f, w);
	if (runs || f->restless) {
		say_not(f, root, w);
		return HANG_NOT;
	}
	if (!hopes) {
		words_add(w, "not hanging: process %d has ended", root);
		return HANG_NOT;
	}
	say_outside(f, root, w);
	return HANG_OUTSIDE;
}

static int failed(pid_t root, int error, char *text, size_t size)
{
	if (error == -ESRCH)
		snprintf(text, size, "there is no process %d, nor a group of that number", root);
	else
		snprintf(text, size, "cannot look at process %d in /proc: %s", root, strerror(-error));
	return error;
}

int hang_diagnose(pid_t root, char *text, size_t size)
{
	struct finding f = { 0 };
	struct words w = { .text = text, .size = size };
	int verdict = find(root, &f);

	text[0] = '\0';
	verdict = verdict < 0 ? failed(root, verdict, text, size) : say(&f, root, &w);
	text_clean(text);
	finding_free(&f);
	return verdict;
}

static void list_threads(const struct finding *f, FILE *out)
{
	const struct process *last = NULL;
	char text[HANG_TEXT];

	for (unsigned i = 0; i < f->graph.threads; i++) {
		const struct thread *t = f->graph.thread[i];
		struct words w = { .text = text, .size = sizeof text };
		if (t->process != last)
			fprintf(out, "\nprocess %d, %s, child of %d\n", t->process->pid, t->process->name,
				t->process->parent);
		last = t->process;
		words_wait(&w, t, f->several);
		fprintf(out, "  thread %-8d %s%s\n", t->tid, text_clean(text),
			t->perhaps ? "  [stuck, perhaps]" : t->stuck ? "  [stuck]" : "");
	}
}

int hang_report(pid_t root, FILE *out, char *why)
{
	struct finding f = { 0 };
	char text[HANG_TEXT] = "";
	struct words w = { .text = text, .size = sizeof text };
	int verdict = find(root, &f);

	if (verdict < 0) {
		failed(root, verdict, why, HANG_TEXT);
	} else {
		verdict = say(&f, root, &w);
		fprintf(out, "%s.\n", text_clean(text));
		list_threads(&f, out);
	}
	finding_free(&f);
	return verdict;
}
