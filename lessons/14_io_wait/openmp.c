/* SPDX-License-Identifier: MIT */
/* openmp.c -- the pragma for loops that wait: num_threads as many as there are waits, not as there are cores. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

#include <omp.h>

static struct http_server server;               /* live from start() to stop() */
static struct client client[MAX_WORKERS];       /* one each: a handle is not to be used by two threads at once */

static void start(const struct task *t)
{
	web_start(t, &server);  /* a fork: before the first region */
	for (unsigned i = 0; i < t->workers; i++)
		client_open(&client[i], t, &server);
}

static void solve(const struct task *t, void *answer)
{
	#pragma omp parallel num_threads(t->workers)
	{
		const unsigned worker = (unsigned)omp_get_thread_num();
		struct client *c = &client[worker];

		worker_enter(worker);
		#pragma omp for schedule(dynamic) nowait
		for (uint64_t k = 0; k < t->n; k++) {
			fetch(c, k, c->response);
			handle(c->response, answer);
		}
		worker_leave(worker);
	}
}

static void stop(const struct task *t)
{
	for (unsigned i = 0; i < t->workers; i++)
		client_close(&client[i]);
	web_stop(&server);
}

const struct variant variant = {
	.idea = "the pragma: more threads than cores, since they wait", .start = start, .solve = solve, .stop = stop,
};
