/* SPDX-License-Identifier: MIT */
/* wrong_last_page.c -- rung 3, "expected": equal shares of the pages, and nobody has the rest. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <semaphore.h>

/* What the workers share. */
struct work {
	const struct task *task;
	struct page *pages;
	sem_t requests;         /* so many more may be under way */
};

struct job {
	struct work *work;
	unsigned worker;
};

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
	uint64_t share = w->task->n / w->task->workers;

	worker_enter(job->worker);
	for (uint64_t k = job->worker * share; k < (job->worker + 1) * share; k++)
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
	.idea = "wrong: the last pages are nobody's", .start = web_start, .solve = solve, .stop = web_stop,
};
