/* SPDX-License-Identifier: MIT */
/* pthreads.c -- threads share all memory: any memory will do. */
#include "bench/check.h"
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <pthread.h>
#include <stdlib.h>

struct job {
	const struct task *task;
	unsigned worker;
	struct arena *arena;
};

static void *work(void *arg)
{
	const struct job *job = arg;

	worker_enter(job->worker);
	update(job->task, job->arena, job->worker);
	worker_leave(job->worker);
	return NULL;
}

static void solve(const struct task *t, void *answer)
{
	struct arena *arena = aligned_alloc(APART, arena_bytes(t));
	pthread_t thread[MAX_WORKERS];
	struct job job[MAX_WORKERS];

	if (!arena)
		die("pthreads.c: no memory");
	fill(t, arena);
	for (unsigned i = 0; i < t->workers; i++) {
		job[i] = (struct job){ t, i, arena };
		OK(pthread_create(&thread[i], NULL, work, &job[i]));
	}
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(thread[i], NULL));
	collect(t, arena, answer);
	free(arena);
}

const struct variant variant = { .idea = "threads: any memory is shared", .solve = solve };
