/* SPDX-License-Identifier: MIT */
/* serial.c -- one page after the other: the waits add up.  The time to beat. */
#include "bench/lesson.h"
#include "bench/worker.h"
#include "kernel.h"

static struct http_server server;       /* live from start() to stop() */
static struct client client;

static void start(const struct task *t)
{
	web_start(t, &server);
	client_open(&client, t, &server);
}

static void solve(const struct task *t, void *answer)
{
	worker_enter(0);
	for (uint64_t k = 0; k < t->n; k++) {
		fetch(&client, k, client.response);
		handle(client.response, answer);
	}
	worker_leave(0);
}

static void stop(const struct task *t)
{
	(void)t;
	client_close(&client);
	web_stop(&server);
}

const struct variant variant = {
	.idea = "one page after the other: the time to beat", .start = start, .solve = solve, .stop = stop,
};
