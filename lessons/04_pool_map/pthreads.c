/* SPDX-License-Identifier: MIT */
/* pthreads.c -- the heart of a pool, bare: one index that all threads count up.  Who has nothing to do takes the next
 * chunk; the order of the work is left to chance, the place of each result is not. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"
#include "lessons/lib/pool.h"

#include <pthread.h>
#include <stdatomic.h>

struct work {
	const struct task *task;
	uint64_t *results;
	uint64_t chunk;
	_Alignas(64) _Atomic uint64_t next;  /* the first item that nobody has taken; own cache line: all write here */
};

struct job {
	struct work *work;
	unsigned worker;
};

static void square_chunks(struct work *work)
{
	const uint64_t n = work->task->n, chunk = work->chunk, *items = work->task->input;
	uint64_t begin;

	while ((begin = atomic_fetch_add(&work->next, chunk)) < n)
		for (uint64_t i = begin; i < n && i - begin < chunk; i++)
			square(&items[i], &work->results[i]);
}

static void *work_on(void *arg)
{
	struct job *job = arg;

	worker_enter(job->worker);
	square_chunks(job->work);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct work work = { .task = t, .results = answer, .chunk = pool_chunk(t->n, t->workers, t->param[CHUNK]) };
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ &work, i };
		OK(pthread_create(&thread[i], NULL, work_on, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
}

const struct variant variant = { .idea = "one shared index: who is free takes the next chunk", .solve = solve };
