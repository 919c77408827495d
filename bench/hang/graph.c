/* SPDX-License-Identifier: MIT */
/* graph.c -- who waits for whom: a fixed point for who may go on, strong components for the circles.  See graph.h. */
#include "bench/hang/graph.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What anybody could end: idle workers of a pool wait like that, too. */
static bool is_weak(const struct thread *t)
{
	const enum wait_kind kind = t->wait.kind;

	if (t->wait.missed)
		return false;
	return kind == WAIT_CONDITION || kind == WAIT_SEMAPHORE || kind == WAIT_BARRIER || kind == WAIT_OPENMP
		|| kind == WAIT_FUTEX;
}

bool graph_goes_on(const struct thread *t)
{
	return t->moved || t->wait.timed || t->wait.kind == WAIT_NONE || t->wait.kind == WAIT_SLEEP;
}

/* Does the source name who has to act?  Any thread of the waiting process itself could: that names nobody. */
static bool is_named(const struct thread *t, const struct source *s)
{
	return s->strong && (s->thread || s->process != t->process);
}

/* What one of its sources has, it gets.  A source that has ended will wake it at once: it did so while we looked. */
static void inherit(struct thread *t, const struct source *s)
{
	const unsigned threads = s->thread ? 1 : s->process->threads;
	bool ended = true;

	for (unsigned i = 0; i < threads; i++) {
		const struct thread *from = s->thread ? s->thread : &s->process->thread[i];
		t->runs |= from->runs;
		t->hopes |= from->hopes;
		t->patient |= (from->polls || from->patient) && is_named(t, s);
		ended &= from->wait.kind == WAIT_ENDED;
	}
	t->runs |= ended;
}

/* True when that changed anything. */
static bool inherit_all(struct thread *t)
{
	const bool runs = t->runs, hopes = t->hopes, patient = t->patient;

	for (unsigned i = 0; i < t->wait.sources; i++)
		inherit(t, &t->wait.source[i]);
	return t->runs != runs || t->hopes != hopes || t->patient != patient;
}

static void find_stuck(struct graph *g)
{
	bool changed = true;

	for (unsigned i = 0; i < g->threads; i++) {
		struct thread *t = g->thread[i];
		const bool ended = t->wait.kind == WAIT_ENDED;
		t->number = t->component = 0;
		t->patient = t->process->clear = false;  /* it may be made again */
		t->runs = !ended && !t->polls && graph_goes_on(t);
		g->polls += t->polls;
		t->hopes = !ended && t->wait.outside && t->wait.kind != WAIT_NONE;
	}
	while (changed) {
		changed = false;
		for (unsigned i = g->threads; i-- > 0;)  /* chains mostly lead to younger ones */
			changed |= inherit_all(g->thread[i]);
	}
	for (unsigned i = 0; i < g->threads; i++) {
		struct thread *t = g->thread[i];
		t->stuck = !t->runs && !t->hopes && !t->polls && !t->patient && t->wait.kind != WAIT_ENDED;
		t->perhaps = t->stuck && g->polls > 0;
		g->stuck += t->stuck;
		t->process->clear |= t->stuck && !is_weak(t);
	}
}

/* ---- the reasons: components that no strong edge leaves (Tarjan 1972) ---- */

struct walk {
	struct graph *graph;
	struct thread **stack;
	unsigned depth, number, component;
	int clearest;
};

static void visit(struct walk *w, struct thread *t);

/* The k-th thread that a source of `t` stands for, if it is stuck.  In its own process that is itself; in another not
 * the idle workers, if somebody else is there. */
static struct thread *behind(const struct thread *t, const struct source *s, unsigned k)
{
	struct thread *other = s->thread ? s->thread : &s->process->thread[k];

	if (!s->strong || !other->stuck)
		return NULL;
	if (s->thread)
		return other;
	if (s->process == t->process)
		return other == t ? other : NULL;
	return is_weak(other) && s->process->clear ? NULL : other;
}

static unsigned behind_count(const struct source *s)
{
	return s->thread ? 1 : s->process->threads;
}

static bool follow(struct walk *w, struct thread *t)
{
	bool leaves = false;

	for (unsigned i = 0; i < t->wait.sources; i++)
		for (unsigned k = 0; k < behind_count(&t->wait.source[i]); k++) {
			struct thread *next = behind(t, &t->wait.source[i], k);
			if (!next)
				continue;
			if (!next->number)
				visit(w, next);
			if (next->on_stack)
				t->low = next->low < t->low ? next->low : t->low;
			else
				leaves = true;
		}
	return leaves;
}

static bool leads_to(const struct thread *t, const struct thread *to)
{
	for (unsigned i = 0; i < t->wait.sources; i++)
		for (unsigned k = 0; k < behind_count(&t->wait.source[i]); k++)
			if (behind(t, &t->wait.source[i], k) == to)
				return true;
	return false;
}

