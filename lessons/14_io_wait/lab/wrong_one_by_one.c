/* SPDX-License-Identifier: MIT */
/* wrong_one_by_one.c -- rung 8, "slower than the model": the lock is held during the request. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

/* What the workers share.  Invariant: every page below `next` has been taken by exactly one of them. */
struct work {
	const struct task *task;
	struct page *pages;
	pthread_mutex_t lock;   /* guards next */
	uint64_t next;
};

struct job {
	struct work *work;
	unsigned worker;
};

static struct page request(struct work *w, uint64_t k)
{
	int fd = page_ask(w->task, k);
	struct page page = page_take(w->task, k, fd);
	SYS(close(fd));  /* whatever came */
	return page;
}

static struct page download(struct work *w, uint64_t k)
{
	struct page page;

	page_begin(w->task, k);
	do
		page = request(w, k);
	while (page.status != 200 && !page_is_late(w->task, k));
	return page;
}

static void *work(void *arg)
{
	struct job *job = arg;
	struct work *w = job->work;

	worker_enter(job->worker);
	for (bool more = true; more;) {
		OK(pthread_mutex_lock(&w->lock));
		uint64_t k = next_number(&w->next);
		more = k < w->task->n;
		if (more)
			w->pages[k] = download(w, k);
		OK(pthread_mutex_unlock(&w->lock));
	}
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct work shared = { .task = t, .pages = answer, .lock = PTHREAD_MUTEX_INITIALIZER };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .work = &shared, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
}

const struct variant variant = {
	.idea = "wrong: one request at a time", .start = web_start, .solve = solve, .stop = web_stop,
};
