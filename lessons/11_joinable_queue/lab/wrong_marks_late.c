/* SPDX-License-Identifier: MIT */
/* wrong_marks_late.c -- rung 3 or 4, "fetched once": a page counts as seen when it is fetched, and may be put twice. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What the workers share.  Invariant: unfinished counts the pages in the queue and those in somebody's hands. */
struct crawl {
	const struct task *task;
	struct visit *visits;
	pthread_mutex_t lock;           /* guards all below */
	pthread_cond_t changed;         /* there are more pages in the queue, or none is unfinished */
	uint64_t *queue, head, tail;    /* pages [head, tail) wait; one for each link is enough */
	bool *seen;
	uint64_t unfinished;
};

struct job {
	struct crawl *crawl;
	unsigned worker;
};

/* With the lock held. */
static void put_if_new(struct crawl *c, uint64_t k)
{
	if (c->seen[k])
		return;
	c->queue[c->tail++] = k;
	c->unfinished++;
}

/* False: all pages are done. */
static bool take(struct crawl *c, uint64_t *k)
{
	OK(pthread_mutex_lock(&c->lock));
	while (c->head == c->tail && c->unfinished > 0)
		OK(pthread_cond_wait(&c->changed, &c->lock));   /* who has a page in hand may put others */
	bool taken = c->head < c->tail;
	if (taken) {
		*k = c->queue[c->head++];
		c->seen[*k] = true;
	}
	OK(pthread_mutex_unlock(&c->lock));
	return taken;
}

static void finish(struct crawl *c, const struct page *page)
{
	OK(pthread_mutex_lock(&c->lock));
	for (unsigned l = 0; l < page->links; l++)
		put_if_new(c, page->link[l]);
	c->unfinished--;        /* last: before, the count could pass zero while there are pages to come */
	OK(pthread_cond_broadcast(&c->changed));
	OK(pthread_mutex_unlock(&c->lock));
}

static void *work(void *arg)
{
	struct job *job = arg;
	struct crawl *c = job->crawl;
	struct page page;

	worker_enter(job->worker);
	for (uint64_t k; take(c, &k); finish(c, &page)) {
		fetch(c->task, k, &page);
		record(c->visits, k, &page);
	}
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct crawl c = { .task = t, .visits = answer, .lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER, .queue = calloc(t->n * MOST_LINKS + 1, sizeof *c.queue),
		.seen = calloc(t->n + 1, sizeof *c.seen) };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	if (!c.queue || !c.seen)
		die("no memory for a queue of all pages: choose a smaller n");
	memset(answer, 0, t->n * sizeof(struct visit));
	if (t->n > 0)
		put_if_new(&c, 0);      /* before the first worker looks, who would find that nothing is unfinished */
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .crawl = &c, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	free(c.queue);
	free(c.seen);
}

const struct variant variant = { .idea = "wrong: a page that waits is not yet seen", .solve = solve };
