/* SPDX-License-Identifier: MIT */
/* copies.c -- p copies, each pinned and alone with its share of the steps: what the machine gives when nothing is
 * shared. */
#include "bench/capacity/kernel.h"
#include "bench/check.h"
#include "bench/worker.h"

#include <pthread.h>

/* Threads stand ready between two barriers, so that no thread's birth is inside the clock. */
static struct copy {
	unsigned worker;
	const struct task *task;
	uint64_t done;
	pthread_t thread;
} copies[MAX_WORKERS];
static pthread_barrier_t go, home;
static bool enough;  /* written by main before `go`, read by the copies after it */

static void *work(void *arg)
{
	struct copy *copy = arg;
	const unsigned i = copy->worker;
	const uint64_t n = copy->task->n, workers = copy->task->workers;

	while (pthread_barrier_wait(&go), !enough) {
		worker_enter(i);
		copy->done = spin(n / workers + (i < n % workers));
		worker_leave(i);
		pthread_barrier_wait(&home);
	}
	return NULL;
}

static void start(const struct task *t)
{
	OK(pthread_barrier_init(&go, NULL, t->workers + 1));
	OK(pthread_barrier_init(&home, NULL, t->workers + 1));
	for (unsigned i = 0; i < t->workers; i++) {
		copies[i] = (struct copy){ .worker = i, .task = t };
		OK(pthread_create(&copies[i].thread, NULL, work, &copies[i]));
	}
}

static void solve(const struct task *t, void *answer)
{
	uint64_t done = 0;

	pthread_barrier_wait(&go);
	pthread_barrier_wait(&home);
	for (unsigned i = 0; i < t->workers; i++)
		done += copies[i].done;
	*(uint64_t *)answer = done;
}

static void stop(const struct task *t)
{
	enough = true;
	pthread_barrier_wait(&go);
	for (unsigned i = 0; i < t->workers; i++)
		OK(pthread_join(copies[i].thread, NULL));
	OK(pthread_barrier_destroy(&go));
	OK(pthread_barrier_destroy(&home));
}

const struct variant variant = { .idea = "p copies, nothing shared", .start = start, .solve = solve, .stop = stop };