/* How clear a reason is: a circle, an owner that is gone, a missed wake; what has a name to go by; the rest. */
static int clarity(const struct thread *t, bool circle)
{
	return circle || t->wait.gone || t->wait.missed ? 2 : !is_weak(t);
}

/* The shortest circle through part[0], by breadth first; the threads of it go to the front of `part`, in order. */
static unsigned circle_of(struct thread **part, unsigned count)
{
	unsigned *from = calloc(count, sizeof *from), *queue = calloc(count, sizeof *queue), last = 0;
	struct thread **path = calloc(count, sizeof *path);
	unsigned length = 0, filled = 1, at = 0;

	if (!from || !queue || !path)
		goto out;
	for (; at < filled && !leads_to(part[queue[at]], part[0]); at++)
		for (unsigned i = 1; i < count; i++)
			if (!from[i] && leads_to(part[queue[at]], part[i])) {
				from[i] = queue[at] + 1;
				queue[filled++] = i;
			}
	if (at == filled)
		goto out;
	for (last = queue[at]; last; last = from[last] - 1)
		path[count - ++length] = part[last];
	path[count - ++length] = part[0];
	for (unsigned i = 0; i < length; i++)
		part[i] = path[count - length + i];
out:
	free(from);
	free(queue);
	free(path);
	return length ? length : 1;
}

/* A component that no edge leaves: is it clearer than what we have? */
static void judge(struct walk *w, struct thread **part, unsigned count)
{
	struct reason *r = &w->graph->reason;
	unsigned self = 0;

	while (self < count && !leads_to(part[self], part[self]))
		self++;
	const bool circle = count > 1 || self < count;
	if (self < count) {  /* a circle of one is the shortest */
		part[0] = part[self];
		count = 1;
	}
	const int clear = clarity(part[0], circle);
	if (clear < w->clearest)
		return;
	w->graph->reasons = clear > w->clearest ? 1 : w->graph->reasons + 1;
	if (clear == w->clearest)
		return;
	w->clearest = clear;
	r->circle = circle;
	r->threads = circle_of(part, count);
	for (unsigned i = 0; i < r->threads; i++)
		r->thread[i] = part[i];
}

static void visit(struct walk *w, struct thread *t)
{
	const unsigned begin = w->depth;

	t->number = t->low = ++w->number;
	t->on_stack = true;
	w->stack[w->depth++] = t;
	bool leaves = follow(w, t);
	if (t->low < t->number) {
		t->component = leaves;
		return;
	}
	/* t's component lies on the stack from `begin` on; its other members have noted whether they lead out */
	for (unsigned i = begin; i < w->depth; i++) {
		leaves |= i > begin && w->stack[i]->component;
		w->stack[i]->on_stack = false;
	}
	if (!leaves)
		judge(w, w->stack + begin, w->depth - begin);
	w->depth = begin;
}

/* The others who wait for the lock whose wake the first one missed. */
static void add_same(struct graph *g)
{
	struct reason *r = &g->reason;
	const struct thread *first = r->threads ? r->thread[0] : NULL;

	for (unsigned i = 0; first && first->wait.missed && i < g->threads; i++) {
		struct thread *t = g->thread[i];
		if (t != first && t->stuck && t->wait.missed && strcmp(t->wait.on, first->wait.on) == 0)
			r->thread[r->threads++] = t;
	}
}

int graph_make(const struct look *l, struct graph *g)
{
	*g = (struct graph){ 0 };
	for (unsigned i = 0; i < l->processes; i++)
		g->threads += l->process[i].member ? l->process[i].threads : 0;
	struct walk w = { .graph = g, .stack = calloc(g->threads + 1, sizeof *w.stack), .clearest = -1 };
	g->thread = calloc(g->threads + 1, sizeof *g->thread);
	g->reason.thread = calloc(g->threads + 1, sizeof *g->reason.thread);
	if (!w.stack || !g->thread || !g->reason.thread) {
		free(w.stack);
		return -ENOMEM;
	}
	g->threads = 0;
	for (unsigned i = 0; i < l->processes; i++)
		for (unsigned j = 0; l->process[i].member && j < l->process[i].threads; j++)
			g->thread[g->threads++] = &l->process[i].thread[j];
	find_stuck(g);
	for (unsigned i = 0; i < g->threads; i++)
		if (g->thread[i]->stuck && !g->thread[i]->number)
			visit(&w, g->thread[i]);
	add_same(g);
	g->others = g->stuck - g->reason.threads;
	free(w.stack);
	return 0;
}

void graph_free(struct graph *g)
{
	free(g->thread);
	free(g->reason.thread);
	*g = (struct graph){ 0 };
}
