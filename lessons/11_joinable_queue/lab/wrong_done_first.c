/* SPDX-License-Identifier: MIT */
/* wrong_done_first.c -- rung 3, "fetched once": a page is said to be done before the pages that it leads to are put. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What the workers share. */
struct crawl {
	const struct task *task;
	struct visit *visits;
	pthread_mutex_t lock;           /* guards all below */
	pthread_cond_t changed;         /* there are more pages in the queue, or none is unfinished */
	uint64_t *queue, head, tail;    /* pages [head, tail) wait; each is put once, so n places are enough */
	bool *seen;
	uint64_t unfinished;
	bool closed;
};

struct job {
	struct crawl *crawl;
	unsigned worker;
};

/* With the lock held. */
static void put_if_new(struct crawl *c, uint64_t k)
{
	if (!is_new(c->seen, k))
		return;
	c->queue[c->tail++] = k;
	c->unfinished++;
}

/* False: all pages are done. */
static bool take(struct crawl *c, uint64_t *k)
{
	OK(pthread_mutex_lock(&c->lock));
	while (c->head == c->tail && !c->closed)
		OK(pthread_cond_wait(&c->changed, &c->lock));
	bool taken = !c->closed;
	if (taken)
		*k = c->queue[c->head++];
	OK(pthread_mutex_unlock(&c->lock));
	return taken;
}

static void finish(struct crawl *c, const struct page *page)
{
	OK(pthread_mutex_lock(&c->lock));
	if (--c->unfinished == 0)
		c->closed = true;
	for (unsigned l = 0; l < page->links; l++)
		put_if_new(c, page->link[l]);
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
		.changed = PTHREAD_COND_INITIALIZER, .queue = calloc(t->n + 1, sizeof *c.queue),
		.seen = calloc(t->n + 1, sizeof *c.seen) };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	if (!c.queue || !c.seen)
		die("no memory for a queue of all pages: choose a smaller n");
	memset(answer, 0, t->n * sizeof(struct visit));
	c.closed = t->n == 0;
	if (!c.closed)
		put_if_new(&c, 0);
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .crawl = &c, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	free(c.queue);
	free(c.seen);
}

const struct variant variant = { .idea = "wrong: a page is done before its links are put", .solve = solve };
