/* SPDX-License-Identifier: MIT */
/* copies.c -- p copies, each pinned, with its share of the elements in memory of its own. */
#include "bench/bandwidth/kernel.h"
#include "bench/worker.h"

#include <pthread.h>

/* Threads stand ready between two barriers, so that no thread's birth is inside the clock. */
static struct copy {
	unsigned worker;
	struct arrays arrays;
	uint64_t n;
	pthread_t thread;
} copies[MAX_WORKERS];
static pthread_barrier_t go, home;
static bool enough;  /* written by main before `go`, read by the copies after it */

static void *work(void *arg)
{
	struct copy *copy = arg;

	worker_enter(copy->worker);  /* bound before the first touch */
	copy->arrays = arrays_make(copy->n);
	worker_leave(copy->worker);
	pthread_barrier_wait(&home);
	while (pthread_barrier_wait(&go), !enough) {
		worker_enter(copy->worker);
		triad(&copy->arrays);
		worker_leave(copy->worker);
		pthread_barrier_wait(&home);
	}
	if (arrays_check(&copy->arrays) != copy->n)
		die("the triad of copy %u is wrong", copy->worker);
	free(copy->arrays.a);
	return NULL;
}

static void start(const struct task *t)
{
	OK(pthread_barrier_init(&go, NULL, t->workers + 1));
	OK(pthread_barrier_init(&home, NULL, t->workers + 1));
	for (unsigned i = 0; i < t->workers; i++) {
		copies[i] = (struct copy){ .worker = i, .n = t->n / t->workers + (i < t->n % t->workers) };
		OK(pthread_create(&copies[i].thread, NULL, work, &copies[i]));
	}
	pthread_barrier_wait(&home);
}

static void solve(const struct task *t, void *answer)
{
	uint64_t done = 0;

	pthread_barrier_wait(&go);
	pthread_barrier_wait(&home);
	for (unsigned i = 0; i < t->workers; i++)
		done += copies[i].arrays.n;
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

const struct variant variant = { .idea = "p copies, memory of their own", .start = start, .solve = solve,
	.stop = stop };
