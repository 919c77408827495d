/* SPDX-License-Identifier: MIT */
/* wrong_unlocked.c -- rung 4, "not every time": two workers may take the same page. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <semaphore.h>

/* What the workers share.  Invariant: every page below `next` has been taken by exactly one of them. */
struct work {
	const struct task *task;
	struct page *pages;
	sem_t requests;         /* so many more may be under way */
	uint64_t next;
};

struct job {
	struct work *work;
	unsigned worker;
};

static uint64_t take(struct work *w)
{
	return next_number(&w->next);
}

static struct page request(struct work *w, uint64_t k)
{
	SYS(sem_wait(&w->requests));
	int fd = page_ask(w->task, k);
	struct page page = page_take(w->task, k, fd);
	SYS(close(fd));  /* whatever came */
	SYS(sem_post(&w->requests));
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
	for (uint64_t k; (k = take(w)) < w->task->n;)
		w->pages[k] = download(w, k);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct work shared = { .task = t, .pages = answer };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	SYS(sem_init(&shared.requests, 0, (unsigned)t->param[AT_ONCE]));
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .work = &shared, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	SYS(sem_destroy(&shared.requests));
}

const struct variant variant = {
	.idea = "wrong: the next page without a lock", .start = web_start, .solve = solve, .stop = web_stop,
};
