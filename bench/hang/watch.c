/* SPDX-License-Identifier: MIT */
/* watch.c -- who only polls: over many looks, a thread that slept for short times, always at the same place.
 *
 * What it polls for cannot be seen, so it may yet do what others wait for.  In doubt a thread does not poll: then it
 * goes on, and nobody who waits for it is called stuck.
 */
#include "bench/hang/watch.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { FEWEST_WAKES = 3, FEWEST_ASLEEP = 2 };  /* who sleeps for 0.1 ms is mostly gone before its place is read */
static const double most_busy = 0.25;

/* "number six arguments stack place", as the kernel writes it; false: it runs, or is in no call. */
static bool find_place(const struct thread *t, struct habit *h)
{
	return sscanf(t->line, "%ld %*x %*x %*x %*x %*x %*x %" SCNx64 " %" SCNx64, &h->call, &h->stack, &h->place) == 3;
}

static void see(struct habit *h, const struct thread *t)
{
	struct habit now = { 0 };

	if (t->wait.kind == WAIT_NONE)
		return;  /* awake: how much it computes is asked at the end */
	if (!(t->wait.timed || t->wait.kind == WAIT_SLEEP) || !find_place(t, &now)) {
		h->elsewhere = true;
		return;
	}
	if (h->asleep++ == 0) {
		h->call = now.call;
		h->stack = now.stack;
		h->place = now.place;
	}
	h->elsewhere |= now.call != h->call || now.stack != h->stack || now.place != h->place;
}

static struct habit *habit_of(const struct watch *w, pid_t tid)
{
	for (unsigned i = 0; i < w->habits; i++)
		if (w->habit[i].tid == tid)
			return &w->habit[i];
	return NULL;
}

/* All that are there at the first look. */
static int begin(struct watch *w, const struct look *l)
{
	unsigned threads = 0;

	for (unsigned i = 0; i < l->processes; i++)
		threads += l->process[i].member ? l->process[i].threads : 0;
	w->habit = calloc(threads + 1, sizeof *w->habit);
	if (!w->habit)
		return -ENOMEM;
	for (unsigned i = 0; i < l->processes; i++)
		for (unsigned j = 0; l->process[i].member && j < l->process[i].threads; j++) {
			const struct thread *t = &l->process[i].thread[j];
			w->habit[w->habits++] = (struct habit){ .tid = t->tid, .cpu_ns = t->cpu_ns,
				.queued_ns = t->queued_ns, .switches = t->switches };
		}
	return 0;
}

int watch_look(struct watch *w, const struct look *l)
{
	int error = w->looks++ == 0 ? begin(w, l) : 0;

	for (unsigned i = 0; error == 0 && i < l->processes; i++)
		for (unsigned j = 0; l->process[i].member && j < l->process[i].threads; j++) {
			struct habit *h = habit_of(w, l->process[i].thread[j].tid);
			if (h)
				see(h, &l->process[i].thread[j]);
		}
	return error;
}

bool watch_polls(const struct watch *w, const struct thread *t, double apart_ns)
{
	const struct habit *h = habit_of(w, t->tid);

	return h && !h->elsewhere && h->asleep >= FEWEST_ASLEEP
		&& t->switches - h->switches >= FEWEST_WAKES
		&& (double)(t->cpu_ns - h->cpu_ns) <= most_busy * (apart_ns - (double)(t->queued_ns - h->queued_ns));
}

void watch_free(struct watch *w)
{
	free(w->habit);
	*w = (struct watch){ 0 };
}
