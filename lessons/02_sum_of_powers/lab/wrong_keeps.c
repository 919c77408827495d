/* SPDX-License-Identifier: MIT */
/* wrong_keeps.c -- rung 8, "its first solve": the count is kept, and the next solve only hands it out again. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>

enum { CHUNK = 64 };  /* so many at a time: a lock for each would cost more than the smallest numbers do */

/* What the workers share.  Invariant: every number below `next` has been taken by exactly one of them. */
struct work {
	pthread_mutex_t lock;   /* guards next */
	uint64_t next, end;
};

struct job {
	struct work *work;
	unsigned worker;
	uint64_t count;
};

static struct range take(struct work *w)
{
	OK(pthread_mutex_lock(&w->lock));
	uint64_t begin = w->next, end = w->end - begin < CHUNK ? w->end : begin + CHUNK;
	w->next = end;
	OK(pthread_mutex_unlock(&w->lock));
	return (struct range){ begin, end };
}

static void *work(void *arg)
{
	struct job *job = arg;
	uint64_t count = 0;

	worker_enter(job->worker);
	for (struct range r; r = take(job->work), r.begin < r.end;)
		count += count_primes(r);
	job->count = count;  /* once: jobs share cache lines */
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct work shared = { .lock = PTHREAD_MUTEX_INITIALIZER, .end = t->n };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];
	static uint64_t kept_n, kept;
	uint64_t count = 0;

	if (t->n > 0 && t->n == kept_n) {
		*(uint64_t *)answer = kept;
		return;
	}
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ .work = &shared, .worker = i };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++) {
		OK(pthread_join(thread[i], NULL));
		count += job[i].count;
	}
	kept_n = t->n;
	*(uint64_t *)answer = kept = count;
}

const struct variant variant = { .idea = "a count is kept for the next solve", .solve = solve };
